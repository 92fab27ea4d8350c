"""Remote callers name records by what no record is called; they are told so."""

from datetime import timedelta

from odoo import fields
from odoo.tests import JsonRpcException
from odoo.tools import mute_logger

from .common import password
from .methods import ORM, MethodsCase

#: In the place of the numbers of records.
NO_NUMBERS = ("1\0", "x", 2**63, [[1]], [2**63], ["1\0"], [{"x": 1}], [1.5], [True])


class TestRecordNumbers(MethodsCase):
    def methods(self):
        """``(model, method)``: Odoo's and each of ours, on every model of ours."""
        first = {}
        for model, name in self.our_methods():
            if name not in ORM:
                if not self.is_model_method(model, name):
                    first.setdefault(model, name)
        for name in sorted(self.env.registry):
            if self.env[name]._abstract:
                continue
            if name.startswith("dealer."):
                yield name, "read"
            if name in first:
                yield name, first[name]

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_what_names_no_record_is_refused_in_words(self):
        chief = self.make_chief()
        self.authenticate(chief.login, password(chief))
        tried, faults = 0, []
        for number, (model, method) in enumerate(self.methods()):
            # each of them on every third method
            for bad in NO_NUMBERS[number % 3 :: 3]:
                tried += 1
                call = {"model": model, "method": method, "args": [bad], "kwargs": {}}
                try:
                    self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}.x", call)
                except JsonRpcException as error:
                    if "UserError" not in str(error) and "AccessError" not in str(
                        error
                    ):
                        faults.append(f"{model}.{method} {bad!r}: {error}")
                else:
                    faults.append(f"{model}.{method} {bad!r}: done")
        print(f"\nrecord numbers: {tried}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried, 200)

    @mute_logger("odoo.http", "odoo.sql_db")
    def test_programs_are_told_so_too(self):
        tomorrow = fields.Datetime.now() + timedelta(hours=12)
        keys = self.env(user=self.manager)["res.users.apikeys"].sudo()
        key = keys._generate("rpc", "test", tomorrow)
        for path in ("dealer.reception/read", "dealer.reception/action_arrive"):
            for bad in NO_NUMBERS:
                with self.subTest(path, ids=bad):
                    answer = self.url_open(
                        f"/json/2/{path}",
                        method="POST",
                        json={"ids": bad},
                        headers={"Authorization": f"bearer {key}"},
                    )
                    self.assertEqual(answer.status_code, 422, answer.text[:300])
                    self.assertIn("not the number of a record", answer.text)

    def test_numbers_are_taken_as_ever(self):
        visit = self.sides["own"].visits["working"]
        self.authenticate(self.advisor.login, password(self.advisor))
        for ids in ([visit.id], visit.id, []):
            call = {
                "model": visit._name,
                "method": "read",
                "args": [ids, ["name"]],
                "kwargs": {},
            }
            answer = self.make_jsonrpc_request("/web/dataset/call_kw", call)
            self.assertEqual(len(answer), 1 if ids else 0)

    def test_rows_of_a_report_have_larger_numbers(self):
        """They are put together of the numbers of others; the button of one is pressed
        in a browser."""
        self.env["dealer.certification"].create(
            {
                "survey_id": self.env.ref("dealer_followup.survey_exam").id,
                "role": "advisor",
                "company_id": self.company.id,
            }
        )
        self.authenticate(self.advisor.login, password(self.advisor))

        def call(method, *args, **kwargs):
            return self.make_jsonrpc_request(
                "/web/dataset/call_kw",
                {
                    "model": "dealer.certificate.report",
                    "method": method,
                    "args": list(args),
                    "kwargs": kwargs,
                },
            )

        [row] = call("search", [("user_id", "=", self.advisor.id)])
        self.assertGreater(row, 2**31)
        self.assertIn("/survey/", call("action_take", [row])["url"])
