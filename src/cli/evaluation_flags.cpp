#include "cli/evaluation_flags.h"

#include "syncwright/core/file.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/evaluator.h"

namespace syncwright::cli {
namespace {

constexpr std::size_t kMaxAttributesBytes = 4u << 20u;

/// Values end up on standard output and in JSON, which are UTF-8.
bool is_utf8(Session& session, const char* flag, const std::string& text) {
  const auto at = find_invalid_utf8(text);
  if (!at) {
    return true;
  }
  session.console.error(
      fmt::format("{} `{}` is no text: byte 0x{:02X} at position {} is not valid UTF-8", flag, text,
                  static_cast<unsigned char>(text[*at]), *at + 1),
      "write it in UTF-8");
  return false;
}

/// NAME=VALUE; nullopt, and said, where it is none.
std::optional<std::pair<std::string, std::string>> name_and_value(Session& session,
                                                                  const char* flag,
                                                                  const std::string& pair) {
  if (!is_utf8(session, flag, pair)) {
    return std::nullopt;
  }
  const std::size_t equals = pair.find('=');
  if (equals == std::string::npos || equals == 0) {
    session.console.error(fmt::format("{} `{}` is not NAME=VALUE", flag, pair));
    return std::nullopt;
  }
  return std::pair{pair.substr(0, equals), pair.substr(equals + 1)};
}

std::optional<expression::AttributeMap> read_attributes(Session& session, const std::string& path) {
  auto text = read_file(session.working_folder / path, kMaxAttributesBytes);
  if (!text) {
    session.console.error(text.error());
    return std::nullopt;
  }
  auto json = parse_json(*text);
  if (!json) {
    session.console.error(within(json.error(), path));
    return std::nullopt;
  }
  auto attributes = expression::AttributeMap::from_json(*json);
  if (!attributes) {
    session.console.error(fmt::format("{}: {}", path, attributes.error()),
                          "write an object of attribute values: {\"mail\": \"ada@contoso.com\"}");
    return std::nullopt;
  }
  return std::move(*attributes);
}

/// As in a MappingTest: a text is the role's value, an object says more.
std::optional<expression::AppRole> parse_role(const std::string& text) {
  if (!text.starts_with('{')) {
    return expression::AppRole{.id = {}, .value = text, .display_name = text};
  }
  const auto json = parse_json(text);
  if (!json) {
    return std::nullopt;
  }
  for (const auto& [key, value] : json->items()) {
    const bool is_known = key == "id" || key == "value" || key == "displayName";
    if (!is_known || !value.is_string()) {
      return std::nullopt;
    }
  }
  expression::AppRole role{
      .id = string_or(*json, "id"), .value = string_or(*json, "value"), .display_name = {}};
  role.display_name = json->contains("displayName") ? string_or(*json, "displayName") : role.value;
  return role;
}

bool read_now(Session& session, const std::string& text, EvaluationWorld& world) {
  world.now = session.clock.now();
  if (text.empty()) {
    return true;
  }
  const auto now = parse_time(text);
  if (!now) {
    session.console.error(fmt::format("--now `{}` is no time", text),
                          "write 2026-11-22 or 2026-11-22T10:00:00Z");
    return false;
  }
  world.now = *now;
  return true;
}

bool read_pairs(Session& session, const EvaluationFlags& flags, EvaluationWorld& world) {
  for (const std::string& text : flags.set) {
    auto pair = name_and_value(session, "--set", text);
    if (!pair) {
      return false;
    }
    world.attributes.set(std::move(pair->first), std::move(pair->second));
  }
  for (const std::string& text : flags.parameters) {
    auto pair = name_and_value(session, "--parameter", text);
    if (!pair) {
      return false;
    }
    world.parameters.insert_or_assign(std::move(pair->first), std::move(pair->second));
  }
  return true;
}

bool read_tenant(Session& session, const EvaluationFlags& flags, EvaluationWorld& world) {
  for (const std::string& value : flags.existing) {
    if (!is_utf8(session, "--existing", value)) {
      return false;
    }
    world.existing.push_back(value);
  }
  for (const std::string& text : flags.roles) {
    if (!is_utf8(session, "--role", text)) {
      return false;
    }
    auto role = parse_role(text);
    if (!role) {
      session.console.error(
          fmt::format("--role `{}` is no role", text),
          "write its value, or {\"id\": ..., \"value\": ..., \"displayName\": ...}");
      return false;
    }
    world.roles.push_back(std::move(*role));
  }
  if (!flags.default_domain.empty()) {
    if (!is_utf8(session, "--default-domain", flags.default_domain)) {
      return false;
    }
    world.default_domain = flags.default_domain;
  }
  return true;
}

}  // namespace

void declare_evaluation_flags(const Command& command, EvaluationFlags& flags) {
  command.add_option("--attributes", flags.attributes,
                     "a JSON object of attribute values: a missing key or null is absent, an "
                     "array is multi-valued");
  command.add_option("--set", flags.set, "one attribute, NAME=VALUE; repeatable").one_value_each();
  command.add_option("--parameter", flags.parameters, "fills %NAME%, NAME=VALUE; repeatable")
      .one_value_each();
  command
      .add_option("--existing", flags.existing,
                  "a value already taken in the target, case does not count; repeatable")
      .one_value_each();
  command
      .add_option("--role", flags.roles,
                  "an app role that the object is assigned: its value, or a JSON object of id, "
                  "value and displayName; repeatable")
      .one_value_each();
  command.add_option("--default-domain", flags.default_domain, "what DefaultDomain() gives");
  command.add_option("--now", flags.now, "the time that Now() gives, 2026-11-22T10:00:00Z");
}

expression::EvaluationInput EvaluationWorld::input() const {
  return {.attributes = attributes,
          .parameters = &parameters,
          .is_taken = expression::taken_values(existing),
          .roles = roles,
          .default_domain = default_domain,
          .now = now};
}

tl::expected<EvaluationWorld, ExitCode> read_evaluation_world(Session& session,
                                                              const EvaluationFlags& flags) {
  EvaluationWorld world;
  if (!read_now(session, flags.now, world)) {
    return tl::unexpected(ExitCode::usage);
  }
  if (!flags.attributes.empty()) {
    auto attributes = read_attributes(session, flags.attributes);
    if (!attributes) {
      return tl::unexpected(ExitCode::invalid);
    }
    world.attributes = std::move(*attributes);
  }
  if (!read_pairs(session, flags, world) || !read_tenant(session, flags, world)) {
    return tl::unexpected(ExitCode::usage);
  }
  return world;
}

}  // namespace syncwright::cli
