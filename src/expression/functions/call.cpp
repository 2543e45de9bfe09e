#include "expression/functions/call.h"

#include <fmt/format.h>

#include <algorithm>

#include "expression/dates/date_time.h"
#include "expression/functions/comparison.h"

namespace syncwright::expression {

bool Call::is_given(std::size_t at) const {
  return at < count() && node_.arguments[at].kind != ProgramNode::Kind::empty;
}

Operand Call::value(std::size_t at) {
  return at < count() ? evaluation_.evaluate(node_.arguments[at]) : Operand();
}

std::int64_t Call::integer(std::size_t at) {
  if (at < count() && node_.arguments[at].integer) return *node_.arguments[at].integer;
  return integer_of(value(at).value(), at);
}

std::int64_t Call::integer_of(const Value& value, std::size_t at) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (const auto number = parse_whole_number(*text)) return *number;
  }
  fail(fmt::format("{} is {}, a whole number is needed", parameter_name(at), quote(value)));
  return 0;
}

DateTime Call::date(std::size_t at) {
  const Operand operand = value(at);
  if (const auto* date = std::get_if<DateTime>(&operand.value())) return *date;
  const auto* text = std::get_if<std::string>(&operand.value());
  if (text == nullptr || text->empty()) {
    fail(fmt::format("{} is {}, a date is needed", parameter_name(at), quote(operand.value())));
    return {};
  }
  return accept(parse_date(*text), StopCause::unread).utc();
}

void Call::value_untaken(std::size_t at) {
  if (at < count()) evaluation_.evaluate_untaken(node_.arguments[at]);
}

Operand Call::fail(std::string_view message, StopCause cause) {
  evaluation_.stop(Outcome::Kind::error, node_.offset,
                   fmt::format("{}: {}", node_.function->name, message), cause);
  return {};
}

Operand Call::ignore_attribute() {
  evaluation_.stop(Outcome::Kind::ignore_attribute, node_.offset, {}, StopCause::wanted);
  return {};
}

Operand Call::result(std::string text) {
  if (!take_bytes(text.size())) return {};
  return Value(std::move(text));
}

std::string_view Call::parameter_name(std::size_t at) const {
  const FunctionParameters& parameters = node_.function->parameters;
  return parameters[std::min(at, parameters.size() - 1)].key;
}

}  // namespace syncwright::expression
