#include "manifest/decode/lifecycle_decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "manifest/decode/keys.h"
#include "manifest/decode/scalar_fields.h"
#include "manifest/yaml/text_check.h"
#include "syncwright/core/guid.h"
#include "syncwright/core/suggestion.h"

namespace syncwright {
namespace {

/// A word, or the object id of a service principal.
std::optional<Adopt> as_adopt_text(const Field& field) {
  using Mode = Adopt::Mode;
  if (is_guid(field.text())) {
    return Adopt{Mode::service_principal, as_guid(field).value_or(std::string()), field.range()};
  }
  constexpr const char* expected = "refuse, never, by-name or the id of a service principal";
  if (!field.expect_scalar(expected)) return std::nullopt;
  if (field.text() == "refuse") return Adopt{Mode::refuse, {}, field.range()};
  if (field.text() == "never") return Adopt{Mode::never, {}, field.range()};
  if (field.text() == "by-name") return Adopt{Mode::by_name, {}, field.range()};
  const std::vector<std::string> words{"refuse", "never", "by-name"};
  const std::string hint = did_you_mean(field.text(), words);
  field.report("SW1005", fmt::format("`adopt` must be {}, found {}", expected, shown(field.text())),
               hint.empty() ? "for an application's id write {appId: ID}" : hint);
  return std::nullopt;
}

std::optional<Adopt> as_adopt(const Field& field) {
  if (field.node().kind != YamlNode::Kind::mapping) return as_adopt_text(field);
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  auto id = keys.require("appId", as_guid);
  keys.done();
  if (!id) return std::nullopt;
  return Adopt{Adopt::Mode::app_id, std::move(*id), field.range()};
}

std::optional<DecodedLifecycle::EarlierName> as_earlier_name(const Field& field) {
  auto name = as_name(field);
  if (!name) return std::nullopt;
  return DecodedLifecycle::EarlierName{std::move(*name), field.place()};
}

void report_repeated(const std::vector<DecodedLifecycle::EarlierName>& names,
                     Diagnostics& diagnostics) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    const bool repeated = std::any_of(
        names.begin(), name, [&](const auto& earlier) { return earlier.name == name->name; });
    if (!repeated) continue;
    diagnostics.add("SW2026", name->where, fmt::format("{} occurs twice", shown(name->name)),
                    "remove one");
  }
}

}  // namespace

std::optional<DecodedLifecycle> as_lifecycle(const Field& field) {
  if (!field.expect_mapping()) return std::nullopt;
  Keys keys(field);
  DecodedLifecycle lifecycle;
  lifecycle.adopt = keys.read("adopt", as_adopt).value_or(Adopt{});
  lifecycle.protect = keys.read("protect", as_boolean);
  if (auto names = keys.read("previously", as_list(as_earlier_name))) {
    lifecycle.previously = std::move(*names);
  }
  keys.done();
  report_repeated(lifecycle.previously, field.source().diagnostics);
  return lifecycle;
}

}  // namespace syncwright
