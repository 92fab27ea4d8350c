"""Whoever in the shop hears a customer complain records it; the desk takes it over."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import Form, tagged

from ...complaint_common import DealerComplaintCase, cn


@tagged("standard", "post_install", "-at_install")
class TestComplaintHeard(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mechanic = cls.make_users(
            {
                "login": "heard_mechanic",
                "groups": "dealer_service.group_dealer_service_technician",
            }
        )
        cls.vehicle.owner_id = cls.customer

    def record(self, user=None, moment=None, **values):
        """The dialog of ``user`` (the technician), pressed at ``moment``.

        :return: the complaint that it makes
        """
        Complaint = self.env["dealer.complaint"]
        before = Complaint.search([])
        with freeze_time(moment or cn(2, 10)):
            form = Form(
                self.env["dealer.complaint.heard"].with_user(user or self.mechanic)
            )
            form.words = values.pop("words", "The brakes squeal again.\nThird time.")
            form.who = values.pop("who", self.vehicle.license_plate)
            for name, value in values.items():
                form[name] = value
            dialog = form.save()
            told = dialog.action_confirm()
        complaint = Complaint.search([]) - before
        self.assertIn(complaint.name, told["params"]["message"])
        return complaint

    def test_technician_records_and_the_clock_runs_from_what_was_said(self):
        complaint = self.record(date_said=cn(2, 9, 30), expectation="apology")
        self.assertEqual(complaint.expectation, "apology")
        self.assertEqual(complaint.subject, "The brakes squeal again.")
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.vehicle_id, self.vehicle)
        self.assertEqual(complaint.first_receiver_id, self.mechanic)
        self.assertFalse(complaint.user_id)
        contact = self.timer(complaint)
        self.assertEqual(contact.date_start, cn(2, 9, 30))
        self.assertEqual(contact.date_deadline, cn(2, 11, 30))

    def test_one_dialog_makes_one_complaint(self):
        dialog = self.env["dealer.complaint.heard"].with_user(self.mechanic)
        dialog = dialog.create({"words": "It squeals.", "who": "皖B·9"})
        dialog.action_confirm()
        with self.assertRaises(MissingError):
            dialog.action_confirm()
        found = self.env["dealer.complaint"].search([("subject", "=", "It squeals.")])
        self.assertEqual(len(found), 1)

    def test_name_that_is_not_the_owner_of_the_number_is_kept(self):
        phone = self.customer.phone
        other = self.record(who=f"张伟 {phone}")
        self.assertEqual(other.partner_id, other._unknown_partner())
        self.assertIn(f"张伟 {phone}", other.description)
        same = self.record(who=f"{self.customer.name} {phone}")
        self.assertEqual(same.partner_id, self.customer)
        self.assertIn(self.customer.name, same.description)
        number = self.record(who=phone)
        self.assertEqual(number.partner_id, self.customer)
        self.assertNotIn(phone, number.description)

    def test_name_of_somebody_whose_car_is_here_is_enough(self):
        name = self.customer.name
        away = self.record(who=name)
        self.assertEqual(away.partner_id, away._unknown_partner())
        visit = self.make_reception(state="arrived", date_arrived=cn(2, 8))
        here = self.record(who=f" {name} ")
        self.assertEqual(here.partner_id, self.customer)
        self.assertEqual(here.vehicle_id, visit.vehicle_id)
        self.assertEqual(here.reception_id, visit)
        self.assertIn(name, here.description)
        # two of that name: nobody knows which of them it was
        namesake = self.make_partner(name=name, phone="139 0553 7777")
        self.make_reception(
            state="arrived",
            date_arrived=cn(2, 9),
            partner_id=namesake.id,
            vehicle_id=self.make_vehicle(
                owner_id=namesake.id, license_plate="皖B·N0001"
            ).id,
        )
        either = self.record(who=name)
        self.assertEqual(either.partner_id, either._unknown_partner())

    def test_what_was_heard_long_ago_is_a_date_that_was_mistyped(self):
        with self.assertRaisesRegex(UserError, "days ago"):
            self.record(date_said=cn(2, 9).replace(year=2019))

    def test_whoever_recorded_it_reads_nothing_and_follows_nothing(self):
        complaint = self.record()
        with self.assertRaises(AccessError):
            complaint.with_user(self.mechanic).read(["subject"])
        with self.assertRaises(AccessError):
            self.env["dealer.complaint"].with_user(self.mechanic).create(
                {"subject": "By hand", "partner_id": self.customer.id}
            )
        self.assertNotIn(self.mechanic.partner_id, complaint.message_partner_ids)

    def test_desk_takes_it_over_within_its_own_limit(self):
        complaint = self.record()
        clock = self.timer(complaint, "acceptance")
        self.assertEqual(clock.date_deadline, cn(2, 10, 30))
        with freeze_time(cn(2, 10, 20)):
            complaint.with_user(self.handler).action_take()
        self.assertEqual(complaint.user_id, self.handler)
        self.assertEqual(clock.state, "met")
        self.assertFalse(complaint.date_offered)
        with freeze_time(cn(2, 10, 25)), self.assertRaises(UserError):
            complaint.with_user(self.officer).action_take()

    def test_until_the_desk_takes_it_over_who_heard_it_answers(self):
        complaint = self.record()
        clock = self.timer(complaint, "acceptance")
        self.run_engine(cn(2, 11))
        self.assertIn("breached", self.kinds(clock))
        self.assertEqual(complaint.sla_state, "breached")
        # the first call takes it over as well
        with freeze_time(cn(2, 11, 10)):
            self.env["dealer.complaint.contact"].with_user(self.handler).create(
                {"complaint_id": complaint.id}
            )
        self.assertEqual(complaint.user_id, self.handler)
        self.assertEqual((clock.state, clock.responsible_id), ("missed", self.mechanic))
        self.assertEqual(self.timer(complaint).state, "met")

    def test_finished_complaint_is_not_to_be_taken_over(self):
        complaint = self.record()
        with freeze_time(cn(2, 10, 10)):
            complaint.write({"reject_reason": "No", "recourse": "12315"})
            complaint.action_reject()
        self.assertEqual(self.timer(complaint, "acceptance").state, "cancelled")

    def test_unknown_car_is_kept_in_words(self):
        complaint = self.record(who="The lady with the red Tiggo")
        self.assertEqual(complaint.partner_id, complaint._unknown_partner())
        self.assertFalse(complaint.vehicle_id)
        self.assertIn("red Tiggo", complaint.description)
        self.assertIn("Third time.", complaint.description)

    def test_telephone_number_finds_the_customer(self):
        self.customer.phone = "138 0553 7788"
        complaint = self.record(who="13805537788")
        self.assertEqual(complaint.partner_id, self.customer)

    def test_visit_of_this_week_is_the_one_that_is_meant(self):
        with freeze_time(cn(2, 8)):
            visit = self.make_reception(state="arrived")
        complaint = self.record()
        self.assertEqual(complaint.reception_id, visit)

    def test_later_than_now_and_nothing_said_are_refused(self):
        for values in (
            {"date_said": cn(3, 9)},
            {"words": "  "},
            {"who": " "},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.record(**values)

    def test_handler_who_records_has_it(self):
        complaint = self.record(user=self.handler)
        self.assertEqual(complaint.user_id, self.handler)
        self.assertFalse(self.timer(complaint, "acceptance"))

    # ------------------------------------------------------------------
    # OFFERED TO A COLLEAGUE
    # ------------------------------------------------------------------

    def test_offered_complaint_is_accepted_within_its_own_limit(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
        with freeze_time(cn(2, 10)):
            complaint.with_user(self.handler).action_handover(self.colleague)
        clock = self.timer(complaint, "acceptance")
        self.assertEqual(clock.date_deadline, cn(2, 10, 30))
        self.run_engine(cn(2, 10, 31))
        self.assertIn("breached", self.kinds(clock))
        with freeze_time(cn(2, 10, 40)):
            complaint.with_user(self.colleague).action_accept_handover()
        self.assertEqual(
            (clock.state, clock.responsible_id), ("missed", self.colleague)
        )
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))

    def test_offer_that_is_refused_or_made_to_another_ends_the_first(self):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint()
            complaint.with_user(self.handler).action_handover(self.colleague)
        first = self.timer(complaint, "acceptance")
        with freeze_time(cn(2, 9, 10)):
            complaint.with_user(self.handler).action_handover(self.officer)
        self.assertEqual(first.state, "cancelled")
        second = self.timer(complaint, "acceptance")
        self.assertEqual(second.date_start, cn(2, 9, 10))
        with freeze_time(cn(2, 9, 20)):
            complaint.with_user(self.officer).action_refuse_handover()
        self.assertEqual((second.state, second.responsible_id), ("met", self.officer))
        self.assertEqual(complaint.user_id, self.handler)

    # ------------------------------------------------------------------
    # CAR AND CUSTOMER FILL EACH OTHER
    # ------------------------------------------------------------------

    def test_car_and_customer_fill_each_other(self):
        owner = self.make_partner(name="One car")
        car = self.make_vehicle(license_plate="皖B·H0001", owner_id=owner.id)
        visit = self.make_reception(
            vehicle_id=car.id, partner_id=owner.id, state="arrived"
        )
        form = Form(self.env["dealer.complaint"].with_user(self.handler))
        form.partner_id = owner
        self.assertEqual(form.vehicle_id, car)
        self.assertEqual(form.reception_id, visit)
        # who has two says which
        self.make_vehicle(license_plate="皖B·H0002", owner_id=owner.id)
        form = Form(self.env["dealer.complaint"].with_user(self.handler))
        form.partner_id = owner
        self.assertFalse(form.vehicle_id)
