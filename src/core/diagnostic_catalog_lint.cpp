#include <array>

#include "core/diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array expression_lint_rows{
    CatalogEntry{
        "SW3101", Severity::error, "Unknown function",
        R"(No function of this name exists in the expressions of Microsoft Entra, so that the
service would refuse the schema. Mostly it is a slip of the pen, or a function of
another language.
    wrong:  Concat([givenName], [surname])
    right:  Join("", [givenName], [surname]))"},
    CatalogEntry{
        "SW3102", Severity::warning, "A function that no reference defines",
        R"(Contains and CRef occur in examples of the Cloud Sync documentation, but no reference
says what they take or give. syncwright writes them as they are and cannot evaluate
them. InStr finds a text in another and is documented:
    IIF(InStr([mail], "@contoso.com") > 0, "internal", "external"))"},
    CatalogEntry{
        "SW3103", Severity::error, "Wrong number of arguments",
        R"(The function takes another number of arguments, or a place that must be filled is
empty. Optional arguments may be left out or empty, but keep their commas.
    wrong:  Left([givenName])
    right:  Left([givenName], 1)
    right:  Replace([mail], "@contoso.com", , , "", , ))"},
    CatalogEntry{
        "SW3104", Severity::error, "A constant that the function refuses",
        R"(A whole number is expected here, or one within bounds: Item, Mid and InStr count from 1.
Or a word is none that the function knows: a dateTimeStyle, compareType or encoding.
Calls that do not depend on the user are evaluated, with 2026-01-01 as the time now, and
where that fails the message says why. The evaluation would fail for every user.
    wrong:  Mid([employeeId], "first", 2)
    right:  Mid([employeeId], 1, 2)
    wrong:  IIF([mail] = NULL, "none", [mail])
    right:  Coalesce([mail], "none"))"},
    CatalogEntry{
        "SW3105", Severity::error, "Unknown interval of a date function",
        R"(DateAdd and DateDiff know yyyy (years), m (months), d (days), ww (weeks), h (hours),
n (minutes) and s (seconds). Minutes are n, since m is taken.
    wrong:  DateAdd("days", -7, [employeeHireDate])
    right:  DateAdd("d", -7, [employeeHireDate]))"},
    CatalogEntry{
        "SW3106", Severity::warning, "The regular expression is refused",
        R"(Replace, REGEX MATCH and NOT REGEX MATCH take regular expressions of .NET. This one is
broken, names a group that it does not have, or uses one of the few constructs of .NET
that syncwright cannot carry out: balancing groups, \G, look-behind of open length. The
service may take those; `eval`, `test` and the emulator fail there.
    wrong:  Replace([mail], , "(?<name>[^@]+", "name", "x", , )
    right:  Replace([mail], , "(?<name>[^@]+)@.*", "name", "x", , )
Test it with `syncwright eval`.)"},
    CatalogEntry{"SW3107", Severity::warning, "A text that is no date format",
                 R"(Formats are those of .NET: yyyy, MM for months, dd, HH (or hh and tt), mm for
minutes, ss, fff. Other letters are copied into the result or fail, so put texts in
single quotes. Capital Y and D are no parts of a date.
    wrong:  FormatDateTime([employeeHireDate], , , "YYYY-MM-DD")
    right:  FormatDateTime([employeeHireDate], , , "yyyy-MM-dd"))"},
    CatalogEntry{
        "SW3108", Severity::error, "Switch: a key without a value",
        R"(Behind source and default come pairs: a key and the value for it. Often a comma for
an empty default is missing, so that everything moves up by one.
    wrong:  Switch([IsSoftDeleted], "False", "True", "True", "False")
    right:  Switch([IsSoftDeleted], , "False", "True", "True", "False"))"},
    CatalogEntry{
        "SW3109", Severity::warning, "Function name in another letter case",
        R"(The reference says that expressions are case-sensitive. The service seems to accept
other spellings of some functions, but nobody promises that. InStr and Instr are both
in use.
    wrong:  toLower([mail])
    right:  ToLower([mail]))"},
    CatalogEntry{
        "SW3110", Severity::warning, "Blanks round an attribute name",
        R"(The name runs from bracket to bracket. Blanks at its ends mostly come from a copied
web page; whether the service removes them is not known, syncwright does.
    wrong:  [ country]
    right:  [country])"},
    CatalogEntry{
        "SW3111", Severity::warning, "A single backslash in a text",
        R"(Within a text \\ is a backslash and \" a quote. Any other backslash stays as it is, as
documented examples have it, so that the result is the same today; doubled it is
right in any case. Mind that YAML removes one level in its own double quotes.
    wrong:  Replace([mobile], , "\d+", , "", , )
    right:  Replace([mobile], , "\\d+", , "", , ))"},
    CatalogEntry{
        "SW3112", Severity::warning, "Unknown parameter between percent signs",
        R"(The service fills in %DomainFQDN% and %DomainNetBios%, spelled so. Nothing is known
of others. A percent sign that is meant as such stands in a text.
    wrong:  Append([mailNickname], %domainFqdn%)
    right:  Append([mailNickname], %DomainFQDN%)
    right:  Append([quota], "%"))"},
    CatalogEntry{
        "SW3113", Severity::warning, "& joins texts in Cloud Sync only",
        R"(The sign & between two texts is documented for Cloud Sync alone (jobs between Active
Directory and Entra ID by the agent). Everywhere else texts are put together by a
function.
    wrong:  [givenName] & " " & [surname]
    right:  Join(" ", [givenName], [surname]))"},
    CatalogEntry{
        "SW3114", Severity::warning, "A function of Cloud Sync",
        R"(ConvertFromBase64, DNComponent, Error, StringFromSid and Trim are in the reference of
Cloud Sync, and not in that of application provisioning. They may work in other
jobs, but nobody promises it. For blanks at the ends:
    Replace([displayName], , "^\\s+|\\s+$", , "", , ))"},
    CatalogEntry{
        "SW3115", Severity::note, "A function that no reference lists",
        R"(Len counts the characters of a text. Microsoft's references do not list it, and a live
tenant was seen to use it, compared with a text. Try the expression in the portal first
where another tenant or a later day matters.
    IIF(Len([extensionAttribute9])="10", [extensionAttribute9], ))"},
    CatalogEntry{"SW3116", Severity::error, "Replace: the arguments fit no form",
                 R"(Replace does what its filled arguments say, and takes these together: Find with
Replacement or Template; RegularExpression with Replacement, perhaps with the name of
a group; RegularExpression, group name and ReplacementPropertyName. Count the commas.
    wrong:  Replace([city], " ", "_")
    right:  Replace([city], " ", , , "_", , ))"},
    CatalogEntry{
        "SW3117", Severity::warning, "A constant that is no date",
        R"(CDate, NumFromDate, DateAdd, DateDiff, or FormatDateTime without an input format, reads
a date from this constant, and syncwright cannot: the evaluation would fail for every
user. The service may know more forms of dates; that of ISO 8601 is certain. A number is
no date: DateFromNum reads file times.
    wrong:  DateDiff("d", "soon", Now())
    right:  DateDiff("d", "2026-11-28", Now()))"},
    CatalogEntry{
        "SW3118", Severity::warning, "A repetition written as a character",
        R"(Behind a dot or a class, \* is the star itself: the pattern finds one character and a
star. Mostly the backslash came from a web page that had to escape the star.
    wrong:  Replace([mail], , ".\\*@contoso\\.com", , "", , )
    right:  Replace([mail], , ".*@contoso\\.com", , "", , ))"},
    CatalogEntry{
        "SW3119", Severity::warning, "A dot of a domain that is any character",
        R"(In a regular expression a dot stands for any character, so that @contoso.com finds
@contosoXcom as well. A backslash makes it a dot; in the text of an expression it is
doubled.
    wrong:  Replace([mail], , "@contoso.com$", , "", , )
    right:  Replace([mail], , "@contoso\\.com$", , "", , ))"},
    CatalogEntry{
        "SW3120", Severity::warning, "A condition on an attribute that may be empty",
        R"(IIF and CBool fail where an attribute of their condition is null or empty, by the
reference even inside IsPresent; the user is then not provisioned. Give a value for
that case, or use Switch, which takes an empty source as a key of its own.
    wrong:  IIF([department] = "Sales", "S", "X")
    right:  IIF(Coalesce([department], "none") = "Sales", "S", "X"))"},
    CatalogEntry{
        "SW3121", Severity::warning, "Switch on IsPresent, IsNull or IsNullOrEmpty",
        R"(The reference advises against these as the source of Switch: in an incremental cycle
they see attributes that did not change as empty. An empty key matches an absent
attribute as well, and Coalesce takes the first one that is there.
    wrong:  Switch(IsPresent([mail]), [userPrincipalName], "True", [mail])
    right:  Coalesce([mail], [userPrincipalName]))"},
    CatalogEntry{
        "SW3122", Severity::warning, "Switch may write its default by mistake",
        R"(In an incremental cycle an attribute that did not change can read as null, and Switch
falls to its default or the key "". With neither the target keeps its value: told is
only what would be written, once for an expression, and not with ObjectAddOnly,
on IsSoftDeleted, or where the default is Error(..).
    wrong:  Switch([country], "Other", "DE", "Germany")
    right:  {expression: 'Switch([country], , "DE", "Germany")', defaultValue: Other}
    right:  IIF(Coalesce([country], "-") = "DE", "Germany", "Other"))"},
    CatalogEntry{
        "SW3123", Severity::warning, "Coalesce and the empty text",
        R"(Coalesce takes the first value that is not null. By its description an empty text
counts as a value, but an example of Microsoft shows it passed over. It matters where
an argument may be empty and not null: a constant "", Join, Left, Append, Prepend,
Word, and attributes of HR systems, where a test with real data is the only answer.
    doubtful: Coalesce(Join("", [nickname]), [givenName])
    certain:  Coalesce([nickname], [givenName]))"},
    CatalogEntry{
        "SW3124", Severity::warning, "An empty text for Active Directory",
        R"(Active Directory refuses an empty text (InvalidAttributeSyntax), and the whole user
fails. Give no value at all: leave the argument empty, write NULL, or drop the
attribute from the flow.
    wrong:  IIF([Active] = "1", [mobile], "")
    right:  IIF([Active] = "1", [mobile], )
    right:  IgnoreFlowIfNullOrEmpty(IIF([Active] = "1", [mobile], "")))"},
    CatalogEntry{
        "SW3125", Severity::warning, "A regular expression that never matches",
        R"(Something must stand behind $, where a text ends, or before ^, where it begins. The
service takes the pattern and never finds it, so that nothing is replaced and no clause
of a filter is true. A backslash makes the sign a character.
    wrong:  Replace([cost], , "$[0-9]+ US", , "", , )
    right:  Replace([cost], , "\\$[0-9]+ US", , "", , ))"},
    CatalogEntry{
        "SW3126", Severity::warning, "A branch that always fails",
        R"(This call does not depend on the user, and its evaluation fails; the message says why.
It stands where not every user comes: in a branch of IIF, a value of Switch, behind the
first argument of Coalesce or SelectUniqueValue. Everybody who comes there fails. Where
that is meant, Error says so in your words.
    wrong:  Switch([country], "none", "DE", Item(Split("a,b", ","), 3))
    right:  Switch([country], "none", "DE", Item(Split("a,b", ","), 2)))"},
    CatalogEntry{
        "SW3127", Severity::warning, "A word at a place that it is not made for",
        R"(vbTextCompare and vbBinaryCompare are words for the compareType of InStr; UTF8, ASCII
and Unicode for the encoding of ConvertFromBase64. Anywhere else such a word is read as
a text at best. Where the text is meant it stands in quotes.
    wrong:  Append([mailNickname], Unicode)
    right:  Append([mailNickname], "Unicode"))"},
    CatalogEntry{
        "SW3130", Severity::warning, "A role function with scope: all",
        R"(SingleAppRoleAssignment and the AppRoleAssignments functions read the assignments to
the application. With `scope: all` users are provisioned without being assigned, and
Microsoft says that the functions must not be used then.
    scope: assigned)"},
    CatalogEntry{"SW3131", Severity::warning, "A reference inside of a function",
                 R"(manager and other references point to an object, which the service finds in the
target. A function sees a text at best, and breaks the link. Map a reference alone.
    wrong:  manager: 'Coalesce([manager], "none")'
    right:  manager: "[manager]")"},
    CatalogEntry{
        "SW3132", Severity::error, "SelectUniqueValue inside of a function",
        R"(SelectUniqueValue must be the outermost function, since it asks the target about each
of its arguments. Put the other functions into the arguments.
    wrong:  ToLower(SelectUniqueValue([a], [b]))
    right:  SelectUniqueValue(ToLower([a]), ToLower([b])))"},
    CatalogEntry{
        "SW3133", Severity::error, "SelectUniqueValue for a matching attribute",
        R"(A matching attribute finds the user who is there already; a value that is not yet
taken can never do so. Match by an attribute that the source gives as it is.
    employeeID: {expression: "[WorkerID]", matchingPriority: 1}
    userPrincipalName:
      {expression: 'SelectUniqueValue([a], [b])', flowType: ObjectAddOnly})"},
    CatalogEntry{
        "SW3134", Severity::warning, "SelectUniqueValue not only at creation",
        R"(In every later cycle the user's own value is taken, by the user: the next candidate
would be written. The function is meant for creation only.
    userPrincipalName:
      {expression: 'SelectUniqueValue([a], [b])', flowType: ObjectAddOnly})"},
    CatalogEntry{"SW3135", Severity::warning, "SelectUniqueValue outside of HR to AD",
                 R"(The function exists in jobs from Workday, SuccessFactors or the inbound API to
on-premises Active Directory. syncwright tells the kind of a job by the names of its
gallery application and template. Elsewhere, make the value unique in the source:
    Append([mailNickname], [employeeId]))"},
    CatalogEntry{"SW3136", Severity::warning, "A letter that NormalizeDiacritics may not know",
                 R"(NormalizeDiacritics works by a fixed table. Letters outside of it, such as the
Vietnamese d with a stroke, are not documented; syncwright leaves them as they are.
Replace them before:
    NormalizeDiacritics(Replace([surname], "đ", , , "d", , )))"},
    CatalogEntry{
        "SW3140", Severity::warning, "A branch that is not taken would fail",
        R"(Microsoft's guides say that IIF and Switch evaluate the chosen branch alone; a live
tenant was seen to evaluate both, and FormatDateTime failed in the other one. The value
is right here, and the user may fail there. Choose the argument, not the call:
    doubtful: IIF(Len([d])="10", FormatDateTime([d], "dd/MM/yyyy", "yyyy"), "")
    certain:  FormatDateTime(IIF(Len([d])="10", [d], ""), "dd/MM/yyyy", "yyyy")
Where your tenant is known to fail, expressions: {branches: eager} makes it an error.)"},
    CatalogEntry{
        "SW3141", Severity::warning, "Several roles where one is expected",
        R"(SingleAppRoleAssignment of somebody with several roles: Microsoft's reference says that
any of them may come out, and the service was seen to fail. Here the first is taken.
Assign one role, or map all of them:
    doubtful: SingleAppRoleAssignment([appRoleAssignments])
    certain:  AppRoleAssignmentsComplex([appRoleAssignments])
expressions: {severalRoles: error} in the project makes it an error.)"},
};

constexpr std::array mapping_lint_rows{
    CatalogEntry{
        "SW3201", Severity::warning, "A target attribute is mapped twice",
        R"(Two entries of one object mapping write to the same target attribute, for example one
under `object: User` and one under `source: User`. The service neither refuses nor
joins such mappings; which of them wins is not known. Here the later entry wins.
    attributes:
      title: "[jobTitle]")"},
    CatalogEntry{"SW3202", Severity::warning, "Two targets differ by case alone",
                 R"(Attribute names are case-sensitive, so that these are two mappings, one of which
writes to an attribute that the application probably does not have.
    wrong:  {title: "[jobTitle]", Title: "[jobTitle]"}
    right:  {title: "[jobTitle]"})"},
    CatalogEntry{
        "SW3203", Severity::warning, "Two attributes match with equal priority",
        R"(Matching tries the attributes one after the other, the lowest number first, and stops
at the first hit; they are never combined. With equal numbers the order is not known.
The other attribute may be one that the connector matches by already.
    userName: {expression: "[userPrincipalName]", matchingPriority: 1}
    externalId: {expression: "[mailNickname]", matchingPriority: 2})"},
    CatalogEntry{
        "SW3204", Severity::error, "mode: exact leaves no matching attribute",
        R"(`mode: exact` keeps only the attribute mappings that are named, and none of these has
a matchingPriority over 0. Every user would be created anew. A warning where only the
built-in template says so.
    userName: {expression: "[userPrincipalName]", matchingPriority: 1})"},
    CatalogEntry{
        "SW3205", Severity::warning, "Unknown source attribute",
        R"(The source object has no attribute of this name; the expression or filter would see
nothing. A warning where the built-in template is all there is to ask, since a tenant
may have more: `syncwright plan` asks the live schema. An attribute that you add is
known once it is defined:
    attributes:
      - {directory: source, object: User, name: officeCode, type: String})"},
    CatalogEntry{
        "SW3206", Severity::warning, "Unknown target attribute",
        R"(The target object has no attribute of this name. A warning where the built-in template
is all there is to ask: `syncwright plan` asks the live schema. Define an attribute
that the application has and the connector does not know yet:
    officeCode: {expression: "[extensionAttribute10]", define: {type: String}})"},
    CatalogEntry{
        "SW3207", Severity::warning, "Attribute name in another letter case",
        R"(Attribute names are case-sensitive, in brackets and as targets. The schema has one that
differs by case alone. A warning where only the built-in template says so.
    wrong:  Department: "[Department]"
    right:  Department: "[department]")"},
    CatalogEntry{
        "SW3210", Severity::warning, "Scoping filters cannot use this attribute",
        R"(Filters do not work with roles (appRoleAssignments), references (manager, members),
dates, userType and attributes of several values: the clause does not do what it says.
Fill an extension attribute with what decides, and filter by that.
    - {attribute: extensionAttribute1, operator: EQUALS, values: [provision]})"},
    CatalogEntry{
        "SW3211", Severity::warning, "The operator does not fit the attribute",
        R"(Each operator works on certain types: IS TRUE and IS FALSE on booleans; Greater_Than,
Greater_Than_OR_EQUALS, & and !& on whole numbers; ENDS_WITH and Includes on texts;
EQUALS and REGEX MATCH on texts and numbers. A clause that does not fit is never true.
    wrong:  {attribute: accountEnabled, operator: EQUALS, values: ["True"]}
    right:  {attribute: accountEnabled, operator: IS TRUE})"},
};

}  // namespace

std::span<const CatalogEntry> expression_lint_diagnostics() {
  return expression_lint_rows;
}

std::span<const CatalogEntry> mapping_lint_diagnostics() {
  return mapping_lint_rows;
}

}  // namespace syncwright
