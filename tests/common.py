"""Base case and factories. Every test of the suite stands on them."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged


def what_opens(action):
    """The screen that comes after an action, past the word that offers to undo it."""
    return action.get("params", {}).get("next") or action


@tagged("standard", "post_install", "-at_install")
class DealerServiceCase(TransactionCase):
    """A service department: an advisor, a technician, a manager, and customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the shop is Chinese; tests read English unless they ask for Chinese
        cls.env["ir.default"].set("res.partner", "lang", "en_US")
        cls.company = cls.env.company
        cls.company.partner_id.lang = "en_US"
        # those of China are entered at installation; a test enters those it is about
        cls.env["resource.calendar.leaves"].search(
            [("resource_id", "=", False)]
        ).unlink()
        cls.env["dealer.workday"].search([]).unlink()
        cls.company.dealer_holidays_until = 0
        # what is owed before the key is asked in tests/dealer_service/gate
        cls.company.dealer_pay_first = False
        # what the manufacturer is asked for is tried in tests/dealer_service/factory
        cls.company.dealer_warranty_claims = False
        # nearly every car of a test is here for the first time
        cls.company.dealer_first_visit_plan_id = False
        cls.advisor = cls.make_user("advisor", "user")
        cls.technician = cls.make_user("technician", "technician")
        cls.manager = cls.make_user("manager", "manager")
        cls.brand = cls.env["fleet.vehicle.model.brand"].create({"name": "Chery"})
        cls.model = cls.env["fleet.vehicle.model"].create(
            {"name": "Tiggo 8", "brand_id": cls.brand.id}
        )
        cls.customer = cls.make_partner(name="王建国", phone="138 0553 1234")
        cls.vehicle = cls.make_vehicle()

    @classmethod
    def make_user(cls, login, role, **values):
        """A user with one role of the service department.

        :param str role: ``technician``, ``user`` (advisor) or ``manager``
        """
        groups = f"dealer_service.group_dealer_service_{role}"
        return cls.make_users({"login": login, "groups": groups, **values})

    @classmethod
    def make_users(cls, *people):
        """As ``new_test_user`` makes them, but all at once, and invited by no mail.

        :param people: the values of each, with the XML ids of the ``groups``
        """
        vals_list = []
        for person in people:
            vals = dict(person)
            login, groups = vals["login"], vals.pop("groups")
            group_ids = [cls.env.ref(name).id for name in groups.split(",")]
            vals_list.append(
                {
                    "name": f"{login} ({groups})",
                    "password": login + "x" * (8 - len(login)),
                    "email": f"{login[0]}.{login[0]}@example.com",
                    "group_ids": [Command.set(group_ids)],
                    "company_ids": [Command.set(cls.env.company.ids)],
                    "tz": "Asia/Shanghai",
                    **vals,
                }
            )
        users = cls.env["res.users"].with_context(no_reset_password=True)
        return users.create(vals_list).with_env(cls.env)

    @classmethod
    def make_partner(cls, **values):
        return cls.env["res.partner"].create({"name": "Customer", **values})

    @classmethod
    def make_vehicle(cls, **values):
        """A customer's car; owner and plate unless given otherwise."""
        return cls.make_vehicles(values)

    @classmethod
    def make_vehicles(cls, *cars):
        return cls.env["fleet.vehicle"].create(
            [
                {
                    "is_customer_vehicle": True,
                    "model_id": cls.model.id,
                    "license_plate": "皖B·A1234",
                    "owner_id": cls.customer.id,
                    "company_id": False,
                    **values,
                }
                for values in cars
            ]
        )

    @classmethod
    def make_reception(cls, **values):
        """A visit, booked unless ``state="arrived"`` is given."""
        return cls.make_receptions(values)

    @classmethod
    def make_receptions(cls, *visits):
        """In another shop the advisor receives nobody."""
        here = cls.company.id
        return cls.env["dealer.reception"].create(
            [
                {
                    "vehicle_id": cls.vehicle.id,
                    "partner_id": cls.customer.id,
                    "advisor_id": values.get("company_id", here) == here
                    and cls.advisor.id,
                    **values,
                }
                for values in visits
            ]
        )

    @classmethod
    def make_product(cls, name="四轮定位", kind="labour", price=200.0, **values):
        """Labour, a part, sublet work or a fee; without taxes unless given."""
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu" if kind == "part" else "service",
                "dealer_kind": kind,
                "list_price": price,
                "taxes_id": [],
                "invoice_policy": "order",
                **values,
            }
        )

    @classmethod
    def make_order(cls, reception, *products, **values):
        """An estimate (or supplement) of the visit with one line per product."""
        if reception._is_authorized():
            values = {"dealer_reason": "磨损", **values}
        return cls.env["sale.order"].create(
            {
                "reception_id": reception.id,
                "order_line": [
                    Command.create({"product_id": product.id})
                    for product in products or [cls.make_product()]
                ],
                **values,
            }
        )

    @classmethod
    def open_text_account(cls):
        """An account for text messages, where Odoo's SMS is installed."""
        if "sms.sms" in cls.env:
            service = cls.env["iap.service"].search([("technical_name", "=", "sms")])
            cls.env["iap.account"].create(
                {"service_id": service.id, "account_token": "t", "state": "registered"}
            )

    @classmethod
    def bring_to(cls, reception, state):
        """Take a visit on to ``state``, ticking every standard on the way.

        An estimate, the consent and a promise are made if there are none; jobs are
        done and checked.
        """
        way = ["arrived", "inspected", "authorized", "working", "quality", "ready"]
        way += ["settled", "delivered"]
        steps = {
            "arrived": reception.action_arrive,
            "inspected": reception.action_inspect,
            "authorized": lambda: cls.authorize(reception),
            "working": reception.action_start,
            "quality": lambda: (cls.do_jobs(reception), reception.action_finish()),
            "ready": lambda: (cls.pass_quality(reception), cls.make_ready(reception)),
            "settled": reception.action_settle,
            "delivered": reception.action_deliver,
        }
        done = way.index(reception.state) + 1 if reception.state in way else 0
        for step in way[done : way.index(state) + 1]:
            cls.tick(reception)
            if reception.state == "arrived" and not reception.date_greeted:
                reception.action_greet()
            steps[step]()
        return reception

    @classmethod
    def do_jobs(cls, reception):
        """A technician of the shop carries out every open job."""
        mechanic = cls.env["resource.resource"].search(
            [("user_id", "=", cls.technician.id)]
        ) or cls.make_technician(cls.technician)
        for job in reception.job_ids.filtered(lambda job: job.state != "done"):
            job.technician_id = job.technician_id or mechanic
            job.action_start()
            job.action_done()

    @classmethod
    def make_ready(cls, reception):
        if not reception.date_passed:
            reception.action_pass()
        cls.tick(reception)
        return reception.action_ready()

    @classmethod
    def authorize(cls, reception, *products):
        """The customer agrees to the estimate in person, and knows the time."""
        orders = reception.order_ids.filtered(lambda o: o.state in ("draft", "sent"))
        orders = orders or cls.make_order(reception, *products)
        orders.filtered(lambda o: not o.consent_date).action_record_consent(
            "in_person", "王建国"
        )
        if not reception.date_promised:
            reception.date_promised = fields.Datetime.now() + timedelta(hours=3)
        cls.tick(reception)
        return reception.action_authorize()

    @classmethod
    def tick(cls, reception):
        """Carry out every standard of the current step.

        What the visit proves by itself is ticked by programs only.
        """
        reception.check_ids.filtered(
            lambda check: (
                not check.is_done
                and not check.is_lapse
                and (reception.env.su or not check.evidence)
            )
        ).action_done()

    @classmethod
    def open_around_the_clock(cls):
        """It is about ten in the morning in the shop, whenever the test runs."""
        offset = max(10 - fields.Datetime.now().hour, -12)
        zone = f"Etc/GMT{-offset:+d}" if offset else "UTC"
        cls.company.dealer_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Around the clock",
                "tz": zone,
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Open",
                                "dayofweek": str(day),
                                "hour_from": 0,
                                "hour_to": 24,
                                "day_period": "full_day",
                            }
                        )
                        for day in range(7)
                    ),
                ],
            }
        )
        cls.env["resource.resource"].search([("dealer_role", "!=", False)]).write(
            {"calendar_id": cls.company.dealer_calendar_id.id}
        )

    # ------------------------------------------------------------------
    # WORKSHOP
    # ------------------------------------------------------------------

    @classmethod
    def make_technician(cls, user=None, **values):
        """A technician of the workshop, with the user who signs in as such."""
        return cls.env["resource.resource"].create(
            {
                "name": user.name if user else "Technician",
                "dealer_role": "technician",
                "user_id": user.id if user else False,
                "tz": "Asia/Shanghai",
                **values,
            }
        )

    @classmethod
    def make_bay(cls, **values):
        return cls.env["resource.resource"].create(
            {"name": "Bay 1", "dealer_role": "bay", **values}
        )

    @classmethod
    def make_job(cls, reception, **values):
        """Internal work by hand; sold work follows from a consented order."""
        return cls.env["dealer.job"].create(
            {
                "name": "Road noise diagnosis",
                "reception_id": reception.id,
                "planned_hours": 1.0,
                **values,
            }
        )

    @classmethod
    def pass_quality(cls, reception):
        """Carry out the three levels of the quality check, each by who may sign it."""
        workers = reception._workers()
        colleague = cls._quality_user("team_checker")
        inspector = cls._quality_user("final_inspector")
        for level, user in (
            ("self", workers[:1] or cls.env.user),
            ("team", colleague),
            ("final", inspector),
        ):
            cls.env["dealer.quality.check"].with_user(user).create(
                {"reception_id": reception.id, "level": level}
            )

    @classmethod
    def _quality_user(cls, login):
        user = cls.env["res.users"].search([("login", "=", login)])
        return user or cls.make_user(login, "technician")
