#include "expression/functions/foreign_function.h"

#include <algorithm>
#include <array>

#include "syncwright/core/ascii.h"

namespace syncwright {
namespace {

constexpr std::string_view kLower = "write ToLower(source)";
constexpr std::string_view kUpper = "write ToUpper(source)";
constexpr std::string_view kTitle = "write PCase(source)";
constexpr std::string_view kLength = "write Len(source)";
constexpr std::string_view kMid = "write Mid(source, start, length): the first character is 1";
constexpr std::string_view kJoin = "write Join(\"\", first, second, ..) or Append(source, suffix)";
constexpr std::string_view kInStr = "write InStr(text, part): it is 0 where the part is absent";
constexpr std::string_view kIif = "write IIF(condition, then, else)";
constexpr std::string_view kSwitch = "write Switch(source, default, key, value, ..)";
constexpr std::string_view kEmpty = "write IsNullOrEmpty(expression)";
constexpr std::string_view kNest =
    "conditions are not combined: nest them, IIF(first, IIF(second, .., ..), ..)";
constexpr std::string_view kRegex =
    "write Replace(source, , pattern, , replacement, , ) with a regular expression of .NET";
constexpr std::string_view kReplace = "write Replace(source, find, , , replacement, , )";
constexpr std::string_view kFormat = "write FormatDateTime(source, , inputFormat, outputFormat)";
constexpr std::string_view kFirstThere = "write Coalesce(first, second, ..)";
constexpr std::string_view kRight =
    "for a known length write IIF(Len([x])=\"10\", Mid([x], 8, 3), [x]), for any other "
    "Replace([x], , \"^.*(.{3})$\", , \"$1\", , ): the last 3 characters";
constexpr std::string_view kTrimStart = "write Replace(source, , \"^\\\\s+\", , \"\", , )";
constexpr std::string_view kTrimEnd = "write Replace(source, , \"\\\\s+$\", , \"\", , )";

constexpr std::array kForeignFunctions = {
    ForeignFunction{"And", kNest},
    ForeignFunction{"Case", kSwitch},
    ForeignFunction{"CharIndex", kInStr},
    ForeignFunction{"Choose", kSwitch},
    ForeignFunction{"Concat", kJoin},
    ForeignFunction{"Concatenate", kJoin},
    ForeignFunction{"Contains", "InStr(text, part) is 0 where a part is absent", true},
    ForeignFunction{"CRef", "try the expression in the portal first", true},
    ForeignFunction{"Find", kInStr},
    ForeignFunction{"Format", kFormat},
    ForeignFunction{"FormatDate", kFormat},
    ForeignFunction{"If", kIif},
    ForeignFunction{"IfNull", kFirstThere},
    ForeignFunction{"IndexOf", kInStr},
    ForeignFunction{"IsBlank", kEmpty},
    ForeignFunction{"IsEmpty", kEmpty},
    ForeignFunction{"IsNullOrWhiteSpace", kEmpty},
    ForeignFunction{"LCase", kLower},
    ForeignFunction{"Length", kLength},
    ForeignFunction{"Lower", kLower},
    ForeignFunction{"LTrim", kTrimStart},
    ForeignFunction{"Or", kNest},
    ForeignFunction{"Proper", kTitle},
    ForeignFunction{"RegexReplace", kRegex},
    ForeignFunction{"Right", kRight},
    ForeignFunction{"RTrim", kTrimEnd},
    ForeignFunction{"Search", kInStr},
    ForeignFunction{"StrConv", kTitle},
    ForeignFunction{"StringLength", kLength},
    ForeignFunction{"StrLen", kLength},
    ForeignFunction{"Substitute", kReplace},
    ForeignFunction{"Substr", kMid},
    ForeignFunction{"Substring", kMid},
    ForeignFunction{"TextJoin", kJoin},
    ForeignFunction{"TitleCase", kTitle},
    ForeignFunction{"ToLowerCase", kLower},
    ForeignFunction{"ToTitleCase", kTitle},
    ForeignFunction{"ToUpperCase", kUpper},
    ForeignFunction{"TrimEnd", kTrimEnd},
    ForeignFunction{"TrimStart", kTrimStart},
    ForeignFunction{"UCase", kUpper},
    ForeignFunction{"Upper", kUpper},
};

}  // namespace

const ForeignFunction* find_foreign_function(std::string_view name) {
  const auto found = std::find_if(
      kForeignFunctions.begin(), kForeignFunctions.end(),
      [name](const ForeignFunction& each) { return ascii::equal_ignoring_case(each.name, name); });
  return found == kForeignFunctions.end() ? nullptr : &*found;
}

}  // namespace syncwright
