#!/usr/bin/env python3
"""What a Terraform module of azuread_application and azuread_service_principal asks of Graph, on the served emulator."""
import json
import urllib.error

from support import harness

ROLE = "3f1b6f2e-58a0-4d0a-9c64-0d4a1b7f6c11"
SCOPE = "8a0f5c64-2d5e-4f0b-8f5d-6d3c1c0a9b22"
GRAPH = "00000003-0000-0000-c000-000000000000"
READS = 5  # azuread believes an answer that it saw so often in a row

MODEL = {
    "displayName": "Portal of Contoso",
    "description": "For partners",
    "notes": "Owned by the portal team",
    "signInAudience": "AzureADMultipleOrgs",
    "identifierUris": ["api://portal.contoso.example"],
    "groupMembershipClaims": "SecurityGroup",
    "isDeviceOnlyAuthSupported": False,
    "isFallbackPublicClient": True,
    "oauth2RequirePostResponse": False,
    "serviceManagementReference": "CMDB-1234",
    "tags": ["WindowsAzureActiveDirectoryIntegratedApp", "HideApp"],
    "api": {
        "acceptMappedClaims": True, "knownClientApplications": [], "preAuthorizedApplications": [],
        "requestedAccessTokenVersion": 2,
        "oauth2PermissionScopes": [{
            "id": SCOPE, "adminConsentDescription": "Read", "adminConsentDisplayName": "Read", "isEnabled": True,
            "type": "User", "userConsentDescription": None, "userConsentDisplayName": None, "value": "portal.read"}]},
    "appRoles": [{"id": ROLE, "allowedMemberTypes": ["User", "Application"], "description": "Admins",
                  "displayName": "Admin", "isEnabled": True, "origin": "Application", "value": "Admin"}],
    "info": {"logoUrl": None, "marketingUrl": "https://contoso.example/", "privacyStatementUrl": None,
             "supportUrl": "https://contoso.example/help", "termsOfServiceUrl": None},
    "optionalClaims": {"accessToken": [{"name": "upn", "source": None, "essential": False,
                                        "additionalProperties": []}], "idToken": [], "saml2Token": []},
    "publicClient": {"redirectUris": ["myapp://auth"]},
    "spa": {"redirectUris": ["https://portal.contoso.example/spa/"]},
    "requiredResourceAccess": [{"resourceAppId": GRAPH, "resourceAccess": [
        {"id": "9b50c33d-700f-43b1-b2eb-87e89b703581", "type": "Role"}]}],
    "web": {"homePageUrl": "https://portal.contoso.example/", "logoutUrl": None,
            "redirectUris": ["https://portal.contoso.example/auth/"], "redirectUriSettings": [],
            "implicitGrantSettings": {"enableAccessTokenIssuance": True, "enableIdTokenIssuance": True}},
}


class Objects(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve()

    def graph(self, method, path, body=None, user=None):
        return self.server.graph(method, path, body, user)

    def refusal(self, method, path, body=None):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.graph(method, path, body)
        return caught.exception.code, json.load(caught.exception)["error"]["code"]

    def owner(self, name):
        user = self.graph("GET", f"/users/{name}@contoso.example")
        return {"@odata.id": f"{self.server.url}/v1.0/directoryObjects/{user['id']}"}

    def settled(self, path):
        """An object as a client sees it that asks again until it is sure."""
        answers = [self.graph("GET", path) for _ in range(READS)]
        self.assertTrue(all(answer == answers[0] for answer in answers), answers)
        return answers[0]

    def test_an_application_and_its_service_principal_from_nothing_to_nothing(self):
        owners = [self.owner("ingrid.falk")["@odata.id"]]
        made = self.graph("POST", "/applications", {"displayName": MODEL["displayName"],
                                                    "@odata.type": "#microsoft.graph.application",
                                                    "owners@odata.bind": owners})
        path = f"/applications/{made['id']}"
        self.graph("PATCH", path, MODEL)
        held = self.settled(path)
        hidden = {"oauth2RequirePostResponse": False}  # shown only to who asks for it
        self.assertEqual({key: held[key] for key in MODEL if key not in hidden},
                         {key: MODEL[key] for key in MODEL if key not in hidden})
        selected = self.graph("GET", f"{path}?$select=oauth2RequirePostResponse")
        self.assertEqual(selected["oauth2RequirePostResponse"], False)

        instance = self.graph("POST", "/servicePrincipals", {"appId": made["appId"], "accountEnabled": True,
                                                             "owners@odata.bind": owners})
        principal = f"/servicePrincipals/{instance['id']}"
        self.graph("PATCH", principal, {"tags": ["HideApp"], "notes": "by hand", "loginUrl": "https://portal.example"})
        held = self.settled(principal)
        self.assertEqual((held["tags"], held["notes"], held["homepage"], held["appRoles"][0]["value"]),
                         (["HideApp"], "by hand", "https://portal.contoso.example/", "Admin"))

        for each in (path, principal):
            self.graph("POST", f"{each}/owners/$ref", self.owner("marcus.adeyemi"))
            names = [owner["displayName"] for owner in self.graph("GET", f"{each}/owners")["value"]]
            self.assertEqual(names, ["Ingrid Falk", "Marcus Adeyemi"])
            self.assertEqual(self.refusal("POST", f"{each}/owners/$ref", self.owner("marcus.adeyemi"))[0], 400)
            self.graph("DELETE", f"{each}/owners/{owners[0].rsplit('/', 1)[1]}/$ref")
            expanded = self.graph("GET", f"{each}?$expand=owners")
            self.assertEqual([owner["displayName"] for owner in expanded["owners"]], ["Marcus Adeyemi"])

        user = self.graph("GET", "/users/marcus.adeyemi@contoso.example")["id"]
        assigned = self.graph("POST", f"{principal}/appRoleAssignedTo",
                              {"principalId": user, "resourceId": instance["id"], "appRoleId": ROLE})
        self.assertEqual(self.settled(f"{principal}/appRoleAssignedTo/{assigned['id']}")["principalId"], user)
        self.assertEqual([each["id"] for each in self.graph("GET", f"/users/{user}/appRoleAssignments")["value"]],
                         [assigned["id"]])

        self.graph("DELETE", principal)
        self.graph("DELETE", path)
        for each in (principal, path):
            for _ in range(READS):
                self.assertEqual(self.refusal("GET", each), (404, "Request_ResourceNotFound"))

    def test_everything_is_there_again_after_a_restart_and_a_restore(self):
        made = self.graph("POST", "/applications", {**MODEL, "owners@odata.bind": [self.owner("ingrid.falk")["@odata.id"]]})
        path = f"/applications/{made['id']}"
        self.graph("POST", f"{path}/extensionProperties",
                   {"name": "costCentre", "dataType": "String", "targetObjects": ["User"]})
        before = [self.graph("GET", place) for place in (path, f"{path}/owners", f"{path}/extensionProperties")]
        self.graph("DELETE", path)
        self.server.stop()
        self.server = self.serve()
        self.graph("POST", f"/directory/deletedItems/{made['id']}/restore")
        after = [self.graph("GET", place) for place in (path, f"{path}/owners", f"{path}/extensionProperties")]
        self.assertEqual(without_hosts(after), without_hosts(before))

    def test_the_application_gets_a_role_on_microsoft_graph(self):
        graph = self.graph("POST", "/servicePrincipals", {"appId": GRAPH})
        made = self.graph("POST", "/applications", {"displayName": "Robot"})
        robot = self.graph("POST", "/servicePrincipals", {"appId": made["appId"]})
        role = next(each["id"] for each in graph["appRoles"] if each["value"] == "Synchronization.ReadWrite.All")
        path = f"/servicePrincipals/{robot['id']}/appRoleAssignments"
        self.graph("POST", path, {"principalId": robot["id"], "resourceId": graph["id"], "appRoleId": role})
        self.assertEqual([each["resourceDisplayName"] for each in self.graph("GET", path)["value"]], ["Microsoft Graph"])


def without_hosts(answers):
    """The port differs from one server to the next."""
    return [{key: value for key, value in answer.items() if key != "@odata.context"} for answer in answers]


if __name__ == "__main__":
    harness.main()
