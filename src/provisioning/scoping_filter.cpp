#include "syncwright/provisioning/scoping_filter.h"

#include <fmt/format.h>

#include <algorithm>

#include "provisioning/compiled_clause.h"

namespace syncwright::provisioning {
namespace {

constexpr std::size_t kMaxClauses = 10'000;

struct Group {
  std::string name;
  std::vector<CompiledClause> clauses;
};

/// `clause 2 of group "staff" (department EQUALS)`
std::string clause_name(const std::string& group, std::size_t index, const Json& clause) {
  std::string name = fmt::format("clause {}", index + 1);
  if (!group.empty()) name += fmt::format(" of group \"{}\"", group);
  const std::string attribute = string_or(clause, "sourceOperandName");
  if (!attribute.empty()) name += fmt::format(" ({})", attribute);
  return name;
}

/// Appends what is wrong to `problems`.
Group compile_group(const Json& json, std::vector<std::string>& problems) {
  Group group;
  group.name = string_or(json, "name");
  const Json& clauses = member_or_null(json, "clauses");
  if (!json.is_object() || (!clauses.is_array() && !clauses.is_null())) {
    problems.emplace_back("a group must be an object with a list of clauses");
    return group;
  }
  for (std::size_t at = 0; at < clauses.size(); ++at) {
    auto clause = CompiledClause::compile(clauses[at]);
    if (clause) {
      group.clauses.push_back(std::move(*clause));
    } else {
      problems.push_back(clause_name(group.name, at, clauses[at]) + ": " + clause.error());
    }
  }
  return group;
}

std::size_t count_clauses(const Json& groups) {
  std::size_t count = groups.size();
  for (const Json& group : groups) count += member_or_null(group, "clauses").size();
  return count;
}

}  // namespace

struct ScopingFilter::Compiled {
  std::vector<Group> groups;
};

tl::expected<ScopingFilter, std::string> ScopingFilter::compile(const Json& groups) {
  if (groups.is_null()) return ScopingFilter();
  if (!groups.is_array()) return tl::unexpected<std::string>("groups must be a list");
  if (count_clauses(groups) > kMaxClauses) {
    return tl::unexpected(fmt::format("more than {} groups and clauses", kMaxClauses));
  }
  std::vector<std::string> problems;
  Compiled compiled;
  for (const Json& group : groups) compiled.groups.push_back(compile_group(group, problems));
  if (!problems.empty()) return tl::unexpected(fmt::format("{}", fmt::join(problems, "; ")));
  ScopingFilter filter;
  if (!compiled.groups.empty()) {
    filter.compiled_ = std::make_shared<const Compiled>(std::move(compiled));
  }
  return filter;
}

bool ScopingFilter::passes(const expression::AttributeSource& attributes, NullRule rule) const {
  if (!compiled_) return true;
  const auto holds = [&](const CompiledClause& clause) {
    return clause.ask(attributes.find(clause.attribute()), rule).holds;
  };
  return std::any_of(compiled_->groups.begin(), compiled_->groups.end(), [&](const Group& group) {
    return std::all_of(group.clauses.begin(), group.clauses.end(), holds);
  });
}

FilterVerdict ScopingFilter::explain(const expression::AttributeSource& attributes,
                                     NullRule rule) const {
  FilterVerdict verdict;
  if (!compiled_) return verdict;
  for (const Group& group : compiled_->groups) {
    verdict.passes = true;
    for (const CompiledClause& clause : group.clauses) {
      const expression::Value* value = attributes.find(clause.attribute());
      CompiledClause::Answer answer = clause.ask(value, rule);
      verdict.passes = answer.holds;
      verdict.clauses.push_back({group.name, clause.attribute(), clause.operator_name(),
                                 clause.values(), answer.holds,
                                 value ? *value : expression::Value(), std::move(answer.problem)});
      if (!verdict.passes) break;
    }
    if (verdict.passes) break;
  }
  return verdict;
}

std::vector<std::string> ScopingFilter::attributes() const {
  std::vector<std::string> names;
  if (!compiled_) return names;
  for (const Group& group : compiled_->groups) {
    for (const CompiledClause& clause : group.clauses) names.push_back(clause.attribute());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace syncwright::provisioning
