"""Who follows the guide: each file in its turn, each button, each thing to compare."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import Form, new_test_user

from ...followup_common import DealerFollowupCase
from . import oracle
from .columns import (
    APPOINTMENTS,
    CARE,
    CARS,
    CONSENTS,
    CUSTOMERS,
    DECLINED,
    PARTS,
    VISITS,
)
from .guide import Guide
from .old_shop import (
    ADVISORS,
    DECLINED_HEADINGS,
    SWITCH,
    UNKNOWN,
    VISIT_HEADINGS,
    OldShop,
    as_csv,
    as_xlsx,
)
from .walk import Walk

#: Nobody may have been told anything, and no book may have been touched.
CLOSED = (
    "account.move",
    "account.move.line",
    "dealer.customer.message",
    "dealer.followup",
    "dealer.gate.pass",
    "dealer.job",
    "mail.activity",
    "mail.mail",
    "rating.rating",
    "sale.order",
    "sale.report",
    "stock.move",
)


class GuideFollowed(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guide, cls.old = Guide(), OldShop()
        cls.boss = new_test_user(
            cls.env,
            "boss",
            groups="dealer_service.group_dealer_service_manager,"
            "dealer_followup.group_dealer_followup_manager,"
            "product.group_product_manager",
            company_ids=[Command.set(cls.company.ids)],
            tz="Asia/Shanghai",
            lang="zh_CN",
        )
        # all that is shipped, as in a new database
        cls.Rule.with_context(active_test=False).search([]).active = True
        cls.advisor.name = ADVISORS[0]

    def setUp(self):
        super().setUp()
        self.walk = Walk(self, self.boss)
        self.files = self.guide.files()

    # ------------------------------------------------------------------
    # THE FILES, ONE AFTER THE OTHER
    # ------------------------------------------------------------------

    def load_file(self, number, name, data, columns):
        """Load a file where the guide says, with the columns it names.

        :return: what was refused
        """
        path, wanted = self.files[number]
        self.assertEqual(set(columns), set(wanted), f"file {number}")
        action, context = self.walk.open(path)
        self.assertTrue(self.walk.offers_import(action), path)
        return self.walk.load(action.res_model, context, name, data, columns)

    def load_customers(self):
        """A spreadsheet has shortened a number: the file is refused, and mended."""
        bad = self.old.customers_file({4: "1.38553E+10"})
        [told] = self.load_file(1, "客户资料.csv", bad, CUSTOMERS)
        self.assertIn("1.38553E+10", told["message"])
        partners = self.env["res.partner"].with_context(active_test=False)
        before = partners.search_count([])
        for _time in range(2):
            # once more changes nothing
            self.assertFalse(
                self.load_file(1, "客户资料.csv", self.old.customers_file(), CUSTOMERS)
            )
            count = partners.search_count([]) - before
            self.assertEqual(count, len(self.old.customers))

    def load_cars(self):
        """One car stands in the file twice, with two plates."""
        told = self.load_file(2, "车辆档案.xlsx", self.old.cars_file(True), CARS)
        self.assertIn(self.old.cars[7]["vin"], " ".join(m["message"] for m in told))
        cars = self.env["fleet.vehicle"].with_context(active_test=False)
        counted = cars.search_count([]), self.env["res.partner"].search_count([])
        for _time in range(2):
            self.assertFalse(
                self.load_file(2, "车辆档案.xlsx", self.old.cars_file(False), CARS)
            )
            self.assertEqual(
                (cars.search_count([]), self.env["res.partner"].search_count([])),
                (counted[0] + len(self.old.cars), counted[1]),
            )

    def load_parts(self):
        for _time in range(2):
            self.assertFalse(
                self.load_file(3, "配件目录.csv", self.old.parts_file(), PARTS)
            )
        codes = ["E4T16C-1000010", "S11-3501080", "480-1012010"]
        found = self.env["product.product"].search([("default_code", "in", codes)])
        self.assertEqual(sorted(found.mapped("default_code")), sorted(codes))

    def car(self, plate):
        return self.env["fleet.vehicle"].search([("plate_key", "=", plate)])

    def give_plans_and_owners(self):
        """What the guide asks between the cars and the visits."""
        self.assertTrue(self.guide.says("service plan", "*New Owner*"))
        path = ("Service", "Configuration", "Models and Service Plans")
        self.assertTrue(self.guide.says(" → ".join(path)))
        action, _context = self.walk.open(path)
        models = self.env[action.res_model].with_user(self.boss)
        for model in models.search([("brand_id.name", "=", "奇瑞")]):
            with Form(model) as form:
                form.service_months, form.service_km = oracle.MONTHS, oracle.KM
        sold = self.old.cars[5]
        sold["former"], sold["owner"] = sold["owner"], self.old.customers[8]
        sold["since"] = SWITCH - timedelta(days=200)
        dialog = self.env["dealer.vehicle.owner.change"].with_user(self.boss)
        dialog.create(
            {
                "vehicle_id": self.car(sold["plate"]).id,
                "owner_id": self.partner(sold["owner"]).id,
                "date": sold["since"],
            }
        ).action_apply()

    def partner(self, customer):
        return self.env["res.partner"].search([("name", "=", customer["name"])])

    # ------------------------------------------------------------------
    # THE VISITS
    # ------------------------------------------------------------------

    def newest_rows(self):
        """The rows of the last two years, with what a person mistypes in them.

        :return: rows, and what was meant by text that is wrong
        """
        rows = list(self.old.visit_rows((2025, 2026)))
        heads = [row for row in rows if row[1]]
        meant = {}
        for row, place, wrong in (
            (heads[0], 1, "皖BOOOOO"),
            (heads[1], 3, "3/4/2025 9:00"),
            (heads[2], 12, "1.234,50"),
        ):
            meant[wrong] = row[place]
            if place == 1:
                row[2] = ""
            row[place] = wrong
        rows.append(["WX-X", "沪A99999", *rows[0][2:]])
        rows[-1][2] = ""
        return rows, meant

    def job(self):
        """The scheduled job, on Sunday."""
        name = "dealer_service.ir_cron_dealer_service_takeover"
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()

    def begin(self, year):
        """:return: a new take-over, at its form"""
        action, context = self.walk.open(self.files[4][0])
        screen = self.walk.env[action.res_model].with_context(**context)
        with Form(screen) as form:
            form.name = year
        return form.record

    def load_into(self, takeover, words, name, data, columns):
        """Load a file by the button of the form."""
        self.assertLessEqual(set(columns), self.guide.visit_columns())
        params = self.walk.button(takeover, words)["params"]
        told = self.walk.load(
            params["active_model"], params["context"], name, data, columns
        )
        self.assertFalse(told)

    def shown_sums(self, action):
        """The figures of a pivot: amounts by month and payer."""
        model = self.env[action["res_model"]].with_user(self.boss)
        names = {
            "dealer.takeover.row": ("date:month", "payer_meant", "amount_read:sum"),
            "dealer.past.line": ("date:month", "payer", "amount:sum"),
        }[model._name]
        found = model._read_group(action["domain"], names[:2], names[2:])
        return {
            (f"{month:%Y-%m}", payer): round(amount, 2)
            for month, payer, amount in found
            if payer
        }

    def take_the_newest(self):
        """The last two years, with words to explain and rows to mend."""
        steps = ["Begin", "Load a File", "Check", "Explain its words", "Mend"]
        self.assertEqual(self.guide.steps(), [*steps, "Take Over", "Look"])
        visits = [v for v in self.old.visits if v["arrived"].year >= 2025]
        rows, meant = self.newest_rows()
        takeover = self.begin("2025")
        name = "维修工单2025.csv"
        self.load_into(
            takeover, "Load a File", name, as_csv(VISIT_HEADINGS, rows), VISITS
        )
        data = as_csv(DECLINED_HEADINGS, self.old.declined_rows())
        self.load_into(takeover, "Load Another File", "未做项目.csv", data, DECLINED)
        self.walk.button(takeover, "Check")
        self.job()
        self.assertEqual(takeover.state, "checked")

        # explain
        self.assertEqual(takeover.open_word_count, 1)
        action = self.walk.button(takeover, "Explain Them")
        word = self.walk.env[action["res_model"]].search(action["domain"])
        self.assertEqual(word.word, UNKNOWN)
        word.payer = "customer"
        self.walk.button(takeover, "Check Again")
        self.job()

        # mend
        headings, refused = self.walk.download(
            self.walk.button(takeover, "Download Refused Rows")
        )
        self.assertEqual(len(refused), takeover.refused_count)
        # the program says why, of each order that was spoilt, and of no other
        spoilt = [row for row in refused if {*meant, "沪A99999"} & set(row)]
        self.assertEqual(len(spoilt), len(meant) + 1)
        mended = [
            [meant.get(cell, cell) for cell in row]
            for row in refused
            if "沪A99999" not in row
        ]
        params = self.walk.button(takeover, "Load Another File")["params"]
        told = self.walk.load(
            params["active_model"],
            params["context"],
            "mended.xlsx",
            as_xlsx(headings, mended),
        )
        self.assertFalse(told)
        self.walk.button(takeover, "Check")
        self.job()
        self.assertEqual(takeover.refused_count, 1)
        action = self.walk.button(takeover, "Refused")
        self.walk.env[action["res_model"]].search(action["domain"]).unlink()
        self.env.invalidate_all()
        self.assertEqual(
            (takeover.ready_count, takeover.refused_count), (len(visits), 0)
        )
        action = self.walk.button(takeover, "Sums to Come")
        self.assertEqual(self.shown_sums(action), oracle.sums(visits))

        # take over, and look
        self.walk.button(takeover, "Take Over")
        self.job()
        self.look(takeover, visits)

    def take_the_older(self):
        """The years before, from a spreadsheet; loaded twice, they come once."""
        years = range(2019, 2025)
        visits = [v for v in self.old.visits if v["arrived"].year in years]
        data = as_xlsx(VISIT_HEADINGS, self.old.visit_rows(years))
        takeover = self.begin("2024")
        for words in ("Load a File", "Load Another File"):
            self.load_into(takeover, words, "2024.xlsx", data, VISITS)
        self.walk.button(takeover, "Check")
        self.job()
        self.walk.button(takeover, "Take Over")
        self.job()
        self.look(takeover, visits)
        # a year that is begun once more brings nothing
        again = self.begin("2024, again")
        self.load_into(again, "Load a File", "2024.xlsx", data, VISITS)
        self.walk.button(again, "Check")
        self.job()
        self.assertEqual((again.ready_count, again.double_count), (0, len(visits)))

    def look(self, takeover, visits):
        """What the guide has one look at in the end."""
        self.assertEqual((takeover.state, takeover.visit_count), ("done", len(visits)))
        action = self.walk.button(takeover, "Sums Taken Over")
        self.assertEqual(self.shown_sums(action), oracle.sums(visits))

    # ------------------------------------------------------------------
    # AFTER THE VISITS
    # ------------------------------------------------------------------

    def load_the_rest(self):
        self.assertFalse(self.load_file(6, "车辆补充.xlsx", self.old.care_file(), CARE))
        for _time in range(2):
            self.assertFalse(
                self.load_file(7, "授权.csv", self.old.consents_file(), CONSENTS)
            )

    def load_appointments(self):
        self.assertFalse(
            self.load_file(8, "预约.csv", self.old.appointments_file(), APPOINTMENTS)
        )

    def closed(self):
        """What has to be the same before and after."""
        self.env.flush_all()
        found = {
            name: self.env[name].sudo().with_context(active_test=False).search_count([])
            for name in CLOSED
            if name in self.env
        }
        report = self.env["sale.report"].sudo()
        found["sums"] = report._read_group([], [], ["price_total:sum", "__count"])
        satisfaction = self.env["dealer.satisfaction.report"].sudo()
        found["satisfaction"] = satisfaction.search_count([])
        return found
