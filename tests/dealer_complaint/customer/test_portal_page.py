"""Who sees the customer's page of a complaint, and what is on it."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.dealer_service.tools.inspection.photo import clean_photo

from ...camera import camera_photo
from ...portal_common import ComplaintPortalCase


@tagged("standard", "post_install", "-at_install")
class TestPortalPage(ComplaintPortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(
            cls.env,
            login="technician_at_home",
            password="technician_at_home" * 2,
            groups="dealer_service.group_dealer_service_technician",
        )

    # ------------------------------------------------------------------
    # WHO
    # ------------------------------------------------------------------

    def test_link_shows_the_complaint_without_login(self):
        page = self.get(token=self.token)
        self.assertEqual(page.status_code, 200)
        for shown in ("刹车异响", "保养后刹车有异响", self.complaint.name, "皖B·A1234"):
            self.assertIn(shown, page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_wrong_number_token_person_and_company_are_not_found_alike(self):
        other = self.make_complaint(partner_id=self.stranger.id)
        other._portal_ensure_token()
        missing = self.complaint.browse(10**8)
        answers = [
            self.get(),
            self.get(token="0" * 36),
            self.get(token="令牌"),
            self.get(token=other.access_token),
            self.get(missing, token=self.token),
            self.get(missing.browse(10**20), token=self.token),
        ]
        self.sign_in("stranger")
        answers += [self.get(), self.get(missing), self.get(token="wrong")]
        self.sign_in("technician_at_home")
        answers += [self.get(), self.get(suffix="/clock")]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertFalse([a for a in answers if "刹车异响" in a.text])

    def test_link_dies_when_it_is_withdrawn_or_made_anew(self):
        self.complaint.with_user(self.handler).action_share_link()
        self.assertEqual(self.get(token=self.token).status_code, 404)
        # whoever made it could answer in the customer's place
        log = self.complaint.message_ids[:1]
        self.assertIn("link was made anew", log.body)
        self.assertEqual(log.author_id, self.handler.partner_id)
        second = self.complaint.access_token
        self.assertEqual(self.get(token=second).status_code, 200)
        self.complaint.with_user(self.handler).action_revoke_link()
        self.assertEqual(self.get(token=second).status_code, 404)
        # an empty token is none
        self.assertEqual(self.get(token="").status_code, 404)

    def test_only_who_may_write_the_complaint_makes_and_withdraws_its_link(self):
        for method in ("action_share_link", "action_revoke_link"):
            with self.assertRaises(AccessError):
                getattr(self.complaint.with_user(self.colleague), method)()

    def test_link_dies_when_the_customer_is_corrected(self):
        self.complaint.partner_id = self.customer
        self.assertEqual(self.get(token=self.token).status_code, 200)
        self.complaint.partner_id = self.stranger
        self.assertEqual(self.get(token=self.token).status_code, 404)
        # whoever wrote the mail was nobody in particular until now
        mail = self.make_complaint(
            partner_id=self.env.ref("dealer_complaint.partner_unknown").id
        )
        mail._portal_ensure_token()
        mail.partner_id = self.customer
        self.assertEqual(self.get(mail, mail.access_token).status_code, 200)

    def test_customer_sees_own_complaints_with_a_login(self):
        foreign = self.make_complaint(subject="别人的", partner_id=self.stranger.id)
        self.sign_in("owner")
        listed = self.url_open("/my/complaints").text
        self.assertIn("刹车异响", listed)
        self.assertNotIn("别人的", listed)
        self.assertEqual(self.get().status_code, 200)
        self.assertEqual(self.get(foreign).status_code, 404)

    def test_customer_of_one_shop_does_not_see_another_shops_by_login(self):
        company = self.env["res.company"].create({"name": "另一家店"})
        there = self.make_complaint(
            subject="另一家店的事", company_id=company.id, user_id=False
        )
        self.sign_in("owner")
        self.assertEqual(self.get(there).status_code, 404)
        self.assertNotIn("另一家店的事", self.url_open("/my/complaints").text)
        # the link is of that complaint, wherever it is
        there._portal_ensure_token()
        self.assertEqual(self.get(there, there.access_token).status_code, 200)

    def test_employee_of_the_customers_company_sees_its_complaints(self):
        fleet = self.make_partner(name="芜湖物流", is_company=True)
        driver = self.make_partner(name="司机", parent_id=fleet.id)
        self.make_portal_user("driver", driver)
        complaint = self.make_complaint(partner_id=fleet.id)
        self.sign_in("driver")
        self.assertEqual(self.get(complaint).status_code, 200)

    def test_list_needs_a_login(self):
        for path in ("/my/complaints", "/my/complaints/new"):
            answer = self.url_open(path, allow_redirects=False)
            self.assertEqual(answer.status_code, 303, path)
            self.assertIn("/web/login", answer.headers["Location"])

    def test_archived_complaint_is_not_found(self):
        self.complaint.active = False
        self.assertEqual(self.get(token=self.token).status_code, 404)
        self.sign_in("owner")
        self.assertEqual(self.get().status_code, 404)

    def test_customers_have_no_rights_on_the_model_at_all(self):
        mine = self.complaint.with_user(self.owner_user)
        for name in ("value_at_risk", "cause", "description"):
            with self.assertRaises(AccessError):
                mine.read([name])
        with self.assertRaises(AccessError):
            mine.env["dealer.complaint"].search([])
        for method in ("action_investigate", "action_sla_poke", "action_share_link"):
            with self.assertRaises(AccessError):
                getattr(mine, method)()

    # ------------------------------------------------------------------
    # MERGED
    # ------------------------------------------------------------------

    def test_merged_complaint_leads_to_the_one_that_goes_on(self):
        target = self.make_complaint(subject="同一件事")
        self.complaint.action_merge(target)
        answer = self.get(token=self.token)
        self.assertEqual(answer.status_code, 303)
        target.invalidate_recordset()
        self.assertTrue(target.access_token)
        self.assertIn(f"/my/complaints/{target.id}?", answer.headers["Location"])
        page = self.url_open(answer.headers["Location"])
        self.assertIn("同一件事", page.text)
        # with a login no link is needed
        self.sign_in("owner")
        self.assertNotIn("access_token", self.get().headers["Location"])

    def test_link_of_a_merged_one_brings_no_withdrawn_link_back(self):
        target = self.make_complaint(subject="同一件事")
        self.complaint.action_merge(target)
        self.assertTrue(target.access_token)
        target.action_revoke_link()
        self.assertEqual(self.get(token=self.token).status_code, 404)
        target.invalidate_recordset()
        self.assertFalse(target.access_token)

    def test_merged_into_another_customers_complaint_shows_nothing_of_it(self):
        # the same car, which has changed hands since
        target = self.make_complaint(
            subject="邻居的事",
            partner_id=self.stranger.id,
            vehicle_id=self.complaint.vehicle_id.id,
        )
        self.complaint.action_merge(target)
        page = self.get(token=self.token)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("邻居的事", page.text)
        self.assertNotIn(target.name, page.text)

    # ------------------------------------------------------------------
    # WHAT
    # ------------------------------------------------------------------

    def test_nothing_internal_is_on_the_page(self):
        self.complaint.write(
            {
                "root_cause": "技师漏装卡簧",
                "corrective_action": "培训",
                "cause": "dealer_service",
            }
        )
        self.complaint.message_post(body="客户很难缠")
        self.complaint.message_post(
            body="内部讨论", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.make_contact(self.complaint, summary="威胁要曝光", kind="feedback")
        self.env["dealer.manufacturer.report"].create(
            {
                "name": "厂家报告内容",
                "complaint_id": self.complaint.id,
                "description": "批次问题",
            }
        )
        self.env["dealer.complaint.action"].create(
            {"complaint_id": self.complaint.id, "kind": "gift", "name": "送油卡"}
        )
        text = self.get(token=self.token).text
        for hidden in (
            "技师漏装卡簧",
            "培训",
            "客户很难缠",
            "内部讨论",
            "威胁要曝光",
            "厂家报告内容",
            "批次问题",
            "送油卡",
            "Value at Risk",
            "colleague",
        ):
            self.assertNotIn(hidden, text)
        # that there was a talk, and who answers for it, is no secret
        self.assertIn("Feedback", text)
        self.assertIn(self.handler.name, text)

    def test_shared_note_and_messages_to_the_customer_are_shown(self):
        contact = self.make_contact(
            self.complaint, summary="已订购配件", kind="feedback"
        )
        contact.with_user(self.handler).is_shared = True
        self.complaint.message_post(
            body="请周四来店",
            message_type="comment",
            partner_ids=self.customer.ids,
            subtype_xmlid="mail.mt_comment",
        )
        text = self.get(token=self.token).text
        self.assertIn("已订购配件", text)
        self.assertIn("请周四来店", text)

    def test_attempt_is_told_as_an_attempt(self):
        self.make_contact(self.complaint, is_connected=False, summary="没人接")
        text = self.get(token=self.token).text
        self.assertIn("We could not reach you", text)
        self.assertNotIn("没人接", text)

    def test_words_of_the_customer_are_text_and_never_markup(self):
        evil = "<script>alert(1)</script><b>粗</b>"
        self.complaint.write(
            {"subject": evil, "description": evil, "remedy_sought": evil}
        )
        self.propose(evil)
        text = self.get(token=self.token).text
        self.assertNotIn("<script>alert(1)", text)
        self.assertNotIn("<b>粗", text)
        self.assertEqual(text.count("&lt;script&gt;alert(1)"), text.count("粗"))

    def test_page_says_what_happens_next_and_until_when(self):
        clock = self.complaint._portal_clock()
        self.assertEqual(clock["metric"], "contact")
        self.assertIn("We will call you by", self.get(token=self.token).text)
        answer = self.get(token=self.token, suffix="/clock").json()
        self.assertEqual(answer["clock"]["deadline"], clock["deadline"])
        self.assertAlmostEqual(answer["now"], clock["now"], delta=60)

    def test_clock_of_the_factory_is_not_the_customers(self):
        report = self.env["dealer.manufacturer.report"].create(
            {
                "name": "报告",
                "complaint_id": self.complaint.id,
                "description": "异响",
                "contact": "热线",
            }
        )
        report.action_send()
        self.complaint._sla_stop(["contact", "feedback", "resolve"])
        self.assertTrue(self.complaint._sla_active(["manufacturer"]))
        self.assertIsNone(self.complaint._portal_clock())

    def test_looking_at_it_changes_nothing(self):
        self.propose()
        # what is tracked is written down before the page is opened
        self.cr.flush()
        self.complaint.invalidate_recordset()
        # but what counts the hours that are left at the second it is read
        stored = {n for n, f in self.complaint._fields.items() if f.store}
        stored = list(stored - {"saveable_per_hour"})
        before = self.complaint.read(stored)[0]
        messages, contacts = self.complaint.message_ids, self.complaint.contact_ids
        for suffix in ("", "/clock", "/answer", "/message", "/rate", "/photo/1"):
            self.get(token=self.token, suffix=suffix)
        self.complaint.invalidate_recordset()
        after = self.complaint.read(stored)[0]
        self.assertFalse({name for name in before if before[name] != after[name]})
        self.assertEqual(self.complaint.message_ids, messages)
        self.assertEqual(self.complaint.contact_ids, contacts)

    def test_unfounded_complaint_tells_why_and_the_recourse(self):
        self.complaint.write(
            {"reject_reason": "属正常磨损", "recourse": "可向12315投诉"}
        )
        self.complaint.action_reject()
        text = self.get(token=self.token).text
        self.assertIn("属正常磨损", text)
        self.assertIn("可向12315投诉", text)

    def test_home_of_the_portal_counts_own_complaints(self):
        self.make_complaint(partner_id=self.stranger.id)
        self.sign_in("owner")
        answer = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["complaint_count"]}
        )
        self.assertEqual(answer["complaint_count"], 1)

    def test_page_costs_the_same_however_long_the_history_is(self):
        def write(count):
            for number in range(count):
                self.make_contact(self.complaint, kind="feedback")
                self.complaint._post_of_customer(
                    f"第 {number} 条", [("a.jpg", clean_photo(camera_photo((40, 40))))]
                )
            self.env.flush_all()

        def cost():
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.complaint._portal_values()
            return self.cr.sql_log_count - start

        write(2)
        cost()
        few = cost()
        write(10)
        self.assertLessEqual(cost(), few + 2)

    def test_plate_of_the_next_owner_is_not_shown_to_the_former(self):
        self.assertIn("皖B·A1234", self.get(token=self.token).text)
        self.vehicle.owner_id = self.stranger
        self.vehicle.license_plate = "皖B·N7777"
        page = self.get(token=self.token)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("N7777", page.text)
