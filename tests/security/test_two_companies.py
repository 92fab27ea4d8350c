"""Two shops of one group, a customer and a car in both: each sees its own.

Everything is tried with every role of each shop, from the registry: a model, a report
or a tile that is added tomorrow is tried tomorrow. What both shops read – the cards of
cars and customers – is decision 0017.
"""

import re

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import freeze_time
from odoo.tools import SQL

from ..followup_common import cn
from ..test_conventions import ADDONS
from .common import KINDS, ROLES, SecurityCase

#: Whose marks a shop must not see: by the side of the person who looks.
HIDDEN = {"own": ["other"], "other": ["own", "colleague"]}
#: The cards of customers and cars are the group's: what is written on them is read.
SECRETS = [kind for kind in KINDS if kind != "person"]
#: Models of Odoo that carry what we know about customers.
OF_ODOO = (
    "account.move",
    "account.move.line",
    "fleet.vehicle",
    "mail.activity",
    "mail.message",
    "rating.rating",
    "res.partner",
    "resource.resource",
    "sale.order",
    "sale.order.line",
    "survey.survey",
    "survey.user_input",
    "survey.user_input.line",
    "utm.campaign",
)
#: The link of the consent page is the card's, as the card is the group's.
OF_THE_CARD = {"res.partner": ["token"]}
#: An opt-out counts for the car in every shop, and knows no company.
UNKNOWN = "dealer.care.optout"
#: What each report counts, by SQL that knows nothing of it.
COUNTED = {
    "dealer.reception.report": "dealer_reception WHERE TRUE",
    "dealer.complaint.report": (
        "dealer_complaint WHERE state NOT IN ('cancelled', 'merged')"
    ),
    "dealer.sla.report": (
        "dealer_sla_timer t WHERE state != 'cancelled' AND EXISTS (SELECT FROM"
        " dealer_complaint c WHERE c.id = t.complaint_id"
        " AND c.state NOT IN ('cancelled', 'merged'))"
    ),
    "dealer.followup.report": "dealer_followup WHERE state IN ('todo', 'waiting')",
    "dealer.activity.report": "dealer_activity WHERE TRUE",
}


@freeze_time(cn(2, 10))
class TestTwoCompanies(SecurityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.our_models = sorted(
            name
            for name, model in cls.env.registry.items()
            if model._original_module in ADDONS
            and not model._abstract
            and not model._transient
            and name != UNKNOWN
        )

    def everybody(self, roles=ROLES):
        """(side, role, environment) of each person of the two shops."""
        for side, hidden in HIDDEN.items():
            company = self.other_company if side == "other" else self.company
            for role in roles:
                user = self.people[side][role]
                context = {"allowed_company_ids": company.ids}
                yield side, role, self.env(user=user, context=context, su=False), hidden

    def assertHidden(self, answer, hidden, what):
        answer = str(answer)
        kinds = [kind for kind in SECRETS if kind not in OF_THE_CARD.get(what, ())]
        found = [
            mark
            for mark in self.leaks(answer, hidden, kinds)
            # a figure is a number of its own, no part of a token or of a time
            if re.search(rf"(?<![\w.:-]){re.escape(mark)}(?![\w:-])", answer)
            or not mark.replace(",", "").isdigit()
        ]
        self.assertEqual(found, [], what)

    def read_all(self, records):
        """Every field that may be read; one that refuses hides no other."""
        try:
            return records.read()
        except AccessError:
            answers = []
            for name in records.fields_get(attributes=[]):
                try:
                    answers.append(records.read([name]))
                except AccessError:
                    continue
            return answers

    # -- records --------------------------------------------------------------

    def test_no_record_tells_of_the_other_shop(self):
        tried = 0
        for side, role, env, hidden in self.everybody():
            for name in (*self.our_models, *OF_ODOO):
                model = env[name].with_context(active_test=False)
                if not model.has_access("read"):
                    continue
                records = model.search([])
                tried += len(records)
                with self.subTest(side=side, role=role, model=name):
                    self.assertHidden(self.read_all(records), hidden, name)
        self.assertGreater(tried, 2000)

    def test_records_of_the_other_shop_are_not_found(self):
        for side, role, env, _hidden in self.everybody():
            foreign = self.company if side == "other" else self.other_company
            for name in self.our_models:
                model = env[name].with_context(active_test=False)
                if "company_id" in model._fields and model.has_access("read"):
                    with self.subTest(side=side, role=role, model=name):
                        found = model.search([("company_id", "=", foreign.id)])
                        self.assertFalse(found.ids)

    # -- figures ----------------------------------------------------------------

    def test_reports_count_the_own_shop(self):
        roles = ("manager", "officer", "complaint_manager", "care_manager")
        tried = set()
        for side, role, env, _hidden in self.everybody(roles):
            for name, source in COUNTED.items():
                if not env[name].has_access("read"):
                    continue
                [[count]] = env.execute_query(
                    SQL(
                        f"SELECT COUNT(*) FROM {source} AND company_id = %s",  # noqa: S608
                        env.company.id,
                    )
                )
                with self.subTest(side=side, role=role, report=name):
                    self.assertEqual(env[name].search_count([]), count)
                    self.assertTrue(count)
                tried.add(name)
        self.assertEqual(tried, set(COUNTED))

    def test_customer_base_values_complaints_of_the_home_shop(self):
        """A car whose home is one shop, with a complaint worth a lot in the other."""
        car = self.vehicle
        car._update_life_cycle()
        home = car.home_company_id
        elsewhere = (self.company | self.other_company) - home
        Report = self.env["dealer.customer.report"]
        before = Report.search([("vehicle_id", "=", car.id)]).value_at_risk
        elsewhere.dealer_value_yearly = 1_000_000
        self.env.flush_all()
        self.env.invalidate_all()
        after = Report.search([("vehicle_id", "=", car.id)]).value_at_risk
        self.assertEqual(after, before)

    def test_tiles_of_the_homes_count_what_their_own_shop_has(self):
        roles = {
            "service": "manager",
            "complaint": "complaint_manager",
            "followup": "care_manager",
        }
        tried = 0
        for side in HIDDEN:
            for app, role in roles.items():
                [[_side, _role, env, _hidden]] = [
                    row for row in self.everybody([role]) if row[0] == side
                ]
                home = env["dealer.home"]
                if app not in home._my_apps():
                    self.fail(f"{role} has no app {app}")
                for tile in home._my_tiles(app):
                    model = env[tile["model"]].sudo()
                    shop = Domain("company_id", "=", env.company.id)
                    if "company_id" not in model._fields:
                        continue
                    count = model.search_count(home._tile_domain(tile, False) & shop)
                    shown = env[tile["model"]].search_count(
                        home._tile_domain(tile, False)
                    )
                    with self.subTest(side=side, app=app, tile=tile["key"]):
                        self.assertEqual(shown, count)
                    tried += 1
        self.assertGreater(tried, 30)

    def test_months_of_the_managers_have_no_figure_of_the_other_shop(self):
        """What is added in the other shop moves no figure here."""
        roles = {
            "service": "manager",
            "complaint": "complaint_manager",
            "followup": "care_manager",
        }

        def months():
            return {
                app: self.env(
                    user=self.people["own"][role],
                    context={"allowed_company_ids": self.company.ids},
                    su=False,
                )["dealer.home"].get_home(app, mine=False)
                for app, role in roles.items()
            }

        before = months()
        with self.in_shop(self.other_company, self.people["other"]):
            visit = self.make_reception(
                vehicle_id=self.vehicle.id, company_id=self.other_company.id
            )
            visit._write_by_method({"state": "delivered", "date_delivered": cn(2, 10)})
            self.make_complaint(company_id=self.other_company.id)
            self.make_task(self.sides["other"].rule)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(months(), before)

    # -- dialogs, boards, sheets ------------------------------------------------

    def test_call_sheet_of_the_shared_customer(self):
        for hour, (side, _role, env, hidden) in zip(
            (9, 15), self.everybody(["caller"]), strict=True
        ):
            # calls of the other shop keep from another one on the same day
            with freeze_time(cn(4, hour)):
                task = env["dealer.followup"].browse(self.sides[side].shared_task.id)
                sheet = env["dealer.followup.call"].browse(task.action_call()["res_id"])
                with self.subTest(side=side):
                    shown = f"{sheet.warning} {sheet.briefing} {sheet.script}"
                    self.assertHidden(shown, hidden, side)
                    for kind in ("complaint", "care"):
                        self.assertTrue(self.leaks(shown, [side], [kind]))
                sheet.action_put_back()

    def test_arrival_of_the_shared_car(self):
        for side, role, env, hidden in self.everybody(["advisor", "manager"]):
            for query in (self.vehicle.license_plate, "王建国"):
                dialog = env["dealer.arrival"].create({"query": query})
                answer = [
                    dialog.read(),
                    dialog.last_reception_ids.read(["display_name"]),
                    env["fleet.vehicle"].name_search(query),
                    env["res.partner"].name_search(query),
                ]
                with self.subTest(side=side, role=role, query=query):
                    self.assertHidden(answer, hidden, query)
                    self.assertEqual(dialog.vehicle_id, self.vehicle)

    def test_boards(self):
        for side, role, env, hidden in self.everybody(
            ["technician", "advisor", "manager"]
        ):
            calls = {
                "workshop": lambda env=env: env["dealer.job"].get_board_data(),
                "bookings": lambda env=env: env["dealer.reception"].get_booking_day(),
                "lane": lambda env=env: env["dealer.reception"].search_read([]),
            }
            for name, call in calls.items():
                with self.subTest(side=side, role=role, board=name):
                    try:
                        answer = call()
                    except (AccessError, UserError):
                        continue
                    self.assertHidden(answer, hidden, name)

    def test_digest(self):
        digest = self.env.ref("dealer_service.digest_after_sales")
        boss = self.people["own"]["manager"]
        boss.group_ids += self.env.ref(
            "dealer_complaint.group_dealer_complaint_manager"
        ) | self.env.ref("dealer_followup.group_dealer_followup_manager")
        before = digest._compute_kpis(self.company, boss)
        with self.in_shop(self.other_company, self.people["other"]):
            self.make_complaint(company_id=self.other_company.id)
        self.env.invalidate_all()
        self.assertEqual(digest._compute_kpis(self.company, boss), before)

    def test_pages_of_one_shop_tell_nothing_of_the_other(self):
        for side, hidden in HIDDEN.items():
            world = self.sides[side]
            for record in (world.shared_visit, world.shared_complaint):
                with self.subTest(side=side, model=record._name):
                    self.assertHidden(str(record._portal_values()), hidden, "")

    # -- what is kept ----------------------------------------------------------

    def test_what_is_kept_for_one_shop_is_not_given_to_the_other(self):
        shops = self.company, self.other_company
        rate = self.env["dealer.return.rate"]
        report = self.env["dealer.customer.report"]
        standard = self.env["dealer.service.standard"]
        step = self.env["dealer.service.step"].create(
            {
                "name": "Only here",
                "code": "only_here",
                "state": "arrived",
                "company_id": self.company.id,
                "standard_ids": [(0, 0, {"name": "Only here"})],
            }
        )
        day = self.company._dealer_today()
        kept = {
            "standards": lambda shop: standard._asked_for("arrived", shop.id),
            "returns": lambda shop: rate._own_counts(shop.id, day),
            "rates": lambda shop: rate._blended(shop.id, day),
            "shares": lambda shop: report._return_shares(shop.id, day),
            "advisors": lambda shop: shop._dealer_advisors().ids,
            "opening": lambda shop: shop._dealer_calendar().id,
        }
        for name, ask in kept.items():
            with self.subTest(kept=name):
                fresh = []
                for shop in shops:
                    self.env.registry.clear_cache()
                    fresh.append(ask(shop))
                self.env.registry.clear_cache()
                self.assertEqual([ask(shop) for shop in shops], fresh)
        here, there = (kept["standards"](shop) for shop in shops)
        ours = step.standard_ids.id
        self.assertIn(ours, [asked.id for asked in here])
        self.assertNotIn(ours, [asked.id for asked in there])
        self.assertNotEqual(
            kept["advisors"](self.company), kept["advisors"](self.other_company)
        )

    # -- threads --------------------------------------------------------------

    def test_nobody_reads_who_follows_or_was_told_in_the_other_shop(self):
        complaint = self.sides["own"].complaint
        customer = self.make_partner(
            name="Customer of one shop",
            email="one@example.com",
            company_id=self.company.id,
        )
        complaint.message_subscribe(customer.ids)
        complaint.message_post(body="As agreed", partner_ids=customer.ids)
        for model in ("mail.followers", "mail.notification"):
            who = "partner_id" if model == "mail.followers" else "res_partner_id"
            rows = self.env[model].search([(who, "=", customer.id)])
            self.assertTrue(rows)
            for user in self.people["other"].values():
                theirs = rows.with_user(user)
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(theirs.search([(who, "=", customer.id)]))
                    with self.assertRaises(AccessError):
                        theirs.read([who])
            ours = rows.with_user(self.handler)
            self.assertEqual(ours.search([(who, "=", customer.id)]), ours)
            self.assertTrue(ours.read([who]))

    def test_many_followers_are_judged_by_as_few_queries_as_one(self):
        def queries(complaints):
            self.env.flush_all()
            rows = self.env["mail.followers"].browse(
                complaints.message_follower_ids.ids
            )
            rows = rows.with_user(self.handler)
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows.check_access("read")
            return self.cr.sql_log_count - before

        one = self.sides["own"].complaint
        many = one.create(
            [
                {"subject": f"Noise {number}", "partner_id": one.partner_id.id}
                for number in range(8)
            ]
        )
        many.message_subscribe(one.partner_id.ids)
        queries(one)
        self.assertLessEqual(queries(one | many), queries(one))
