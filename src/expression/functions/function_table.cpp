#include "syncwright/expression/function_table.h"

#include <algorithm>
#include <array>

#include "expression/literal.h"
#include "syncwright/core/ascii.h"

namespace syncwright {
namespace {

using Parameter = FunctionParameter;

constexpr Parameter required(std::string_view key) {
  return {.key = key};
}
constexpr Parameter optional(std::string_view key) {
  return {.key = key, .required = false};
}
constexpr Parameter integer(std::string_view key) {
  return {.key = key, .integer = true};
}
constexpr Parameter optional_integer(std::string_view key) {
  return {.key = key, .required = false, .integer = true};
}
constexpr Parameter repeated(std::string_view key) {
  return {.key = key, .required = false, .repeats = true};
}

// Parameter lists that several functions share.
constexpr std::array kSource = {required("source")};
constexpr std::array kExpression = {required("expression")};
constexpr std::array kValue = {required("value")};
constexpr std::array kSourceCulture = {required("source"), optional("culture")};

constexpr std::array kAppend = {required("source"), required("suffix")};
constexpr std::array kBitAnd = {integer("left"), integer("right")};
// The default value is only the last of the sources: no position tells it apart.
constexpr std::array kCoalesce = {repeated("source")};
constexpr std::array kConvertFromBase64 = {required("source"), optional("encoding")};
constexpr std::array kCount = {required("attribute")};
constexpr std::array kDateAdd = {required("interval"), integer("value"), required("dateTime")};
constexpr std::array kDateDiff = {required("interval"), required("date1"), required("date2")};
constexpr std::array kDateFromNum = {integer("source")};
constexpr std::array kDnComponent = {required("dn"), integer("componentNumber")};
constexpr std::array kError = {required("message")};
constexpr std::array kFormatDateTime = {required("source"), optional("dateTimeStyle"),
                                        optional("inputFormat"), required("outputFormat")};
// A comparison as the condition takes the first three keys, any other condition only the first
// (docs/expressions.md#4.2): the parameter list is what is written between the parentheses.
constexpr std::array kIif = {required("one"), optional("four"), optional("five")};
constexpr std::array kInStr = {required("value1"), required("value2"), optional_integer("start"),
                               optional("compareType")};
constexpr std::array kItem = {required("source"), integer("index")};
constexpr std::array kJoin = {required("separator"), repeated("source")};
constexpr std::array kLeft = {required("source"), integer("length")};
constexpr std::array kMid = {required("source"), integer("start"), integer("length")};
constexpr std::array kPCase = {required("source"), optional("wordSeparators")};
constexpr std::array kPrepend = {required("prefix"), required("source")};
constexpr std::array kRandomString = {
    integer("length"),         integer("minimumNumbers"),   integer("minimumSpecialCharacters"),
    integer("minimumCapital"), integer("minimumLowerCase"), optional("charactersToAvoid")};
constexpr std::array kReplace = {required("source"),
                                 optional("Find"),
                                 optional("RegularExpression"),
                                 optional("RegularExpressionGroupName"),
                                 optional("Replacement"),
                                 optional("ReplacementPropertyName"),
                                 optional("Template")};
constexpr std::array kSelectUniqueValue = {repeated("uniqueValueRule")};
constexpr std::array kSplit = {required("source"), optional("delimiter")};
constexpr std::array kStringFromSid = {required("objectSID")};
constexpr std::array kSwitch = {required("source"), optional("defaultValue"),
                                repeated("switchValue")};
constexpr std::array kWord = {required("string"), integer("wordNumber"), required("delimiters")};

/// The parameters say how many there may be.
constexpr FunctionSignature from_parameters(std::string_view name,
                                            std::span<const Parameter> parameters,
                                            bool proven_keys) {
  FunctionSignature row;
  row.name = name;
  row.parameters = parameters;
  row.proven_keys = proven_keys;
  row.most = parameters.size();
  for (const Parameter& each : parameters) row.least += each.required ? 1 : 0;
  return row;
}
constexpr FunctionSignature attested(std::string_view name, std::span<const Parameter> parameters) {
  return from_parameters(name, parameters, true);
}
constexpr FunctionSignature unproven(std::string_view name, std::span<const Parameter> parameters) {
  return from_parameters(name, parameters, false);
}

// What the parameters do not say: the words of the reference.
constexpr FunctionSignature takes(FunctionSignature row, std::size_t least, std::size_t most,
                                  std::string_view usage = {}) {
  row.least = least;
  row.most = most;
  row.usage = usage;
  return row;
}
constexpr FunctionSignature in_pairs(FunctionSignature row) {
  row.pairs = true;
  return row;
}
constexpr FunctionSignature empty_for_null(FunctionSignature row) {
  row.empty_for_null = true;
  return row;
}
constexpr FunctionSignature unlisted(FunctionSignature row) {
  row.unlisted = true;
  return row;
}

constexpr FunctionSignature decided_behind(FunctionSignature row, std::size_t always_evaluated) {
  row.always_evaluated = always_evaluated;
  return row;
}
constexpr FunctionSignature reading_roles(FunctionSignature row) {
  row.reads_roles = true;
  return row;
}
constexpr FunctionSignature of_cloud_sync(
    FunctionSignature row, std::string_view way_out = "try the expression in the portal first") {
  row.beside_cloud_sync = way_out;
  return row;
}

constexpr std::span<const Parameter> kNothing;

constexpr std::array kFunctions = {
    empty_for_null(attested("Append", kAppend)),
    reading_roles(attested("AppRoleAssignments", kSource)),
    reading_roles(unproven("AppRoleAssignmentsComplex", kSource)),
    reading_roles(attested("AssertiveAppRoleAssignmentsComplex", kSource)),
    attested("BitAnd", kBitAnd),
    attested("CBool", kSource),
    unproven("CDate", kExpression),
    decided_behind(
        takes(unproven("Coalesce", kCoalesce), 1, kAnyNumberOfArguments, "first, second, .."), 1),
    of_cloud_sync(unproven("ConvertFromBase64", kConvertFromBase64)),
    unproven("ConvertToBase64", kSource),
    unproven("ConvertToUTF8Hex", kSource),
    unproven("Count", kCount),
    unproven("CStr", kValue),
    unproven("DateAdd", kDateAdd),
    unproven("DateDiff", kDateDiff),
    attested("DateFromNum", kDateFromNum),
    attested("DefaultDomain", kNothing),
    of_cloud_sync(unproven("DNComponent", kDnComponent)),
    of_cloud_sync(attested("Error", kError)),
    takes(attested("FormatDateTime", kFormatDateTime), 3, 4),
    attested("Guid", kNothing),
    attested("IgnoreFlowIfNullOrEmpty", kSource),
    decided_behind(takes(attested("IIF", kIif), 2, 3, "condition, then, else"), 1),
    unproven("InStr", kInStr),
    attested("IsNothing", kSource),
    unproven("IsNull", kExpression),
    unproven("IsNullOrEmpty", kExpression),
    attested("IsPresent", kSource),
    unproven("IsString", kExpression),
    attested("Item", kItem),
    empty_for_null(takes(attested("Join", kJoin), 2, kAnyNumberOfArguments)),
    empty_for_null(attested("Left", kLeft)),
    unlisted(unproven("Len", kSource)),
    attested("Mid", kMid),
    unproven("NormalizeDiacritics", kSource),
    attested("Not", kSource),
    attested("Now", kNothing),
    unproven("NumFromDate", kValue),
    unproven("PCase", kPCase),
    empty_for_null(attested("Prepend", kPrepend)),
    unproven("RandomString", kRandomString),
    unproven("Redact", kValue),
    attested("RemoveDuplicates", kSource),
    attested("Replace", kReplace),
    decided_behind(takes(unproven("SelectUniqueValue", kSelectUniqueValue), 2,
                         kAnyNumberOfArguments, "first, second, .."),
                   1),
    reading_roles(attested("SingleAppRoleAssignment", kSource)),
    attested("Split", kSplit),
    of_cloud_sync(unproven("StringFromSid", kStringFromSid)),
    attested("StripSpaces", kSource),
    decided_behind(in_pairs(takes(attested("Switch", kSwitch), 4, kAnyNumberOfArguments,
                                  "source, default, key, value, ..")),
                   1),
    unproven("ToLower", kSourceCulture),
    unproven("ToUpper", kSourceCulture),
    of_cloud_sync(attested("Trim", kSource),
                  "use Replace with a regular expression, or StripSpaces"),
    empty_for_null(unproven("Word", kWord)),
};

}  // namespace

std::span<const FunctionSignature> function_table() {
  return kFunctions;
}

const FunctionSignature* find_function(std::string_view name) {
  const auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                                  [name](const FunctionSignature& signature) {
                                    return ascii::equal_ignoring_case(signature.name, name);
                                  });
  return found == kFunctions.end() ? nullptr : &*found;
}

}  // namespace syncwright
