"""An owners' lecture: two customers tap "I am coming" for the last seat at once.

Over real connections: this test commits, works on customers of its own, and removes
what it has made.
"""

import threading
from contextlib import contextmanager
from datetime import timedelta

from psycopg2 import errors

from odoo import api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

MARK = "last seat test"
GUESTS = 6


@tagged("standard", "post_install", "-at_install")
class TestLastSeat(BaseCase):
    """No frame of a test transaction: each cursor is a connection of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())

    @contextmanager
    def connection(self):
        """A connection of its own that commits at the end."""
        with self.registry._db.cursor() as cr:
            yield api.Environment(cr, api.SUPERUSER_ID, {})

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_up)
        with self.connection() as env:
            company = env["res.company"].browse(1)
            self.strict = company.dealer_marketing_needs_consent
            company.dealer_marketing_needs_consent = False
            brand = env["fleet.vehicle.model.brand"].create({"name": MARK})
            model = env["fleet.vehicle.model"].create(
                {"name": MARK, "brand_id": brand.id}
            )
            owners = env["res.partner"].create(
                [
                    {"name": MARK, "phone": f"+86138055380{number:02}"}
                    for number in range(GUESTS)
                ]
            )
            env["fleet.vehicle"].create(
                [
                    {
                        "is_customer_vehicle": True,
                        "model_id": model.id,
                        "owner_id": owner.id,
                        "company_id": 1,
                    }
                    for owner in owners
                ]
            )
            start = fields.Datetime.now() + timedelta(days=5)
            activity = env["dealer.activity"].create(
                {
                    "name": MARK,
                    "kind": "lecture",
                    "purpose": MARK,
                    "place": MARK,
                    "company_id": 1,
                    "date_start": start,
                    "date_end": start + timedelta(hours=2),
                    "seat_limit": 1,
                    "plan_id": False,
                    "vehicle_domain": f"[('model_id', '=', {model.id})]",
                }
            )
            activity.action_plan()
            activity.action_refresh_audience()
            activity.action_invite()
            self.activity_id = activity.id
            self.row_ids = activity.invitee_ids.ids

    def clean_up(self):
        with self.connection() as env:
            env["res.company"].browse(1).dealer_marketing_needs_consent = self.strict
            env.flush_all()
            env.cr.execute(
                "DELETE FROM dealer_followup WHERE partner_id IN"
                " (SELECT id FROM res_partner WHERE name = %s)",
                (MARK,),
            )
            activity = env["dealer.activity"].search([("name", "=", MARK)])
            campaign = activity.campaign_id
            activity.message_ids.unlink()
            env.cr.execute("DELETE FROM dealer_activity WHERE name = %s", (MARK,))
            env.invalidate_all()
            campaign.unlink()
            cars = env["fleet.vehicle"].search([("model_id.name", "=", MARK)])
            owners = cars.owner_id
            cars.unlink()
            env["fleet.vehicle.model"].search([("name", "=", MARK)]).unlink()
            env["fleet.vehicle.model.brand"].search([("name", "=", MARK)]).unlink()
            owners.unlink()

    def tap(self, row_id, reply="coming"):
        """One customer's tap, run again as Odoo does when two have met."""
        for _attempt in range(20):
            try:
                with self.connection() as env:
                    row = env["dealer.activity.invitee"].browse(row_id)
                    return row._reply(reply, 1, "link")
            except (errors.SerializationFailure, errors.DeadlockDetected):
                continue
        raise AssertionError("never came through")

    # whoever loses a race is told so by the database, and begins again
    @mute_logger("odoo.sql_db")
    def together(self, *jobs):
        start = threading.Barrier(len(jobs))
        results, failures = [], []

        def run(job):
            start.wait()
            try:
                results.append(job())
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertFalse(failures)
        return results

    def states(self):
        with self.connection() as env:
            rows = env["dealer.activity.invitee"].browse(self.row_ids)
            return sorted(rows.mapped("state"))

    def test_of_two_who_tap_at_once_one_has_the_seat_and_one_waits(self):
        first, second = self.row_ids[:2]
        results = self.together(lambda: self.tap(first), lambda: self.tap(second))
        self.assertEqual(sorted(results), ["coming", "waiting"])
        self.assertEqual(
            self.states(), ["coming", *["listed"] * (GUESTS - 2), "waiting"]
        )

        # Whoever has the seat gives it back, while all others want it.
        with self.connection() as env:
            holder = (
                env["dealer.activity.invitee"]
                .browse(self.row_ids)
                .filtered(lambda row: row.state == "coming")
                .id
            )
        others = [row_id for row_id in self.row_ids if row_id != holder]
        self.together(
            lambda: self.tap(holder, "declined"),
            *(lambda row_id=row_id: self.tap(row_id) for row_id in others),
        )
        states = self.states()
        self.assertEqual(states.count("coming"), 1, states)
        self.assertEqual(states.count("waiting"), GUESTS - 2, states)

    def test_a_double_tap_takes_one_seat(self):
        row = self.row_ids[0]
        self.together(lambda: self.tap(row), lambda: self.tap(row))
        with self.connection() as env:
            activity = env["dealer.activity"].browse(self.activity_id)
            self.assertEqual(activity.seats_taken, 1)
