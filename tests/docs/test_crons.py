"""docs/operations/scale.md names every scheduled job of ours as it is."""

import inspect
import re
import sys

from odoo.tests import TransactionCase, tagged

from .pages import ADDONS, blocks, page, rows, section


@tagged("standard", "post_install", "-at_install")
class TestCrons(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = section(page("docs/operations/scale.md"), "Scheduled jobs")
        cls.told = {cells[0].strip("`"): cells[1:] for cells in rows(cls.text)}
        data = cls.env["ir.model.data"].search(
            [("model", "=", "ir.cron"), ("module", "in", ADDONS)]
        )
        cls.crons = {row.name: cls.env["ir.cron"].browse(row.res_id) for row in data}

    def test_every_job_of_ours_is_told_and_no_other(self):
        self.assertEqual(sorted(self.told), sorted(self.crons))
        self.assertEqual(len(rows(self.text)), len(self.told), "one is told twice")

    def test_each_stands_under_its_addon(self):
        addon = None
        for line in self.text.splitlines():
            if head := re.match(r"\| job of `(\w+)`", line):
                addon = head[1]
            elif job := re.match(r"\| `(\w+)`", line):
                self.assertTrue(self.env.ref(f"{addon}.{job[1]}", False), job[1])

    def test_the_interval_is_that_of_the_job(self):
        for name, cron in self.crons.items():
            number, unit = cron.interval_number, cron.interval_type
            every = f"{number} {unit.removesuffix('s') if number == 1 else unit}"
            self.assertEqual(self.told[name][1], every, name)

    def test_the_batch_is_that_of_the_method(self):
        for name, cron in self.crons.items():
            method_name = re.fullmatch(r"model\.(_cron_\w+)\(\)", cron.code)[1]
            method = getattr(type(self.env[cron.model_id.model]), method_name)
            parameter = inspect.signature(method).parameters.get("batch_size")
            module = sys.modules[method.__module__]
            size = parameter.default if parameter else getattr(module, "BATCH", None)
            told = self.told[name][2]
            if size:
                self.assertTrue(told.startswith(f"{size:,} "), name)
            else:
                self.assertRegex(told, r"^(1|all) ", name)

    def test_every_cell_is_filled(self):
        for name, cells in self.told.items():
            self.assertEqual(len(cells), 5, name)
            self.assertTrue(all(cells), name)

    def test_the_query_finds_a_job_that_is_switched_off(self):
        [query] = blocks(self.text, "sql")
        self.crons["ir_cron_dealer_service_remind"].active = False
        self.env.flush_all()
        self.env.cr.execute(query)
        names = [row[0] for row in self.env.cr.fetchall()]
        self.assertIn(self.crons["ir_cron_dealer_service_remind"].cron_name, names)

    def test_the_fields_that_show_it_exist(self):
        fields = {
            name
            for model in self.env.values()
            for name in model._fields
            if model._name.startswith(("dealer.", "fleet.", "res."))
        }
        tables = {model._table for model in self.env.values()}
        for name, cells in self.told.items():
            for word in re.findall(r"`(\w+)`", " ".join(cells)):
                self.assertTrue(word in fields or word in tables, f"{name}: {word}")
