"""What the scripts of tools/ci talk to: GitHub, Azure DevOps and GitLab, as far as they ask, on loopback."""
import http.server
import json
import re
import urllib.parse

from support import loopback

BOT = "github-actions[bot]"


class Forge:
    """A server that keeps comments and issues; each platform answers in its own way. `calls` are method and path."""

    def __init__(self, scenario):
        self.comments, self.issues, self.calls, self.refuse = [], [], [], None
        forge = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                url = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(url.query))
                status, found = forge.handle(self.command, urllib.parse.unquote(url.path), query, body, self.headers)
                text = json.dumps(found).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PATCH = do_PUT = answer

            def log_message(self, *_):
                pass

        self.url = loopback.serve(scenario, Handler).url

    def handle(self, method, path, query, body, headers):
        self.calls.append((method, path))
        if not self.is_signed_in(headers):
            return 401, {}
        if self.refuse and re.search(self.refuse, path):
            return 403, {}
        for route, verb, answer in self.routes:
            match = re.fullmatch(route, path)
            if match and verb == method:
                return answer(self, query, body, *match.groups())
        return 404, {}

    def is_signed_in(self, headers):
        return headers.get("Authorization") == "Bearer forge-token"


def page_of(rows, query):
    start = (int(query["page"]) - 1) * int(query["per_page"])
    return 200, rows[start:start + int(query["per_page"])]


def row_of(rows, key, number):
    return next(row for row in rows if row[key] == int(number))


class GitHub(Forge):
    def add_comment(self, _query, body, _number, author=BOT):
        self.comments.append({"id": len(self.comments) + 1, "user": {"login": author}, **body})
        return 201, self.comments[-1]

    def change_comment(self, _query, body, number):
        row_of(self.comments, "id", number).update(body)
        return 200, {}

    def add_issue(self, _query, body):
        self.issues.append({"number": len(self.issues) + 1, "state": "open", **body})
        return 201, self.issues[-1]

    def change_issue(self, _query, body, number):
        row_of(self.issues, "number", number).update(body)
        return 200, {}

    def list_issues(self, query, _body):
        return page_of([row for row in self.issues
                        if row["state"] == query["state"] and query["labels"] in row["labels"]], query)

    def environment(self, folder, number=None):
        """What a runner sets; the event is a pull request where it has a number."""
        for name in ("output", "summary"):
            (folder / name).write_text("")
        event = {"pull_request": {"number": number}} if number else {}
        (folder / "event.json").write_text(json.dumps(event))
        return {"GITHUB_ACTIONS": "true", "GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": "contoso/idm",
                "GITHUB_TOKEN": "forge-token", "GITHUB_RUN_ID": "77", "GITHUB_EVENT_PATH": str(folder / "event.json"),
                "GITHUB_OUTPUT": str(folder / "output"), "GITHUB_STEP_SUMMARY": str(folder / "summary")}

    routes = [
        (r"/repos/contoso/idm/issues/(7)/comments", "GET", lambda self, query, _, __: page_of(self.comments, query)),
        (r"/repos/contoso/idm/issues/(\d+)/comments", "POST", add_comment),
        (r"/repos/contoso/idm/issues/comments/(\d+)", "PATCH", change_comment),
        (r"/repos/contoso/idm/issues", "GET", list_issues),
        (r"/repos/contoso/idm/issues", "POST", add_issue),
        (r"/repos/contoso/idm/issues/(\d+)", "PATCH", change_issue),
    ]

    def texts(self):
        return [comment["body"] for comment in self.comments]

    def drift(self):
        """(whether it is open, title, text) of each issue."""
        return [(issue["state"] == "open", issue["title"], issue["body"]) for issue in self.issues]


class AzureDevOps(Forge):
    def list_threads(self, _query, _body):
        return 200, {"value": self.comments}

    def add_thread(self, _query, body):
        thread = {"id": 10 + len(self.comments), "isDeleted": False, **body}
        thread["comments"] = [{"id": 1, **comment} for comment in body["comments"]]
        self.comments.append(thread)
        return 200, thread

    def change_comment(self, _query, body, thread, number):
        row_of(row_of(self.comments, "id", thread)["comments"], "id", number).update(body)
        return 200, {}

    def find_items(self, _query, body):
        title = re.search(r"\[System.Title\] = '([^']*)'", body["query"])[1]
        tag = re.search(r"\[System.Tags\] CONTAINS '([^']*)'", body["query"])[1]
        closed = re.search(r"\[System.State\] <> '([^']*)'", body["query"])[1]
        return 200, {"workItems": [{"id": issue["id"]} for issue in self.issues
                                   if (issue["System.Title"], issue["System.Tags"]) == (title, tag)
                                   and issue["System.State"] != closed]}

    def add_item(self, _query, body, kind):
        self.issues.append({"id": len(self.issues) + 1, "kind": kind, "System.State": "To Do", **fields_of(body)})
        return 200, {}

    def change_item(self, _query, body, number):
        row_of(self.issues, "id", number).update(fields_of(body))
        return 200, {}

    def environment(self, _folder, number=None):
        return {"TF_BUILD": "True", "SYSTEM_COLLECTIONURI": self.url + "/contoso/", "SYSTEM_TEAMPROJECTID": "team",
                "SYSTEM_ACCESSTOKEN": "forge-token", "BUILD_REPOSITORY_ID": "repo",
                **({"SYSTEM_PULLREQUEST_PULLREQUESTID": str(number)} if number else {})}

    routes = [
        (r"/contoso/team/_apis/git/repositories/repo/pullRequests/7/threads", "GET", list_threads),
        (r"/contoso/team/_apis/git/repositories/repo/pullRequests/7/threads", "POST", add_thread),
        (r"/contoso/team/_apis/git/repositories/repo/pullRequests/7/threads/(\d+)/comments/(\d+)", "PATCH",
         change_comment),
        (r"/contoso/team/_apis/wit/wiql", "POST", find_items),
        (r"/contoso/team/_apis/wit/workitems/\$(\w+)", "POST", add_item),
        (r"/contoso/team/_apis/wit/workitems/(\d+)", "PATCH", change_item),
    ]

    def texts(self):
        return [thread["comments"][0]["content"] for thread in self.comments]

    def drift(self):
        return [(issue["System.State"] != "Done", issue["System.Title"], issue["System.Description"])
                for issue in self.issues]


def fields_of(patch):
    return {change["path"].removeprefix("/fields/"): change["value"] for change in patch}


class GitLab(Forge):
    def is_signed_in(self, headers):
        return headers.get("PRIVATE-TOKEN") == "forge-token"

    def add_note(self, _query, body, kind, _number):
        if kind == "merge_requests":
            self.comments.append({"id": len(self.comments) + 1, "author": {"username": "bot"}, **body})
        return 201, {}

    def change_note(self, _query, body, number):
        row_of(self.comments, "id", number).update(body)
        return 200, {}

    def list_issues(self, query, _body):
        return page_of([row for row in self.issues
                        if row["state"] == query["state"] and query["labels"] == row["labels"]], query)

    def add_issue(self, _query, body):
        self.issues.append({"iid": len(self.issues) + 1, "state": "opened", **body})
        return 201, {}

    def change_issue(self, _query, body, number):
        issue = row_of(self.issues, "iid", number)
        if body.pop("state_event", None) == "close":
            issue["state"] = "closed"
        issue.update(body)
        return 200, {}

    def environment(self, _folder, number=None):
        return {"GITLAB_CI": "true", "CI_API_V4_URL": self.url, "CI_PROJECT_ID": "5",
                "SYNCWRIGHT_GITLAB_TOKEN": "forge-token", "CI_PIPELINE_URL": "https://gitlab.example/p/77",
                **({"CI_MERGE_REQUEST_IID": str(number)} if number else {})}

    routes = [
        (r"/user", "GET", lambda self, _query, _body: (200, {"username": "bot"})),
        (r"/projects/5/merge_requests/(7)/notes", "GET", lambda self, query, _, __: page_of(self.comments, query)),
        (r"/projects/5/(merge_requests|issues)/(\d+)/notes", "POST", add_note),
        (r"/projects/5/merge_requests/7/notes/(\d+)", "PUT", change_note),
        (r"/projects/5/issues", "GET", list_issues),
        (r"/projects/5/issues", "POST", add_issue),
        (r"/projects/5/issues/(\d+)", "PUT", change_issue),
    ]

    def texts(self):
        return [note["body"] for note in self.comments]

    def drift(self):
        return [(issue["state"] == "opened", issue["title"], issue["description"]) for issue in self.issues]


FORGES = (GitHub, AzureDevOps, GitLab)
