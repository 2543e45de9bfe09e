#!/usr/bin/env python3
"""Signing in to a served emulator: secrets, certificates, identity providers and managed identities."""
import json
import subprocess

from support import azure_cli, harness
from support.sign_in import ASSERTION_TYPE, KeyPair, claims_of, fetch
from support.tenant import instantiate

EXCHANGE = "api://AzureADTokenExchange"


class SignIn(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.start()
        made = instantiate(self.server, "Pipeline")
        self.application = f"/applications/{made['application']['id']}"
        self.principal, self.client = made["servicePrincipal"]["id"], made["application"]["appId"]

    def start(self):
        self.server = self.serve()
        self.endpoint = f"{self.server.url}/contoso/oauth2/v2.0/token"

    def sign_in(self, **credential):
        """(200, claims) of a token, (status, AADSTS number) of a refusal."""
        if "client_assertion" in credential:
            credential["client_assertion_type"] = ASSERTION_TYPE
        status, body = fetch(self.endpoint, form={
            "grant_type": "client_credentials", "client_id": self.client,
            "scope": "https://graph.microsoft.com/.default", **credential})
        return (status, claims_of(body["access_token"])) if status == 200 else (status, body["error_codes"][0])

    def test_a_registered_certificate_signs_in_once_an_assertion(self):
        pair, foreign = KeyPair(self.folder, "own"), KeyPair(self.folder, "foreign")
        self.server.graph("PATCH", self.application, {"keyCredentials": [pair.credential()]})
        assertion = pair.assertion(self.client, self.endpoint)
        status, claims = self.sign_in(client_assertion=assertion)
        self.assertEqual(status, 200)
        self.assertEqual((claims["oid"], claims["appid"], claims["appidacr"]), (self.principal, self.client, "2"))
        self.assertEqual(self.sign_in(client_assertion=assertion), (401, 50013))
        self.assertEqual(self.sign_in(client_assertion=foreign.assertion(self.client, self.endpoint)), (401, 700027))
        elsewhere = pair.assertion(self.client, "https://login.example/other/oauth2/v2.0/token")
        self.assertEqual(self.sign_in(client_assertion=elsewhere), (401, 700023))

    def test_a_secret_is_known_after_a_restart_and_stands_in_no_file(self):
        made = self.server.graph("POST", f"{self.application}/addPassword",
                                 {"passwordCredential": {"displayName": "pipeline"}})
        secret = made["secretText"]
        self.server.stop()
        for path in self.folder.iterdir():
            self.assertNotIn(secret.encode(), path.read_bytes(), path)
        self.start()
        self.assertEqual(self.sign_in(client_secret=secret)[0], 200)
        self.assertEqual(self.sign_in(client_secret="another"), (401, 7000215))
        as_client = {"AZURE_CLIENT_ID": self.client, "AZURE_CLIENT_SECRET": secret}
        self.server.run("whoami", environment=as_client)
        refused = self.server.run("whoami", environment={**as_client, "AZURE_CLIENT_SECRET": "another"}, expect=None)
        self.assertNotEqual(refused.code, 0)
        self.server.graph("POST", f"{self.application}/removePassword", {"keyId": made["keyId"]})
        self.assertEqual(self.sign_in(client_secret=secret), (401, 7000215))

    def test_a_pipeline_exchanges_its_token_for_one_of_graph(self):
        self.server.graph("POST", f"{self.application}/federatedIdentityCredentials", {
            "name": "main", "issuer": f"{self.server.url}/oidc", "subject": "repo:a/b:ref:refs/heads/main",
            "audiences": [EXCHANGE]})

        def provided(subject, audience=EXCHANGE):
            status, body = fetch(f"{self.server.url}/oidc/github?subject={subject}&audience={audience}",
                                 {"Authorization": "Bearer any"})
            self.assertEqual(status, 200)
            return body["value"]

        token = provided("repo:a/b:ref:refs/heads/main")
        self.assertEqual(self.sign_in(client_assertion=token)[0], 200)
        self.assertEqual(self.sign_in(client_assertion=token)[0], 200)
        self.assertEqual(self.sign_in(client_assertion=provided("repo:a/b:pull_request")), (401, 700213))
        self.assertEqual(self.sign_in(client_assertion=provided("repo:a/b:ref:refs/heads/main", "other")), (401, 700212))
        header, claims, _ = token.split(".")
        self.assertEqual(self.sign_in(client_assertion=f"{header}.{claims}.AAAA"), (401, 50013))
        self.assertEqual(self.sign_in(client_secret="any"), (401, 7000215))

    def test_a_machine_gets_tokens_of_its_identity(self):
        url = (f"{self.server.url}/metadata/identity/oauth2/token"
               "?api-version=2018-02-01&resource=https://graph.microsoft.com/")
        self.assertEqual(fetch(url)[0], 400)
        status, body = fetch(f"{url}&client_id={self.client}", {"Metadata": "true"})
        self.assertEqual((status, body["client_id"], body["expires_in"]), (200, self.client, "3599"))
        self.assertEqual(claims_of(body["access_token"])["oid"], self.principal)
        url = f"{self.server.url}/msi/token?api-version=2019-08-01&resource=https://graph.microsoft.com"
        self.assertEqual(fetch(url)[0], 401)
        self.assertEqual(fetch(url, {"X-IDENTITY-HEADER": "emulated-identity-header"})[0], 200)

    def test_the_stand_in_of_the_azure_cli_has_a_users_token(self):
        def az(user):
            return subprocess.run(
                [azure_cli.install(self.folder, self.server.url, user) / "az", "account", "get-access-token", "--output",
                 "json", "--resource", "https://graph.microsoft.com", "--tenant", "contoso"],
                env=self.environment, capture_output=True, text=True, timeout=60)

        answer = json.loads(az("ingrid.falk@contoso.example").stdout)
        claims = claims_of(answer["accessToken"])
        self.assertEqual((claims["upn"], claims["aud"]), ("ingrid.falk@contoso.example", "https://graph.microsoft.com"))
        self.assertEqual((answer["expires_on"], answer["tenant"]), (claims["exp"], "contoso"))
        nobody = az("")
        self.assertEqual((nobody.returncode, nobody.stdout), (1, ""))
        self.assertIn("az login", nobody.stderr)

    def test_what_libraries_ask_first_names_the_host_that_they_asked(self):
        status, configuration = fetch(f"{self.server.url}/contoso/v2.0/.well-known/openid-configuration")
        self.assertEqual((status, configuration["token_endpoint"]), (200, self.endpoint))
        status, keys = fetch(configuration["jwks_uri"])
        self.assertEqual((status, len(keys["keys"])), (200, 1))


if __name__ == "__main__":
    harness.main()
