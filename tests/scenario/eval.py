#!/usr/bin/env python3
"""syncwright eval: values, exit codes, and what goes to which stream."""
import json

from support import harness


class Eval(harness.Scenario):
    def value(self, expression, *arguments):
        outcome = self.run_syncwright("eval", expression, *arguments)
        self.assertEqual(outcome.err, "")
        return outcome.out

    def test_a_value_and_a_line_feed(self):
        self.assertEqual(self.value('"Contoso"'), "Contoso\n")
        self.assertEqual(self.value('Join(".", [givenName], [surname])', "--set", "givenName=Ada",
                                    "--set", "surname=King=Byron"), "Ada.King=Byron\n")
        self.assertEqual(self.value('""'), "\n")

    def test_a_list_is_a_json_array(self):
        self.assertEqual(self.value('Split("a,b", ",")'), '["a","b"]\n')
        outcome = self.run_syncwright("eval", 'Split("a,b", ",")', "--format", "json").json()
        self.assertEqual(outcome, {"value": ["a", "b"], "ignored": False})

    def test_null_prints_nothing_in_text(self):
        self.assertEqual(self.value("[mail]"), "")
        self.assertEqual(self.run_syncwright("eval", "[mail]", "--format", "json").out,
                         '{\n  "ignored": false,\n  "value": null\n}\n')

    def test_an_ignored_attribute(self):
        outcome = self.run_syncwright("eval", 'IgnoreFlowIfNullOrEmpty([mail])', "--format", "json").json()
        self.assertEqual(outcome, {"value": None, "ignored": True})
        self.assertEqual(self.value("IgnoreFlowIfNullOrEmpty([mail])"), "")

    def test_attributes_from_a_file(self):
        self.write("ada.json", json.dumps({"mail": "ada@contoso.com", "enabled": True, "number": 7, "gone": None,
                                           "proxies": ["SMTP:a@x", "smtp:b@x"]}))
        self.assertEqual(self.value('[mail]', "--attributes", "ada.json"), "ada@contoso.com\n")
        self.assertEqual(self.value('[enabled]', "--attributes", "ada.json"), "True\n")
        self.assertEqual(self.value('[number]', "--attributes", "ada.json"), "7\n")
        self.assertEqual(self.value('[gone]', "--attributes", "ada.json"), "")
        self.assertEqual(self.value('[proxies]', "--attributes", "ada.json"), '["SMTP:a@x","smtp:b@x"]\n')
        self.assertEqual(self.value('[mail]', "--attributes", "ada.json", "--set", "mail=b"), "b\n")

    def test_a_bad_attributes_file_is_invalid_input(self):
        self.write("broken.json", '{"mail": \n oops}')
        self.write("list.json", "[1]")
        for file in ("broken.json", "list.json", "missing.json"):
            outcome = self.run_syncwright("eval", "[mail]", "--attributes", file, expect=65)
            self.assertIn(file, outcome.err)
            self.assertEqual(outcome.out, "")
        self.assertEqual(self.run_syncwright("eval", "[mail]", "--attributes", "broken.json", expect=65).err,
                         "error: broken.json: not valid JSON at byte 12\n")

    def test_parameters_taken_values_and_the_clock(self):
        self.assertEqual(self.value("%DomainFQDN%", "--parameter", "DomainFQDN=contoso.com"), "contoso.com\n")
        unique = 'SelectUniqueValue([alias], Append([alias], "1"), Append([alias], "2"))'
        self.assertEqual(self.value(unique, "--set", "alias=ada"), "ada\n")
        self.assertEqual(self.value(unique, "--set", "alias=ada", "--existing", "ADA", "--existing", "ada1"),
                         "ada2\n")
        now = 'FormatDateTime(Now(), , "M/d/yyyy h:mm:ss tt", "yyyy-MM-dd HH:mm")'
        self.assertEqual(self.value(now, "--now", "2026-11-22T10:30:00+01:00"), "2026-11-22 09:30\n")
        self.assertEqual(self.value(now, "--now", "2026-11-22"), "2026-11-22 00:00\n")
        self.run_syncwright("eval", now, "--now", "tomorrow", expect=64)
        self.run_syncwright("eval", "[mail]", "--set", "mail", expect=64)

    def test_an_evaluation_error_is_exit_1_with_a_caret(self):
        outcome = self.run_syncwright("eval", 'Append("a", CDate([mail]))', "--set", "mail=soon", expect=1)
        self.assertEqual(outcome.out, "")
        self.assertEqual(outcome.err, 'expression:1:13: error: CDate: "soon" is no date\n'
                                      '     1 | Append("a", CDate([mail]))\n'
                                      "       |             ^\n")

    def test_what_validate_refuses_is_refused(self):
        for expression, said in (('Append("a", Guess([mail]))', "expression:1:13: error[SW3101]: "),
                                 ('ToLower(SelectUniqueValue([a], [b]))', "expression:1:9: error[SW3132]: "),
                                 ('DateAdd("days", 1, [a])', "expression:1:9: error[SW3105]: ")):
            for more in ([], ["--tree"]):
                outcome = self.run_syncwright("eval", expression, *more, expect=65)
                self.assertEqual(outcome.out, "")
                self.assertTrue(outcome.err.startswith(said), outcome.err)

    def test_what_fails_for_every_user_is_refused_as_validate_does(self):
        self.assertEqual(self.run_syncwright("eval", 'IIF("abc", [a], "b")', expect=65).err,
                         "expression:1:1: error[SW3104]: IIF: the condition is `abc`, True or False is needed\n"
                         '     1 | IIF("abc", [a], "b")\n'
                         "       | ^\n"
                         "       = it fails for every user: mend what it is given\n")
        self.assertIn("error[SW3104]", self.run_syncwright("eval", "&HFFFFFFFFFFFFFFFFFF", expect=65).err)
        nothing = 'IIF([userPrincipalName]=NULL, "b", "c")'
        self.assertIn("error[SW3104]", self.run_syncwright("eval", nothing, expect=65).err)
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n"
                   "spec: {expressions: {nullComparisonFails: false}}\n")
        self.assertEqual(self.value(nothing, "--set", "userPrincipalName=a"), "c\n")

    def test_what_validate_warns_of_is_said_beside_the_value(self):
        outcome = self.run_syncwright("eval", 'IIF([a]="X", "same", "other")', "--set", "a=X")
        self.assertEqual(outcome.out, "same\n")
        self.assertTrue(outcome.err.startswith("expression:1:5: warning[SW3120]: "), outcome.err)
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n"
                   "spec: {severity: {SW3120: error}}\n")
        self.run_syncwright("eval", 'IIF([a]="X", "same", "other")', "--set", "a=X", expect=65)

    def test_a_branch_that_is_not_taken_and_would_fail_is_said(self):
        expression = 'IIF(Count([d])="1", "none", CDate([d]))'
        outcome = self.run_syncwright("eval", expression, "--set", "d=soon")
        self.assertEqual(outcome.out, "none\n")
        self.assertIn("expression:1:29: warning[SW3140]: a branch that is not taken fails, and the service was seen to "
                      'evaluate both: CDate: "soon" is no date\n', outcome.err)
        self.assertNotIn("SW3140", self.run_syncwright("eval", expression, "--set", "d=2026-11-28").err)
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n"
                   "spec: {severity: {SW3140: error}}\n")
        self.assertEqual(self.run_syncwright("eval", expression, "--set", "d=soon", expect=1).out, "")
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n"
                   "spec: {expressions: {branches: eager}}\n")
        self.assertIn('error: CDate: "soon" is no date',
                      self.run_syncwright("eval", expression, "--set", "d=soon", expect=1).err)

    def test_roles_and_the_default_domain(self):
        self.assertEqual(self.value("DefaultDomain()", "--default-domain", "contoso.com"), "contoso.com\n")
        self.assertIn("--default-domain", self.run_syncwright("eval", "DefaultDomain()", expect=1).err)
        one = "SingleAppRoleAssignment([appRoleAssignments])"
        role = '{"id": "7", "value": "guest", "displayName": "Guest"}'
        self.assertEqual(self.value(one, "--role", "admin"), "admin\n")
        outcome = self.run_syncwright("eval", one, "--role", "admin", "--role", role)
        self.assertEqual(outcome.out, "admin\n")
        self.assertIn("warning[SW3141]", outcome.err)
        self.assertEqual(self.value("AppRoleAssignments([appRoleAssignments])", "--role", "admin", "--role", role),
                         '["admin","guest"]\n')
        self.assertIn("is no role", self.run_syncwright("eval", one, "--role", '{"name": "x"}', expect=64).err)

    def test_what_is_not_utf8_is_refused(self):
        self.assertIn("byte 0xFF at position 2 is not valid UTF-8",
                      self.run_syncwright("eval", '"\udcff"', expect=65).err)
        for flag in ("--set", "--parameter", "--existing", "--role", "--default-domain"):
            outcome = self.run_syncwright("eval", '"x"', flag, "a=\udcff", expect=64)
            self.assertIn("byte 0xFF at position 3 is not valid UTF-8", outcome.err)
            self.assertEqual(outcome.out, "")

    def test_the_true_length_of_what_is_too_long(self):
        self.write("long.txt", '"' + "é" * 99_998 + '"\n')
        with open(self.folder / "long.txt", encoding="utf-8") as stdin:
            self.assertIn("error[SW3002]: 100000 characters, 10000 at most",
                          self.run_syncwright("eval", "-", stdin=stdin, expect=65).err)

    def test_a_parse_error_is_exit_65_with_position_caret_and_advice(self):
        outcome = self.run_syncwright("eval", 'Append("a"', expect=65)
        self.assertEqual(outcome.out, "")
        lines = outcome.err.splitlines()
        self.assertRegex(lines[0], r"^expression:1:11: error\[SW3001\]: ")
        self.assertEqual(lines[1], '     1 | Append("a"')
        self.assertEqual(lines[2], "       |           ^")
        self.assertRegex(lines[3], r"^       = ")
        self.assertEqual(self.run_syncwright("eval", "", expect=65).out, "")
        self.assertIn("SW3002", self.run_syncwright("eval", '"' + "a" * 10_000 + '"', expect=65).err)

    def test_the_tree(self):
        tree = self.run_syncwright("eval", "--tree", 'Append([mail],"x")').json()
        self.assertEqual(tree["expression"], 'Append([mail], "x")')
        self.assertEqual(tree["type"], "Function")
        self.assertEqual(tree["parameters"][0]["value"]["name"], "mail")

    def test_standard_input(self):
        self.write("expression.txt", 'Append([a],\n  "b")\n')
        with open(self.folder / "expression.txt", encoding="utf-8") as stdin:
            self.assertEqual(self.run_syncwright("eval", "-", "--set", "a=1", stdin=stdin).out, "1b\n")

    def test_settings_of_the_project(self):
        expression = 'IIF(Coalesce([a], "none")="X", "same", "other")'
        self.assertEqual(self.value(expression, "--set", "a=x"), "other\n")
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n"
                   "spec: {expressions: {comparisonIgnoresCase: true}}\n")
        self.assertEqual(self.value(expression, "--set", "a=x"), "same\n")
        self.edit("syncwright.yaml", "comparisonIgnoresCase", "comparisonIgnoreCase")
        outcome = self.run_syncwright("eval", expression, "--set", "a=x", expect=65)
        self.assertIn("did you mean `comparisonIgnoresCase`", outcome.err)

    def test_a_fault_has_its_place_in_a_log_of_json(self):
        outcome = self.run_syncwright("eval", 'Join(" ", [a]', "--log-format", "json", expect=65)
        self.assertEqual(json.loads(outcome.err), {
            "level": "error", "severity": "error", "code": "SW3001", "file": "expression", "line": 1, "column": 14,
            "message": "found the end of the expression, expected , or ) in the arguments of Join",
            "advice": "a closing parenthesis is missing"})

    def test_what_looks_like_an_option_list_stays_an_expression(self):
        # The parser of the command line splits "[a,b]" where an option takes several values.
        self.assertEqual(self.value('[urn:a,b]', "--set", "urn:a,b=1"), "1\n")


if __name__ == "__main__":
    harness.main()
