#include <array>

#include "core/diagnostic_tables.h"

namespace syncwright {

namespace {

constexpr std::array plan_rows{
    CatalogEntry{"SW5001", Severity::error, "The gallery has no such template",
                 R"(`spec.gallery` is the display name or the id of an application template, and the
tenant's gallery has neither. Nothing is created, and the rest of the plan is
not affected.
Look the name up, exactly as it is spelled there:
    syncwright catalog salesforce)"},
    CatalogEntry{
        "SW5002", Severity::error, "The gallery has several templates of that name",
        R"(Display names in the gallery are not unique. Which template an application was made
from cannot be changed later, so none is chosen for you.
Take the id of the one you mean:
    syncwright catalog "Contoso SCIM"
    gallery: 8b1025e4-1dd2-430b-a150-2ef79cd700f5)"},
    CatalogEntry{"SW5003", Severity::error, "The application belongs to another project",
                 R"(The application in the tenant carries the ownership tag of another project or of
another environment. Two projects that manage one application undo each other's
changes.
Give this application another name and display name, or let the other project
drop it: remove its `syncwright:` and `syncwright-app:` tags, once that project
no longer names it. Where it is this project under an earlier name, say so:
    metadata: {name: contoso, previously: [default]}    # in syncwright.yaml)"},
    CatalogEntry{
        "SW5004", Severity::error, "An unmanaged application of the same name is there",
        R"(The tenant has an application of the same template and display name that no project
owns, probably made by hand. A second one beside it is rarely what is meant.
Say what to do about it, or choose another `displayName`:
    spec:
      lifecycle: {adopt: by-name}   # take it over; an id where there are several
      lifecycle: {adopt: never}     # leave it alone, create a second one)"},
    CatalogEntry{"SW5005", Severity::error, "Several applications carry the ownership tags",
                 R"(More than one service principal in the tenant has the tags of this project,
environment and application. Which of them the manifest means cannot be told;
tags were probably copied by a script.
Remove the `syncwright:` and `syncwright-app:` tags from all but the right one.
Where several carry a name of `lifecycle.previously`, leave only the right one's there.
The message lists their ids.)"},
    CatalogEntry{"SW5006", Severity::error, "The gallery template cannot be changed",
                 R"(The live application was made from another template than `spec.gallery` names.
Microsoft Graph has no way to change that after creation.
Put the old template back, or describe a second application under a new name,
move its users over, and remove the old one afterwards:
    metadata: {name: salesforce-v2})"},
    CatalogEntry{
        "SW5007", Severity::error, "Which job is meant cannot be told",
        R"(The application has several provisioning jobs that fit the key, or only jobs whose
template is unknown. Starting or changing the wrong one could disable accounts.
Name the live job, by one of the ids in the message:
    jobs:
      default:
        id: dropboxSCIM.5d86a4bd0ea24f8dbd1f2d2a2f7d6b0c.1f1c1d4e)"},
    CatalogEntry{
        "SW5008", Severity::error, "There is no such synchronization template",
        R"(A job is made from one of the synchronization templates that the application offers.
Its key is the template's id, unless `template` names it; the key `default` means the
default one.
Name a template that is there; this lists them:
    syncwright catalog --app salesforce-contoso
    jobs:
      salesforce: {state: started})"},
    CatalogEntry{"SW5009", Severity::error, "The object mapping is not there, or there are several",
                 R"(`object: User` means exactly one object mapping whose source object is User,
case-sensitive. The schema has none or more than one; the message lists what it
has.
Be exact where several fit:
    mappings:
      - {rule: USER_OUTBOUND_USER, source: User, target: Contact})"},
    CatalogEntry{"SW5010", Severity::error, "The live schema maps a target attribute twice",
                 R"(Within one object mapping the live schema has two mappings to the attribute that
the manifest touches. Which of them to change cannot be told, and Microsoft
Entra does not say which of them wins.
Remove one of the two in the portal (Provisioning, Mappings), then plan again.)"},
    CatalogEntry{
        "SW5011", Severity::error, "No matching attribute would be left",
        R"(An object mapping needs at least one attribute mapping with a matching priority: by it
existing accounts in the target are found. Without one every user would be
created anew.
Keep or name one; under `mode: exact` all that are to stay must be named:
    Username: {expression: "[userPrincipalName]", matchingPriority: 1})"},
    CatalogEntry{
        "SW5012", Severity::error, "A live secret has no reference in the manifest",
        R"(Credentials are saved all at once, and Graph shows secret values only as `*`. A key
that is set in the tenant and missing in the manifest would be lost by the save.
Add a reference for it:
    values:
      SecretToken: {env: SALESFORCE_TOKEN}
or leave such keys to the tenant, in syncwright.yaml:
    spec: {guards: {secretsPut: merge}})"},
    CatalogEntry{
        "SW5013", Severity::error, "The change could deprovision accounts",
        R"(A narrower scope, another scoping filter or matching attribute, or an assignment that
is removed takes objects out of scope, and Microsoft Entra then disables or deletes
their accounts in the target. Such a change carries `risk: deprovision`.
A plan that somebody reviewed is applied as it is; without a review, the number
of such changes has to be named:
    syncwright apply --auto-approve --allow-deprovision 2)"},
    CatalogEntry{
        "SW5014", Severity::error, "The job waits for a decision and is not started",
        R"(The job is in quarantine because one cycle would have deleted more objects than the
threshold allows, or an operator put it on hold. A plan does not start it, since
that decision is a person's. See what waits, then settle it:
    syncwright logs --app salesforce-contoso
    syncwright job restart --app salesforce-contoso --accept-deletes 12
    syncwright job restart --app salesforce-contoso --reject-deletes
    syncwright job start --app salesforce-contoso --release)"},
    CatalogEntry{"SW5015", Severity::error, "The job was disabled after 28 days of quarantine",
                 R"(Microsoft Entra disables a job that stays in quarantine for four weeks. Started
again without a mended cause, it would go straight back.
Find the reason, mend it (often expired credentials), then restart the job by
hand:
    syncwright status
    syncwright job restart --app salesforce-contoso)"},
    CatalogEntry{
        "SW5016", Severity::error, "The template does not support provisioning",
        R"(The gallery template offers single sign-on only: it has no synchronization templates,
so that an application made from it can have no provisioning job.
Look for one whose provisioning column says yes, or leave `jobs`, `credentials`
and `scope` out of this manifest:
    syncwright catalog contoso)"},
    CatalogEntry{
        "SW5017", Severity::error, "The schema has no such directory or object",
        R"(An attribute definition names a directory or an object that the job's schema does not
have. Names are case-sensitive; the message lists those that exist.
    attributes:
      - {directory: salesforce.com, object: User, name: officeCode, type: String}
`source` and `target` stand for the directories of a rule.)"},
    CatalogEntry{
        "SW5018", Severity::error, "The live schema cannot be understood",
        R"(The tenant answered the request for the job's schema with something that is not a
synchronization schema: a missing list of rules, an object without a name, or
the like. Nothing is laid over a document that is not understood, since the
result would be written back as a whole.
Try again; if it stays, open the mappings in the portal, which repairs what a
script has broken, or restore the default mappings there.)"},
    CatalogEntry{
        "SW5019", Severity::error, "The live state could not be read",
        R"(A request for this application failed, so what it would take to reach the manifest is
not known. Its changes are blocked; other applications are not affected, and
the plan counts as incomplete.
The message has the status and the request id. For a missing permission:
    syncwright whoami)"},
    CatalogEntry{
        "SW5020", Severity::error, "The application to take over is not there",
        R"(`lifecycle.adopt` names a service principal by its object id or appId, and the tenant
has none. It was deleted, or the id is an application registration's.
The object id of the enterprise application is the one that counts:
    lifecycle: {adopt: 5b0d6f0e-8a57-4f0f-9d55-2f2f9a7b1c01}
    lifecycle: {adopt: {appId: 7a1d4a2c-9d0b-4b8e-8f52-3f6f2f1f9b10}})"},
    CatalogEntry{"SW5021", Severity::error, "It is another application of this project",
                 R"(The live application carries the tag of another application of this project, or
another manifest takes it over as well. Two manifests that mean one application would
undo each other's changes.
Where the manifest was renamed, say so and take the old one away:
    lifecycle: {previously: [salesforce]}
else give this application another name, or remove the other tag by hand.
A renamed application keeps the unique name that it was created with, so that its
earlier name is not free for a new application.)"},
    CatalogEntry{
        "SW5022", Severity::error, "The earlier name still has a manifest",
        R"(`lifecycle.previously` says that this application was called otherwise before, and a
manifest of that very name is there. Which of the two the live application belongs
to cannot be told.
Take the manifest of the earlier name away, or the name out of `previously`:
    lifecycle: {previously: []})"},
    CatalogEntry{
        "SW5023", Severity::error, "The application is what syncwright runs as",
        R"(The manifest means the application whose token this run uses. A mistake in it would
lock every later run out, so it is never taken over, changed or deleted.
Leave it out of the manifests, or sign in as another application:
    syncwright whoami)"},
    CatalogEntry{
        "SW5024", Severity::error, "Who is assigned cannot be told",
        R"(A member of `spec.assignments` is named by object id, user principal name (users) or
display name, and the tenant has nobody of that name, or several.
Write the id of the one you mean; the message lists the candidates:
    members:
      - {group: 0f1e2d3c-0000-4000-8000-000000000001, role: User})"},
    CatalogEntry{
        "SW5025", Severity::error, "The role cannot be given",
        R"(`role` is an application role's value, display name or id. It has to be enabled and
for members of that type. Without `role` a member gets `User`, or default access
where the application has no roles.
The message lists the roles there are:
    members:
      - {group: Sales, role: Standard User})"},
    CatalogEntry{
        "SW5026", Severity::error, "An assignment is both wanted and absent",
        R"(Two members of `spec.assignments` come to the same principal and role, one of them
with `absent: true`: once by name and once by id, or the role by its value and by
its display name.
Take one of the two away.)"},
    CatalogEntry{
        "SW5027", Severity::error, "The application is protected",
        R"(`lifecycle: {protect: true}` left a tag on the application, which holds also once the
manifest is gone: it is not deleted by `--prune`.
Put the manifest back with the protection off, apply it, then take it away again:
    lifecycle: {protect: false})"},
    CatalogEntry{"SW5028", Severity::error, "The enterprise application was deleted",
                 R"(The application registration that this manifest made is there, and its service
principal (enterprise application) is not: somebody deleted that alone, and the
provisioning jobs with it.
Restore the enterprise application, which can be done for 30 days, or delete the
application registration as well: the next apply then makes both again.)"},
    CatalogEntry{
        "SW5029", Severity::warning, "Nobody of that name can be taken out",
        R"(A member of `spec.assignments` with `absent: true` names a user or group that the
tenant does not have. It may have left, or the name is misspelled and somebody
else's access stays.
Look the name up, and take the entry out once the assignment is gone.)"},
    CatalogEntry{
        "SW5030", Severity::error, "An attribute definition is still needed",
        R"(`absent: true` takes away the definition of an attribute that is mapped still, or that
is the object's anchor. Graph refuses such a schema.
Take the mapping away as well, in the same change:
    attributes:
      - {directory: salesforce.com, object: User, name: fax, absent: true}
    mappings:
      - {object: User, attributes: {fax: {absent: true}}})"},
    CatalogEntry{
        "SW5031", Severity::error, "Nobody knows whether the job was on hold",
        R"(Somebody removed the ownership tags of an application that is this project's by its
unique name, and `syncwright-hold` may have gone with them. What stood still then is
not started by a plan; the next apply puts the tags back, this hold among them, and
carries out the rest.
Once it is clear that the job may run:
    syncwright job start --app NAME --release)"},
    CatalogEntry{
        "SW5040", Severity::warning, "What is created may be an application under a new name",
        R"(A manifest or a row of a set has a new name, and an application of the project has no
manifest any more. Renamed, the two are one application; as they stand, a second one
is made, and --prune deletes the first with its jobs.
Where it is a rename, say so; of a row of a set in the set:
    lifecycle: {previously: [salesforce]}
    overrides: {sales: {spec: {lifecycle: {previously: [salesforce]}}}})"},
    CatalogEntry{
        "SW5041", Severity::note, "Who was assigned before stays assigned",
        R"(`spec.assignments` with `mode: additive` adds the members that it names and takes
nobody out. Another group in the place of an old one leaves both assigned, and both
are provisioned.
Take the old one out, or let the list be the whole:
    members: [{group: Old, absent: true}, {group: New}]
    mode: exact)"},
    CatalogEntry{
        "SW5050", Severity::error, "The change could give more people access",
        R"(A scope that goes from assigned to all, a scoping filter that is removed or loosened,
or a mapping that disables people and goes gives accounts to people who had none, or
leaves them to people who go. Such a change carries `risk: expose`.
A plan that somebody reviewed is applied as it is; without a review, the number
of such changes has to be named:
    syncwright apply --auto-approve --allow-expose 2)"},
};

}  // namespace

std::span<const CatalogEntry> plan_diagnostics() {
  return plan_rows;
}

}  // namespace syncwright
