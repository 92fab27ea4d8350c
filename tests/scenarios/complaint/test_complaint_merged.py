"""The same thing told twice or three times: merged in any order, nothing of it is lost.

The figures are checked by an oracle of their own: what was missed before is missed
afterwards, and whoever still waits has waited since he said it first.
"""

from itertools import permutations

from odoo.fields import Command

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintMerged(ComplaintStoryCase):
    def contact(self, complaint):
        return self.timer(complaint, "contact")

    def missed_rows(self):
        """``(metric, responsible)`` of what is missed, from the raw facts."""
        self.env.flush_all()
        now = self.env["dealer.sla.timer"]._source().now
        self.env.cr.execute(
            """SELECT metric, count(*) FROM dealer_sla_timer
                WHERE company_id = %s AND state != 'cancelled'
                  AND COALESCE(date_stop, %s) > date_deadline
                GROUP BY metric""",
            (self.company.id, now),
        )
        return dict(self.env.cr.fetchall())

    def missed_figures(self):
        self.env.flush_all()
        report = self.env["dealer.sla.report"].with_user(self.officer)
        report.invalidate_model()
        rows = report._read_group(
            [("company_id", "=", self.company.id), ("missed", "=", 1)],
            ["metric"],
            ["missed:sum"],
        )
        return dict(rows)

    # -- the clock ---------------------------------------------------------

    def test_later_one_goes_on_with_the_clock_of_the_earlier(self):
        with self.at(cn(2, 9)):
            first = self.open_complaint(self.handler)
        with self.at(cn(2, 10, 30)):
            second = self.open_complaint(self.handler)
            first.action_merge(second)
            self.assertEqual(second.date_received, cn(2, 9))
            self.assertEqual(self.contact(second).date_deadline, cn(2, 11))
        with self.at(cn(2, 11, 30)):
            self.assertEqual(self.missed_figures(), {"contact": 1})

    def test_call_about_the_earlier_one_was_the_call(self):
        with self.at(cn(2, 9)):
            first = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 30)):
            call = self.say(first, self.handler)
        with self.at(cn(2, 11, 30)):
            second = self.open_complaint(self.colleague)
        with self.at(cn(2, 12)):
            first.with_user(self.officer).action_merge(second)
            self.assertEqual(call.complaint_id, second)
            self.assertFalse(second._sla_active(["contact"]))
            self.assertEqual(
                second._sla_active(["feedback"]).date_deadline, cn(5, 17, 30)
            )
        with self.at(cn(3, 12)):
            self.assertFalse(self.missed_figures())

    def test_earlier_one_goes_on_with_a_call_about_the_later(self):
        with self.at(cn(2, 9)):
            first = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 40)):
            second = self.open_complaint(self.colleague)
        with self.at(cn(2, 10)):
            self.say(second, self.colleague)
            second.with_user(self.officer).action_merge(first)
            contact = self.contact(first)
            self.assertEqual((contact.state, contact.date_stop), ("met", cn(2, 10)))

    def test_missed_limit_is_missed_once_whichever_goes_on(self):
        for order in (0, 1):
            with self.subTest(order):
                before = self.missed_rows()
                with self.at(cn(2 + 7 * order, 9)):
                    first = self.open_complaint(self.handler)
                with self.at(cn(2 + 7 * order, 11, 30)):
                    second = self.open_complaint(self.handler)
                    owed = self.missed_rows()
                    self.assertEqual(owed["contact"], before.get("contact", 0) + 1)
                    source, target = ((first, second), (second, first))[order]
                    source.action_merge(target)
                    # the customer waits since 9:00, and it is told so
                    self.assertEqual(target.sla_state, "breached")
                    self.assertEqual(self.missed_rows(), owed)
                    self.assertEqual(self.missed_figures(), owed)
                with self.at(cn(2 + 7 * order, 12)):
                    self.say(target, self.handler, kind="decision")
                    self.assertEqual(self.missed_figures(), owed)

    def test_two_missed_limits_stay_two(self):
        with self.at(cn(2, 9)):
            first = self.open_complaint(self.handler)
        with self.at(cn(2, 10)):
            second = self.open_complaint(self.handler)
        with self.at(cn(2, 15)):
            owed = self.missed_rows()
            self.assertEqual(owed, {"contact": 2})
            second.action_merge(first)
            self.assertEqual(self.missed_rows(), owed)
            self.assertEqual(self.missed_figures(), owed)

    def test_what_is_still_owed_is_owed_by_the_one_that_goes_on(self):
        with self.at(cn(2, 9)):
            first = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 10)):
            self.say(first, self.handler, kind="decision")
        with self.at(cn(3, 9)):
            second = self.open_complaint(self.handler)
        with self.at(cn(3, 9, 30)):
            second.action_merge(first)
            contact, feedback, remedy = first._sla_active().sorted("metric")
            self.assertEqual(remedy.date_start, cn(2, 9, 10))
            self.assertEqual(contact.date_deadline, cn(3, 11))
            self.assertEqual(feedback.date_deadline, cn(6, 17, 30))

    # -- other limits ------------------------------------------------------

    def policy_for(self, source, hours, **values):
        """The first contact within so many hours, for complaints by this way."""
        target = {"metric": "contact", "amount": hours, "unit": "clock_hours"}
        return self.env["dealer.sla.policy"].create(
            {
                "name": f"By {source}",
                "sequence": 1,
                "source": source,
                "target_ids": [Command.create(target)],
                **values,
            }
        )

    def missed_of_two(self, sources, order, day=2):
        """Two complaints by these ways, the first missed, merged into the other.

        :return: what was missed before and after, by our own count and the figures
        """
        with self.at(cn(day, 9)):
            first = self.open_complaint(self.handler, source=sources[0])
        with self.at(cn(day, 9, 10)):
            second = self.open_complaint(self.handler, source=sources[1])
        with self.at(cn(day, 11, 30)):
            self.assertTrue(self.contact(first).is_breached)
            owed = self.missed_rows()
            pair = (first, second)
            pair[order].action_merge(pair[1 - order])
            return owed, (self.missed_rows(), self.missed_figures())

    def test_missed_limit_stays_missed_beside_a_softer_one(self):
        self.policy_for("email", 48)
        for order in (0, 1):
            with self.subTest(order):
                owed, seen = self.missed_of_two(
                    ("counter", "email"), order, day=2 + 7 * order
                )
                self.assertEqual(seen, (owed, owed))

    def test_missed_limit_stays_missed_where_the_other_was_phoned(self):
        self.policy_for("email", 48)
        with self.at(cn(2, 8, 40)):
            soft = self.open_complaint(self.handler, source="email")
        with self.at(cn(2, 8, 50)):
            self.say(soft, self.handler)
        with self.at(cn(2, 9)):
            missed = self.open_complaint(self.handler)
        with self.at(cn(2, 11, 30)):
            owed = self.missed_rows()
            self.assertEqual(owed, {"contact": 1})
            missed.action_merge(soft)
            self.assertEqual((self.missed_rows(), self.missed_figures()), (owed, owed))

    def test_call_about_another_complaint_meets_no_missed_limit(self):
        for order in (0, 1):
            day = 2 + 7 * order
            with self.subTest(order):
                with self.at(cn(day, 9)):
                    missed = self.open_complaint(self.handler)
                    phoned = self.open_complaint(self.handler)
                with self.at(cn(day, 9, 30)):
                    self.say(phoned, self.handler)
                with self.at(cn(day, 11, 30)):
                    owed = self.missed_rows()
                    self.assertEqual(owed["contact"], order + 1)
                    pair = (missed, phoned)
                    pair[order].action_merge(pair[1 - order])
                    self.assertEqual(self.missed_rows(), owed)
                    self.assertEqual(self.missed_figures(), owed)

    def test_second_person_finds_that_the_call_was_made(self):
        with self.at(cn(2, 9)):
            missed = self.open_complaint(self.handler)
            phoned = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 30)):
            self.say(phoned, self.handler)
        with self.at(cn(2, 11, 30)):
            phoned.with_user(self.officer).action_merge(missed)
            contact = self.contact(missed)
            self.assertEqual((contact.state, contact.correction), ("met", "merged"))

    def test_what_no_policy_asks_for_there_is_owed_as_before(self):
        self.policy_for("counter", 2)
        self.policy.active = False
        with self.at(cn(2, 9)):
            first = self.open_complaint(self.handler, source="counter")
            second = self.open_complaint(self.handler, source="phone")
            self.assertFalse(second._sla_active())
        with self.at(cn(2, 9, 30)):
            first.action_merge(second)
            self.assertEqual(second._sla_active().date_deadline, cn(2, 11))

    def test_limit_of_the_graver_one_is_that_of_both(self):
        self.policy_for("counter", 0.5, grade="major")
        with self.at(cn(2, 9)):
            plain = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 10)):
            grave = self.open_complaint(self.handler, is_safety=True)
        with self.at(cn(2, 9, 50)):
            owed = self.missed_rows()
            self.assertEqual(owed, {"contact": 1})
            grave.action_merge(plain)
            self.assertEqual((self.missed_rows(), self.missed_figures()), (owed, owed))

    # -- what it is --------------------------------------------------------

    def test_safety_complaint_and_its_duplicates_in_every_order(self):
        for number, order in enumerate(permutations(range(3))):
            day = 2 + number
            with self.subTest(order):
                customer = self.make_partner(name=f"Customer {number}")
                values = {"partner_id": customer.id, "vehicle_id": False}
                with self.at(cn(day, 9)):
                    plain = self.open_complaint(
                        self.handler, level="dissatisfaction", **values
                    )
                with self.at(cn(day, 9, 20)):
                    safety = self.open_complaint(
                        self.handler, is_safety=True, level="grievance", **values
                    )
                with self.at(cn(day, 9, 40)):
                    full = self.open_complaint(self.handler, **values)
                    three = [plain, safety, full]
                    source, middle, target = (three[index] for index in order)
                    source.action_merge(middle)
                    middle.action_merge(target)
                    self.assertEqual(
                        (target.is_safety, target.grade, target.level),
                        (True, "major", "complaint"),
                    )
                    self.assertEqual(target.date_received, cn(day, 9))
                    self.assertEqual(
                        target._sla_active(["contact"]).date_deadline, cn(day, 11)
                    )
                    self.assertEqual(source._merged_into(), target)
                    self.assertFalse((source | middle)._sla_active())
                    self.say(target, self.handler, kind="decision")

    def test_duplicate_does_not_escalate_for_good(self):
        with self.at(cn(2, 9)):
            first = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 30)):
            second = self.open_complaint(self.handler)
            self.assertEqual(second.grade, "escalated")
        with self.at(cn(2, 9, 40)):
            first.action_merge(second)
            self.assertEqual(second.grade, "general")
        with self.at(cn(2, 9, 50)):
            third = self.open_complaint(self.handler)
            self.assertEqual(third.grade, "escalated")
            third.action_merge(second)
            self.assertEqual(second.grade, "general")

    def test_repeat_of_another_matter_stays_escalated(self):
        with self.at(cn(2, 9)):
            self.open_complaint(self.handler)
            first = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 30)):
            second = self.open_complaint(self.handler)
            first.action_merge(second)
            self.assertEqual(second.grade, "escalated")

    def test_who_it_is_comes_from_either(self):
        with self.at(cn(2, 9)):
            mail = self.open_complaint(
                self.handler,
                partner_id=self.env["dealer.complaint"]._unknown_partner().id,
            )
            named = self.open_complaint(self.handler)
            named.action_merge(mail)
            self.assertEqual(mail.partner_id, self.customer)
