"""The world in which the matrices of rights are tried is what it says it is."""

from .common import KINDS, ROLES, SIDES, SecurityCase, password


class TestWorld(SecurityCase):
    def test_every_side_has_every_kind_of_secret(self):
        for side in SIDES:
            self.assertEqual(set(self.people[side]), set(ROLES))
            for kind in KINDS:
                self.assertTrue(self.marks[side, kind], (side, kind))
        self.assertEqual(self.every("own").keys(), self.every("colleague").keys())

    def test_no_mark_stands_in_another(self):
        marks = [mark for words in self.marks.values() for mark in words]
        for mark in marks:
            self.assertEqual([mark], [other for other in marks if mark in other])

    def test_a_mark_is_recognised_in_an_answer(self):
        order = self.sides["own"].order
        answer = order.read(["amount_untaxed", "access_token"])
        self.assertTrue(self.leaks(answer, ["own"], ["token"]))
        line = order.order_line[0]
        self.assertTrue(self.leaks(line.read(["price_unit"]), ["own"], ["price"]))
        self.assertFalse(self.leaks(answer, ["other", "colleague"]))

    def test_sides_lie_in_their_shops(self):
        for side, shop in (
            ("own", self.company),
            ("colleague", self.company),
            ("other", self.other_company),
        ):
            for model, records in self.every(side).items():
                shared = model in ("res.partner", "fleet.vehicle")
                if records and "company_id" in records._fields and not shared:
                    self.assertEqual(records.company_id, shop, (side, model))

    def test_everybody_signs_in(self):
        for user in (*self.people["other"].values(), self.portal_user):
            credential = {
                "login": user.login,
                "password": password(user),
                "type": "password",
            }
            self.assertTrue(
                user.with_user(user)._check_credentials(
                    credential, {"interactive": True}
                )
            )
