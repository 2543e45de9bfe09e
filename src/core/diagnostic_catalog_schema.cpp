#include <array>

#include "core/diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array expression_rows{
    CatalogEntry{"SW3001", Severity::error, "The expression cannot be parsed",
                 R"(The text is not an expression of the mapping language: a function call, an
attribute in brackets, or a text in double quotes. The position is that of the
first character that does not fit.
Texts take double quotes, so single quotes around the whole are handy in YAML:
    IsActive: 'Not([IsSoftDeleted])'
    Name: 'Join(" ", [givenName], [surname])')"},
    CatalogEntry{"SW3002", Severity::error, "The expression is too long",
                 R"(Microsoft Entra accepts expressions of at most 10 000 characters.
Long chains of IIF or Switch are the usual cause. Keep the table outside: fill an
extension attribute from your source of truth, and map that attribute.
    officeCode: "[extensionAttribute10]")"},
};

constexpr std::array schema_rows{
    CatalogEntry{
        "SW4001", Severity::error, "Unknown scoping filter operator",
        R"(Operators of scoping filters have the names that Microsoft Graph gives them, in this
case and with these blanks: EQUALS, NOT EQUALS, IS TRUE, IS FALSE, IS NULL, IS
NOT NULL, REGEX MATCH, NOT REGEX MATCH, ENDS_WITH, Includes, Greater_Than,
Greater_Than_OR_EQUALS, & and !&.
    all: [{attribute: department, operator: EQUALS, values: [Sales]}])"},
    CatalogEntry{
        "SW4002", Severity::error, "The operator takes another number of values",
        R"(IS TRUE, IS FALSE, IS NULL and IS NOT NULL look at the attribute alone and take no
`values`; every other operator compares with a value and needs one.
    - {attribute: accountEnabled, operator: IS TRUE}
    - {attribute: department, operator: EQUALS, values: [Sales]}
Several values are several groups under `any`.)"},
    CatalogEntry{
        "SW4003", Severity::error, "The attribute definition is incomplete",
        R"(A new attribute needs a place and a type: the directory (a name, or source or target
together with a rule), the object and the type. They cannot be found out from
the mapping that uses it.
    attributes:
      - {directory: salesforce.com, object: User, name: officeCode, type: String})"},
    CatalogEntry{
        "SW4004", Severity::error, "The operator cannot compare with this value",
        R"(The operators &, !&, Greater_Than and Greater_Than_OR_EQUALS are for attributes of type
Integer and take a whole number of at most 32 bits; `&` tests bits.
    - {attribute: employeeLevel, operator: Greater_Than, values: [3]}
    - {attribute: flags, operator: "!&", values: [2]})"},
};

}  // namespace

std::span<const CatalogEntry> expression_diagnostics() {
  return expression_rows;
}

std::span<const CatalogEntry> schema_diagnostics() {
  return schema_rows;
}

}  // namespace syncwright
