#include <algorithm>

#include "emulator/exchange.h"
#include "emulator/odata/filter.h"
#include "syncwright/core/ascii.h"

namespace syncwright::emulator {

namespace {

/// REQUIRES: an object that outlives the answer.
const Json& property(const Json* object, std::string_view path) {
  static const Json none;
  if (path.empty()) return *object;
  const std::size_t slash = path.find('/');
  const std::string_view name = path.substr(0, slash);
  if (!object->is_object()) return none;
  const Json::const_iterator found = find_property(*object, name);
  if (found == object->end()) return none;
  return slash == std::string_view::npos ? *found : property(&*found, path.substr(slash + 1));
}

/// A filter looks at every item of a collection: strings are compared where they lie.
const std::string& string_in(const Json& value) {
  return value.get_ref<const std::string&>();
}

bool are_equal(std::string_view left, std::string_view right, bool ignore_case) {
  return ignore_case ? ascii::equal_ignoring_case(left, right) : left == right;
}

bool same(const Json& value, const Literal& literal, bool ignore_case) {
  if (value.is_null() || literal.value.is_null()) return value.is_null() && literal.value.is_null();
  if (literal.time && value.is_string()) return parse_rfc3339(string_in(value)) == literal.time;
  if (value.is_string() != literal.value.is_string()) return false;
  if (!value.is_string()) return are_equal(value.dump(), literal.value.dump(), ignore_case);
  return are_equal(string_in(value), string_in(literal.value), ignore_case);
}

/// Below zero, zero or above zero as `value` stands to the literal; nullopt where it does not.
std::optional<int> order(const Json& value, const Literal& literal, bool ignore_case) {
  const auto compare = [](const auto& left, const auto& right) {
    return left < right ? -1 : (right < left ? 1 : 0);
  };
  if (value.is_number() && literal.value.is_number()) return compare(value, literal.value);
  if (!value.is_string() || !literal.value.is_string()) return std::nullopt;
  if (literal.time) {
    const std::optional<Instant> time = parse_rfc3339(string_in(value));
    return time ? std::optional(compare(*time, *literal.time)) : std::nullopt;
  }
  if (!ignore_case) return compare(string_in(value), string_in(literal.value));
  return compare(ascii::lower(string_in(value)), ascii::lower(string_in(literal.value)));
}

bool in_order(const FilterNode& test, const Json& value, bool ignore_case) {
  const std::optional<int> place = order(value, test.literals.front(), ignore_case);
  if (!place) return false;
  if (test.comparison == "gt") return *place > 0;
  if (test.comparison == "ge") return *place >= 0;
  return test.comparison == "lt" ? *place < 0 : *place <= 0;
}

Json with_case(const Json& value, FilterNode::Letters letters) {
  if (!value.is_string()) return value;
  const std::string& text = string_in(value);
  return letters == FilterNode::Letters::lower ? ascii::lower(text) : ascii::upper(text);
}

bool passes(const FilterNode& test, const Json& value, bool ignore_case) {
  const Literal& literal = test.literals.front();
  const auto holds_part = [&](auto is_in) {
    if (!value.is_string() || !literal.value.is_string()) return false;
    if (!ignore_case) return is_in(string_in(value), string_in(literal.value));
    return is_in(ascii::lower(string_in(value)), ascii::lower(string_in(literal.value)));
  };
  switch (test.operation) {
    case FilterOperation::eq:
      return same(value, literal, ignore_case);
    case FilterOperation::ne:
      return !same(value, literal, ignore_case);
    case FilterOperation::ordering:
      return in_order(test, value, ignore_case);
    case FilterOperation::in:
      return std::any_of(test.literals.begin(), test.literals.end(),
                         [&](const Literal& one) { return same(value, one, ignore_case); });
    case FilterOperation::starts_with:
      return holds_part(
          [](std::string_view text, std::string_view part) { return text.starts_with(part); });
    case FilterOperation::ends_with:
      return holds_part(
          [](std::string_view text, std::string_view part) { return text.ends_with(part); });
    case FilterOperation::contains:
      return holds_part([](std::string_view text, std::string_view part) {
        return text.find(part) != std::string_view::npos;
      });
    case FilterOperation::any:
    case FilterOperation::null:
      return false;  // bits of a rule; no test is made with them
  }
  return false;
}

}  // namespace

Json::const_iterator find_property(const Json& object, std::string_view name) {
  Json::const_iterator found = object.find(name);
  if (found != object.end()) return found;
  found = object.begin();
  while (found != object.end() && !ascii::equal_ignoring_case(found.key(), name)) ++found;
  return found;
}

bool matches(const FilterNode& filter, const Json& object, bool ignore_case) {
  const auto holds = [&](const FilterNode& child) { return matches(child, object, ignore_case); };
  const auto& children = filter.children;
  switch (filter.kind) {
    case FilterNode::Kind::all_of:
      return std::all_of(children.begin(), children.end(), holds);
    case FilterNode::Kind::any_of:
      return std::any_of(children.begin(), children.end(), holds);
    case FilterNode::Kind::negation:
      return !holds(children.front());
    case FilterNode::Kind::any_item: {
      const Json& list = property(&object, filter.path);
      return list.is_array() && std::any_of(list.begin(), list.end(), [&](const Json& item) {
               return children.empty() || matches(children.front(), item, ignore_case);
             });
    }
    case FilterNode::Kind::test: {
      const Json& value = property(&object, filter.path);
      if (filter.letters == FilterNode::Letters::as_they_are) {
        return passes(filter, value, ignore_case);
      }
      return passes(filter, with_case(value, filter.letters), ignore_case);
    }
  }
  return false;
}

}  // namespace syncwright::emulator
