#include "schema/part_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "syncwright/core/text.h"

// What is hard: a manifest names parts by as few words as its author likes, while a schema has
// several rules, two rules of one name, and object mappings that differ in the target alone
// (docs/contract.md#3, "Which mapping"). A request fits exactly one part or it is an error. Taking
// the first that fits would write the mapping of one object over that of another as soon as
// Microsoft adds a rule to the template. The error is the user's only way on, so it names what
// there is, bounded, and what was probably meant.

namespace syncwright::schema {

namespace {

/// A message lists at most so many candidates, however large the document is.
constexpr std::size_t max_candidates = 12;

std::string join_some(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < std::min(items.size(), max_candidates); ++i) {
    text += (i == 0 ? "" : ", ") + items[i];
  }
  if (items.size() > max_candidates) {
    text += fmt::format(" and {} more", items.size() - max_candidates);
  }
  return text;
}

std::string quote_some(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) {
    std::string one = "`" + name + "`";
    if (std::find(quoted.begin(), quoted.end(), one) == quoted.end()) quoted.push_back(one);
  }
  return join_some(quoted);
}

/// "; did you mean `x`?" or nothing.
std::string hint(const std::string& word, const std::vector<std::string>& names) {
  const std::string suggestion = did_you_mean(word, names);
  return suggestion.empty() ? "" : "; " + suggestion;
}

tl::unexpected<OverlayProblem> problem(Code code, const SourceRange& where, std::string message) {
  return tl::unexpected(OverlayProblem{code, std::move(message), where});
}

bool is_rule(const SynchronizationRule& rule, const std::string& name) {
  return name.empty() || rule.name == name || rule.id == name;
}

std::vector<std::string> rule_names(const SynchronizationSchema& schema) {
  std::vector<std::string> names;
  for (const SynchronizationRule& rule : schema.rules()) {
    names.push_back(rule.name.empty() ? rule.id : rule.name);
  }
  return names;
}

/// Calls `visit(rule, mapping)` for every object mapping.
template <class Visit>
void each_object_mapping(const SynchronizationSchema& schema, Visit visit) {
  for (std::size_t rule = 0; rule < schema.rules().size(); ++rule) {
    const auto& mappings = schema.rules()[rule].object_mappings;
    for (std::size_t mapping = 0; mapping < mappings.size(); ++mapping) {
      visit(ObjectMappingPlace{rule, mapping});
    }
  }
}

std::string title_of(const SynchronizationSchema& schema, ObjectMappingPlace place) {
  const SynchronizationRule& rule = schema.rules()[place.rule];
  const ObjectMapping& mapping = rule.object_mappings[place.mapping];
  return fmt::format("`{}` -> `{}` (rule `{}`)", mapping.source_object_name,
                     mapping.target_object_name, rule.name.empty() ? rule.id : rule.name);
}

/// "`User` to `Contact` in the rule `X`", as far as the request says.
std::string phrase_of(const ObjectMappingRequest& request) {
  std::string text = fmt::format("from `{}`", request.object);
  if (!request.target.empty()) text += fmt::format(" to `{}`", request.target);
  if (!request.rule.empty()) text += fmt::format(" in the rule `{}`", request.rule);
  return text;
}

/// What was probably meant by the first of the request's names that nothing has.
std::string near_miss(const SynchronizationSchema& schema, const ObjectMappingRequest& request) {
  std::vector<std::string> sources;
  std::vector<std::string> targets;
  each_object_mapping(schema, [&](ObjectMappingPlace place) {
    const ObjectMapping& mapping = schema.rules()[place.rule].object_mappings[place.mapping];
    sources.push_back(mapping.source_object_name);
    targets.push_back(mapping.target_object_name);
  });
  const auto is_one_of = [](const std::string& name, const std::vector<std::string>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (!is_one_of(request.object, sources)) return hint(request.object, sources);
  if (!request.rule.empty() && !is_one_of(request.rule, rule_names(schema))) {
    return hint(request.rule, rule_names(schema));
  }
  return is_one_of(request.target, targets) ? "" : hint(request.target, targets);
}

tl::expected<const SynchronizationRule*, OverlayProblem> find_rule(
    const SynchronizationSchema& schema, const AttributeDefinitionRequest& request) {
  std::vector<const SynchronizationRule*> found;
  for (const SynchronizationRule& rule : schema.rules()) {
    if (is_rule(rule, request.rule)) found.push_back(&rule);
  }
  if (found.size() == 1) return found.front();
  const std::vector<std::string> names = rule_names(schema);
  if (found.empty()) {
    return problem(Code::SW5017, request.where,
                   unknown_name("no rule is named", request.rule, names));
  }
  return problem(Code::SW5017, request.where,
                 fmt::format("the directory `{}` could be that of several rules; name one with "
                             "`rule:`, there are {}",
                             request.directory, quote_some(names)));
}

/// The directory's name, where the request says `source` or `target` the rule's.
tl::expected<std::string, OverlayProblem> directory_name(
    const SynchronizationSchema& schema, const AttributeDefinitionRequest& request) {
  const bool source = request.directory == "source";
  if (!source && request.directory != "target") return request.directory;
  const auto rule = find_rule(schema, request);
  if (!rule) return tl::unexpected(rule.error());
  return source ? (*rule)->source_directory_name : (*rule)->target_directory_name;
}

}  // namespace

std::string unknown_name(const std::string& what, const std::string& name,
                         const std::vector<std::string>& names) {
  const std::string suggestion = hint(name, names);
  return fmt::format("{} `{}`{}{}{}", what, name, suggestion, suggestion.empty() ? "; " : " ",
                     names.empty() ? "there is none" : "there are " + quote_some(names));
}

tl::expected<ObjectMappingPlace, OverlayProblem> find_object_mapping(
    const SynchronizationSchema& schema, const ObjectMappingRequest& request) {
  std::vector<ObjectMappingPlace> found;
  std::vector<std::string> found_texts;
  std::vector<std::string> all_texts;
  each_object_mapping(schema, [&](ObjectMappingPlace place) {
    const SynchronizationRule& rule = schema.rules()[place.rule];
    const ObjectMapping& mapping = rule.object_mappings[place.mapping];
    all_texts.push_back(title_of(schema, place));
    if (mapping.source_object_name != request.object || !is_rule(rule, request.rule)) return;
    if (!request.target.empty() && mapping.target_object_name != request.target) return;
    found.push_back(place);
    found_texts.push_back(all_texts.back());
  });
  if (found.size() == 1) return found.front();
  if (!found.empty()) {
    return problem(Code::SW5009, request.where,
                   fmt::format("there are {} object mappings {}: {}; say which with `target:` or "
                               "`rule:`",
                               found.size(), phrase_of(request), join_some(found_texts)));
  }
  const std::string suggestion = near_miss(schema, request);
  return problem(Code::SW5009, request.where,
                 fmt::format("there is no object mapping {}{}{}{}", phrase_of(request), suggestion,
                             suggestion.empty() ? "; " : " ",
                             all_texts.empty() ? "the schema has none"
                                               : "the schema has " + join_some(all_texts)));
}

namespace {

/// The one definition of `object` in the directory of exactly that name.
tl::expected<ObjectPlace, OverlayProblem> find_object_in(const SynchronizationSchema& schema,
                                                         const std::string& directory_name,
                                                         const std::string& object,
                                                         const SourceRange& where) {
  const DirectoryDefinition* directory = schema.find_directory(directory_name);
  if (directory == nullptr) {
    std::vector<std::string> names;
    for (const DirectoryDefinition& each : schema.directories()) names.push_back(each.name);
    return problem(Code::SW5017, where,
                   unknown_name("no directory is named", directory_name, names));
  }
  ObjectPlace place;
  place.directory = static_cast<std::size_t>(directory - schema.directories().data());
  std::vector<std::string> names;
  std::size_t found = 0;
  for (std::size_t i = 0; i < directory->objects.size(); ++i) {
    names.push_back(directory->objects[i].name);
    if (names.back() != object) continue;
    place.object = i;
    ++found;
  }
  if (found == 1) return place;
  if (found == 0) {
    return problem(Code::SW5017, where,
                   unknown_name(fmt::format("the directory `{}` has no object", directory_name),
                                object, names));
  }
  return problem(Code::SW5017, where,
                 fmt::format("the directory `{}` has {} objects named `{}`; which one is meant "
                             "cannot be told",
                             directory_name, found, object));
}

/// A mapping's `define:` without `target:`: the target object of the one mapping that is meant, in
/// the directory of the rule that mapping lies in. Rules may share a name, so it is not looked up
/// a second time.
tl::expected<ObjectPlace, OverlayProblem> find_target_object(
    const SynchronizationSchema& schema, const AttributeDefinitionRequest& request) {
  ObjectMappingRequest mapping;
  mapping.object = request.target_of;
  mapping.rule = request.rule;
  mapping.where = request.where;
  const auto place = find_object_mapping(schema, mapping);
  if (!place) return tl::unexpected(place.error());
  const SynchronizationRule& rule = schema.rules()[place->rule];
  return find_object_in(schema, rule.target_directory_name,
                        rule.object_mappings[place->mapping].target_object_name, request.where);
}

}  // namespace

tl::expected<ObjectPlace, OverlayProblem> find_object(const SynchronizationSchema& schema,
                                                      const AttributeDefinitionRequest& request) {
  if (request.object.empty()) return find_target_object(schema, request);
  const auto name = directory_name(schema, request);
  if (!name) return tl::unexpected(name.error());
  return find_object_in(schema, *name, request.object, request.where);
}

}  // namespace syncwright::schema
