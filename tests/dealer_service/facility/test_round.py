"""The daily round: all is looked at, what is bad stays open until it is mended."""

from odoo.exceptions import AccessError, UserError

from ...common import DealerServiceCase


class RoundCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls.env["dealer.facility.point"].search([])

    def begin(self, user=None):
        rounds = self.env["dealer.facility.round"].with_user(user or self.advisor)
        return rounds.browse(rounds.action_begin()["res_id"])

    def finish(self, walk, *bad):
        for line in walk.line_ids:
            if (
                line.point_id.get_external_id()[line.point_id.id].split("point_")[1]
                in bad
            ):
                line.action_bad()
                line.note = "烟头没清"
            else:
                line.action_good()
        walk.action_finish()


class TestRound(RoundCase):
    def test_a_round_looks_at_every_point_of_the_shop(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        self.env["dealer.facility.point"].create(
            {"name": "展厅", "company_id": other.id}
        )
        walk = self.begin()
        self.assertEqual(walk.line_ids.point_id, self.points)
        self.assertEqual(walk.user_id, self.advisor)

    def test_a_second_tap_goes_on_with_the_round_that_is_open(self):
        walk = self.begin()
        self.assertEqual(self.begin(), walk)
        self.assertNotEqual(self.begin(self.manager), walk)
        self.finish(walk)
        self.assertNotEqual(self.begin(), walk)

    def test_it_is_finished_when_everything_was_looked_at(self):
        walk = self.begin()
        walk.line_ids[1:].action_good()
        with self.assertRaisesRegex(UserError, "Not looked at"):
            walk.action_finish()
        walk.line_ids[0].action_bad()
        with self.assertRaisesRegex(UserError, "what is wrong"):
            walk.action_finish()
        walk.line_ids[0].note = "地面有水"
        walk.action_finish()
        self.assertTrue(walk.date_done)
        self.assertEqual((walk.bad_count, walk.open_count), (1, 1))
        self.assertAlmostEqual(walk.good_percent, 100 * 11 / 12, 1)

    def test_a_point_of_the_round_is_not_left_out(self):
        walk = self.begin()
        with self.assertRaises(UserError):
            walk.line_ids[0].unlink()

    def test_a_finished_round_stays_as_it_is(self):
        walk = self.begin()
        self.finish(walk, "waiting_clean")
        manager = walk.with_user(self.manager)
        for change in (
            lambda: walk.line_ids[0].action_good(),
            lambda: walk.write({"note": "x"}),
            lambda: manager.line_ids.write({"result": "good"}),
            lambda: manager.unlink(),
            lambda: manager.line_ids.unlink(),
            lambda: manager.write({"date_done": False}),
        ):
            with self.assertRaises(UserError):
                change()

    def test_nobody_enters_a_round_for_somebody_else_or_another_day(self):
        rounds = self.env["dealer.facility.round"].with_user(self.advisor)
        for values in ({"user_id": self.manager.id}, {"date": "2026-01-01 08:00:00"}):
            with self.assertRaises(UserError):
                rounds.create(values)

    def test_what_was_bad_is_open_until_somebody_mends_it(self):
        walk = self.begin()
        self.finish(walk, "toilet_clean")
        bad = walk.line_ids.filtered(lambda line: line.result == "bad")
        with self.assertRaises(UserError):
            (walk.line_ids - bad)[0].action_mended()
        bad.with_user(self.manager).action_mended()
        self.assertEqual(bad.mended_by_id, self.manager)
        self.assertEqual((walk.bad_count, walk.open_count), (1, 0))
        with self.assertRaises(UserError):
            bad.action_mended()

    def test_another_shop_sees_nothing_of_it(self):
        walk = self.begin()
        other = self.env["res.company"].create({"name": "另一家店"})
        colleague = self.make_users(
            {
                "login": "colleague",
                "groups": "dealer_service.group_dealer_service_manager",
                "company_id": other.id,
                "company_ids": [(6, 0, other.ids)],
            }
        )
        for record in (walk, walk.line_ids):
            self.assertFalse(
                record.with_user(colleague).search([("id", "in", record.ids)])
            )
            with self.assertRaises(AccessError):
                record.with_user(colleague).read(["company_id"])

    def test_a_technician_does_not_open_rounds(self):
        with self.assertRaises(AccessError):
            self.begin(self.technician)

    def test_the_home_counts_rounds_with_something_to_mend(self):
        self.finish(self.begin(), "network")
        tiles = self.env["dealer.home"].with_user(self.manager)._facility_tiles()
        count = self.env["dealer.facility.round"].search_count(tiles[0]["domain"])
        self.assertEqual(count, 1)
