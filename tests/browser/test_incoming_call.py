"""The telephone rings: a screen says who it is, in a real browser."""

from odoo.tests import tagged

from ..dealer_service.calls.test_incoming import IncomingCase
from .live import LiveCase

NOTICE = ".o_notification.o_dealer_incoming_call"


@tagged("post_install", "-at_install")
class TestIncomingCall(IncomingCase, LiveCase):
    def ring_until_heard(self, page):
        """The page may not have its line to the bus yet."""
        for attempt in range(50):
            with self.registry.cursor() as cursor:
                rings = self.calls.with_env(self.env(cr=cursor))
                exchange = self.exchange.with_env(rings.env)
                call = rings._hear(exchange, self.told(call_ref=f"ring{attempt}"))
                call._announce()
            page.wait_frames(30)
            if page.count(NOTICE):
                return
        self.fail("nobody heard the telephone")

    def test_who_calls_is_one_click_away(self):
        self.advisor.write({"lang": "zh_CN", "tour_enabled": False})
        visit = self.make_reception()
        self.env.flush_all()
        with self.open_pages(("/odoo", "advisor")) as (page,):
            page.wait_for(".o_main_navbar")
            self.ring_until_heard(page)
            self.assertIn(self.customer.name, page.text(NOTICE))
            self.assertIn(self.vehicle.license_plate, page.text(NOTICE))
            page.click(f"{NOTICE} .o_notification_buttons button")
            page.wait_for(".modal [name=matters] a")
            self.assertIn(visit.name, page.text(".modal [name=matters]"))
            self.assertIn("客户", page.text(".modal footer"))

    def test_number_is_dialled_by_the_address_of_the_shop(self):
        self.company.dealer_dial_url = "https://pbx.example/d?to={number}&e={extension}"
        self.advisor.tour_enabled = False
        self.env.flush_all()
        visit = self.make_reception(contact_id=self.customer.id)
        with self.open_page(f"/odoo/visits/{visit.id}", login="advisor") as page:
            dial = "[name=contact_phone] a"
            page.wait_for(dial)
            self.assertEqual(
                page.js(f"document.querySelector('{dial}').href"),
                "https://pbx.example/d?to=13805531234&e=8001",
            )
