#pragma once

#include <map>
#include <string>
#include <vector>

#include "emulator/store/store.h"

namespace syncwright::emulator {

/// The connected application of a service principal as one object mapping sees it: the accounts of
/// one target object, and what its connector refuses. References must outlive it.
class ConnectedTarget {
 public:
  /// `failures` is the catalog's connector.target.failures.
  ConnectedTarget(Table<Target>& targets, std::string service_principal, std::string object_name,
                  const Json& failures);

  /// nullptr where there is no account of that id (any more).
  [[nodiscard]] const Account* account(const std::string& id) const;
  /// REQUIRES: there is an account of that id.
  [[nodiscard]] provisioning::DirectoryObject& edit(const std::string& id);
  /// The first account whose attribute holds the value; letter case does not count, as in the
  /// queries of most applications.
  [[nodiscard]] const provisioning::DirectoryObject* find(const std::string& attribute,
                                                          const expression::Value& value) const;
  /// Whether another account than `own` holds the text in one of the attributes.
  [[nodiscard]] bool is_taken(const std::vector<std::string>& attributes, std::string_view text,
                              const std::string& own) const;
  /// What the application would answer to these values; nullptr where it takes them. A failure
  /// matches on values, or on properties of the source object.
  [[nodiscard]] const Json* refusal(const expression::AttributeMap& values,
                                    const Json& source) const;

  /// Makes an account that holds nothing yet.
  provisioning::DirectoryObject& add();
  void remove(const std::string& id);

 private:
  [[nodiscard]] bool holds(const provisioning::DirectoryObject& account,
                           const std::string& attribute, const std::string& lower) const;

  [[nodiscard]] const std::map<std::string, Account>& accounts() const;

  Table<Target>& targets_;
  const std::string service_principal_;
  const std::string object_name_;
  const Json& failures_;
};

}  // namespace syncwright::emulator
