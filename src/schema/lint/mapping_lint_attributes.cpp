#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "schema/lint/mapping_lint_rules.h"
#include "syncwright/core/ascii.h"
#include "syncwright/core/text.h"
#include "syncwright/expression/value.h"

namespace syncwright {
namespace {

/// Which names there are differs from tenant to tenant, so that no template can list them.
bool is_directory_extension(std::string_view name) {
  return name.starts_with("extension_");
}

class NameCheck {
 public:
  NameCheck(const MappingSubject& subject, Diagnostics& diagnostics)
      : around_(subject.around), diagnostics_(diagnostics) {}

  void check_source(const std::string& name, const SourceRange& where) {
    if (name == "IsSoftDeleted") return;  // computed by the service
    if (!around_.exact && is_directory_extension(name)) return;
    check(around_.source, Code::SW3205, "source", name, where);
  }

  void check_target(const std::string& name, const SourceRange& where) {
    check(around_.target, Code::SW3206, "target", name, where);
  }

 private:
  void check(const KnownAttributes& known, Code code, const char* side, const std::string& name,
             const SourceRange& where) {
    if (!known.complete || known.find(name) != nullptr) return;
    const std::string shown = quote(std::string_view(name));
    const std::vector<std::string> names = known.names();
    const auto same = std::find_if(names.begin(), names.end(), [&](const std::string& each) {
      return ascii::equal_ignoring_case(each, name);
    });
    if (same != names.end()) {
      add(Code::SW3207, fmt::format("the {} attribute `{}` is written {}", side, *same, shown),
          fmt::format("did you mean `{}`?", *same), where);
      return;
    }
    const std::string hint = did_you_mean(name, names);
    add(code, fmt::format("the {} has no attribute {}", side, shown),
        hint.empty() ? "define it under attributes:, or mend the name" : hint, where);
  }

  void add(Code code, std::string message, std::string advice, const SourceRange& where) {
    if (!around_.document.empty()) {
      message += fmt::format(", as far as {} tells", around_.document);
    } else if (!around_.exact) {
      message += ", as far as the built-in template tells";
      advice += advice.ends_with('?') ? " " : "; ";
      advice += "`syncwright plan` asks the live schema";
    }
    diagnostics_.add({code, around_.exact ? Severity::error : Severity::warning, std::move(message),
                      std::move(advice), where});
  }

  const MappingSurroundings& around_;
  Diagnostics& diagnostics_;
};

/// The first use of each name.
void check_expression(const Expression& expression, const AttributeMappingRequest& request,
                      std::set<std::string>& told, NameCheck& check) {
  if (expression.kind == Expression::Kind::attribute && told.insert(expression.text).second) {
    const bool placed = request.source_text.where.line != 0;
    check.check_source(expression.text,
                       placed ? request.source_text.at(expression.offset) : request.where);
  }
  for (const auto& argument : expression.arguments) {
    if (argument) check_expression(*argument, request, told, check);
  }
}

}  // namespace

void lint_attribute_names(const MappingSubject& subject, Diagnostics& diagnostics) {
  NameCheck check(subject, diagnostics);
  for (const AttributeMappingRequest& request : subject.mapping.attributes) {
    if (request.absent) continue;
    check.check_target(request.target_attribute_name, request.where);
    if (!request.source) continue;
    const auto* expression = std::get_if<Expression>(&request.source->value);
    std::set<std::string> told;
    if (expression != nullptr) check_expression(*expression, request, told, check);
  }
  if (!subject.mapping.scoping_filter) return;
  for (const FilterGroup& group : subject.mapping.scoping_filter->any) {
    for (const FilterClause& clause : group.all) check.check_source(clause.attribute, clause.where);
  }
}

}  // namespace syncwright
