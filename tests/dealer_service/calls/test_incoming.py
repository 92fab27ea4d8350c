"""The telephone rings: whoever has that extension sees who calls, and what is open."""

import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError

from .call_case import PHONE, CallCase


class IncomingCase(CallCase):
    def told(self, number=PHONE, extension="8001", **told):
        """What the exchange says of a call that comes in and is not answered yet."""
        return {
            "call_ref": f"in{number}",
            "direction": "in",
            "event": "ringing",
            "number": number,
            "extension": extension,
            "date_start": fields.Datetime.now(),
            **told,
        }

    def rings(self, *args, **told):
        call = self.calls._hear(self.exchange, self.told(*args, **told))
        call._announce()
        return call

    def news(self):
        """The calls that screens were told of, with whose screens."""
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].search([("message", "like", "incoming_call")])
        return [
            (json.loads(row.channel)[-1], json.loads(row.message)["payload"]["id"])
            for row in rows
        ]


class TestIncoming(IncomingCase):
    def test_screen_of_the_one_who_is_called_is_told(self):
        call = self.rings()
        self.assertEqual(self.news(), [(self.advisor.partner_id.id, call.id)])

    def test_what_is_no_news(self):
        self.rings(extension="8099")
        self.rings("13955550000", direction="out")
        self.rings("13955550001", event="ended")
        earlier = fields.Datetime.now() - timedelta(minutes=3)
        self.rings("13955550002", date_start=earlier)
        self.assertFalse(self.news())

    def test_known_customer_is_named_with_the_cars(self):
        caller = self.rings().with_user(self.advisor).get_caller()
        self.assertEqual(caller["title"], self.customer.name)
        self.assertIn(self.vehicle.license_plate, caller["words"])

    def test_family_is_named_and_no_car_guessed(self):
        self.make_partner(name="李梅", phone=PHONE)
        caller = self.rings().with_user(self.advisor).get_caller()
        self.assertIn("李梅", caller["title"])
        self.assertIn(self.customer.name, caller["title"])
        self.assertNotIn(self.vehicle.license_plate, caller["words"])

    def test_only_who_is_called_and_managers_are_told(self):
        call = self.rings()
        call.with_user(self.manager).get_caller()
        colleague = self.make_user("colleague", "user")
        for person in (colleague, self.technician):
            for method in ("get_caller", "action_open_caller"):
                with self.subTest(method), self.assertRaises(AccessError):
                    getattr(call.with_user(person), method)()

    def notice(self):
        """The words beside who calls."""
        return self.rings().with_user(self.advisor).get_caller()["words"]

    def page(self, call, user=None):
        action = call.with_user(user or self.advisor).action_open_caller()
        return (
            self.env["dealer.caller"]
            .with_user(user or self.advisor)
            .browse(action["res_id"])
        )

    def test_page_shows_cars_and_what_is_open(self):
        visit = self.make_reception()
        page = self.page(self.rings())
        self.assertEqual(page.partner_id, self.customer)
        self.assertIn(self.vehicle.license_plate, page.cars)
        self.assertIn(visit.name, page.matters)
        self.assertIn(f"/odoo/dealer.reception/{visit.id}", page.matters)

    def test_page_warns_of_an_open_recall_of_a_car(self):
        self.vehicle.vin_sn = "LVVDB11B0RD045678"
        recall = self.env["dealer.factory.campaign"].create(
            {
                "name": "左前制动软管",
                "code": "R2026-07",
                "date_from": self.company._dealer_today(),
            }
        )
        self.assertNotIn("R2026-07", self.page(self.rings()).cars)
        self.assertNotIn("R2026-07", self.notice())
        self.env["dealer.factory.campaign.car"].create(
            {"campaign_id": recall.id, "vin": self.vehicle.vin_sn}
        )
        # the next call is another request
        self.env.invalidate_all()
        self.assertIn("R2026-07", self.page(self.rings()).cars)
        self.assertIn("Open recall: R2026-07", self.notice())

    def test_unknown_number_is_written_down(self):
        page = self.page(self.rings("13955550000"))
        self.assertFalse(page.partner_id)
        action = page.action_new_customer()
        self.assertEqual(action["res_model"], "res.partner")
        self.assertEqual(action["context"]["default_phone"], "13955550000")
        self.assertEqual(page.action_book()["res_model"], "dealer.booking")

    def test_visits_of_another_shop_are_not_told(self):
        shop = self.env["res.company"].create({"name": "芜湖二店"})
        visit = self.make_reception()
        self.env.cr.execute(
            "UPDATE dealer_reception SET company_id = %s WHERE id = %s",
            (shop.id, visit.id),
        )
        self.env.invalidate_all()
        self.assertNotIn(visit.name, self.page(self.rings()).matters)


class TestDial(CallCase):
    def test_address_is_one_that_dials(self):
        for address in (
            "https://pbx.example/dial",
            "http://pbx.example/dial?to={number}",
            "javascript:alert({number})",
            "https://pbx.example/dial?to={number}&key={secret}",
            "https://pbx.example/dial?to={number.__class__}",
        ):
            with self.subTest(address), self.assertRaises(ValidationError):
                self.company.dealer_dial_url = address
        for address in (
            "https://pbx.example/dial?to={number}&ext={extension}",
            "tel:{number}",
            "sip:{number}@pbx.example",
            False,
        ):
            self.company.dealer_dial_url = address
