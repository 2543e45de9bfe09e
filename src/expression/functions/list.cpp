#include <fmt/format.h>

#include <array>
#include <unordered_set>

#include "expression/functions/call.h"
#include "expression/functions/function_groups.h"
#include "expression/functions/letters.h"

namespace syncwright::expression {
namespace {

Operand count(Call& call) {
  const Operand source = call.value(0);
  if (const MultiValue* list = source.list()) {
    return Value(static_cast<std::int64_t>(list->size()));
  }
  return Value(std::int64_t{source.is_null() ? 0 : 1});
}

Operand item(Call& call) {
  const Operand source = call.value(0);
  const std::int64_t index = call.integer(1);
  if (call.stopped() || source.is_null()) return {};
  const MultiValue* list = source.list();
  const std::size_t size = list == nullptr ? 1 : list->size();
  if (index < 1 || static_cast<std::uint64_t>(index) > size) {
    return call.fail(
        fmt::format("index is {}, the source has {} elements and the first is 1", index, size));
  }
  if (list == nullptr) return source;
  return call.result((*list)[static_cast<std::size_t>(index - 1)]);
}

/// Collects what is not empty; every element is counted before it is copied.
class Joiner {
 public:
  Joiner(Call& call, std::string_view separator) : call_(call), separator_(separator) {}

  void add(const Operand& operand) {
    if (const MultiValue* list = operand.list()) {
      for (const std::string& element : *list) {
        if (!call_.take_steps(1)) return;
        add(std::string_view(element));
      }
      return;
    }
    add(std::string_view(ValueText(operand.value())));
  }
  [[nodiscard]] Operand result() && {
    if (!any_ && call_.settings().empty_join_is_null) return {};
    return Value(std::move(joined_));
  }

 private:
  void add(std::string_view text) {
    if (text.empty()) return;
    const std::string_view separator = any_ ? separator_ : std::string_view();
    if (!call_.take_bytes(separator.size() + text.size())) return;
    joined_.append(separator).append(text);
    any_ = true;
  }

  Call& call_;
  std::string_view separator_;
  std::string joined_;
  bool any_ = false;
};

Operand join(Call& call) {
  const Text separator = call.text(0);
  Joiner joiner(call, separator);
  for (std::size_t at = 1; at < call.count(); ++at) joiner.add(call.value(at));
  return std::move(joiner).result();
}

/// As .NET splits: empty elements stay, an empty delimiter leaves the text whole.
void split_text(Call& call, std::string_view text, std::string_view delimiter,
                MultiValue& elements) {
  while (call.take_steps(1)) {
    const std::size_t end = delimiter.empty() ? std::string_view::npos : text.find(delimiter);
    const std::string_view element = text.substr(0, end);
    if (!call.take_bytes(element.size())) return;
    elements.push_back(call.settings().split_trims ? trim(element) : std::string(element));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + delimiter.size());
  }
}

Operand split(Call& call) {
  const Operand source = call.value(0);
  if (source.is_null()) return {};
  const Text given = call.text(1);
  const std::string_view delimiter = call.is_given(1) ? std::string_view(given) : ",";
  MultiValue elements;
  if (const MultiValue* list = source.list()) {
    for (const std::string& text : *list) split_text(call, text, delimiter, elements);
  } else {
    split_text(call, ValueText(source.value()), delimiter, elements);
  }
  return Value(std::move(elements));
}

Operand remove_duplicates(Call& call) {
  Operand source = call.value(0);
  const MultiValue* list = source.list();
  if (list == nullptr) return source;
  std::unordered_set<std::string_view> seen;
  MultiValue kept;
  for (const std::string& element : *list) {
    if (!call.take_steps(1)) return {};
    if (!seen.insert(element).second) continue;
    if (!call.take_bytes(element.size())) return {};
    kept.push_back(element);
  }
  return Value(std::move(kept));
}

constexpr std::array kListFunctions = {
    Function{.name = "Count", .parameters = {required("attribute")}, .body = count},
    Function{.name = "Item",
             .parameters = {required("source"), required("index", ArgumentKind::element_index)},
             .proven_keys = true,
             .body = item},
    Function{.name = "Join",
             .parameters = {required("separator"), repeated("source")},
             .proven_keys = true,
             .body = join,
             .at_least = 2,
             .null_handling = NullHandling::gives_empty},
    Function{.name = "RemoveDuplicates",
             .parameters = {required("source")},
             .proven_keys = true,
             .body = remove_duplicates},
    Function{.name = "Split",
             .parameters = {required("source"), optional("delimiter")},
             .proven_keys = true,
             .body = split}};

constexpr std::string_view kJoin = "write Join(\"\", first, second, ..) or Append(source, suffix)";

constexpr std::array kForeignListFunctions = {ForeignFunction{"Concat", kJoin},
                                              ForeignFunction{"Concatenate", kJoin},
                                              ForeignFunction{"TextJoin", kJoin}};

}  // namespace

FunctionGroup list_functions() {
  return {.functions = kListFunctions, .foreign = kForeignListFunctions};
}

}  // namespace syncwright::expression
