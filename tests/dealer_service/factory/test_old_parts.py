"""Old parts are tagged, kept as long as they are asked for, and go back by a list."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import users

from .claim_case import ClaimCase


class TestOldParts(ClaimCase):
    def old_part(self):
        return self.claim().old_part_ids

    @users("advisor")
    def test_each_claimed_part_has_a_tag_and_a_day(self):
        part = self.old_part()
        self.assertEqual(part.product_id, self.warranty_part)
        self.assertRegex(part.name, r"^JJ\d{6}-\d{4,}$")
        today = self.company._dealer_today()
        self.assertEqual(part.date_kept_until, today + timedelta(days=90))
        self.assertEqual(self.reception.claim_ids.causal_line_id, part.line_id)

    @users("advisor")
    def test_parcel_takes_the_parts_along(self):
        part = self.old_part()
        part.place = "C-04"
        action = part.action_put_on_list()
        parcel = self.env["dealer.old.part.return"].browse(action["res_id"])
        self.assertEqual((parcel.partner_id, parcel.part_ids), (self.chery, part))
        part.action_take_off_list()
        with self.assertRaisesRegex(UserError, "no part on the list"):
            parcel.action_send()
        part.action_put_on_list()
        part.return_id.write({"carrier": "顺丰", "waybill": "SF1"})
        part.return_id.action_send()
        self.assertEqual(part.state, "returned")
        self.assertEqual(part.out_user_id, self.advisor)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            part.return_id.waybill = "SF2"
        with self.assertRaises(UserError):
            part.action_take_off_list()

    @users("advisor")
    def test_a_part_that_may_be_asked_for_is_the_managers_to_scrap(self):
        part = self.old_part()
        with self.assertRaisesRegex(UserError, "is kept until"):
            part.action_scrap("占地方")
        with self.assertRaisesRegex(UserError, "why the part"):
            part.with_user(self.manager).action_scrap(" ")
        part.with_user(self.manager).action_scrap("厂家不回收")
        self.assertEqual(part.state, "scrapped")

    @users("advisor")
    def test_nobody_shortens_how_long_it_is_kept(self):
        part = self.old_part()
        with self.assertRaises(UserError):
            part.date_kept_until = "2020-01-01"
        with self.assertRaises(UserError):
            part.state = "returned"

    @users("advisor")
    def test_without_a_warehouse_everything_is_written_by_hand(self):
        self.assertNotIn("stock.move", self.env)
        part = self.old_part()
        part.place = "C-04"
        self.assertFalse(part.has_moves)
        with self.assertRaisesRegex(UserError, "stands in “Shelf”"):
            part.action_view_moves()
        line = part.line_id
        self.assertFalse(line.installed_lots)
        line.installed_lots = "SN-0042"
        claim = part.claim_id
        claim.write({"fault_code": "C1101", "cause": "减震器漏油"})
        claim.action_submit()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            line.installed_lots = "SN-0043"
        part.action_put_on_list()
        part.return_id.action_send()
        self.assertEqual(part.state, "returned")
