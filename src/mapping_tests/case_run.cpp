#include "mapping_tests/case_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "syncwright/core/ascii.h"
#include "syncwright/expression/evaluator.h"

namespace syncwright::mapping_tests {
namespace {

/// The same sequence in every case, so that a test can expect it: GUIDs that count, and the
/// smallest letters in turn.
class CountingRandomSource final : public expression::RandomSource {
 public:
  std::string guid() override { return fmt::format("00000000-0000-4000-8000-{:012x}", ++guids_); }
  std::uint64_t below(std::uint64_t bound) override { return bound == 0 ? 0 : numbers_++ % bound; }

 private:
  std::uint64_t guids_ = 0;
  std::uint64_t numbers_ = 0;
};

std::string text_of(const expression::AttributeMap& attributes, const char* name) {
  const expression::Value* value = attributes.find(name);
  return value == nullptr ? std::string() : expression::to_text(*value);
}

provisioning::DirectoryObject object_of(const expression::AttributeMap& attributes,
                                        const std::string& fallback) {
  provisioning::DirectoryObject object;
  object.attributes = attributes;
  for (const char* name : {"objectId", "id"}) {
    if (object.id.empty()) {
      object.id = text_of(attributes, name);
    }
  }
  for (const char* name : {"userPrincipalName", "userName", "displayName", "mail"}) {
    if (object.name.empty()) {
      object.name = text_of(attributes, name);
    }
  }
  if (object.name.empty()) {
    object.name = fallback;
  }
  return object;
}

bool is_active(const model::MappingTestCase& test_case) {
  return test_case.active.value_or(
      !ascii::equal_ignoring_case(text_of(test_case.source, "accountEnabled"), "False"));
}

/// Lists compare element by element, everything else as the text that the target gets.
bool equal(const expression::Value& expected, const expression::Value& actual) {
  if (std::holds_alternative<expression::MultiValue>(expected) ||
      std::holds_alternative<expression::MultiValue>(actual)) {
    return expected == actual;
  }
  return expression::is_null(expected) == expression::is_null(actual) &&
         expression::to_text(expected) == expression::to_text(actual);
}

/// Compares one operation with what a case expects of it.
class Comparison {
 public:
  Comparison(const provisioning::MappingProgram& program, const provisioning::Operation& operation)
      : program_(program), operation_(operation), written_(operation.values_to_write()) {}

  std::vector<MappingFault> compare(const model::MappingExpectation& expect) {
    if (expect.in_scope && *expect.in_scope != operation_.in_scope) {
      faults_.push_back({"inScope", *expect.in_scope, operation_.in_scope, why()});
    }
    if (expect.action && *expect.action != to_string(operation_.action)) {
      faults_.push_back({"action", *expect.action, to_string(operation_.action), why()});
    }
    for (const model::ExpectedValue& expected : expect.target) {
      compare_target(expected);
    }
    return std::move(faults_);
  }

 private:
  [[nodiscard]] std::string why() const {
    std::string text =
        operation_.reason == provisioning::Reason::none ? "" : to_string(operation_.reason);
    for (const provisioning::FlowResult& result : operation_.flows) {
      if (result.disposition != provisioning::Disposition::failed) {
        continue;
      }
      const provisioning::AttributeFlow& flow = program_.flows[result.flow];
      text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", flow.target_attribute_name,
                          flow.is_redacted ? provisioning::kRedacted : result.message);
    }
    return text;
  }

  [[nodiscard]] const provisioning::FlowResult* find(const std::string& attribute) const {
    const auto found =
        std::find_if(operation_.flows.begin(), operation_.flows.end(),
                     [&](const provisioning::FlowResult& result) {
                       return program_.flows[result.flow].target_attribute_name == attribute;
                     });
    return found == operation_.flows.end() ? nullptr : &*found;
  }

  void compare_target(const model::ExpectedValue& expected) {
    const provisioning::FlowResult* result = find(expected.attribute);
    const auto value = written_.find(expected.attribute);
    const expression::Value actual =
        value == written_.end() ? expression::Value{expression::Null{}} : value->second;
    // What the account holds already is as good as written, and is not written.
    const bool kept = result != nullptr &&
                      result->disposition == provisioning::Disposition::unchanged &&
                      equal(expected.value, result->after);
    if (kept || equal(expected.value, actual)) {
      return;
    }
    const bool hidden = result != nullptr && program_.flows[result->flow].is_redacted &&
                        !expression::is_null(actual);
    faults_.push_back({"target " + expected.attribute, to_json(expected.value),
                       hidden ? Json(provisioning::kRedacted) : to_json(actual), why_not(result),
                       expected.attribute});
  }

  [[nodiscard]] std::string why_not(const provisioning::FlowResult* result) const {
    if (operation_.action == provisioning::Action::skip || result == nullptr) {
      return why();
    }
    const std::string& expression = program_.flows[result->flow].expression;
    const std::string source = expression.empty() ? "no source" : expression;
    return fmt::format("{}, {}", source, to_string(result->disposition));
  }

  const provisioning::MappingProgram& program_;
  const provisioning::Operation& operation_;
  std::map<std::string, expression::Value> written_;
  std::vector<MappingFault> faults_;
};

std::vector<MappingWarning> warnings_of(const provisioning::MappingProgram& program,
                                        const std::vector<provisioning::FlowDoubt>& doubts) {
  std::vector<MappingWarning> warnings;
  warnings.reserve(doubts.size());
  for (const auto& [flow, doubt] : doubts) {
    warnings.push_back({program.flows[flow].target_attribute_name, doubt.code,
                        doubt.message + ": " + doubt.failure, doubt.advice});
  }
  return warnings;
}

std::map<std::string, std::string> written_texts(const provisioning::MappingProgram& program,
                                                 const provisioning::Operation& operation) {
  std::map<std::string, std::string> written;
  if (operation.action == provisioning::Action::skip) return written;
  for (const provisioning::FlowResult& result : operation.flows) {
    const provisioning::AttributeFlow& flow = program.flows[result.flow];
    if (!result.is_written()) continue;
    written[flow.target_attribute_name] =
        flow.is_redacted ? provisioning::kRedacted : expression::to_text(result.after);
  }
  return written;
}

}  // namespace

MappingCaseResult run_case(const provisioning::MappingProgram& program,
                           const model::MappingTestCase& test_case, const CaseContext& context) {
  const provisioning::DirectoryObject source = object_of(test_case.source, test_case.name);
  const provisioning::DirectoryObject account =
      object_of(test_case.account.value_or(expression::AttributeMap()), "the account");
  CountingRandomSource random;
  provisioning::MappingInput input{.source = source, .random = random};
  input.is_assigned = test_case.assigned || context.everybody_assigned;
  input.is_active = is_active(test_case);
  input.is_deleted = test_case.deleted;
  input.linked = test_case.account ? &account : nullptr;
  input.skip_out_of_scope_deletions = context.skip_out_of_scope_deletions;
  input.parameters = &test_case.parameters;
  input.is_taken = expression::taken_values(test_case.existing);
  input.roles = test_case.roles;
  input.default_domain = test_case.default_domain;
  input.now = test_case.now.value_or(context.now);
  const provisioning::Operation operation = provisioning::run_mapping(program, input);
  return {test_case.name,
          test_case.where,
          Comparison(program, operation).compare(test_case.expect),
          provisioning::step_rows(provisioning::steps(program, input, operation)),
          warnings_of(program, doubts(program, input, operation)),
          test_case.object,
          written_texts(program, operation)};
}

}  // namespace syncwright::mapping_tests
