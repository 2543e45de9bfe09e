#!/usr/bin/env python3
"""Holds plans against schemas/plan.schema.json with an independent validator.

    plan_schema_test.py SCHEMA PLAN.json...

Every plan has to be valid. Then each is damaged in ways that a reader could not live with, and every
damage has to be noticed, so that the schema cannot become one that accepts everything.
"""

import copy
import json
import sys

import jsonschema


def first_change(plan):
    return plan["changes"][0] if plan["changes"] else None


def first_refusal(plan):
    return next((change for change in plan["changes"] if change["blocked"]), None)


def change_of(plan, kind):
    """The first planned change of a type."""
    found = (c for c in plan["changes"] if c["type"] == kind and c["status"] == "planned")
    return next(found, None)


def set_member(find, key, value):
    """A damage: `key` of what `find` finds in the plan becomes `value`; None where there is nothing."""

    def damage(plan):
        target = find(plan)
        if target is None:
            return False
        target[key] = value
        return True

    return damage


def drop_member(find, key):
    def damage(plan):
        target = find(plan)
        if target is None:
            return False
        del target[key]
        return True

    return damage


def whole(plan):
    return plan


DAMAGES = {
    "another format": set_member(whole, "formatVersion", 2),
    "no digest": drop_member(whole, "manifestDigest"),
    "a digest of another kind": set_member(whole, "manifestDigest", "md5:00"),
    "a member nobody knows": set_member(whole, "surprise", 1),
    "a time without a zone": set_member(whole, "createdAt", "2026-11-22T10:00:00"),
    "a negative count": set_member(lambda plan: plan["summary"], "create", -1),
    "changes that are no list": set_member(whole, "changes", {}),
    "a type nobody knows": set_member(first_change, "type", "tenant.delete"),
    "a status nobody knows": set_member(first_change, "status", "maybe"),
    "a risk nobody knows": set_member(first_change, "risk", "low"),
    "risks in another order": set_member(first_change, "risk", "expose, deprovision"),
    "a change without a reason": drop_member(first_change, "reason"),
    "a basis that is no digest": set_member(first_change, "basis", "abc"),
    "a field without a path": set_member(first_change, "fields", [{"before": 1, "after": 2}]),
    "an origin without a line": set_member(first_change, "origin", {"file": "a.yaml"}),
    "an id that is no name": set_member(first_change, "id", "A B"),
    "a refusal that is planned": set_member(first_refusal, "status", "planned"),
    "a blocked change without its refusal": set_member(first_refusal, "blocked", None),
    "a refusal without a way out": drop_member(
        lambda plan: (first_refusal(plan) or {}).get("blocked"), "advice"
    ),
    "a health nobody knows": set_member(
        lambda plan: plan["health"][0] if plan["health"] else None, "state", "fine"
    ),
    "a provisional save of credentials": set_member(
        lambda plan: change_of(plan, "credentials.save"), "provisional", True
    ),
    "an assignment of nobody": set_member(
        lambda plan: change_of(plan, "assignment.add"), "assignment", None
    ),
    "a principal of another kind": set_member(
        lambda plan: (change_of(plan, "assignment.add") or {}).get("assignment"), "principalType", "device"
    ),
    "an update that assigns": set_member(
        lambda plan: change_of(plan, "application.update"),
        "assignment",
        {"principalType": "user", "principalId": "u", "appRoleId": None},
    ),
    "a deletion of nothing": set_member(
        lambda plan: change_of(plan, "application.delete"), "target", None
    ),
    "an adoption without a basis": set_member(
        lambda plan: change_of(plan, "application.adopt"), "basis", None
    ),
    "a row without a line": set_member(first_change, "row", {"file": "rows.csv"}),
    "a cause nobody knows": set_member(first_change, "cause", "weather"),
    "a guard nobody knows": set_member(
        lambda plan: plan["guards"][0] if plan["guards"] else None, "guard", "maxLines"
    ),
    "a guard without a way out": drop_member(
        lambda plan: plan["guards"][0] if plan["guards"] else None, "acknowledge"
    ),
    "an edit by nobody": set_member(whole, "edits", [{"application": "a"}]),
    "a key that is sent nobody knows how": set_member(first_change, "sends", [{"key": "SyncAll", "how": "maybe"}]),
    "a change that does not say what it sends": drop_member(first_change, "sends"),
    "an orphan without an id": drop_member(
        lambda plan: plan["orphans"][0] if plan["orphans"] else None, "servicePrincipalId"
    ),
}


def check(path, validator):
    """The faults found with one plan file, and the damages it could be given."""
    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    faults = [
        f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator.iter_errors(plan)
    ]
    tried = set()
    for name, damage in DAMAGES.items():
        damaged = copy.deepcopy(plan)
        if not damage(damaged):
            continue
        tried.add(name)
        if validator.is_valid(damaged):
            faults.append(f"{path}: {name} was not noticed")
    return faults, tried


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 64
    with open(arguments[0], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    faults = []
    tried = set()
    for path in arguments[1:]:
        found, used = check(path, validator)
        faults += found
        tried |= used
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(arguments) - 1} plans, {len(tried)} of {len(DAMAGES)} damages tried, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
