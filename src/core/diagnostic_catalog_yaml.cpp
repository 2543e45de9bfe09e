#include <array>

#include "core/diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array yaml_rows{
    CatalogEntry{"SW0101", Severity::error, "The file is not valid YAML",
                 R"(The YAML parser stopped at the position shown. Nothing after it was read, so
there may be more to find once this is mended.
Often the cause is one line earlier: a missing colon, a tab used to indent, an
unclosed quote, or a value that starts with `[`, `{`, `*`, `&`, `%` or `@`.
Quote such a value:
    officeCode: "[extensionAttribute10]"
    Domain: '%DomainFQDN%')"},
    CatalogEntry{"SW0102", Severity::error, "A key occurs twice in one mapping",
                 R"(YAML demands that the keys of a mapping differ. Most readers silently keep the
last one, so that an edit of the first would have no effect.
Delete one of the two, or join their contents:
    credentials:
      values:
        BaseAddress: https://scim.example.com/
        SecretToken: {env: SALESFORCE_TOKEN})"},
    CatalogEntry{"SW0103", Severity::error, "The document has too many nodes",
                 R"(A document may hold a bounded number of values, every use of an alias (`*name`)
counted in full. A few lines of nested aliases can stand for billions of values
and would use up the memory of whatever reads them.
Write repeated parts out, or split the manifests over several files: one
Application a file is the usual layout.)"},
    CatalogEntry{"SW0104", Severity::error, "The document is nested too deeply",
                 R"(Mappings and sequences lie inside one another deeper than any manifest needs.
Usually brackets were opened and not closed, or a file that is no manifest lies
in the folder.
Close the brackets, or move the file out of the manifests folder:
    syncwright validate manifests/salesforce.yaml)"},
    CatalogEntry{"SW0105", Severity::error, "The merge key `<<` is not supported",
                 R"(`<<: *defaults` belongs to YAML 1.1; manifests are YAML 1.2, where `<<` is an
ordinary key. What a merge gives depends on the reader, so it is refused.
Repeat the few lines, or use a whole alias, which YAML 1.2 has:
    first: &sales {attribute: department, operator: EQUALS, values: [Sales]}
    all: [*sales])"},
    CatalogEntry{
        "SW0106", Severity::error, "The file cannot be read as text",
        R"(The file is missing, may not be read, is larger than a manifest may be, or is not
UTF-8. Nothing in it was decoded.
Check the path and its permissions, and save the file as UTF-8:
    file manifests/salesforce.yaml
    iconv -f WINDOWS-1252 -t UTF-8 old.yaml > new.yaml)"},
    CatalogEntry{"SW0107", Severity::error, "No manifests were found",
                 R"(The paths given, or the project's `spec.manifests`, hold no file that ends in
.yaml or .yml, and no .json file with a manifest of syncwright. An empty project would
make every application an orphan, so it is never taken for granted.
Name the folder or file:
    syncwright plan manifests/
or in syncwright.yaml:
    spec: {manifests: [manifests]})"},
    CatalogEntry{"SW0108", Severity::error, "A custom YAML tag is not supported",
                 R"(Manifests use plain YAML. Tags such as `!include`, `!Ref` or `!!binary` are
extensions of other programs, and ignoring them would change what is meant.
Remove the tag and write the value itself. For values that differ between
environments use a variable:
    displayName: Salesforce ${var.suffix})"},
    CatalogEntry{"SW0109", Severity::warning, "An unquoted word that older YAML reads otherwise",
                 R"(Words such as yes, no, on, off, dates and numbers like 0755 or 1:30 are text
here, as YAML 1.2 says, but a boolean, date or number for the many tools that
still follow YAML 1.1.
Quote the value, so that everybody reads the same:
    revision: "2026-11"
    values: ["NO"])"},
    CatalogEntry{
        "SW0110", Severity::error, "More was found than is shown",
        R"(Only 1000 remarks of a run are shown, errors before warnings and these before notes,
in the order of files and lines; this one counts the rest. It is an error where one of
the rest is.
Mend what is shown and run again, or look at fewer files at once:
    syncwright validate manifests/salesforce.yaml)"},
    CatalogEntry{
        "SW0111", Severity::note, "A file's ending is not that of a manifest",
        R"(In a folder of manifests every *.yaml and *.yml is read, in small letters. This file
is not, though its ending suggests that it should be.
    manifests/salesforce.YAML    # not read
    manifests/salesforce.yaml    # read)"},
};

}  // namespace

std::span<const CatalogEntry> yaml_diagnostics() {
  return yaml_rows;
}

}  // namespace syncwright
