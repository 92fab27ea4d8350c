"""Who knows the secret of a link acts as the customer: nobody reads it by the way."""

import re

from odoo.exceptions import UserError
from odoo.http import Request

from odoo.addons.dealer_service.tools.field_values import is_of_suite

from .common import SecurityCase, password

WRITES_PRICES = {"advisor", "manager"}
COMPLAINT_DESK = {"complaint_manager", "handler", "officer"}
#: The only secrets that employees read, and who: they are sent by hand.
READERS = {
    # portal.mixin: the page of a document, for who works with its prices
    "account.journal": WRITES_PRICES | {"cashier"},
    "account.move": WRITES_PRICES | {"cashier"},
    "dealer.reception": WRITES_PRICES,
    "dealer.complaint": COMPLAINT_DESK,
    # the lounge screen is hung up by the manager
    "res.company": {"manager"},
    # sent to the guard by the manager
    "dealer.gate.device": {"manager"},
    # Odoo's buttons of a survey; staff answers none of ours (survey_user_input.py)
    "survey.survey": {"care_manager"},
    "survey.user_input": {"care_manager"},
}
#: What the program keeps for itself, beside secrets that somebody reads.
NOBODYS = ("dealer_wecom_token",)
#: Of Odoo, and nothing of a customer: who may read the file may read its key.
OF_FILES = ("ir.attachment", "spreadsheet.dashboard.share")


class TestTokens(SecurityCase):
    def secrets(self):
        """(model, field) of every secret of a link that is stored."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not model._abstract and not model._transient and name not in OF_FILES:
                for field in model._fields.values():
                    if field.store and field.type == "char" and "token" in field.name:
                        yield model, field

    def roles(self, model, field, operation):
        return {
            role
            for role, user in self.people["own"].items()
            if model.with_user(user).has_access(operation)
            and model.with_user(user)._has_field_access(field, operation)
        }

    def test_no_secret_is_in_a_file(self):
        """Neither what is named so nor what the dialog of the export hides."""
        named = re.compile("token|secret|callback_key")
        admin, tried = self.env.ref("base.user_admin"), 0
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or not is_of_suite(type(model)):
                continue
            for field in model._fields.values():
                hidden = not field.exportable and field._module.startswith("dealer_")
                if not (hidden or named.search(field.name)):
                    continue
                tried += 1
                with self.subTest(model=name, field=field.name):
                    for user in (admin, self.env.ref("base.user_root")):
                        with self.assertRaisesRegex(UserError, "in no file"):
                            model.with_user(user).browse().export_data([field.name])
        self.assertGreater(tried, 20)
        shop = self.company.partner_id.with_user(admin)
        with self.assertRaisesRegex(UserError, "in no file"):
            shop.export_data(["name", "company_id/dealer_online_token"])
        self.assertEqual(shop.export_data(["name"])["datas"], [[shop.name]])

    def test_secrets_are_read_by_who_sends_them(self):
        tried = 0
        for model, field in self.secrets():
            tried += 1
            with self.subTest(model=model._name, field=field.name):
                readers = self.roles(model, field, "read")
                expected = READERS.get(model._name, set())
                if field.name in NOBODYS:
                    expected = set()
                self.assertEqual(readers, expected)
        self.assertGreater(tried, 15)

    def test_secrets_are_chosen_by_nobody(self):
        world = self.sides["own"]
        records = {
            "dealer.gate.device": world.gate,
            "dealer.call.exchange": world.exchange,
            "rating.rating": world.rating,
            "survey.user_input": self.env["survey.user_input"].search(
                [("dealer_company_id", "=", self.company.id)], limit=1
            ),
        }
        for model, field in self.secrets():
            for role in self.roles(model, field, "write"):
                with self.subTest(model=model._name, field=field.name, role=role):
                    if model._name == "survey.survey":
                        continue  # the shop's own text, with no customer in it
                    record = records[model._name]
                    self.assertTrue(record)
                    mine = record.with_user(self.people["own"][role])
                    with self.assertRaises(UserError), self.cr.savepoint():
                        mine.write({field.name: "chosen"})

    def test_callers_send_the_link_of_an_invitation_and_of_the_consent_page(self):
        invitee = self.sides["own"].invitee.with_user(self.caller)
        self.assertIn("/activity/", invitee.invite_url)
        link = self.customer.with_user(self.caller).action_consent_link()
        self.assertIn("/consent/", link["params"]["message"])

    def test_staff_rates_for_no_customer_by_the_link(self):
        visit = self.sides["own"].visits["ready"]
        token = visit._rating_get_access_token()
        answer = {"rate": "5", "feedback": "great"}
        self.authenticate(self.advisor.login, password(self.advisor))
        self.assertEqual(self.rate(token, answer), 403)
        self.authenticate(None, None)
        for nonsense in ({"rate": "ten"}, {"rate": "4"}, {}):
            self.assertEqual(self.rate(token, nonsense), 400)
        self.assertEqual(self.url_open(f"/rate/{token}/7").status_code, 400)
        self.assertFalse(visit.rating_ids.filtered("consumed"))
        self.assertEqual(self.rate(token, answer), 200)
        self.assertEqual(visit.rating_last_value, 5)

    def rate(self, token, answer):
        """The status of a form that is sent."""
        return self.url_open(
            f"/rate/{token}/submit_feedback",
            data={**answer, "csrf_token": Request.csrf_token(self)},
        ).status_code
