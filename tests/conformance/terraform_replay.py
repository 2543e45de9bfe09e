"""What hashicorp/terraform-provider-azuread sends for an application with provisioning, request by request, over TLS.

The order, the headers, the form-encoded queries, a connection for each request and the five equal reads in a row were
measured on the real provider; the bodies here are our own.
"""
import http.client
import json
import pathlib
import ssl
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scenario"))
from support.harness import Scenario, main

GALLERY = "Azure Databricks SCIM Provisioning Connector"
SECRETS = [{"key": "BaseAddress", "value": "https://dbx.example/scim"}, {"key": "SecretToken", "value": "token-0"}]
READS = 5  # in a row, before the provider believes what it wrote


class Provider:
    """An HTTP client with the provider's habits."""

    def __init__(self, scenario, server):
        self.scenario = scenario
        self.host = urllib.parse.urlsplit(server.url).netloc
        self.context = ssl.create_default_context(cafile=str(scenario.folder / "emulator-ca.pem"))
        self.token = None
        self.answer_headers = {}

    def send(self, method, path, body=None, query=None, expect=200):
        """The decoded answer; the path as it is, the query form-encoded."""
        headers = {"Accept": "application/json; charset=utf-8; IEEE754Compatible=false",
                   "Content-Type": "application/json; charset=utf-8", "OData-Version": "4.0", "OData-MaxVersion": "4.0",
                   "User-Agent": "replay"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
        if isinstance(body, bytes):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        target = path + ("?" + urllib.parse.urlencode(query) if query else "")
        connection = http.client.HTTPSConnection(self.host, context=self.context, timeout=60)
        connection.request(method, target, data, headers)
        response = connection.getresponse()
        text = response.read()
        connection.close()
        self.answer_headers = response.headers
        self.scenario.assertEqual(response.status, expect, f"{method} {target}: {text[:2000]}")
        return json.loads(text) if text else None

    def sign_in(self):
        metadata = self.send("GET", "/metadata/endpoints", query={"api-version": "2022-09-01"})
        authority = urllib.parse.urlsplit(metadata["authentication"]["loginEndpoint"])
        graph = urllib.parse.urlsplit(metadata["microsoftGraphResourceId"])
        self.scenario.assertEqual({(authority.scheme, authority.netloc), (graph.scheme, graph.netloc)},
                                  {("https", self.host)})
        form = urllib.parse.urlencode({"grant_type": "client_credentials", "client_id": "replay", "client_secret": "x",
                                       "scope": f"{metadata['microsoftGraphResourceId'].rstrip('/')}/.default"})
        self.token = None
        answer = self.send("POST", "/22222222-2222-2222-2222-222222222222/oauth2/v2.0/token", form.encode())
        self.token = answer["access_token"]

    def read_in_a_row(self, path, expect=200):
        answers = [self.send("GET", path, expect=expect) for _ in range(READS)]
        for answer in answers:
            if expect == 200:
                self.scenario.assertEqual(answer, answers[0])
            else:
                self.scenario.assertTrue(answer["error"]["code"] and answer["error"]["message"])
        return answers[0]


class TerraformReplay(Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--tls")
        self.provider = Provider(self, self.server)
        self.provider.sign_in()

    def template(self):
        found = self.provider.send("GET", "/v1.0/applicationTemplates",
                                   query={"$filter": f"displayName eq '{GALLERY}'"})["value"]
        self.assertEqual(len(found), 1)
        return found[0]["id"]

    def create(self):
        """A: the application, its secrets, its job, started."""
        send = self.provider.send
        made = send("POST", f"/v1.0/applicationTemplates/{self.template()}/instantiate", {"displayName": "DBX 0"},
                    expect=201)
        self.assertEqual(made["application"]["appId"], made["servicePrincipal"]["appId"])
        self.application = f"/v1.0/applications/{made['application']['id']}"
        self.principal = f"/v1.0/servicePrincipals/{made['servicePrincipal']['id']}"
        self.assertEqual(self.provider.read_in_a_row(self.application)["displayName"], "DBX 0")
        self.secrets = f"{self.principal}/synchronization/secrets"
        send("PUT", self.secrets, {"value": SECRETS}, expect=204)
        self.assertEqual(self.provider.read_in_a_row(self.secrets)["value"],
                         [SECRETS[0], {"key": "SecretToken", "value": "*"}])
        send("GET", self.principal)
        job = send("POST", f"{self.principal}/synchronization/jobs",
                   {"@odata.type": "#microsoft.graph.synchronizationJob", "templateId": "dataBricks"}, expect=201)
        self.job = f"{self.principal}/synchronization/jobs/{job['id']}"
        self.assertIn("schedule", self.provider.read_in_a_row(self.job))
        send("POST", f"{self.job}/start", expect=204)
        self.assertEqual(send("GET", self.job)["schedule"]["state"], "Active")

    def test_create_refresh_update_destroy(self):
        send = self.provider.send
        self.create()
        with self.subTest("B: data sources, and provisioning on demand"):
            send("GET", self.principal)
            extra = send("GET", self.principal.replace("/v1.0/", "/beta/"), query={"$select": "samlMetadataUrl"})
            self.assertIn("samlMetadataUrl", extra)
            schema = send("GET", f"{self.job}/schema")
            user = send("GET", "/v1.0/users", query={"$filter": "displayName eq 'Bianca Pisani'"})["value"][0]
            send("POST", f"{self.job}/provisionOnDemand",
                 {"parameters": [{"ruleId": schema["synchronizationRules"][0]["id"],
                                  "subjects": [{"objectId": user["id"], "objectTypeName": "User"}]}]})
        with self.subTest("C: a refresh finds what was written"):
            self.provider.sign_in()
            self.assertEqual(send("GET", self.application)["displayName"], "DBX 0")
            self.assertEqual([pair["key"] for pair in send("GET", self.secrets)["value"]],
                             [pair["key"] for pair in SECRETS])
            self.assertEqual(send("GET", self.job)["schedule"]["state"], "Active")
        with self.subTest("D: updates"):
            send("PATCH", self.application,
                 {"@odata.type": "#microsoft.graph.application", "displayName": "DBX 1"}, expect=204)
            self.assertEqual(send("GET", self.application)["displayName"], "DBX 1")
            send("PUT", self.secrets, {"value": [SECRETS[0], {"key": "SecretToken", "value": "token-1"}]}, expect=204)
            self.provider.read_in_a_row(self.secrets)
            send("POST", f"{self.job}/pause", expect=204)
            self.assertNotEqual(send("GET", self.job)["schedule"]["state"], "Active")
            send("POST", f"{self.job}/start", expect=204)
            self.assertEqual(send("GET", self.job)["schedule"]["state"], "Active")
        with self.subTest("F: destroy"):
            send("DELETE", self.job, expect=204)
            self.provider.read_in_a_row(self.job, expect=404)
            send("PUT", self.secrets, {"value": [{"key": pair["key"], "value": ""} for pair in SECRETS]}, expect=204)
            self.assertEqual(self.provider.read_in_a_row(self.secrets)["value"], [])
            send("DELETE", self.application, expect=204)
            self.provider.read_in_a_row(self.application, expect=404)
            self.provider.read_in_a_row(self.principal, expect=404)

    def test_an_application_resource_with_a_template(self):
        """G: azuread_application { template_id }, which sends its whole model after the instantiation."""
        send = self.provider.send
        name = "TERRAFORM_INSTANTIATE_7f6c1f0e-6f0a-4c86-9d3b-0a4be2f1c111"
        template = self.template()
        send("POST", f"/v1.0/applicationTemplates/{template}/instantiate", {"displayName": name}, expect=201)
        found = send("GET", "/v1.0/applications",
                     query={"$filter": f"applicationTemplateId eq '{template}' and displayName eq '{name}'"})["value"]
        self.assertEqual(len(found), 1)
        application = f"/v1.0/applications/{found[0]['id']}"
        self.provider.read_in_a_row(application)
        principals = send("GET", "/v1.0/servicePrincipals", query={"$filter": f"appId eq '{found[0]['appId']}'"})
        self.assertEqual(len(principals["value"]), 1)
        model = {"displayName": "DBX", "groupMembershipClaims": None, "isDeviceOnlyAuthSupported": False,
                 "isFallbackPublicClient": False, "notes": "made by a replay", "tags": ["one"],
                 "info": {"marketingUrl": None, "privacyStatementUrl": None, "supportUrl": "https://dbx.example/help",
                          "termsOfServiceUrl": None},
                 "publicClient": {"redirectUris": ["myapp://auth"]}, "spa": {"redirectUris": ["https://dbx.example/spa"]},
                 "web": {"homePageUrl": "https://dbx.example/", "logoutUrl": None, "redirectUris": [],
                         "implicitGrantSettings": {"enableAccessTokenIssuance": False, "enableIdTokenIssuance": True}},
                 "api": {"acceptMappedClaims": None, "knownClientApplications": [], "oauth2PermissionScopes": [],
                         "preAuthorizedApplications": [], "requestedAccessTokenVersion": 2},
                 "optionalClaims": {"accessToken": [], "idToken": [], "saml2Token": []}}
        send("PATCH", application, {"@odata.type": "#microsoft.graph.application", **model}, expect=204)
        read = send("GET", application)
        for key, value in model.items():
            held = read[key]
            if isinstance(value, dict):
                held = {member: held.get(member) for member in value}
            self.assertEqual(held, value, key)
        self.assertIn("oauth2RequirePostResponse",
                      send("GET", application.replace("/v1.0/", "/beta/"),
                           query={"$select": "oauth2RequirePostResponse"}))
        self.assertIsInstance(send("GET", f"{application}/owners")["value"], list)


if __name__ == "__main__":
    main()
