// The thirteen steps of Microsoft's guide, with Microsoft's own client: node guide.mjs ENDPOINT VERSION.
import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import { Client } from "@microsoft/microsoft-graph-client";

const [endpoint, version] = process.argv.slice(2);
const tenant = "22222222-2222-2222-2222-222222222222";
const credential = new ClientSecretCredential(tenant, "sdk", "any", {
  authorityHost: endpoint,
  disableInstanceDiscovery: true,
});
const client = Client.init({
  baseUrl: endpoint + "/",
  defaultVersion: version,
  customHosts: new Set([new URL(endpoint).hostname]),
  authProvider: (done) =>
    credential
      .getToken("https://graph.microsoft.com/.default")
      .then(({ token }) => done(null, token), (fault) => done(fault, null)),
});

let steps = 0;
async function step(title, work) {
  try {
    return await work();
  } catch (fault) {
    console.log(`step ${steps + 1}, ${title}: ${fault.statusCode ?? ""} ${fault.code ?? ""} ${fault.message}`);
    process.exit(1);
  } finally {
    ++steps;
  }
}

// 1. the gallery application
const template = await step("find the template", async () => {
  const found = await client.api("/applicationTemplates").filter("displayName eq 'Salesforce'").get();
  assert.equal(found.value.length, 1);
  return found.value[0];
});
const made = await step("create the application", () =>
  client.api(`/applicationTemplates/${template.id}/instantiate`).post({ displayName: `SDK ${version}` }));
const principal = `/servicePrincipals/${made.servicePrincipal.id ?? made.servicePrincipal.objectId}`;
await step("look the service principal up", async () => {
  const found = await client.api("/servicePrincipals").filter(`appId eq '${made.application.appId}'`).top(5).get();
  assert.equal(found.value.length, 1);
});

// 2. the job
const connector = await step("list the synchronization templates", async () => {
  const found = await client.api(`${principal}/synchronization/templates`).get();
  return found.value.find((each) => each.default) ?? found.value[0];
});
const job = await step("create the job", () =>
  client.api(`${principal}/synchronization/jobs`).post({ templateId: connector.id }));
const jobPath = `${principal}/synchronization/jobs/${job.id}`;

// 3. credentials and scope
const credentials = [
  { key: "UserName", value: "sdk" },
  { key: "Password", value: "any" },
  { key: "SecretToken", value: "any" },
];
await step("test the connection", () => client.api(`${jobPath}/validateCredentials`).post({ credentials }));
await step("save the credentials and the scope", () =>
  client.api(`${principal}/synchronization/secrets`).put({ value: [...credentials, { key: "SyncAll", value: "false" }] }));

// 4. the schema and who is assigned
await step("put the schema back whole", async () => {
  const schema = await client.api(`${jobPath}/schema`).get();
  await client.api(`${jobPath}/schema`).put(schema);
});
const group = await step("assign a group", async () => {
  const sales = (await client.api("/groups").filter("displayName eq 'Sales'").get()).value[0];
  const role = (await client.api(principal).get()).appRoles.find((each) => each.displayName === "User");
  await client.api(`${principal}/appRoleAssignedTo`)
    .post({ principalId: sales.id, resourceId: principal.split("/")[2], appRoleId: role.id });
  return sales;
});

// 5. start and watch
await step("start the job", () => client.api(`${jobPath}/start`).post());
await step("watch the job", async () => {
  const watched = await client.api(jobPath).get();
  assert.equal(watched.schedule.state, "Active");
  assert.equal(watched.status.lastExecution.state, "Succeeded");
});
await step("read the provisioning log, page by page", async () => {
  const first = await client.api("/auditLogs/provisioning").filter(`jobid eq '${job.id}'`).top(2).get();
  assert.equal(first.value.length, 2);
  const next = await client.api(first["@odata.nextLink"]).get();
  assert.ok(next.value.length > 0);
});
await step("provision one person on demand", async () => {
  const member = (await client.api(`/groups/${group.id}/members`).get()).value[0];
  const schema = await client.api(`${jobPath}/schema`).get();
  const answer = await client.api(`${jobPath}/provisionOnDemand`).post({
    parameters: [{
      ruleId: schema.synchronizationRules[0].id,
      subjects: [{ objectId: member.id, objectTypeName: "User" }],
    }],
  });
  assert.ok(JSON.parse(answer.key).result);
});
console.log(`${steps} steps`);
