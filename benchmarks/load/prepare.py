"""Who comes in a run: people, cars, visits, jobs, calls and links, in a demo database.

    python -m benchmarks.load.prepare DATABASE MINUTES FILE

Made by the methods that the buttons of the screens call. FILE gets what the virtual
people have to know: how they log in, and what is theirs.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

from odoo import fields
from odoo.fields import Command
from odoo.tools import config

from tools.inside_odoo import environment

from .people import ADVISORS, CALLERS, LOUNGES, PHONES, TECHNICIANS

GROUP_ADVISOR = "dealer_service.group_dealer_service_user"
#: Cars that stand in the shop for each advisor; jobs of each technician.
VISITS, JOBS = 4, 2
#: Customers among those with a telephone who say how it was.
RATINGS = 10
#: What somebody gets done in a minute, at most, and a reserve.
ARRIVALS_A_MINUTE, CALLS_A_MINUTE, RESERVE = 1, 12, 3


class Cast:
    """Makes the people of a run and what they work on."""

    def __init__(self, env):
        self.env = env
        self.company = env.company
        self.now = fields.Datetime.now()
        self.model = env["fleet.vehicle.model"].search([], limit=1)
        self.zone = env.ref("dealer_service.demo_user_advisor1").tz
        self.cars_made = 0

    def users(self, role, group, count):
        """People with one group; their password is their login."""
        vals_list = [
            {
                "name": f"{role}{number}",
                "login": f"load{role}{number}",
                "password": f"load{role}{number}",
                "email": f"load{role}{number}@load.example",
                "group_ids": [Command.link(self.env.ref(group).id)],
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
                "tz": self.zone,
            }
            for number in range(1, count + 1)
        ]
        users = self.env["res.users"].with_context(no_reset_password=True)
        return users.create(vals_list).with_env(self.env)

    def cars(self, count):
        """Customers with a car each, which has never been here."""
        numbers = range(self.cars_made + 1, self.cars_made + count + 1)
        self.cars_made += count
        people = self.env["res.partner"].create(
            [
                {"name": f"客户{number}", "phone": f"139{number:08}"}
                for number in numbers
            ]
        )
        return self.env["fleet.vehicle"].create(
            [
                {
                    "is_customer_vehicle": True,
                    "model_id": self.model.id,
                    "license_plate": f"皖B·L{number:04}",
                    "owner_id": person.id,
                    "company_id": False,
                }
                for number, person in zip(numbers, people, strict=True)
            ]
        )

    def visits(self, advisors):
        """A greeted visit of a new car for each of the advisors."""
        visits = self.env["dealer.reception"].create(
            [
                {
                    "vehicle_id": car.id,
                    "partner_id": car.owner_id.id,
                    "advisor_id": advisor.id,
                    "state": "arrived",
                    "odometer": 10_000,
                    "concern_ids": [Command.create({"name": "刹车时有异响"})],
                }
                for car, advisor in zip(self.cars(len(advisors)), advisors, strict=True)
            ]
        )
        for visit in visits:
            visit.action_greet()
        return visits

    def tick(self, visit):
        """The standards of the step are done."""
        visit.check_ids.filtered(
            lambda check: not check.is_done and not check.is_lapse
        ).action_done()

    def authorize(self, visit, labour):
        """The customer agrees to the estimate, and knows the time."""
        self.tick(visit)
        visit.action_inspect()
        order = self.env["sale.order"].create(
            {
                "reception_id": visit.id,
                "order_line": [Command.create({"product_id": labour.id})],
            }
        )
        order.action_record_consent("in_person", visit.partner_id.name)
        visit.date_promised = self.now + timedelta(hours=3)
        self.tick(visit)
        visit.action_authorize()
        return visit.job_ids

    # -- what each has to know ---------------------------------------------------------

    def advisors(self, minutes):
        """Advisors with cars on site and cars to come, and one visit for all."""
        users = self.users("advisor", GROUP_ADVISOR, ADVISORS)
        visits = self.visits([user for user in users for _visit in range(VISITS)])
        busy = self.visits(users[0])
        to_come = RESERVE + ARRIVALS_A_MINUTE * minutes
        people = []
        for user in users:
            mine = visits.filtered(lambda visit, user=user: visit.advisor_id == user)
            cars = self.cars(to_come)
            people.append(
                {
                    **log_in(user),
                    "visits": mine.ids,
                    "busy": busy.id,
                    "cars": [[car.id, car.license_plate] for car in cars],
                    "plates": mine.mapped("license_plate"),
                }
            )
        return people

    def technicians(self, advisor):
        """Technicians with jobs that have not begun."""
        group = "dealer_service.group_dealer_service_technician"
        labour = self.env["product.product"].create(
            {
                "name": "更换前制动片工时",
                "type": "service",
                "dealer_kind": "labour",
                "dealer_hours": 1.0,
                "list_price": 180.0,
                "invoice_policy": "order",
            }
        )
        people = []
        for user in self.users("technician", group, TECHNICIANS):
            mechanic = self.env["resource.resource"].create(
                {
                    "name": user.name,
                    "dealer_role": "technician",
                    "user_id": user.id,
                    "calendar_id": self.company.dealer_calendar_id.id,
                    "company_id": self.company.id,
                    "tz": self.zone,
                }
            )
            jobs = self.env["dealer.job"]
            for visit in self.visits([advisor] * JOBS):
                jobs |= self.authorize(visit, labour)
            jobs.technician_id = mechanic
            for visit in jobs.reception_id:
                self.tick(visit)
            people.append({**log_in(user), "jobs": jobs.ids})
        return people

    def callers(self, minutes):
        """Callers, and customers enough for all of them."""
        self.company.dealer_call_hours = "00:00-24:00"
        rule = self.env["dealer.care.rule"].create(
            {
                "name": "回访",
                "code": "load",
                "source": "manual",
                "purpose": "service",
                "expire_days": 12,
                "avoid_closed_days": False,
            }
        )
        today = self.company._dealer_today()
        cars = self.cars(RESERVE + CALLS_A_MINUTE * minutes)
        self.env["dealer.followup"].create(
            [
                {
                    "rule_id": rule.id,
                    "vehicle_id": car.id,
                    "partner_id": car.owner_id.id,
                    "contact_name": car.owner_id.name,
                    "contact_phone": car.owner_id.phone_key,
                    "company_id": self.company.id,
                    "anchor_key": f"load:{car.id}",
                    "priority": rule.sequence,
                    "due_date": today,
                    "expire_date": today + timedelta(days=12),
                    "next_try_at": self.now - timedelta(hours=1),
                }
                for car in cars
            ]
        )
        result = self.env.ref("dealer_followup.result_reached")
        group = "dealer_followup.group_dealer_followup_user"
        users = self.users("caller", group, CALLERS)
        return [{**log_in(user), "result": result.id} for user in users]

    def lounges(self):
        """The link of the screens in the lounge."""
        self.company.action_renew_lounge_link()
        url = self.company.dealer_lounge_url
        return [{"path": url[url.index("/lounge/") :]}] * LOUNGES

    def phones(self, visits, advisors):
        """Customers' links: most follow a visit, some have the car back and rate it."""
        fetched = self.visits(advisors[:RATINGS])
        fetched._write_by_method(
            {"state": "delivered", "date_delivered": fields.Datetime.now()}
        )
        followed = visits[: PHONES - len(fetched)]
        people = []
        for visit in fetched | followed:
            visit._portal_ensure_token()
            path = visit.get_portal_url()
            rates = visit in fetched
            people.append({"path": path, "visit": visit.id, "rates": rates})
        return people


def log_in(user):
    """How somebody logs in."""
    return {"login": user.login, "password": user.login}


def cast(env, minutes):
    """All people of a run."""
    made = Cast(env)
    advisors = made.advisors(minutes)
    ids = [visit for advisor in advisors for visit in advisor["visits"]]
    visits = env["dealer.reception"].browse(ids)
    return {
        "advisors": advisors,
        "technicians": made.technicians(visits[0].advisor_id),
        "callers": made.callers(minutes),
        "lounges": made.lounges(),
        "phones": made.phones(visits, visits.advisor_id),
    }


def main():
    """Make them, and write down what they have to know."""
    database, minutes, file = sys.argv[1:]
    config.parse_config(["--no-http", "--stop-after-init"], setup_logging=True)
    with environment(database) as env:
        env = env(context={"lang": env.company.partner_id.lang})
        people = cast(env, int(minutes))
    Path(file).write_text(json.dumps(people, ensure_ascii=False))


if __name__ == "__main__":
    main()
