#include "emulator/cycles/tenant_directory.h"

#include <utility>

#include "emulator/cycles/source_object.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/random.h"

namespace syncwright::emulator {

// Mappings see attributes of a synchronization schema, the directory holds Graph's users, and a
// cycle asks for a user by any attribute. So the users are read once, when the mapping is made
// ready, and what is written goes to both.

namespace {

constexpr const char* sign_in_name = "userPrincipalName";

/// [G] What the service logs where a user cannot be made is not recorded for inbound jobs.
const Json& assumed_refusal_of_taken_name() {
  static const Json refusal = {
      {"errorCode", "DuplicateTargetEntries"},
      {"reason", "Another user of the directory has the same userPrincipalName."}};
  return refusal;
}

const Json& assumed_refusal_of_missing_name() {
  static const Json refusal = {{"errorCode", "InvalidUserPrincipalName"},
                               {"reason", "A user needs a userPrincipalName."}};
  return refusal;
}

class TenantDirectory final : public ConnectedTarget {
 public:
  TenantDirectory(Store& store, std::string object_name, const std::vector<std::string>& attributes,
                  const Json& failures, Instant now)
      : ConnectedTarget(std::move(object_name), failures), store_(store), now_(now) {
    for (const Json& user : store_.users) {
      if (is_soft_deleted(user)) continue;
      provisioning::DirectoryObject account = directory_object(user, attributes);
      const std::string id = account.id;
      accounts_[id] = {ConnectedTarget::object_name(), std::move(account)};
    }
  }

  [[nodiscard]] const Json* refusal(const expression::AttributeMap& values, const Json& source,
                                    const std::string& own) const override {
    const expression::Value* name = values.find(sign_in_name);
    if (!name || expression::is_null_or_empty(*name)) return &assumed_refusal_of_missing_name();
    if (is_taken({sign_in_name}, expression::to_text(*name), own)) {
      return &assumed_refusal_of_taken_name();
    }
    return ConnectedTarget::refusal(values, source, own);
  }

  std::string write(provisioning::DirectoryObject account) override {
    if (account.id.empty()) account.id = add_user();
    const std::string id = account.id;
    Json& user = store_.users.edit(id);
    for (const auto& [name, value] : account.attributes.values()) {
      if (name != "objectId") set_source_attribute(user, name, value);
    }
    accounts_[id] = {object_name(), std::move(account)};
    return id;
  }

  void remove(const std::string& id) override {
    if (accounts_.erase(id) > 0) store_.users.edit(id)["deletedDateTime"] = format_rfc3339(now_);
  }

 private:
  [[nodiscard]] const std::map<std::string, Account>& accounts() const override {
    return accounts_;
  }

  std::string add_user() {
    std::string id = random_uuid();
    store_.users.add(id, {{"id", id},
                          {"createdDateTime", format_rfc3339(now_)},
                          {"deletedDateTime", nullptr},
                          {"accountEnabled", true},
                          {"manager", nullptr},
                          {"userType", "Member"}});
    return id;
  }

  Store& store_;
  const Instant now_;
  std::map<std::string, Account> accounts_;
};

}  // namespace

std::unique_ptr<ConnectedTarget> tenant_directory(Store& store, std::string object_name,
                                                  const std::vector<std::string>& attributes,
                                                  const Json& failures, Instant now) {
  return std::make_unique<TenantDirectory>(store, std::move(object_name), attributes, failures,
                                           now);
}

}  // namespace syncwright::emulator
