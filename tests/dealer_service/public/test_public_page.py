"""What a shop tells everybody: the price of an estimate, and what was posted when."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged, users
from odoo.tools import mute_logger

from ...common import DealerServiceCase


class PublicCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.with_user(cls.manager).action_renew_public_link()
        cls.token = cls.company.dealer_public_token
        tax = cls.env["account.tax"].create(
            {
                "name": "增值税 13 %",
                "amount": 13.0,
                "company_id": cls.company.id,
                "price_include_override": "tax_excluded",
            }
        )
        cls.labour = cls.make_product(
            "更换制动液", "labour", 180.0, dealer_hours=0.9, taxes_id=tax.ids
        )
        cls.part = cls.make_product("机油滤清器", "part", 45.5, taxes_id=tax.ids)
        cls.package = cls.env["sale.order.template"].create(
            {
                "name": "小保养",
                "sale_order_template_line_ids": [
                    (0, 0, {"product_id": cls.labour.id, "product_uom_qty": 1}),
                    (0, 0, {"product_id": cls.part.id, "product_uom_qty": 3}),
                ],
            }
        )
        cls.Price = cls.env["dealer.public.price"]
        cls.rows = cls.Price.create(
            [
                {"product_id": cls.labour.id},
                {"product_id": cls.part.id},
                {"package_id": cls.package.id},
            ]
        )

    def postings(self):
        return self.env["dealer.public.posting"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def estimate(self, *products, package=None):
        visit = self.make_reception(state="arrived")
        if package:
            visit.package_id = package
            return visit._create_estimate()
        return self.make_order(visit, *products)


class TestPublicPrice(PublicCase):
    def test_the_price_is_that_of_an_estimate_with_its_taxes(self):
        labour, part, package = self.rows
        self.assertEqual(labour.price, self.estimate(self.labour).amount_total)
        self.assertEqual(labour.price, 203.4)
        self.assertEqual(part.price, self.estimate(self.part).amount_total)
        self.assertEqual(
            package.price, self.estimate(package=self.package).amount_total
        )
        self.assertGreater(package.price, labour.price + part.price)

    def test_the_price_follows_the_price_list_of_that_day(self):
        self.labour.list_price = 200.0
        self.env.invalidate_all()
        labour = self.rows[0]
        self.assertEqual(labour.price, self.estimate(self.labour).amount_total)
        self.assertEqual(labour.price, 226.0)

    def test_work_with_hours_has_a_rate_by_the_hour(self):
        labour, part, package = self.rows
        self.assertEqual(labour.rate, 226.0)
        self.assertEqual(labour.hours, 0.9)
        self.assertFalse(part.rate or package.rate)

    def test_a_price_is_that_of_one_thing(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.Price.create({})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.rows[0].package_id = self.env["sale.order.template"].create(
                {"name": "大保养"}
            )
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_a_thing_is_published_once(self):
        with self.assertRaises(IntegrityError):
            self.Price.create({"product_id": self.labour.id})

    def test_nothing_is_stored_to_know_a_price(self):
        before = self.env["sale.order"].search_count([])
        self.rows.invalidate_recordset()
        self.rows.mapped("price")
        self.env.flush_all()
        self.assertEqual(self.env["sale.order"].search_count([]), before)


class TestPosting(PublicCase):
    def test_what_was_posted_is_kept_with_its_days(self):
        first = self.company._public_posting()
        self.assertEqual(self.company._public_posting(), first)
        self.labour.list_price = 200.0
        self.env.invalidate_all()
        second = self.company._public_posting()
        self.assertNotEqual(first, second)
        self.assertEqual(first.date_to, second.date_from)
        self.assertFalse(second.date_to)
        self.assertIn("203.40", first.page)
        self.assertIn("226.00", second.page)

    def test_a_notice_is_shown_on_its_days(self):
        notice = self.env["dealer.public.notice"].create(
            {"name": "春节放假", "date_from": "2030-02-01", "date_to": "2030-02-08"}
        )
        self.assertNotIn("春节放假", self.company._public_posting().page)
        notice.date_from = notice.date_to = self.company._dealer_today()
        self.assertIn("春节放假", self.company._public_posting().page)

    def test_shipped_notices_name_their_source_and_year(self):
        for name in ("parts", "sanbao", "12315", "12328", "12345"):
            notice = self.env.ref(f"dealer_service.dealer_public_notice_{name}")
            self.assertRegex(notice.source, r"20\d\d", name)

    @users("manager")
    def test_nobody_rewrites_what_was_posted(self):
        posting = self.postings().with_env(self.env)[:1]
        with self.assertRaises(UserError):
            posting.write({"content": {}})
        with self.assertRaises(AccessError):
            posting.unlink()
        with self.assertRaises(UserError):
            posting.sudo().write({"content": {}})
        with self.assertRaises(AccessError):
            posting.create({"company_id": self.company.id})

    @users("manager")
    def test_the_poster_says_what_is_posted(self):
        self.company.with_env(self.env).action_print_public()
        report = self.env.ref("dealer_service.action_paper_public")
        html = report._render_qweb_html(report.report_name, self.postings().ids)[0]
        words = html.decode()
        self.assertIn("203.40", words)
        self.assertIn("更换制动液", words)
        self.assertIn("<svg", words)

    def test_another_shop_reads_and_writes_none_of_it(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        colleague = self.make_users(
            {
                "login": "colleague",
                "groups": "dealer_service.group_dealer_service_manager",
                "company_id": other.id,
                "company_ids": [(6, 0, other.ids)],
            }
        )
        notice = self.env["dealer.public.notice"].create(
            {"name": "春节放假", "company_id": self.company.id}
        )
        for record in (self.rows, self.postings(), notice):
            theirs = record.with_user(colleague)
            self.assertFalse(theirs.search([("id", "in", record.ids)]))
            with self.assertRaises(AccessError):
                theirs.read(["company_id"])

    def test_another_shop_posts_its_own(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        self.manager.company_ids += other
        other.with_user(self.manager).action_renew_public_link()
        self.assertNotIn("更换制动液", other._public_posting().page)

    def test_the_job_posts_what_has_changed(self):
        self.company._public_posting()
        self.part.list_price = 99.0
        self.env.invalidate_all()
        self.env["res.company"]._cron_post()
        now = self.postings().filtered(lambda posting: not posting.date_to)
        self.assertIn(self.rows[1]._posted()["price"], now.page)


class TestPublicLink(PublicCase):
    @users("advisor")
    def test_an_advisor_neither_sees_nor_changes_the_link(self):
        company = self.company.with_env(self.env)
        with self.assertRaises(AccessError):
            company.read(["dealer_public_token"])
        for action in ("action_renew_public_link", "action_revoke_public_link"):
            with self.assertRaises(AccessError):
                getattr(company, action)()

    def test_without_a_link_nothing_is_posted(self):
        self.company.with_user(self.manager).action_revoke_public_link()
        with self.assertRaises(UserError):
            self.company._public_posting()
        self.assertFalse(self.company._lounge_sheets())
        self.assertFalse(self.company._lounge_codes())


@tagged("post_install", "-at_install")
class TestPublicPage(PublicCase, HttpCase):
    def test_everybody_with_the_link_reads_the_page(self):
        page = self.url_open(f"/dealer/{self.token}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("更换制动液", page.text)
        self.assertIn("203.40", page.text)
        self.assertIn("12315", page.text)
        self.assertNotIn(self.customer.name, page.text)

    def test_a_wrong_or_revoked_link_leads_nowhere(self):
        self.assertEqual(self.url_open("/dealer/nonsense").status_code, 404)
        self.company.with_user(self.manager).action_revoke_public_link()
        self.assertEqual(self.url_open(f"/dealer/{self.token}").status_code, 404)

    def test_whoever_looks_is_shown_what_is_kept(self):
        self.url_open(f"/dealer/{self.token}")
        self.labour.list_price = 200.0
        page = self.url_open(f"/dealer/{self.token}")
        self.assertIn("226.00", page.text)
        self.assertIn("226.00", self.postings()[-1].page)

    def test_the_lounge_screen_turns_to_what_is_posted(self):
        self.company.with_user(self.manager).action_renew_lounge_link()
        self.company._public_posting()
        page = self.url_open(f"/lounge/{self.company.dealer_lounge_token}")
        self.assertIn("更换制动液", page.text)
        self.assertIn("<svg", page.text)


@tagged("standard", "post_install", "-at_install")
class TestIcpNumber(PublicCase, HttpCase):
    """China asks of websites that their registration stands on each page."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def pages(self):
        visit = self.make_reception(state="arrived")
        order = self.make_order(visit, self.labour)
        order.with_user(self.advisor).action_share_link()
        yield "shop", f"/dealer/{self.token}"
        yield "estimate", order.dealer_link
        yield "sign in", "/web/login"

    def test_number_stands_at_the_foot(self):
        self.company.dealer_icp_number = "皖ICP备2026001号-1"
        for name, path in self.pages():
            with self.subTest(name):
                page = self.url_open(path)
                self.assertEqual(page.status_code, 200)
                self.assertIn("皖ICP备2026001号-1", page.text)

    def test_without_a_number_there_is_no_line(self):
        self.assertFalse(self.company.dealer_icp_number)
        for name, path in self.pages():
            with self.subTest(name):
                self.assertNotIn("beian.miit.gov.cn", self.url_open(path).text)
