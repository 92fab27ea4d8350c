"""What the program wrote down of a change stays, whoever made the change."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ...common import DealerServiceCase


@tagged("standard", "post_install", "-at_install")
class TestLogEntries(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived")
        cls.order = cls.make_order(cls.visit)
        cls.invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "reception_id": cls.visit.id,
            }
        )
        cls.boss = cls.make_users(
            {
                "login": "boss",
                "groups": "dealer_service.group_dealer_service_manager,"
                "fleet.fleet_group_manager,account.group_account_manager,"
                "sales_team.group_sale_manager,base.group_system",
            }
        )
        cls.threads = [cls.visit, cls.order, cls.vehicle, cls.invoice]

    def logged(self, thread, **values):
        """What is written about the thread in the name of whoever does something."""
        return thread.with_user(self.boss).message_post(body="放行", **values)

    def attempts(self, entry):
        thread = self.env[entry.model].with_user(self.boss).browse(entry.res_id)
        for values in (
            {"body": "无"},
            {"message_type": "comment"},
            {"subtype_id": self.env.ref("mail.mt_comment").id},
            {"is_internal": not entry.is_internal},
            {"attachment_ids": [Command.clear()]},
            {"tracking_value_ids": [Command.clear()]},
        ):
            yield lambda values=values: entry.write(values)
            yield lambda values=values: thread.write(
                {"message_ids": [Command.update(entry.id, values)]}
            )
        yield entry.unlink
        for command in (
            Command.delete(entry.id),
            Command.unlink(entry.id),
        ):
            yield lambda command=command: thread.write({"message_ids": [command]})
        yield lambda: thread._message_update_content(entry.sudo(), body="无")

    def check_stays(self, entry):
        self.assertEqual(entry.author_id, self.boss.partner_id)
        for number, attempt in enumerate(self.attempts(entry)):
            with self.subTest(entry.model, number=number):
                with self.assertRaisesRegex(AccessError, "The log of"):
                    attempt()
        self.assertTrue(entry.exists())

    def test_entry_of_the_log_stays_as_it_was_written(self):
        for thread in self.threads:
            for kind in ("notification", "auto_comment"):
                self.check_stays(self.logged(thread, message_type=kind))

    def test_files_of_an_entry_stay_with_it(self):
        for thread in self.threads:
            entry = self.logged(thread, attachments=[("单据.txt", b"paper")])
            with self.subTest(thread._name):
                self.assertEqual(entry.attachment_ids.raw, b"paper")
                with self.assertRaises(AccessError):
                    entry.write({"attachment_ids": [Command.clear()]})

    def test_tracked_values_stay(self):
        visit = self.visit.with_user(self.boss)
        for hours in (3, 4):
            self.env.cr.flush()
            visit.date_promised = fields.Datetime.now() + timedelta(hours=hours)
        self.env.cr.flush()
        entry = visit.message_ids.filtered(lambda m: m.sudo().tracking_value_ids)[:1]
        self.check_stays(entry)
        for attempt in (
            lambda: entry.tracking_value_ids.write({"new_value_datetime": False}),
            entry.tracking_value_ids.unlink,
        ):
            with self.assertRaisesRegex(AccessError, "The log of"):
                attempt()

    def test_own_comment_is_still_changed_and_withdrawn(self):
        for thread in self.threads:
            with self.subTest(thread._name):
                own = self.logged(thread, message_type="comment")
                own.write({"body": "更正"})
                thread.with_user(self.boss)._message_update_content(own, body="再更正")
                self.assertIn("再更正", own.body)
                own.unlink()
                self.assertFalse(own.exists())

    def test_log_goes_with_its_document(self):
        car = self.make_vehicle(license_plate="皖B·A0009", owner_id=False)
        entry = self.logged(car)
        car.unlink()
        self.assertFalse(entry.exists())

    def test_other_logs_are_as_in_odoo(self):
        entry = self.logged(self.boss.partner_id)
        entry.write({"body": "更正"})
        entry.unlink()
