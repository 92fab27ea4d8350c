"""The home of whoever stands at the parts counter."""

from datetime import timedelta

from .test_pick_list import DAY, TOMORROW, PickListCase


class TestPartsTiles(PickListCase):
    def tiles(self, user=None):
        home = self.env["dealer.home"].with_user(user or self.advisor)
        tiles = home.get_home("service", mine=True)["sections"][0]["tiles"]
        return [
            next(tile["count"] for tile in tiles if tile["key"] == f"parts_{key}")
            for key in ("lay_out", "awaited", "here")
        ]

    def test_what_is_to_be_laid_out_is_awaited_and_lies_on_the_shelf(self):
        # three of tomorrow, of whomever the visit is; the fourth is a day later
        self.assertEqual(self.tiles(), [3, 0, 1])
        self.assertEqual(self.tiles(self.make_user("counter", "user")), [3, 0, 1])
        self.filter.date_expected = TOMORROW.date()
        self.filter.action_order()
        self.assertEqual(self.tiles(), [3, 0, 1])
        self.filter.date_expected = (TOMORROW - DAY).date()
        self.assertEqual(self.tiles(), [3, 1, 1])
        self.oil.action_lay_out()
        self.assertEqual(self.tiles(), [2, 1, 0])

    def test_a_tile_opens_the_list_that_prints_the_pick_list(self):
        action = (
            self.env["dealer.home"]
            .with_user(self.advisor)
            .open_tile("service", "parts_lay_out")
        )
        self.assertEqual(action["res_model"], "dealer.part.need")
        found = self.env["dealer.part.need"].search(action["domain"])
        self.assertEqual(found, self.parts - self.plugs)

    def test_other_shop_is_not_counted(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        stranger = self.make_user(
            "stranger", "user", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        self.assertEqual(self.tiles(stranger), [0, 0, 0])

    def test_the_day_ends_at_midnight_of_the_shop(self):
        late = TOMORROW.replace(hour=15, minute=59)
        # 23:59 in Wuhu, and two minutes later; no shop takes such an appointment
        for moment, count in ((late, 3), (late + timedelta(minutes=2), 0)):
            self.env.cr.execute(
                "UPDATE dealer_part_need SET date_appointment = %s WHERE id IN %s",
                [moment, tuple((self.parts - self.plugs).ids)],
            )
            with self.subTest(moment=moment):
                self.assertEqual(self.tiles()[0], count)
