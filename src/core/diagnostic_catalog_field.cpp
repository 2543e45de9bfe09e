#include <array>

#include "core/diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array field_rows{
    CatalogEntry{"SW1001", Severity::error, "Unknown key",
                 R"(The key is not part of a manifest at this place. A key that is merely skipped
would leave a setting unmanaged without anybody noticing, so it is an error.
Spelling and case count: keys that go to Graph have Graph's own names.
    spec:
      displayname: Salesforce     # wrong
      displayName: Salesforce     # right)"},
    CatalogEntry{"SW1002", Severity::error, "The value has the wrong type",
                 R"(A list was found where a mapping is expected, a text where a number is, or the
like. The message names both.
Quotes make a text of anything, and their absence may make a number or boolean:
    revision: "2026"        # a text
    matchingPriority: 1     # a number
    enabled: true           # a boolean)"},
    CatalogEntry{"SW1003", Severity::error, "A required key is missing",
                 R"(Without this key the entry says nothing that could be done. The position is that
of the mapping which should hold it.
An Application needs at least:
    apiVersion: syncwright/v1
    kind: Application
    metadata: {name: salesforce-contoso}
    spec: {gallery: Salesforce, displayName: Salesforce Contoso})"},
    CatalogEntry{"SW1004", Severity::error, "The value is null",
                 R"(A key without a value is null in YAML. It could mean "not managed" or "must not
exist", so it means neither.
Leave the key out to let the tenant keep what it has, or say that the thing
must not exist:
    attributes:
      Fax: {absent: true})"},
    CatalogEntry{"SW1005", Severity::error, "The value is not one of the allowed words",
                 R"(The key takes a fixed set of words, which the message lists. Case counts, since
most of them go to Microsoft Graph as they are.
    scope: assigned                    # or all
    state: started                     # or paused
    flowBehavior: FlowWhenChanged      # or FlowAlways)"},
    CatalogEntry{"SW1006", Severity::error, "The name does not match its pattern",
                 R"(Names of manifests become tags and unique names in the tenant, where only some
characters are safe: small letters, digits and hyphens, at most 63, starting
with a letter or digit. A credential revision takes [A-Za-z0-9._-]{1,64}.
    metadata: {name: Salesforce Contoso}    # wrong
    metadata: {name: salesforce-contoso}    # right)"},
    CatalogEntry{
        "SW1007", Severity::error, "Unknown apiVersion",
        R"(`apiVersion` says which manual a manifest was written by. This program knows one:
    apiVersion: syncwright/v1
A file of another program in the manifests folder is found by this error too:
move it elsewhere, or list the right folders under `spec.manifests`.)"},
    CatalogEntry{
        "SW1008", Severity::error, "Unknown kind",
        R"(`kind` says what a document describes: an Application, an ApplicationSet, a MappingSet,
a MappingTest, or the Project of syncwright.yaml. Case counts.
    kind: application     # wrong
    kind: Application     # right
Files of other programs do not belong in the manifests folder.)"},
    CatalogEntry{"SW1009", Severity::error, "The number is out of range",
                 R"(The message gives the smallest and largest number that is accepted. Microsoft
Graph would refuse or silently change others.
A deletion threshold, for example, is a count of objects in one cycle:
    deletions: {threshold: 500})"},
    CatalogEntry{"SW1010", Severity::error, "An expression in brackets was read as a list",
                 R"([mail] without quotes is a YAML list with one element, not the expression that
reads the attribute mail.
Quote the expression:
    attributes:
      Email: "[mail]"
      Username: {expression: "[userPrincipalName]", matchingPriority: 1})"},
    CatalogEntry{"SW1011", Severity::error, "A bare word is no expression",
                 R"(A plain text under `attributes` is an expression, and a single word there is
probably meant as a fixed value or as the name of an attribute. The two differ
in everything, so neither is guessed.
    CompanyName: {constant: Contoso}     # the text Contoso, for everybody
    CompanyName: "[companyName]"         # each user's own attribute)"},
    CatalogEntry{
        "SW1012", Severity::error, "Keys that exclude each other",
        R"(The keys named in the message contradict one another, so there is no telling which
of them is meant.
A mapping's value comes from one place: `expression`, `constant` or `source:
none`; and `absent: true` stands alone.
    Fax: {absent: true}
    LanguageLocaleKey: {source: none, defaultValue: en_US})"},
    CatalogEntry{"SW1013", Severity::error, "The value is empty",
                 R"(An empty text, list or mapping at this place would do nothing, or would erase
something that the tenant needs.
Write the value, or leave the key out so that it is not managed:
    displayName: ""                    # wrong
    displayName: Salesforce Contoso    # right)"},
    CatalogEntry{"SW1014", Severity::error, "More than one Project document",
                 R"(A project is described once, in syncwright.yaml at its root. With two documents
of kind Project their names and guards could differ, and the project's name
decides which applications are its own.
Keep one, and remove `kind: Project` documents from the manifests folder.)"},
    CatalogEntry{"SW1015", Severity::error, "The CSV file is no table",
                 R"(A CSV file of rows starts with a header; every row has as many cells, and a cell
that holds a comma, a quote or a line break stands in quotes, its own quotes
doubled. Lines end with LF or CRLF; a byte order mark does not matter.
    name,title
    aws-1,"Contoso, ""blue"" team"
    aws-2,
An empty cell is an empty text.)"},
    CatalogEntry{
        "SW1016", Severity::error, "A column has no name, or that of another",
        R"(The first line of a CSV file names its columns, each once, since a template reads
a cell by its column's name. A comma at the end of the line makes a column without
a name.
    account,region,account    # wrong
    account,region,owner      # right)"},
    CatalogEntry{
        "SW1017", Severity::error, "The schema document cannot be used",
        R"(`schema: {file: ...}` names a whole synchronizationSchema: the JSON that Microsoft
Graph answers for a job's schema, or what the portal's schema editor downloads. The
file is something else, or was cut short.
    jobs:
      default:
        schema: {file: exported.json})"},
    CatalogEntry{
        "SW1018", Severity::error, "An earlier name of the project is none",
        R"(`metadata.previously` of a Project says what the project was called before: what those
names own in the tenant is taken over, as a change of the plan. Each is another name
than today's and stands there once.
    kind: Project
    metadata: {name: contoso, previously: [default]})"},
    CatalogEntry{
        "SW1019", Severity::error, "--project names another project than syncwright.yaml",
        R"(A folder with a syncwright.yaml has its project's name from there: under another one
the same manifests would make everything a second time.
--project is for a folder without that file. To rename a project, write the new name
into the file and the old one under `metadata.previously`:
    metadata: {name: contoso, previously: [default]})"},
};

}  // namespace

std::span<const CatalogEntry> field_diagnostics() {
  return field_rows;
}

}  // namespace syncwright
