#include "emulator/cycles/connected_target.h"

#include <algorithm>
#include <utility>

#include "emulator/cycles/source_object.h"
#include "emulator/exchange.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

std::string value_text(const Json& value) {
  const auto read = expression::value_from_json(value);
  return read ? expression::to_text(*read) : std::string();
}

std::string held_text(const expression::AttributeMap& values, const std::string& attribute) {
  const expression::Value* value = values.find(attribute);
  return value ? expression::to_text(*value) : std::string();
}

bool hits(const Json& failure, const expression::AttributeMap& values, const Json& source) {
  const Json& match = member_or_null(failure, "match");
  if (!match.is_object() || match.empty()) return false;
  for (const auto& [name, expected] : match.items()) {
    const std::string value = held_text(values, name);
    const std::string found = value.empty() ? value_text(source_attribute(source, name)) : value;
    if (value_text(expected) != found) return false;
  }
  return true;
}

}  // namespace

ConnectedTarget::ConnectedTarget(std::string object_name, const Json& failures)
    : object_name_(std::move(object_name)), failures_(failures) {}

const provisioning::DirectoryObject* ConnectedTarget::account(const std::string& id) const {
  const auto found = accounts().find(id);
  return found == accounts().end() ? nullptr : &found->second.held;
}

bool ConnectedTarget::holds(const provisioning::DirectoryObject& account,
                            const std::string& attribute, const std::string& lower) const {
  return ascii::lower(held_text(account.attributes, attribute)) == lower;
}

const provisioning::DirectoryObject* ConnectedTarget::find(const std::string& attribute,
                                                           const expression::Value& value) const {
  const std::string wanted = ascii::lower(expression::to_text(value));
  if (wanted.empty()) return nullptr;
  for (const auto& [id, account] : accounts()) {
    if (account.object == object_name_ && holds(account.held, attribute, wanted)) {
      return &account.held;
    }
  }
  return nullptr;
}

bool ConnectedTarget::is_taken(const std::vector<std::string>& attributes, std::string_view text,
                               const std::string& own) const {
  const std::string wanted = ascii::lower(text);
  return std::any_of(accounts().begin(), accounts().end(), [&](const auto& item) {
    const Account& account = item.second;
    if (account.object != object_name_ || item.first == own) return false;
    return std::any_of(attributes.begin(), attributes.end(), [&](const std::string& attribute) {
      return holds(account.held, attribute, wanted);
    });
  });
}

const Json* ConnectedTarget::refusal(const expression::AttributeMap& values, const Json& source,
                                     const std::string& /*own*/) const {
  const auto found = std::find_if(failures_.begin(), failures_.end(), [&](const Json& failure) {
    return hits(failure, values, source);
  });
  return found == failures_.end() ? nullptr : &*found;
}

namespace {

class ConnectedApplication final : public ConnectedTarget {
 public:
  ConnectedApplication(Table<Target>& targets, std::string service_principal,
                       std::string object_name, const Json& failures)
      : ConnectedTarget(std::move(object_name), failures),
        targets_(targets),
        service_principal_(std::move(service_principal)) {}

  std::string write(provisioning::DirectoryObject account) override {
    Target& target = targets_.edit_or_add(service_principal_);
    if (account.id.empty()) account.id = std::to_string(++target.last_id);
    const std::string id = account.id;
    target.accounts[id] = {object_name(), std::move(account)};
    return id;
  }

  void remove(const std::string& id) override {
    if (account(id)) targets_.edit(service_principal_).accounts.erase(id);
  }

 private:
  [[nodiscard]] const std::map<std::string, Account>& accounts() const override {
    static const std::map<std::string, Account> none;
    const Target* target = targets_.find(service_principal_);
    return target ? target->accounts : none;
  }

  Table<Target>& targets_;
  const std::string service_principal_;
};

}  // namespace

std::unique_ptr<ConnectedTarget> connected_application(Table<Target>& targets,
                                                       std::string service_principal,
                                                       std::string object_name,
                                                       const Json& failures) {
  return std::make_unique<ConnectedApplication>(targets, std::move(service_principal),
                                                std::move(object_name), failures);
}

}  // namespace syncwright::emulator
