"""An improvement begins at the row of a report that was clicked, not at the weakest."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..complaint_common import DealerComplaintCase
from .live import LiveCase

SUBJECT = "document.querySelector('[name={name}] input').value == '{value}'"


@tagged("post_install", "-at_install")
class TestImproveRow(DealerComplaintCase, LiveCase):
    browser_size = "1280x800"
    touch_enabled = False

    def setUp(self):
        super().setUp()
        self.both = self.make_user("both_managers", "manager")
        self.both.group_ids = [
            Command.link(
                self.env.ref("dealer_complaint.group_dealer_complaint_manager").id
            )
        ]
        self.both.tour_enabled = False

    def click_row(self, page, name):
        """Press the button of the row that says ``name``."""
        page.wait_for(".o_pivot .o_dealer_improve_row")
        page.js(
            f"""[...document.querySelectorAll('.o_pivot tbody th')]
            .find((th) => th.innerText.includes('{name}'))
            .querySelector('.o_dealer_improve_row').click()"""
        )
        page.wait_for(".o_form_view [name=subject]")

    def test_row_of_the_step(self):
        """The better step of two: the button of its row is about it."""
        visit = self.make_reception(state="arrived")
        self.bring_to(visit, "ready")
        weak, strong = visit.check_ids.step_id[:2]
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """UPDATE dealer_reception_check SET is_mandatory = TRUE,
                    is_done = step_id <> %(weak)s, is_lapse = step_id = %(weak)s,
                    is_late = FALSE
                WHERE reception_id = %(visit)s RETURNING id""",
                weak=weak.id,
                visit=visit.id,
            )
        )
        self.env.invalidate_all()
        with self.open_pages(("/odoo/service-gaps", "both_managers")) as (page,):
            self.click_row(page, strong.name)
            page.wait(SUBJECT.format(name="step_id", value=strong.name))

    def test_row_of_the_cause(self):
        first, second = self.env["dealer.complaint.category"].search(
            [("child_ids", "=", False)], limit=2
        )
        received = fields.Datetime.now() - timedelta(hours=1)
        for category, count in ((first, 3), (second, 1)):
            for _number in range(count):
                self.make_complaint(category_id=category.id, date_received=received)
        with self.open_pages(
            ("/odoo/complaint-causes?view_type=pivot", "both_managers")
        ) as (page,):
            page.js("document.querySelector('.o_switch_view.o_pivot')?.click()")
            self.click_row(page, second.name)
            page.wait(
                "document.querySelector('[name=category_id] input')"
                f".value.includes('{second.name}')"
            )
