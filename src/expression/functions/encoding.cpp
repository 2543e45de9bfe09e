#include <fmt/format.h>

#include <array>

#include "expression/functions/call.h"
#include "expression/functions/encodings.h"
#include "expression/functions/function_groups.h"

namespace syncwright::expression {
namespace {

Operand to_base64(Call& call) {
  return call.each_text(call.value(0), utf16_base64);
}

Operand from_base64(Call& call) {
  const Text name = call.text(1);
  const auto encoding = encoding_named(name);
  if (!encoding) {
    return call.fail(fmt::format("encoding is {}, it takes Unicode, UTF8 or ASCII", quote(name)));
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

constexpr std::array kEncodingFunctions = {
    Function{.name = "ConvertFromBase64",
             .parameters = {required("source"), optional("encoding", ArgumentKind::encoding)},
             .body = from_base64,
             .place = FunctionPlace::cloud_sync,
             .beside_cloud_sync = kTryInPortal},
    Function{.name = "ConvertToBase64", .parameters = {required("source")}, .body = to_base64},
    Function{.name = "ConvertToUTF8Hex", .parameters = {required("source")}, .body = to_hex},
    Function{.name = "DNComponent",
             .parameters = {required("dn"),
                            {.key = "ComponentNumber", .kind = ArgumentKind::integer, .least = 1}},
             .body = component,
             .place = FunctionPlace::cloud_sync,
             .beside_cloud_sync = kTryInPortal},
    Function{.name = "StringFromSid",
             .parameters = {required("objectSID")},
             .body = from_sid,
             .place = FunctionPlace::cloud_sync,
             .beside_cloud_sync = kTryInPortal}};

}  // namespace

FunctionGroup encoding_functions() {
  return {.functions = kEncodingFunctions, .foreign = {}};
}

}  // namespace syncwright::expression
