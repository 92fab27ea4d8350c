"""What the addons ship for the shops to change is loaded once, and never again."""

from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import (
    create_new_rows,
    mend_untouched_rows,
)

from tools.sandbox import common

#: Kinds of rows that the program keeps as they are: each upgrade writes them anew.
OF_THE_PROGRAM = {"dealer.segment", "ir.actions.server"}


def records(root=common.REPO):
    """(XML id, record) of every row in data/ that belongs to the shops."""
    for addon in common.SUITE:
        for file in sorted(Path(root, addon, "data").rglob("*.xml")):
            for record in etree.parse(file).iter("record"):
                name = record.get("id")
                if is_kept(record):
                    yield name if "." in name else f"{addon}.{name}", record


def is_kept(record):
    return any(parent.get("noupdate") == "1" for parent in record.iterancestors())


@tagged("standard", "post_install", "-at_install")
class TestShippedRows(TransactionCase):
    def test_deleted_rows_stay_deleted_except_those_the_program_needs(self):
        needed = self.env["ir.model.data"]._dealer_needed_rows()
        found = {True: set(), False: set()}
        for name, record in records():
            found[record.get("forcecreate") == "False"].add(name)
        self.assertEqual(found[False], needed)
        self.assertGreater(len(found[True]), 300)

    def test_the_program_keeps_few_kinds_of_rows_for_itself(self):
        models = {
            record.get("model")
            for addon in common.SUITE
            for file in Path(common.REPO, addon, "data").rglob("*.xml")
            for record in etree.parse(file).iter("record")
            if not is_kept(record)
        }
        self.assertEqual(models, OF_THE_PROGRAM)

    def test_needed_rows_are_not_deleted_and_others_are(self):
        for name in self.env["ir.model.data"]._dealer_needed_rows():
            with self.subTest(name), self.assertRaises(UserError):
                self.env.ref(name).unlink()
        self.env.ref("dealer_followup.care_rule_7d").unlink()
        self.assertFalse(self.env.ref("dealer_followup.care_rule_7d", False))

    def test_upgrade_mends_what_nobody_has_written(self):
        rule = self.env.ref("dealer_followup.care_rule_7d")
        shipped = rule.name
        self.env.cr.execute(
            """UPDATE dealer_care_rule SET name = name || '{"en_US": "Wrong"}'
                WHERE id = %s""",
            [rule.id],
        )
        rule.invalidate_recordset()
        self.assertEqual(rule.with_context(lang=None).name, "Wrong")
        mend_untouched_rows(self.env.cr, "19.0.1.0.0", "dealer_followup")
        rule.invalidate_recordset()
        self.assertEqual(rule.name, shipped)

        rule.with_user(self.env.ref("base.user_admin")).name = "Ours"
        rule.flush_recordset()
        # the clock of a transaction stands still
        self.env.cr.execute(
            "UPDATE dealer_care_rule SET write_date = write_date + interval '1 second'"
            " WHERE id = %s",
            [rule.id],
        )
        mend_untouched_rows(self.env.cr, "19.0.1.0.0", "dealer_followup")
        rule.invalidate_recordset()
        self.assertEqual(rule.name, "Ours")

    def test_migration_creates_a_new_row_in_every_language(self):
        name = "dealer_followup.care_rule_7d"
        chinese = self.env.ref(name).with_context(lang="zh_CN").name
        self.env.ref(name).unlink()
        create_new_rows(self.env.cr, "19.0.1.0.0", "dealer_followup", "care_rule_7d")
        self.env.invalidate_all()
        self.assertEqual(self.env.ref(name).with_context(lang="zh_CN").name, chinese)

    def test_migration_creates_a_row_without_what_the_shop_has_deleted(self):
        name = "dealer_message_occasion_complaint_closed"
        self.env.ref(f"dealer_complaint.{name}").unlink()
        self.env.ref("dealer_complaint.mail_template_complaint_closed").unlink()
        with self.assertNoLogs("odoo", "WARNING"):
            create_new_rows(self.env.cr, "19.0.1.0.0", "dealer_complaint", name)
        occasion = self.env.ref(f"dealer_complaint.{name}")
        self.assertFalse(occasion.mail_template_id)
        self.assertEqual(
            occasion.sms_template_id,
            self.env.ref("dealer_complaint.sms_template_complaint_closed"),
        )
