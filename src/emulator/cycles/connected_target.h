#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "emulator/store/store.h"

namespace syncwright::emulator {

/// Where a job writes, as one object mapping sees it: the accounts of one target object, and what
/// its connector refuses. References must outlive it.
class ConnectedTarget {
 public:
  virtual ~ConnectedTarget() = default;
  ConnectedTarget(const ConnectedTarget&) = delete;
  ConnectedTarget& operator=(const ConnectedTarget&) = delete;

  /// nullptr where there is no account of that id (any more).
  [[nodiscard]] const provisioning::DirectoryObject* account(const std::string& id) const;
  /// The first account whose attribute holds the value; letter case does not count, as in the
  /// queries of most applications.
  [[nodiscard]] const provisioning::DirectoryObject* find(const std::string& attribute,
                                                          const expression::Value& value) const;
  /// Whether another account than `own` holds the text in one of the attributes.
  [[nodiscard]] bool is_taken(const std::vector<std::string>& attributes, std::string_view text,
                              const std::string& own) const;
  /// What the application would answer to these values; nullptr where it takes them. A failure
  /// matches on values, or on properties of the source object.
  [[nodiscard]] virtual const Json* refusal(const expression::AttributeMap& values,
                                            const Json& source, const std::string& own) const;

  /// Writes the account, a new one where its id is empty, and returns its id.
  virtual std::string write(provisioning::DirectoryObject account) = 0;
  virtual void remove(const std::string& id) = 0;

 protected:
  ConnectedTarget(std::string object_name, const Json& failures);

  /// Every account of the target, other objects' included.
  [[nodiscard]] virtual const std::map<std::string, Account>& accounts() const = 0;
  [[nodiscard]] const std::string& object_name() const { return object_name_; }

 private:
  [[nodiscard]] bool holds(const provisioning::DirectoryObject& account,
                           const std::string& attribute, const std::string& lower) const;

  const std::string object_name_;
  const Json& failures_;
};

/// The connected application of a service principal. `failures` is the catalog's
/// connector.target.failures.
[[nodiscard]] std::unique_ptr<ConnectedTarget> connected_application(Table<Target>& targets,
                                                                     std::string service_principal,
                                                                     std::string object_name,
                                                                     const Json& failures);

}  // namespace syncwright::emulator
