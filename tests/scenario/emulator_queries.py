#!/usr/bin/env python3
"""Queries as generated clients spell them, on a served emulator: options, searches, counts, batches."""
import base64
import json
import urllib.error
import urllib.parse
import urllib.request

from support import harness
from support.tenant import instantiate

EVENTUAL = {"ConsistencyLevel": "eventual"}
SALES = ["Bianca Pisani", "Gerd Hollmann", "Keiko Arai", "Louise Bertin", "Marcus Adeyemi", "Nadia Rahmani",
         "Owen Pryce", "Tomasz Wrona"]


class Queries(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve()

    def send(self, method, path, body=None, headers=None, version="v1.0"):
        """(status, body, Content-Type); the query is sent as it is written."""
        request = urllib.request.Request(f"{self.server.url}/{version}{path}", method=method, headers=headers or {})
        request.add_header("Authorization", f"Bearer {self.server.token()}")
        data = None
        if body is not None:
            request.add_header("Content-Type", "application/json")
            data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, data) as answer:
                status, text, kind = answer.status, answer.read(), answer.headers["Content-Type"]
        except urllib.error.HTTPError as refused:
            with refused:
                status, text, kind = refused.code, refused.read(), refused.headers["Content-Type"]
        return status, json.loads(text) if text else None, kind

    def get(self, path, headers=None, version="v1.0", **options):
        """Each option with its `$`, form-encoded, as the azuread provider and Go's SDK do."""
        query = urllib.parse.urlencode({f"${name}": value for name, value in options.items()})
        return self.send("GET", path + ("?" + query if query else ""), headers=headers, version=version)

    def names(self, *arguments, **options):
        status, body, _ = self.get(*arguments, **options)
        self.assertEqual(status, 200, body)
        return [item["displayName"] for item in body["value"]]

    def refusal(self, *arguments, **options):
        status, body, _ = self.get(*arguments, **options)
        self.assertEqual(status, 400, body)
        return body["error"]["code"]

    def test_people_are_filtered_sorted_searched_and_counted(self):
        self.assertEqual(sorted(self.names("/users", filter="department eq 'Sales'")), SALES)
        self.assertEqual(self.names("/users", EVENTUAL, filter="department eq 'Sales'", orderby="displayName desc",
                                    count="true", top="3"), ["Tomasz Wrona", "Owen Pryce", "Nadia Rahmani"])
        self.assertEqual(self.names("/users", EVENTUAL, search='"displayName:marcus" OR "mail:keiko"', orderby="displayName"),
                         ["Keiko Arai", "Marcus Adeyemi"])
        self.assertEqual(self.names("/users", EVENTUAL, filter="mail eq null", count="true"), ["Rui Salgado"])
        self.assertEqual(self.send("GET", "/users/$count", headers=EVENTUAL), (200, 24, "text/plain"))
        self.assertEqual(self.send("GET", "/groups/$count", headers=EVENTUAL), (200, 6, "text/plain"))
        sales = self.get("/groups", filter="displayName eq 'Sales'")[1]["value"][0]["id"]
        self.assertEqual(self.send("GET", f"/groups/{sales}/members/$count", headers=EVENTUAL)[1], len(SALES))
        self.assertEqual(self.names(f"/groups/{sales}/members/microsoft.graph.user", orderby="displayName"), SALES)
        for path in ("/users/$count", "/groups/$count"):
            self.assertEqual(self.send("GET", path)[0], 400)
        self.assertEqual(self.refusal("/users", search='"displayName:marc"'), "Request_UnsupportedQuery")
        self.assertEqual(self.refusal("/users", filter="mail eq null"), "Request_UnsupportedQuery")

    def test_no_option_is_passed_over_in_silence(self):
        made = instantiate(self.server, "CRM")
        principal = f"/servicePrincipals/{made['servicePrincipal']['id']}"
        self.assertEqual(self.refusal(principal, filter="id eq 'x'"), "Request_UnsupportedQuery")
        self.assertEqual(self.refusal("/users", skip="5"), "Request_UnsupportedQuery")
        self.assertEqual(self.refusal("/users", colour="red"), "BadRequest")
        status, body, _ = self.send("PATCH", principal + "?$select=id", {"notes": "x"})
        self.assertEqual((status, body["error"]["code"]), (400, "Request_UnsupportedQuery"))
        self.assertIsNone(self.get(principal)[1]["notes"])
        self.assertEqual(self.send("GET", principal + "?api-version=1")[0], 200)
        self.assertEqual(self.get(principal + "/synchronization/jobs", top="1")[0], 200)

    def test_the_gallery_is_paged_by_skip_and_filtered_by_category(self):
        everything = self.names("/applicationTemplates", orderby="displayName", top="999")
        self.assertEqual(self.names("/applicationTemplates", orderby="displayName", top="2", skip="1"), everything[1:3])
        page = self.get("/applicationTemplates", orderby="displayName", top="2", count="true")[1]
        self.assertEqual(page["@odata.count"], len(everything))
        self.assertIn("$skip=2", page["@odata.nextLink"].replace("%24", "$"))
        self.assertIn("Box", self.names("/applicationTemplates", filter="categories/any(c:contains(c,'content'))"))

    def test_deleted_items_are_sorted_by_their_time(self):
        for name in ("First", "Second"):
            made = instantiate(self.server, name)
            self.server.graph("DELETE", f"/applications/{made['application']['id']}")
        items = "/directory/deletedItems"
        self.assertEqual(self.refusal(items), "Request_UnsupportedQuery")
        self.assertEqual(self.names(items + "/microsoft.graph.application", EVENTUAL, orderby="deletedDateTime,displayName",
                                    count="true", select="id,displayName,deletedDateTime"), ["First", "Second"])
        self.assertEqual(self.send("GET", items + "/microsoft.graph.application/$count", headers=EVENTUAL)[1], 2)

    def test_a_batch_is_answered_item_by_item(self):
        made = instantiate(self.server, "CRM")
        principal = f"/servicePrincipals/{made['servicePrincipal']['id']}"
        write = {"Content-Type": "application/json"}
        requests = [
            {"id": "one", "method": "GET", "url": principal + "?$select=displayName"},
            {"id": "two", "method": "GET", "url": "/users/$count", "headers": EVENTUAL},
            {"id": "three", "method": "PATCH", "url": principal, "headers": write, "body": {"notes": "managed"}},
            {"id": "four", "method": "GET", "url": principal + "?$select=notes", "dependsOn": ["three"]},
            {"id": "five", "method": "GET", "url": "/users/nobody@contoso.example"},
        ]
        for version in ("v1.0", "beta"):
            status, body, _ = self.send("POST", "/$batch", {"requests": requests}, version=version)
            self.assertEqual(status, 200, body)
            answers = {answer["id"]: answer for answer in body["responses"]}
            self.assertEqual({name: answer["status"] for name, answer in answers.items()},
                             {"one": 200, "two": 200, "three": 204, "four": 200, "five": 404})
            self.assertEqual(answers["one"]["body"]["displayName"], "CRM")
            self.assertEqual(base64.b64decode(answers["two"]["body"]), b"24")
            self.assertEqual(answers["four"]["body"]["notes"], "managed")
            self.assertNotIn("body", answers["three"])
        twice = [requests[0], {**requests[1], "id": "ONE"}]
        self.assertEqual(self.send("POST", "/$batch", {"requests": twice})[0], 400)

    def test_a_partner_tenant_is_let_in(self):
        partner = "3d0f5dec-5d3d-455c-8016-e2af1ae4d31a"
        policy = "/policies/crossTenantAccessPolicy"
        self.assertEqual(self.send("POST", policy + "/partners", {"tenantId": partner})[0], 201)
        path = f"{policy}/partners/{partner}/identitySynchronization"
        body = {"displayName": "Fabrikam", "userSyncInbound": {"isSyncAllowed": True}}
        self.assertEqual(self.send("PUT", path, body)[0], 204)
        self.server.stop()
        self.server = self.serve()
        self.assertEqual(self.get(path)[1]["userSyncInbound"], {"isSyncAllowed": True})


class RefusingWrites(harness.Scenario):
    def test_a_batch_still_reads(self):
        server = self.serve("--refuse-writes")
        requests = [{"id": "1", "method": "GET", "url": "/users?$top=1"},
                    {"id": "2", "method": "DELETE", "url": "/users/x"}]
        answers = server.graph("POST", "/$batch", {"requests": requests})["responses"]
        self.assertEqual([answer["status"] for answer in answers], [200, 403])


if __name__ == "__main__":
    harness.main()
