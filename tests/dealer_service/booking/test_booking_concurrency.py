"""Two people take the last slot at the same moment: one gets it, one is told so.

Two real connections to PostgreSQL, each with its own transaction that commits, as two
workers of a server have them. What the test creates is committed and removed again.
"""

import logging
import threading
from datetime import datetime, timedelta
from functools import partial

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service import model as service_model
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from odoo.addons.dealer_service.models.booking.dealer_reception_capacity import (
    BookingRefused,
)

_logger = logging.getLogger(__name__)


class ConcurrentShop(BaseCase):
    """One car for each slot, and requests that all begin before any ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.created = []
        cls.addClassCleanup(cls.remove_created)
        with cls.registry.cursor() as cr:
            cls.prepare(api.Environment(cr, SUPERUSER_ID, {}))

    @classmethod
    def prepare(cls, env):
        """A shop of its own with one advisor: one car per slot."""
        company = env["res.company"].create({"name": "Concurrency Shop"})
        cls.keep(company.partner_id, company)
        calendar = env["resource.calendar"].create(
            {
                "name": "Always",
                "company_id": company.id,
                "tz": "Asia/Shanghai",
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {
                            "name": "Open",
                            "dayofweek": str(day),
                            "hour_from": 9,
                            "hour_to": 17,
                        }
                    )
                    for day in range(7)
                ],
            }
        )
        user = env["res.users"].create(
            {
                "name": "Concurrent Advisor",
                "login": "concurrent-advisor",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [
                    Command.set(env.ref("dealer_service.group_dealer_service_user").ids)
                ],
            }
        )
        cls.keep(user.partner_id, calendar, user)
        company.write(
            {
                "dealer_calendar_id": calendar.id,
                "dealer_slot_minutes": 30,
                "dealer_receptions_per_advisor": 1,
                "dealer_advisor_ids": [Command.set(user.ids)],
            }
        )
        customers = env["res.partner"].create(
            [{"name": f"Concurrent Customer {number}"} for number in range(3)]
        )
        cls.keep(customers)
        day = company._dealer_day(fields.Datetime.now()) + timedelta(days=20)
        cls.slot = datetime.combine(day, datetime.min.time()) + timedelta(hours=2)
        cls.company_id, cls.user_id = company.id, user.id
        cls.customer_ids = customers.ids

    @classmethod
    def keep(cls, *records):
        cls.created += [(record._name, record.ids) for record in records]

    @classmethod
    def remove_created(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            visits = env["dealer.reception"].search(
                [("company_id", "=", cls.company_id)]
            )
            visits.filtered(lambda v: v.state == "booked").unlink()
            for model, ids in reversed(cls.created):
                try:
                    with cr.savepoint(), mute_logger("odoo.sql_db"):
                        env[model].browse(ids).unlink()
                except Exception:
                    # a module that guards the record keeps it: out of sight, then
                    _logger.info("%s%s stays, archived", model, ids)
                    if "active" in env[model]._fields:
                        env[model].browse(ids).write({"active": False})

    def book(self, customer_id, slot, env):
        visit = env["dealer.reception"].create(
            {
                "company_id": self.company_id,
                "partner_id": customer_id,
                "date_appointment": slot,
                "planned_hours": 1.0,
                "advisor_id": False,
            }
        )
        return visit.id

    def bookings(self, slots):
        """What the advisor does who books each of the slots, for another customer."""
        return [
            partial(self.book, self.customer_ids[number], slot)
            for number, slot in enumerate(slots)
        ]

    def at_once(self, jobs):
        """Do each by a connection of its own, all having begun before any does it.

        :return: what each got: the id of what it made, or the error
        """
        barrier = threading.Barrier(len(jobs), timeout=30)
        results = [None] * len(jobs)

        def worker(number):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, self.user_id, {})
                first_try = True

                def request():
                    nonlocal first_try
                    # the first query fixes what this transaction sees
                    env["res.partner"].search_count([])
                    if first_try:
                        first_try = False
                        barrier.wait()
                    return jobs[number](env)

                try:
                    # as every request of the web client and of /json/2 is run
                    results[number] = service_model.retrying(request, env)
                except Exception as error:
                    cr.rollback()
                    results[number] = error

        threads = [
            threading.Thread(target=partial(worker, number))
            for number in range(len(jobs))
        ]
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return results


@tagged("standard", "post_install", "-at_install")
class TestBookingConcurrency(ConcurrentShop):
    def test_last_slot_goes_to_one_and_the_other_is_offered_the_next(self):
        results = self.at_once(self.bookings([self.slot, self.slot]))
        won = [result for result in results if isinstance(result, int)]
        lost = [result for result in results if isinstance(result, BookingRefused)]
        self.assertEqual((len(won), len(lost)), (1, 1), results)
        self.assertEqual(lost[0].code, "slot_full")
        self.assertIn("10:30", str(lost[0]))
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            booked = env["dealer.reception"].search(
                [
                    ("company_id", "=", self.company_id),
                    ("date_appointment", "=", self.slot),
                ]
            )
            self.assertEqual(booked.ids, won)

    def test_different_slots_of_a_day_are_all_booked(self):
        day = self.slot + timedelta(days=1)
        slots = [day, day + timedelta(minutes=30), day + timedelta(minutes=60)]
        results = self.at_once(self.bookings(slots))
        self.assertTrue(all(isinstance(result, int) for result in results), results)
