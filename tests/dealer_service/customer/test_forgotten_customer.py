"""A customer who wants to be forgotten: the person goes, what happened stays."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ...common import DealerServiceCase


class TestForgottenCustomer(DealerServiceCase):
    def forget(self, partner=None):
        (partner or self.customer).with_user(self.manager).action_anonymise_customer()

    def end_of_transaction(self):
        """What the chatter writes before the commit."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def delivered(self, **values):
        visit = self.bring_to(self.make_reception(**values), "delivered")
        self.end_of_transaction()
        return visit

    def told(self, record):
        """Everything in the chatter of a record, tracked values too."""
        messages = self.env["mail.message"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)]
        )
        values = messages.sudo().tracking_value_ids
        return [
            *messages.mapped("body"),
            *values.mapped("old_value_char"),
            *values.mapped("new_value_char"),
        ]

    def test_the_chatter_does_not_write_the_person_down_once_more(self):
        self.end_of_transaction()
        self.customer.write({"email": "wang@example.com", "vat": "340200199001011234"})
        self.forget()
        self.end_of_transaction()
        self.assertEqual(self.told(self.customer), [])

    def test_signatures_and_work_stay_as_the_repair_file(self):
        visit = self.delivered()
        order = visit.order_ids
        self.assertEqual(order.consent_by, "王建国")
        line = order.order_line[0].name
        self.forget()
        self.assertFalse(order.consent_by)
        self.assertEqual(order.order_line[0].name, line)
        self.assertEqual(order.amount_total, 200)
        self.assertEqual(visit.license_plate, "皖B·A1234")
        self.assertEqual(visit.state, "delivered")

    def test_what_is_kept_stands_on_the_card_with_its_law_and_its_day(self):
        with freeze_time("2026-03-02 02:00:00"):
            self.delivered()
            self.env.cr.execute("UPDATE sale_order SET create_date = '2026-03-02'")
            self.forget()
        kept = self.customer.kept_record_ids
        self.assertEqual(
            set(kept.retention_id.mapped("code")), {"accounting", "repair"}
        )
        self.assertTrue(all(kept.mapped("legal_basis")))
        self.assertTrue(all(kept.mapped("row_count")))

    def test_when_the_law_lets_go_the_rest_is_erased(self):
        visit = self.delivered()
        job = visit.job_ids[:1]
        self.assertTrue(job.name)
        self.forget()
        name = job.name
        self.env["dealer.retention"].search([]).years = 0
        with freeze_time(date.today() + timedelta(days=1)):
            self.env["dealer.personal.data"]._forget(self.customer)
        self.assertFalse(self.customer.kept_record_ids)
        self.assertNotEqual(job.name, name)

    def test_people_below_the_card_are_forgotten_with_it(self):
        contact = self.make_partner(
            name="李梅", parent_id=self.customer.id, phone="13900001111"
        )
        self.forget()
        self.assertEqual(contact.name, f"anonymous-{self.customer.id}")
        self.assertFalse(contact.phone)

    def test_a_company_below_the_card_is_somebody_else(self):
        branch = self.make_partner(
            name="Branch", parent_id=self.customer.id, is_company=True
        )
        self.forget()
        self.assertEqual(branch.name, "Branch")

    def test_what_was_written_about_the_next_owner_stays(self):
        self.vehicle.message_post(body="王建国 waits outside")
        self.end_of_transaction()
        self.env.cr.execute(
            "UPDATE mail_message SET date = '2026-01-05' WHERE model = 'fleet.vehicle'"
        )
        owner = self.make_partner(name="Li")
        self.vehicle.with_context(dealer_ownership_date="2026-02-01").owner_id = owner
        self.vehicle.message_post(body="Li waits outside")
        self.env.cr.execute(
            """UPDATE mail_message SET date = '2026-03-05'
            WHERE model = 'fleet.vehicle' AND date > '2026-01-06'"""
        )
        self.env.invalidate_all()
        self.forget()
        told = " ".join(map(str, self.told(self.vehicle)))
        self.assertNotIn("王建国 waits", told)
        self.assertIn("Li waits", told)

    def test_names_that_an_import_gave_are_leftovers(self):
        name = self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "customer_13805531234",
                "model": "res.partner",
                "res_id": self.customer.id,
            }
        )
        self.forget()
        self.assertFalse(name.exists())

    def test_a_number_that_somebody_shares_stays_blocked_for_him(self):
        self.make_partner(name="李梅", phone="13805531234")
        blocked = self.env["phone.blacklist"].create({"number": "+8613805531234"})
        self.forget()
        self.assertTrue(blocked.exists())

    def test_the_night_forgets_what_was_written_at_the_same_moment(self):
        self.forget()
        visit = self.make_reception(state="arrived")
        visit.concern_ids.create(
            {"reception_id": visit.id, "name": "王建国: it rattles"}
        )
        self.env["dealer.personal.data"]._forget(self.customer)
        self.assertNotIn("王建国", visit.concern_ids.name)

    def test_not_while_the_car_is_in_the_workshop(self):
        self.make_reception(state="arrived")
        with self.assertRaises(UserError):
            self.forget()

    def test_only_a_manager(self):
        with self.assertRaises(AccessError):
            self.customer.with_user(self.advisor).action_anonymise_customer()

    def test_advisors_read_what_is_kept_and_administrators_set_the_years(self):
        law = self.env.ref("dealer_service.dealer_retention_repair")
        self.delivered()
        self.forget()
        kept = self.customer.kept_record_ids
        self.assertTrue(kept.with_user(self.advisor).read(["date_until"]))
        with self.assertRaises(AccessError):
            kept.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            law.with_user(self.manager).years = 0

    def test_the_card_of_another_shop_keeps_its_list_to_itself(self):
        self.delivered()
        self.customer.company_id = self.company
        self.forget()
        shop = self.env["res.company"].create({"name": "Second Shop"})
        stranger = self.make_user("stranger", "user")
        stranger.write({"company_ids": [(6, 0, shop.ids)], "company_id": shop.id})
        kept = self.env["dealer.kept.record"].with_user(stranger)
        self.assertFalse(kept.search([("partner_id", "=", self.customer.id)]))
        with self.assertRaises(AccessError):
            kept.browse(self.customer.kept_record_ids.ids).read(["date_until"])
