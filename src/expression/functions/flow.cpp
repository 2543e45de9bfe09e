#include <fmt/format.h>

#include <array>
#include <string>
#include <vector>

#include "expression/functions/call.h"
#include "expression/functions/function_groups.h"

namespace syncwright::expression {
namespace {

/// Of Error, whose text is the author's and may hold an attribute.
constexpr std::size_t kLongestMessage = 1000;

Operand raise_error(Call& call) {
  return call.fail(shorten(call.text(0), kLongestMessage), StopCause::wanted);
}

Operand ignore_if_empty(Call& call) {
  Operand source = call.value(0);
  if (is_null_or_empty(source.value())) return call.ignore_attribute();
  return source;
}

Operand redact(Call& call) {
  return call.value(0);
}

/// Candidates without a value cannot be unique and are passed over.
Operand select_unique(Call& call) {
  std::vector<std::string> tried;
  for (std::size_t at = 0; at < call.count(); ++at) {
    Operand candidate = call.value(at);
    if (call.stopped()) return {};
    if (is_null_or_empty(candidate.value())) continue;
    const auto& is_taken = call.input().is_taken;
    const ValueText text(candidate.value());
    if (!is_taken || !is_taken(text)) return candidate;
    tried.push_back(shorten(text));
  }
  if (tried.empty()) return {};
  return call.fail(fmt::format("every candidate is taken: {}", quote_list(tried)));
}

Operand default_domain(Call& call) {
  if (call.input().default_domain) return call.result(*call.input().default_domain);
  return call.fail(
      "the tenant's default domain is not known offline; pass `--default-domain DOMAIN`, or give a "
      "test `defaultDomain`",
      StopCause::unknown);
}

constexpr std::array kFlowFunctions = {
    Function{.name = "DefaultDomain", .proven_keys = true, .body = default_domain},
    Function{.name = "Error",
             .parameters = {required("message")},
             .proven_keys = true,
             .body = raise_error,
             .place = FunctionPlace::cloud_sync,
             .beside_cloud_sync = kTryInPortal,
             .raises = true},
    Function{.name = "IgnoreFlowIfNullOrEmpty",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = ignore_if_empty},
    Function{.name = "Redact", .parameters = {required("value")}, .body = redact, .redacts = true},
    Function{.name = "SelectUniqueValue",
             .parameters = {as_result(repeated("uniqueValueRule"))},
             .body = select_unique,
             .at_least = 2,
             .usage = "first, second, ..",
             .place = FunctionPlace::creation,
             .always_evaluated = 1}};

constexpr std::array kForeignFlowFunctions = {ForeignFunction{"CRef", kTryInPortal, true}};

}  // namespace

FunctionGroup flow_functions() {
  return {.functions = kFlowFunctions, .foreign = kForeignFlowFunctions};
}

}  // namespace syncwright::expression
