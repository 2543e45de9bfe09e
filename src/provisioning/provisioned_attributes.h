#pragma once

#include <string_view>

#include "syncwright/expression/evaluator.h"

namespace syncwright {

/// The source's attributes with what the engine knows better laid over them, without a copy.
class ProvisionedAttributes final : public AttributeSource {
 public:
  ProvisionedAttributes(const AttributeMap& source, bool is_soft_deleted)
      : source_(source), is_soft_deleted_(is_soft_deleted) {}

  /// The object is soft-deleted for the target. [G] A mapping that carries accountEnabled instead
  /// of IsSoftDeleted disables who leaves the scope as well, though the source still has the
  /// account enabled.
  void leave_scope() {
    is_soft_deleted_ = true;
    account_disabled_ = true;
  }

  [[nodiscard]] const Value* find(std::string_view name) const override {
    if (name == "IsSoftDeleted") return &is_soft_deleted_;
    if (account_disabled_ && name == "accountEnabled") return &account_enabled_;
    return source_.find(name);
  }

 private:
  const AttributeMap& source_;
  Value is_soft_deleted_;
  Value account_enabled_ = false;
  bool account_disabled_ = false;
};

}  // namespace syncwright
