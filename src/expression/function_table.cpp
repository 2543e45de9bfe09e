#include "syncwright/expression/function_table.h"

#include <algorithm>
#include <array>

#include "literal.h"
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
// (SPEC.md 4.2): the parameter list is what is written between the parentheses.
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

constexpr bool kProven = true;
constexpr bool kUnproven = false;

constexpr std::array<FunctionSignature, 53> kFunctions = {{
    {"Append", kAppend, kProven},
    {"AppRoleAssignments", kSource, kProven},
    {"AppRoleAssignmentsComplex", kSource, kUnproven},
    {"AssertiveAppRoleAssignmentsComplex", kSource, kProven},
    {"BitAnd", kBitAnd, kProven},
    {"CBool", kSource, kProven},
    {"CDate", kExpression, kUnproven},
    {"Coalesce", kCoalesce, kUnproven},
    {"ConvertFromBase64", kConvertFromBase64, kUnproven},
    {"ConvertToBase64", kSource, kUnproven},
    {"ConvertToUTF8Hex", kSource, kUnproven},
    {"Count", kCount, kUnproven},
    {"CStr", kValue, kUnproven},
    {"DateAdd", kDateAdd, kUnproven},
    {"DateDiff", kDateDiff, kUnproven},
    {"DateFromNum", kDateFromNum, kProven},
    {"DefaultDomain", {}, kProven},
    {"DNComponent", kDnComponent, kUnproven},
    {"Error", kError, kProven},
    {"FormatDateTime", kFormatDateTime, kProven},
    {"Guid", {}, kProven},
    {"IgnoreFlowIfNullOrEmpty", kSource, kProven},
    {"IIF", kIif, kProven},
    {"InStr", kInStr, kUnproven},
    {"IsNothing", kSource, kProven},
    {"IsNull", kExpression, kUnproven},
    {"IsNullOrEmpty", kExpression, kUnproven},
    {"IsPresent", kSource, kProven},
    {"IsString", kExpression, kUnproven},
    {"Item", kItem, kProven},
    {"Join", kJoin, kProven},
    {"Left", kLeft, kProven},
    {"Mid", kMid, kProven},
    {"NormalizeDiacritics", kSource, kUnproven},
    {"Not", kSource, kProven},
    {"Now", {}, kProven},
    {"NumFromDate", kValue, kUnproven},
    {"PCase", kPCase, kUnproven},
    {"Prepend", kPrepend, kProven},
    {"RandomString", kRandomString, kUnproven},
    {"Redact", kValue, kUnproven},
    {"RemoveDuplicates", kSource, kProven},
    {"Replace", kReplace, kProven},
    {"SelectUniqueValue", kSelectUniqueValue, kUnproven},
    {"SingleAppRoleAssignment", kSource, kProven},
    {"Split", kSplit, kProven},
    {"StringFromSid", kStringFromSid, kUnproven},
    {"StripSpaces", kSource, kProven},
    {"Switch", kSwitch, kProven},
    {"ToLower", kSourceCulture, kUnproven},
    {"ToUpper", kSourceCulture, kUnproven},
    {"Trim", kSource, kProven},
    {"Word", kWord, kUnproven},
}};

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
