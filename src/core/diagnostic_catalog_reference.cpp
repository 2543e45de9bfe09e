#include <array>

#include "core/diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array reference_rows{
    CatalogEntry{"SW2001", Severity::error, "Two manifests have the same name",
                 R"(`metadata.name` is an application's identity in this repository: its ownership
tag in the tenant is made of it. Two applications of one name would take turns
in changing the same object.
Rename one of them:
    metadata: {name: salesforce-contoso}
    metadata: {name: salesforce-fabrikam})"},
    CatalogEntry{
        "SW2002", Severity::error, "Undefined variable",
        R"(`${var.NAME}` is replaced by a variable's value, and none of this name was given.
An empty text in its place could reach the tenant as a wrong address.
Define it on the command line or in a file:
    syncwright plan --var domain=contoso.com
    syncwright plan --var-file prod.yaml
or, for the environment that -e names, in syncwright.yaml:
    environments: {prod: {variables: {domain: contoso.com}}}
To keep the characters themselves, double the dollar: $${var.domain})"},
    CatalogEntry{"SW2003", Severity::error, "Malformed reference",
                 R"(A reference reads `${var.NAME}`; NAME starts with a letter and goes on with
letters, digits, `_` and `-`. Something that starts like one, but is not, is
probably a slip.
    displayName: Salesforce ${var.}         # wrong
    displayName: Salesforce ${var.tenant}   # right
Any other `${...}`, as in a regular expression's replacement, is left alone.)"},
    CatalogEntry{
        "SW2004", Severity::error, "A secret is written into the manifest",
        R"(Graph hides the value of this key, so it is a secret; a manifest is committed and
read by many. Take the value out (and out of the history: renew it in the
target system), and say where it comes from:
    SecretToken: {env: SALESFORCE_TOKEN}
    SecretToken: {file: /run/secrets/salesforce}
    SecretToken: {command: [vault, read, -field=token, kv/salesforce]})"},
    CatalogEntry{"SW2005", Severity::error, "A setting of its own stands under credentials.values",
                 R"(SyncAll, SyncNotificationSettings and SkipOutOfScopeDeletions lie among the
credentials in Microsoft Graph, but they are settings with a manifest key each.
Saying them twice could contradict.
    scope: assigned                                         # SyncAll
    notifications: {enabled: true, recipient: a@contoso.com}
    deletions: {skipOutOfScope: true})"},
    CatalogEntry{
        "SW2006", Severity::error, "Unknown credential key",
        R"(Keys under `credentials.values` are those of Graph's enum synchronizationSecret, in
its exact case. Graph answers anything else with a server error that does not
name the key.
    values:
      baseAddress: https://scim.example.com/    # wrong
      BaseAddress: https://scim.example.com/    # right)"},
    CatalogEntry{
        "SW2007", Severity::error, "--only or --app names no manifest",
        R"(`--only NAME` (or `--app NAME`, which is the same) limits a run to the applications
named, by `metadata.name`. The name given is none of the project's; a misspelt one
would otherwise look like a tenant without differences.
    syncwright plan --only salesforce-contoso
`syncwright validate` lists what is read, file by file.)"},
    CatalogEntry{"SW2008", Severity::error, "A secret reference cannot be resolved",
                 R"(The environment variable is not set, the file cannot be read, the command failed
or ran over 60 seconds, or the value is empty. Values are needed by `apply`
only, which reads all of them before its first write.
    export SALESFORCE_TOKEN=...
    SecretToken: {command: [vault, read, -field=token, kv/salesforce]}
A command runs without a shell: pipes and ~ have no meaning in it.)"},
    CatalogEntry{
        "SW2009", Severity::error, "The path leads out of the project",
        R"(Files that manifests name lie inside the project, symbolic links resolved, so that
a review of the repository sees everything that takes part. Only files with
secrets may lie elsewhere.
Move or copy the file into the project and name it from the root:
    spec: {manifests: [manifests, shared/manifests]})"},
    CatalogEntry{"SW2010", Severity::error, "The same job is described twice",
                 R"(Two entries under `jobs` mean the same job: both name one template or one live
job id, or one is `default` and the other spells that default out. Their states
and schemas could contradict.
Join them under one key:
    jobs:
      default: {state: started, schema: {mappings: []}})"},
    CatalogEntry{
        "SW2011", Severity::error, "The same entry occurs twice in one schema",
        R"(Two entries have the same identity: an attribute definition is known by directory,
object and name, an object mapping by rule, source and target, an attribute
mapping by its target attribute as well. Only one could take effect. A definition may
be written in two ways, under `attributes` and as a mapping's `define`.
Join the two:
    mappings:
      - object: User
        attributes: {officeCode: "[extensionAttribute10]", Title: "[jobTitle]"})"},
    CatalogEntry{
        "SW2012", Severity::error, "The mapping test names an unknown application or job",
        R"(A MappingTest is about one job of one application of the manifests: `application` is
an Application's `metadata.name`, `job` one of its keys under `jobs` (left out:
default).
    kind: MappingTest
    spec: {application: salesforce-contoso, job: default})"},
    CatalogEntry{
        "SW2013", Severity::error, "The mapping test names an unknown object mapping",
        R"(`object` of a case is the source object of exactly one object mapping: of the saved
schema that `spec.schema` names, else of those that the manifest's job spells
out. Case counts. Where several fit, `rule` or `targetObject` says which.
    cases:
      - name: a person of Sales
        object: User)"},
    CatalogEntry{
        "SW2014", Severity::error, "The mapping test expects an unknown target attribute",
        R"(`expect.target` names a target attribute that no attribute mapping writes. Without a
saved schema only the mappings that the manifest spells out are known, with
their source; what the connector ships with is not.
    spec:
      schema: schemas/salesforce.json    # GET .../synchronization/jobs/ID/schema, saved
      cases:
        - expect: {target: {officeCode: "12"}})"},
    CatalogEntry{
        "SW2015", Severity::error, "The mapping that is to be tested cannot be run",
        R"(The saved schema is no synchronization schema, or the object mapping holds what no
engine can carry out: an expression without an end, an unknown operator, a
pattern that is none. The message names the attribute mapping or the clause.
Save the schema again, or mend the mapping:
    GET /servicePrincipals/ID/synchronization/jobs/ID/schema)"},
    CatalogEntry{
        "SW2016", Severity::error, "The mask of a secret stands for a value",
        R"(Graph never shows a secret: a `*` stands in its place, and a `*` that is sent back
would be stored as the value. syncwright never sends one.
    BaseAddress: "*"                          # wrong
    BaseAddress: https://scim.example.com/    # right
A key that is left out keeps what the tenant has.)"},
    CatalogEntry{
        "SW2018", Severity::warning, "A variable of the command line is used nowhere",
        R"(`--var NAME=VALUE` gives a value that no manifest asks for: the name may be misspelt,
and the environment's or the file's value be in its place.
    syncwright plan --var domian=contoso.com    # wrong
    syncwright plan --var domain=contoso.com    # right, for ${var.domain}
Values of files (--var-file) and of environments may stay unused.)"},
    CatalogEntry{
        "SW2019", Severity::warning, "The environment does not say its tenant",
        R"(With `tenant` a run whose sign-in is for another tenant ends before its first read.
Without it nothing keeps the manifests of one environment from being applied to the
tenant of another.
    environments:
      prod: {tenant: 8b1025e4-1dd2-430b-a150-2ef79cd700f5}
`syncwright whoami` shows the tenant that the sign-in is for. Where only the emulator is
ever used: severity: {SW2019: note})"},
    CatalogEntry{
        "SW2020", Severity::error, "No environment is chosen",
        R"(The project's syncwright.yaml declares environments, each a tenant with variables of
its own. Which of them a run is about is never guessed.
    syncwright plan -e prod
    syncwright validate --environment dev)"},
    CatalogEntry{
        "SW2021", Severity::error, "Unknown environment",
        R"(`-e NAME` chooses one of `spec.environments` in syncwright.yaml, and there is none of
this name. Its name is part of the tags that say what the project owns in a tenant,
so that a new name would create everything once more.
    spec:
      environments:
        prod: {tenant: 8b1025e4-1dd2-430b-a150-2ef79cd700f5})"},
    CatalogEntry{
        "SW2022", Severity::error, "--selector matches no application",
        R"(`--selector KEY=VALUE` limits a run to the applications with that label; several must
all hold. None has it, and a misspelt one would otherwise look like a tenant without
differences.
    metadata: {name: aws-prod, labels: {env: prod}}
    syncwright plan --selector env=prod)"},
    CatalogEntry{
        "SW2023", Severity::error, "Unknown column",
        R"(`${each.COLUMN}` in a set's template is replaced by the row's value, and the row has
none of this name. Case counts. In a YAML or JSON file every row needs the column,
though its value may be an empty text.
    account,region
    displayName: AWS ${each.account} in ${each.region})"},
    CatalogEntry{
        "SW2024", Severity::error, "Unknown mapping set",
        R"(`include` names documents of kind MappingSet, wherever they stand in the project.
None has this name.
    kind: MappingSet
    metadata: {name: office-codes}
and in a job:
    schema: {include: [office-codes]})"},
    CatalogEntry{
        "SW2025", Severity::error, "The override belongs to no application of the set",
        R"(A key under `spec.overrides` is the name of an application that the set makes, after
its row is filled in. No row makes this one: it would change nothing, and look as if
it did.
    template: {metadata: {name: "aws-${each.account}"}}
    overrides:
      aws-payroll: {spec: {scope: all}})"},
    CatalogEntry{
        "SW2026", Severity::error, "An earlier name cannot be taken over",
        R"(`lifecycle.previously` says what a renamed application was called before, so that it
is renamed in the tenant as well. That name must be free by now: no manifest has it,
and only one claims it.
    metadata: {name: salesforce-contoso}
    spec: {lifecycle: {previously: [salesforce]}})"},
    CatalogEntry{
        "SW2027", Severity::error, "The same assignment occurs twice",
        R"(Two members are the same principal with the same role; one of them could say that it
must not exist. Names are compared without regard to case, as Microsoft Entra does.
    members:
      - {group: Sales, role: User}
      - {group: Sales, role: Admin}    # another role is another assignment)"},
    CatalogEntry{
        "SW2028", Severity::error, "The level of this diagnostic cannot be set",
        R"(`spec.severity` gives diagnostics another level by their code. The code must be one of
`syncwright explain`. Warnings and notes may get any level, and so may what is found in
expressions and mappings (SW31.. and SW32..). Every other error stays one: its value was
not understood, and would silently be missing from the plan.
    severity: {SW0109: error})"},
    CatalogEntry{
        "SW2029", Severity::note, "Secrets without a revision are saved once and never again",
        R"(Graph never shows a secret, so nobody can see that the value behind a reference is a new
one. `credentials.revision` says so: when it changes, every credential is saved again.
Without it a rotated token stays where it is. `validate` notes that; where spec.severity
gives the code a level, every command tells it.
    credentials: {revision: "2026-11", values: {SecretToken: {env: TOKEN}}})"},
    CatalogEntry{
        "SW2038", Severity::note, "The gallery's name looks misspelt",
        R"(`spec.gallery` is not a name of the gallery that is compiled in, but nearly one. A
tenant's gallery has thousands of applications that are not known offline, so that this
is a hint; `plan` asks the tenant, and blocks what is not there (SW5001). `validate`
notes it; where spec.severity gives the code a level, every command tells it.
    gallery: Salesfroce            write Salesforce)"},
};

}  // namespace

std::span<const CatalogEntry> reference_diagnostics() {
  return reference_rows;
}

}  // namespace syncwright
