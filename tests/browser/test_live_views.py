"""What others do shows on the cards of a technician and on an open visit, at once."""

from odoo.tests import tagged

from odoo.addons.dealer_service.models.shop.res_company_live import (
    BOARDS_CHANNEL,
    NEWS,
    WORKSHOP,
)

from ..dealer_service.workshop.workshop_case import WorkshopCase
from .live import LiveCase


@tagged("post_install", "-at_install")
class TestLiveViews(WorkshopCase, LiveCase):
    def tell(self, boards=(), visits=()):
        self.env.flush_all()
        self.env.cr.clear()
        with self.registry.cursor() as cursor:
            self.env(cr=cursor)["bus.bus"]._sendone(
                (self.company, BOARDS_CHANNEL),
                NEWS,
                {
                    "company_id": self.company.id,
                    "boards": list(boards),
                    "visits": [{"id": visit.id, "by": 0} for visit in visits],
                },
            )

    def tell_until(self, page, condition, **news):
        """The page may not listen yet."""
        for _attempt in range(20):
            self.tell(**news)
            if page.comes_to(condition, 1_000):
                return
        page.wait(condition)

    def test_job_that_is_given_to_me_appears_on_my_phone(self):
        phone = ("/odoo/my-jobs", "technician", "390x844", True)
        with self.open_pages(phone) as (page,):
            page.wait_for(".o_kanban_view")
            visit = self.make_visit()
            self.make_job(visit, name="换空调滤芯", technician_id=self.mechanic.id)
            self.tell_until(
                page,
                "document.body.innerText.includes('换空调滤芯')",
                boards=[WORKSHOP],
            )

    def test_customers_answer_shows_on_the_open_visit_and_typing_stays(self):
        visit = self.bring_to(self.make_reception(state="arrived"), "inspected")
        order = self.make_order(visit, self.make_product("更换制动片工时"))
        order._write_by_method({"state": "sent"})
        path = f"/odoo/visits/{visit.id}"
        with self.open_pages((path, "advisor")) as (page,):
            page.wait_for("[name=action_ask_consent]")
            order._mark_seen()
            self.tell_until(
                page,
                "document.body.innerText.includes('Offer seen')",
                visits=visit,
            )
            box = "[name=customer_parts] :is(input, textarea)"
            page.click(".nav-link[name=estimate]")
            page.click(box)
            page.send("Input.insertText", text="own oil")
            order.action_record_consent("phone", "王建国")
            self.tell(visits=visit)
            page.wait_frames(60)
            self.assertEqual(
                page.js(f"document.querySelector('{box}').value"), "own oil"
            )
            page.click(".o_form_button_save")
            page.wait("!document.querySelector('[name=action_ask_consent]')")

    def test_visit_without_an_offer_says_nothing_of_one(self):
        visit = self.make_reception(state="arrived", odometer=1)
        self.assertFalse(visit.with_user(self.advisor).offer_words)
