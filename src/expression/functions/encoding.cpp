#include <fmt/format.h>

#include <array>

#include "expression/functions/call.h"
#include "expression/functions/encodings.h"
#include "expression/functions/function_groups.h"

namespace syncwright {
namespace {

Operand to_base64(Call& call) {
  return call.each_text(call.value(0), utf16_base64);
}

Operand from_base64(Call& call) {
  const Text name = call.text(1);
  const auto encoding = encoding_named(name);
  if (!encoding) {
    return call.fail(fmt::format("encoding is {}, it takes Unicode, UTF8 or ASCII", quoted(name)));
  }
  return call.each_text(call.value(0), [&](std::string_view source) {
    return call.accept(text_from_base64(source, *encoding));
  });
}

Operand to_hex(Call& call) {
  return call.each_text(call.value(0), utf8_hex);
}

Operand from_sid(Call& call) {
  return call.each_text(call.value(0),
                        [&](std::string_view source) { return call.accept(sid_text(source)); });
}

Operand component(Call& call) {
  const std::int64_t number = call.integer(1);
  return call.each_text(call.value(0), [&](std::string_view source) {
    return call.accept(dn_component(source, number));
  });
}

constexpr std::array kFunctions = {
    NamedFunction{"ConvertFromBase64", from_base64}, NamedFunction{"ConvertToBase64", to_base64},
    NamedFunction{"ConvertToUTF8Hex", to_hex}, NamedFunction{"DNComponent", component},
    NamedFunction{"StringFromSid", from_sid}};

}  // namespace

std::span<const NamedFunction> encoding_functions() {
  return kFunctions;
}

}  // namespace syncwright
