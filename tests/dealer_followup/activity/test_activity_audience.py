"""Whom an activity is for: chosen cars, and who is left out and why."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import users

from ...activity_common import ActivityCase, cn


class TestActivityAudience(ActivityCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(cn(2, 10)))
        self.activity = self.make_activity()

    def refresh(self, activity=None):
        (activity or self.activity).action_refresh_audience()

    def reason(self, car=None, activity=None):
        row = self.row(activity or self.activity, car)
        return row.exclusion if row.state == "excluded" else row.state

    def test_chosen_cars_are_listed_with_their_customer(self):
        bringer = self.make_partner(name="司机小李", phone="137 0000 0000")
        self.vehicle.contact_id = bringer
        self.refresh()
        row = self.row(self.activity)
        self.assertEqual(row.state, "listed")
        self.assertEqual(row.partner_id, bringer)
        self.assertEqual(row.contact_phone, "+8613700000000")

    def test_other_cars_are_not_listed(self):
        other_model = self.model.copy({"name": "eQ"})
        other = self.make_vehicle(model_id=other_model.id, license_plate="皖B·E0001")
        self.refresh()
        self.assertFalse(self.row(self.activity, other))

    def test_who_is_left_out_is_listed_with_the_reason(self):
        withdrawn = self.make_owner(1)
        self.consent("withdrawn", partner_id=withdrawn.owner_id.id)
        no_care = self.make_owner(2)
        no_care.owner_id.no_care = True
        no_phone = self.make_owner(3)
        no_phone.owner_id.phone = False
        wrong = self.make_owner(4)
        wrong.owner_id.is_phone_wrong = True
        sold = self.make_owner(5)
        sold.is_owner_wrong = True
        own = self.make_owner(6)
        own.owner_id = self.company.partner_id
        nobody = self.make_owner(7)
        nobody.owner_id = False
        complaint = self.make_owner(8)
        self.make_complaint(partner_id=complaint.owner_id.id, vehicle_id=complaint.id)
        self.refresh()
        for car, reason in (
            (withdrawn, "withdrawn"),
            (no_care, "no_care"),
            (no_phone, "no_phone"),
            (wrong, "phone_wrong"),
            (sold, "not_owner"),
            (own, "own_staff"),
            (nobody, "no_owner"),
            (complaint, "complaint"),
            (self.vehicle, "listed"),
        ):
            self.assertEqual(self.reason(car), reason)

    def test_marketing_without_consent_where_the_shop_asks_for_it(self):
        self.company.dealer_marketing_needs_consent = True
        consenting = self.make_owner(1)
        self.consent("given", partner_id=consenting.owner_id.id)
        self.refresh()
        self.assertEqual(self.reason(), "no_consent")
        self.assertEqual(self.reason(consenting), "listed")

    def test_help_in_a_disaster_area_asks_for_no_marketing_consent(self):
        self.consent("withdrawn")
        disaster = self.make_activity(kind="disaster")
        self.refresh(disaster)
        self.assertEqual(self.reason(activity=disaster), "listed")
        self.refresh()
        self.assertEqual(self.reason(), "withdrawn")

    def test_enough_marketing_calls_leave_out(self):
        self.company.dealer_marketing_limit = 1
        rule = self.make_rule("manual", purpose="marketing")
        self.call(self.make_task(rule), "not_interested")
        self.refresh()
        self.assertEqual(self.reason(), "limit")

    def test_one_seat_offer_for_one_telephone(self):
        second = self.make_vehicle(license_plate="皖B·X0002")
        self.vehicle.last_reception_date = fields.Date.today()
        self.refresh()
        self.assertEqual(self.reason(), "listed")
        self.assertEqual(self.reason(second), "same_number")

    def test_a_seasonal_check_is_for_every_car(self):
        second = self.make_vehicle(license_plate="皖B·X0002")
        seasonal = self.make_activity(kind="seasonal")
        self.refresh(seasonal)
        self.assertEqual(self.reason(second, seasonal), "listed")
        self.assertEqual(self.reason(activity=seasonal), "listed")

    def test_nobody_is_invited_to_two_activities_within_a_week(self):
        first = self.make_inviting()
        self.row(first).action_coming()
        self.refresh()
        self.assertEqual(self.reason(), "other_activity")
        with freeze_time(cn(2, 10) + timedelta(days=8)):
            self.refresh()
        self.assertEqual(self.reason(), "listed")

    def test_the_area_chooses_by_city_postcode_and_plate(self):
        by_city = self.make_owner(1, city="无为市")
        by_zip = self.make_owner(2, zip="238300")
        far = self.make_owner(3, city="合肥市", zip="230000")
        by_plate = self.make_owner(4, city="南京市")
        by_plate.license_plate = "苏A·T0004"
        self.activity.area = "无为， 2383、苏A"
        self.refresh()
        cars = self.activity.invitee_ids.vehicle_id
        self.assertEqual(cars, by_city + by_zip + by_plate)
        self.assertNotIn(far, cars)

    def test_refresh_keeps_replies_and_forgets_who_no_longer_fits(self):
        other, third = self.make_owner(1), self.make_owner(2)
        activity = self.make_inviting()
        self.row(activity).action_coming(2)
        third.owner_id.no_care = True
        activity.vehicle_domain = f"[('id', 'in', {third.ids})]"
        self.refresh(activity)
        self.assertEqual(self.row(activity).state, "coming")
        self.assertEqual(self.row(activity).persons, 2)
        self.assertFalse(self.row(activity, other))
        self.assertEqual(self.reason(third, activity), "no_care")
        third.owner_id.no_care = False
        self.refresh(activity)
        self.assertEqual(self.reason(third, activity), "listed")

    def test_refresh_does_not_invite_who_was_taken_out(self):
        self.refresh()
        row = self.row(self.activity)
        row.action_exclude()
        self.refresh()
        self.assertEqual(row.exclusion, "taken_out")
        row.action_include()
        self.assertEqual(row.state, "listed")

    def test_who_is_left_out_by_a_rule_is_not_put_back(self):
        self.consent("withdrawn")
        self.refresh()
        with self.assertRaisesRegex(UserError, "Consent Withdrawn"):
            self.row(self.activity).action_include()

    def test_a_sold_car_takes_the_invitation_with_it(self):
        activity = self.make_inviting()
        row = self.row(activity)
        row.action_make_link()
        self.vehicle.owner_id = self.make_partner(name="李娟", phone="13800000002")
        self.refresh(activity)
        self.assertEqual((row.state, row.exclusion), ("excluded", "sold"))

    def test_cars_of_another_shop_are_not_invited(self):
        shop = self.env["res.company"].create({"name": "Other shop"})
        theirs = self.make_owner(1)
        theirs.company_id = shop
        shared = self.make_owner(2)
        self.make_past_visit(1, vehicle_id=shared.id, company_id=shop.id)
        self.refresh()
        self.assertFalse(self.row(self.activity, theirs))
        self.assertFalse(self.row(self.activity, shared))
        self.assertTrue(self.row(self.activity))

    def test_without_a_rule_nobody_is_judged(self):
        self.activity.rule_id = False
        with self.assertRaisesRegex(UserError, "choose the invitation rule"):
            self.refresh()

    def test_the_audience_of_the_past_is_history(self):
        activity = self.make_inviting()
        activity.action_start()
        activity.action_finish()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            activity.action_refresh_audience()

    @users("care_manager")
    def test_ten_times_the_cars_take_no_more_queries(self):
        for number in range(30):
            self.make_owner(number)
        activity = self.activity.with_env(self.env)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            activity._refresh_audience()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries()
        activity.invitee_ids.unlink()
        few = activity.vehicle_domain
        activity.vehicle_domain = f"[('id', 'in', {self.vehicle.ids})]"
        queries()
        one = queries()
        activity.vehicle_domain = few
        queries()
        many = queries()
        self.assertEqual(len(activity.invitee_ids), 31)
        # the same questions, asked about all cars at once
        self.assertLessEqual(many, one + 3)
