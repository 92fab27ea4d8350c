"""Complaints that come from a visit, a car, a customer, a rating or a failed repair."""

from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, users

from ...complaint_common import DealerComplaintCase


class TestComplaintIntake(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived", odometer=12000)
        cls.handling_advisor = cls.make_user("handling_advisor", "user")
        cls.handling_advisor.group_ids += cls.env.ref(
            "dealer_complaint.group_dealer_complaint_user"
        )

    def new_from(self, record):
        action = record.with_env(self.env).action_new_complaint()
        form = Form(self.env["dealer.complaint"].with_context(action["context"]))
        form.subject = form.subject or "Told at the counter"
        return form.save()

    @users("handling_advisor")
    def test_one_click_on_a_visit_fills_in_customer_car_and_visit(self):
        complaint = self.new_from(self.visit)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.vehicle_id, self.vehicle)
        self.assertEqual(complaint.reception_id, self.visit)
        self.assertEqual(complaint.user_id, self.env.user)

    @users("handling_advisor")
    def test_one_click_on_a_car_knows_its_owner_and_the_visit_in_the_house(self):
        complaint = self.new_from(self.vehicle)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertEqual(complaint.reception_id, self.visit)

    @users("handling_advisor")
    def test_car_that_is_chosen_brings_its_owner_and_no_other_customer(self):
        form = Form(self.env["dealer.complaint"])
        form.vehicle_id = self.vehicle
        self.assertEqual(form.partner_id, self.customer)
        family = self.make_partner(name="于家豪的女儿")
        form.partner_id = family
        form.vehicle_id = self.vehicle.copy({"license_plate": "皖B·F2002"})
        self.assertEqual(form.partner_id, family)

    @users("handling_advisor")
    def test_one_click_on_a_customer_knows_the_only_car(self):
        self.assertEqual(self.new_from(self.customer).vehicle_id, self.vehicle)
        self.make_vehicle(license_plate="皖B·A1235")
        self.customer.invalidate_recordset()
        self.assertFalse(self.new_from(self.customer).vehicle_id)

    @users("handler")
    def test_smart_buttons_count_the_open_complaints_one_may_see(self):
        complaint = self.make_complaint(
            vehicle_id=self.vehicle.id, reception_id=self.visit.id
        )
        self.make_complaint(vehicle_id=self.vehicle.id, user_id=self.colleague.id)
        for record in (self.vehicle, self.customer):
            self.assertEqual(record.with_env(self.env).open_complaint_count, 1)
        shown = self.customer.with_env(self.env).action_view_complaints()
        self.assertEqual(
            self.env["dealer.complaint"].search(shown["domain"]), complaint
        )
        complaint.action_cancel()
        self.env.invalidate_all()
        self.assertEqual(self.vehicle.with_env(self.env).open_complaint_count, 0)

    @users("advisor")
    def test_open_complaint_is_seen_at_arrival_without_a_place_at_the_desk(self):
        complaint = self.make_complaint(vehicle_id=self.vehicle.id)
        vehicle = self.vehicle.with_env(self.env)
        level, text = vehicle._arrival_notices()[0]
        self.assertEqual(level, "danger")
        self.assertIn(complaint.name, text)
        visit = self.visit.with_env(self.env)
        visit.invalidate_recordset()
        self.assertIn(complaint.name, visit.open_complaint_note)
        complaint.action_cancel()
        visit.invalidate_recordset()
        self.assertFalse(visit.open_complaint_note)
        self.assertNotIn("danger", dict(vehicle._arrival_notices()))

    @users("advisor")
    def test_complaint_of_another_company_is_not_told_at_arrival(self):
        other = self.policy.env["res.company"].create({"name": "Other shop"})
        self.make_complaint(
            vehicle_id=self.vehicle.id, company_id=other.id, user_id=False
        )
        self.assertFalse(self.visit.with_env(self.env).open_complaint_note)
        self.assertNotIn("danger", dict(self.vehicle._arrival_notices()))

    @users("handler")
    def test_desk_reads_customers_cars_and_nothing_of_the_own_fleet(self):
        self.vehicle.with_env(self.env).read(["license_plate", "model_id"])
        self.visit.with_env(self.env).read(["name"])
        own = self.make_vehicle(is_customer_vehicle=False, license_plate="皖B·OWN01")
        with self.assertRaises(AccessError):
            own.with_env(self.env).read(["license_plate"])
        with self.assertRaises(AccessError):
            self.visit.with_env(self.env).write({"belongings": "Umbrella"})

    def what_is_shown(self, record, view):
        """What the web client reads to show a form, lists in it included."""
        views = record.get_views([(self.env.ref(view).id, "form")])["views"]

        def fields_of(model, node):
            shown = {}
            for field in node.iterfind(".//field"):
                name = field.get("name")
                if (
                    name not in model._fields
                    or next(
                        parent
                        for parent in field.iterancestors()
                        if parent.tag == "field" or parent is node
                    )
                    is not node
                ):
                    continue
                shown[name] = {}
                if model._fields[name].relational:
                    inner = fields_of(self.env[model._fields[name].comodel_name], field)
                    shown[name] = {"fields": inner or {"display_name": {}}}
            return shown

        return fields_of(record, etree.fromstring(views["form"]["arch"]))

    @users("handler")
    def test_desk_opens_the_pages_of_visit_car_and_customer(self):
        """Whoever looks into a complaint reads what was done, on the pages as they
        are."""
        visit = self.visit.with_env(self.env)
        for record, view in (
            (visit, "dealer_complaint.dealer_reception_view_form_desk"),
            (visit.vehicle_id, "dealer_service.fleet_vehicle_view_form"),
            (visit.partner_id, "base.view_partner_form"),
        ):
            with self.subTest(view):
                record.invalidate_recordset()
                record.web_read(self.what_is_shown(record, view))
        complaint = self.make_complaint(reception_id=visit.id).with_env(self.env)
        [(view, _kind)] = complaint.action_open_reception()["views"]
        self.assertEqual(
            view, self.env.ref("dealer_complaint.dealer_reception_view_form_desk").id
        )

    # ------------------------------------------------------------------
    # RATINGS
    # ------------------------------------------------------------------

    def rate(self, stars, feedback="Waited two hours"):
        visit = self.visit.sudo()
        rating = visit.env["rating.rating"].search(
            [("res_model", "=", visit._name), ("res_id", "=", visit.id)], limit=1
        ) or visit.env["rating.rating"].create(
            {
                "res_model_id": visit.env["ir.model"]._get_id(visit._name),
                "res_id": visit.id,
                "partner_id": self.customer.id,
            }
        )
        visit.rating_apply(stars, rating=rating, feedback=feedback)

    def complaints(self):
        return self.env["dealer.complaint"].search(
            [("reception_id", "=", self.visit.id)]
        )

    def test_one_star_is_proposed_to_the_advisor_once(self):
        self.rate(1)
        self.rate(1, "Still angry")
        activity = self.visit.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.advisor)
        self.assertFalse(self.complaints())
        self.assertTrue(self.visit.is_low_rated)
        vals = self.visit._complaint_vals()
        self.assertEqual(vals["description"], "Still angry")

    def test_one_star_becomes_one_complaint_where_the_company_wants_it(self):
        self.company.dealer_complaint_on_low_rating = "auto"
        self.rate(1)
        self.rate(1, "Still angry")
        complaint = self.complaints()
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.description, "Waited two hours")
        self.assertIn("Still angry", str(complaint.message_ids[0].body))
        self.assertEqual(complaint.level, "dissatisfaction")
        self.assertEqual(self.timer(complaint).state, "running")

    def test_better_ratings_and_unwilling_companies_raise_nothing(self):
        self.company.dealer_complaint_on_low_rating = "auto"
        self.rate(3)
        self.company.dealer_complaint_on_low_rating = "none"
        self.rate(1)
        self.assertFalse(self.complaints())
        self.assertFalse(self.visit.activity_ids)

    # ------------------------------------------------------------------
    # THE SECOND FAILED REPAIR
    # ------------------------------------------------------------------

    def failed_twice(self):
        """Two earlier visits, the second a comeback of the first; a third has come."""
        system = self.env["dealer.vehicle.system"].search([], limit=1)
        concern = [Command.create({"name": "It knocks", "system_id": system.id})]
        visits = self.env["dealer.reception"]
        for days in (30, 15, 0):
            visits |= self.make_reception(concern_ids=concern)
            date = fields.Datetime.now() - timedelta(days=days)
            visits[-1].sudo()._write_by_method(
                {
                    "date_booked": date,
                    "state": "delivered" if days else "arrived",
                    "date_arrived": date,
                    "date_delivered": date + timedelta(hours=1) if days else False,
                }
            )
        visits[1].sudo().write({"is_comeback": True, "comeback_of_id": visits[0].id})
        return visits

    @users("advisor")
    def test_second_failed_repair_raises_one_complaint_once(self):
        self.visit._set_state("cancelled")
        first, second, third = self.failed_twice()
        third = third.with_env(self.env)
        mine = [("reception_id", "in", (first + second + third).ids)]
        desk = self.policy.env["dealer.complaint"]
        self.assertFalse(desk.search(mine))
        third.write({"is_comeback": True, "comeback_of_id": second.id})
        self.assertTrue(third.is_second_failure)
        complaint = desk.search(mine)
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.reception_id, third)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertIn("It knocks", complaint.description)
        self.assertEqual(complaint.category_id.code, "repair")
        # taken back by a manager; whoever records it anew is the advisor
        third.with_user(self.manager).write(
            {"is_comeback": False, "correction_reason": "Another fault"}
        )
        third.write({"is_comeback": True})
        self.assertEqual(desk.search(mine), complaint)

    @users("handler")
    def test_visit_goes_with_the_car_it_belongs_to(self):
        other = self.make_vehicle(license_plate="皖B·K5555")
        form = Form(self.env["dealer.complaint"])
        form.subject = "Told at the counter"
        form.vehicle_id = self.vehicle.with_env(self.env)
        self.assertEqual(form.reception_id, self.visit)
        form.vehicle_id = other.with_env(self.env)
        self.assertFalse(form.reception_id, "that car was never here")
        long_ago = fields.Datetime.now() - timedelta(days=100)
        self.visit.sudo()._write_by_method({"date_arrived": long_ago})
        form.vehicle_id = self.vehicle.with_env(self.env)
        self.assertFalse(form.reception_id, "nobody means that one")
