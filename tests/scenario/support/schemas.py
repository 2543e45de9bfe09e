"""A live schema over HTTP, and its parts by name."""


def jobs_path(server, display_name):
    return f"/servicePrincipals/{server.service_principal(display_name)['id']}/synchronization/jobs"


def schema_path(server, display_name):
    """Of the application's one job."""
    jobs = jobs_path(server, display_name)
    found = server.graph("GET", jobs)["value"]
    server.scenario.assertEqual(len(found), 1, found)
    return f"{jobs}/{found[0]['id']}/schema"


def live_schema(server, display_name):
    return server.graph("GET", schema_path(server, display_name))


def put_schema(server, display_name, schema):
    server.graph("PUT", schema_path(server, display_name), schema)


def directory(schema, name):
    return named(schema["directories"], name)


def definitions(schema, directory_name, object_name):
    """The list of attribute definitions of the first object of that name."""
    return named(directory(schema, directory_name)["objects"], object_name)["attributes"]


def object_mapping(schema, source, rule=0):
    return named(schema["synchronizationRules"][rule]["objectMappings"], source, "sourceObjectName")


def named(parts, name, member="name"):
    return next(part for part in parts if part[member] == name)


def attribute_mapping(schema, target, source="User"):
    return named(object_mapping(schema, source)["attributeMappings"], target, "targetAttributeName")
