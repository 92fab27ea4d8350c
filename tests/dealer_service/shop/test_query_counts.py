"""Pages and imports ask the database as often for many records as for few."""

from unittest.mock import patch

from odoo.tests import users

from ..booking.booking_common import BookingCase, shanghai

FEW, MANY = 3, 50
DISPLAY = {"fields": {"display_name": {}}}


class TestQueryCounts(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.few, cls.many = cls.make_visits(FEW, "1"), cls.make_visits(MANY, "2")
        cls.view_fields = {
            view_type: cls.fields_of(view_type) for view_type in ("list", "kanban")
        }

    @classmethod
    def make_cars(cls, count, series):
        people = cls.env["res.partner"].create(
            [{"name": f"客户{series}{number}"} for number in range(count)]
        )
        return cls.env["fleet.vehicle"].create(
            [
                {
                    "is_customer_vehicle": True,
                    "model_id": cls.model.id,
                    "license_plate": f"皖B·{series}{number:04}",
                    "owner_id": person.id,
                    "company_id": False,
                }
                for number, person in enumerate(people)
            ]
        )

    @classmethod
    def make_visits(cls, count, series):
        """Visits in the house, each of its own car and customer, with three wishes."""
        return cls.env["dealer.reception"].create(
            [
                {
                    "vehicle_id": car.id,
                    "partner_id": car.owner_id.id,
                    "advisor_id": cls.advisor.id,
                    "state": "arrived",
                    "concern_ids": [(0, 0, {"name": f"愿望{n}"}) for n in range(3)],
                }
                for car in cls.make_cars(count, series)
            ]
        )

    @classmethod
    def fields_of(cls, view_type):
        """What the web client reads for a view."""
        arch = cls.env["dealer.reception"].get_views([(False, view_type)])
        names = arch["models"]["dealer.reception"]["fields"]
        shown = arch["views"][view_type]["arch"]
        fields = cls.env["dealer.reception"]._fields
        return {
            name: DISPLAY if fields[name].relational else {}
            for name in names
            if f'name="{name}"' in shown
        }

    def count(self, action, records):
        """Queries of ``action(records)`` in a fresh request of the current user."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action(records.with_env(self.env))
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def assertConstant(self, action):
        self.count(action, self.few)  # fills the caches of the registry
        self.assertEqual(self.count(action, self.many), self.count(action, self.few))

    @users("advisor")
    def test_booking_asks_for_everything_once(self):
        values = {"date_appointment": shanghai(3, 9), "planned_hours": 0.1}
        self.company.sudo().dealer_receptions_per_advisor = 200
        self.import_cost(1, **values)  # fills the caches of the registry
        self.assertLessEqual(self.import_cost(1, **values), 23)

    @users("advisor")
    def test_steps_without_a_reading_do_not_reckon_the_mileage(self):
        [car] = self.make_cars(1, "4")
        visit = self.Reception.create(
            {"vehicle_id": car.id, "partner_id": car.owner_id.id}
        )
        with patch.object(
            self.env.registry["fleet.vehicle"], "_odometer_readings"
        ) as readings:
            visit.action_arrive()
            visit.action_greet()
            self.env.flush_all()
        readings.assert_not_called()

    @users("advisor")
    def test_list(self):
        self.assertConstant(
            lambda visits: visits.web_search_read(
                [("id", "in", visits.ids)], self.view_fields["list"]
            )
        )

    @users("advisor")
    def test_board(self):
        self.assertConstant(
            lambda visits: visits.web_read_group(
                [("id", "in", visits.ids)],
                ["state"],
                auto_unfold=True,
                unfold_read_specification=self.view_fields["kanban"],
            )
        )

    @users("advisor")
    def test_search_by_plate_name_and_phone(self):
        self.assertConstant(
            lambda visits: visits.name_search(
                "客户", [("id", "in", visits.ids)], limit=50
            )
        )

    @users("advisor")
    def test_form_does_not_grow_with_what_hangs_on_the_visit(self):
        few, many = self.few[0], self.many[0]
        many.concern_ids = [(0, 0, {"name": f"又一个{n}"}) for n in range(MANY)]
        extra = self.make_standards(MANY)
        many._create_checks()
        self.assertGreaterEqual(len(many.check_ids), len(extra))
        specification = self.form_specification()
        counts = [
            self.count(lambda visit: visit.web_read(specification), visit)
            for visit in (few, few, many)
        ]
        self.assertEqual(counts[2], counts[1])

    def make_standards(self, count):
        step = (
            self.env["dealer.service.step"].sudo().search([("state", "=", "arrived")])
        )
        return (
            self.env["dealer.service.standard"]
            .sudo()
            .create(
                [
                    {"name": f"要点{number}", "step_id": step[:1].id}
                    for number in range(count)
                ]
            )
        )

    def form_specification(self):
        """Every field of the form, lines with what is shown of them."""
        fields = self.env["dealer.reception"]._fields
        specification = {}
        views = self.env["dealer.reception"].get_views([(False, "form")])
        for name in views["models"]["dealer.reception"]["fields"]:
            if fields[name].type in ("one2many", "many2many"):
                specification[name] = DISPLAY
            elif fields[name].type == "many2one":
                specification[name] = DISPLAY
            else:
                specification[name] = {}
        return specification

    def import_cost(self, count, **values):
        """Queries of creating visits of as many cars, as an import does."""
        self.series = getattr(self, "series", 0) + 1
        vals_list = [
            {"vehicle_id": car.id, "partner_id": car.owner_id.id, **values}
            for car in self.make_cars(count, f"X{self.series}")
        ]
        return self.count(lambda visits: visits.create(vals_list), self.few)

    def assertNoRowCosts(self, **values):
        few, many = self.import_cost(FEW, **values), self.import_cost(MANY, **values)
        # Odoo inserts a hundred rows in a statement; 50 visits have some 400 checks
        self.assertLessEqual(many, few + 4)

    @users("manager")
    def test_import_of_many_walk_ins(self):
        values = {"state": "arrived", "date_arrived": shanghai(1, 9)}
        self.import_cost(1, **values)  # fills the caches of the registry
        self.assertNoRowCosts(**values)

    @users("advisor")
    def test_import_of_many_appointments(self):
        values = {"date_appointment": shanghai(3, 9), "planned_hours": 0.1}
        self.company.sudo().dealer_receptions_per_advisor = 200
        self.import_cost(1, **values)
        self.assertNoRowCosts(**values)
