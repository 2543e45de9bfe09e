#pragma once

#include <string_view>

/// What to write instead, where a rule about anything but a function recommends one. These
/// sentences and the rows beside the bodies are the only places that name functions.
namespace syncwright::expression::advice {

inline constexpr std::string_view join_texts = "use Join(\"\", .., ..) or Append(.., ..)";
inline constexpr std::string_view put_together =
    "to put texts together use Join(\"\", .., ..) or Append(.., ..)";
inline constexpr std::string_view nest_conditions =
    "conditions are not combined: nest them, IIF(first, IIF(second, .., ..), ..)";
inline constexpr std::string_view negate = "negation is a function: Not([attribute])";
inline constexpr std::string_view pick_element =
    "a result has no index: Item(.., n) picks the n-th element, counted from 1";
inline constexpr std::string_view replace_letters =
    "replace such letters yourself: Replace([x], \"\xC4\x91\", , , \"d\", , )";

/// Takes the name of an attribute.
inline constexpr std::string_view guard_condition =
    "guard it, Coalesce([{0}], \"none\"), or use Switch([{0}], , \"key\", \"value\")";
inline constexpr std::string_view instead_of_test = "use Coalesce([attribute], otherwise)";
inline constexpr std::string_view empty_default =
    "leave the default empty, Switch([x], , ..), and give the mapping a defaultValue, or compare "
    "with IIF";
inline constexpr std::string_view no_empty_result =
    "use NULL or an empty argument, or IgnoreFlowIfNullOrEmpty(..) round the whole";
/// Behind "a comparison with an absent value fails".
inline constexpr std::string_view test_absence = "test it by IsNullOrEmpty or use Switch";

inline constexpr std::string_view choose_argument =
    "choose the argument instead of the call: FormatDateTime(IIF(.., [x], \"\"), ..)";
inline constexpr std::string_view all_roles = "assign one role, or use AppRoleAssignmentsComplex";
inline constexpr std::string_view mend_branch =
    "it fails for every user who comes to this branch: mend it, or say so by Error(\"..\")";

}  // namespace syncwright::expression::advice
