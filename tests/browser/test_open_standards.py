"""What keeps a visit from moving on is ticked where one is told of it."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import DealerServiceCase
from .devtools import DevToolsCase


@tagged("post_install", "-at_install")
class TestOpenStandards(DealerServiceCase, DevToolsCase):
    browser_size = "768x1024"
    touch_enabled = True
    PREPARE = "button[name='action_prepare']:not([disabled])"
    ROWS = ".o_open_standard"

    @mute_logger("odoo.http")
    def test_what_blocks_is_ticked_in_the_refusal(self):
        step = self.env["dealer.service.step"].search([("state", "=", "booked")])
        standards = self.env["dealer.service.standard"]
        standards.search([("step_id", "in", step.ids)]).active = False
        standards.create(
            [
                {"name": name, "step_id": step[:1].id, "is_blocking": True}
                for name in ("Parts at hand", "Bay reserved")
            ]
        )
        self.env["res.users"].search([]).tour_enabled = False
        visit = self.make_reception()
        path = f"/odoo/visits/{visit.id}"
        with self.open_page(path, login="advisor") as page:
            page.tap(self.PREPARE)
            page.wait_for(self.ROWS)
            self.assertEqual(page.count(self.ROWS), 2)
            self.assertIn("Parts at hand", page.text(self.ROWS))
            page.wait_for(".o_dealer_open_standards footer .btn-primary[disabled]")
            for number in (1, 2):
                row = f"{self.ROWS}:nth-of-type({number})"
                page.tap(row)
                page.wait_for(f"{row}[aria-pressed='true']")
            page.tap(".o_dealer_open_standards footer .btn-primary:not([disabled])")
            page.wait("!document.querySelector('.modal')")
            # the button that was refused is not pressed a second time
            page.wait_for(".o_arrow_button_current[data-value='prepared']")
        visit.invalidate_recordset()
        self.assertEqual(visit.state, "prepared")
        self.assertEqual(visit.check_ids.user_id, self.advisor)
