"""Manifests that stories share: short applications, and the project file."""

APPLICATION = """\
apiVersion: syncwright/v1
kind: Application
metadata: {{name: {name}}}
spec:
  gallery: {gallery}
  displayName: {display_name}
  jobs: {{default: {{state: {state}}}}}
"""


def application(name, display_name, gallery="Dropbox", state="paused", more=""):
    """`more`: further lines of the spec, indented by two."""
    text = APPLICATION.format(name=name, gallery=gallery, display_name=display_name, state=state)
    return text + more


def project(spec="", name="contoso"):
    """`spec`: its lines, indented by two."""
    text = f"apiVersion: syncwright/v1\nkind: Project\nmetadata: {{name: {name}}}\n"
    return text + (f"spec:\n{spec}" if spec else "")


def started(secret="TOKEN", more=""):
    """What a job of the Dropbox sample needs to run: credentials, as lines for `more`."""
    return ("  credentials:\n"
            f"    values: {{BaseAddress: 'https://scim.example.com/', SecretToken: {{env: {secret}}}}}\n"
            + more)
