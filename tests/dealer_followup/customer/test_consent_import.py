"""Consents of the old system come from a file, each once."""

from freezegun import freeze_time

from odoo.tools.misc import file_open

from ...followup_common import DealerFollowupCase, cn

COLUMNS = ["phone", "purpose", "channel", "decision", "date", "origin", "evidence"]
ROWS = (
    "13800001111,Marketing,Any Channel,Given,2025-03-01 09:30:00,Counter,Form 118",
    "13800001111,Marketing,Any Channel,Withdrawn,2025-06-01 10:00:00,Call,His words",
    "13900002222,Marketing,Text Message,Given,2025-03-02 09:30:00,Counter,Form 119",
)
OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "has_headers": True,
    "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
}


@freeze_time(cn(2, 10))
class TestConsentImport(DealerFollowupCase):
    def wizard(self, data, kind="text/csv"):
        return (
            self.env["base_import.import"]
            .with_user(self.care_manager)
            .create(
                {
                    "res_model": "dealer.consent",
                    "file": data,
                    "file_type": kind,
                    "file_name": "consents",
                }
            )
        )

    def load_rows(self, *rows):
        data = "\n".join([",".join(COLUMNS), *rows]).encode()
        return self.wizard(data).execute_import(COLUMNS, COLUMNS, dict(OPTIONS))

    def holding(self, phone, channel="call"):
        return self.env["dealer.consent"]._current(
            self.company, "marketing", channel, [phone]
        )

    def test_what_was_decided_last_holds(self):
        result = self.load_rows(*ROWS)
        self.assertFalse(result["messages"])
        self.assertEqual(
            self.holding("+8613800001111"), {"+8613800001111": "withdrawn"}
        )
        self.assertEqual(
            self.holding("+8613900002222", "sms"), {"+8613900002222": "given"}
        )
        self.assertFalse(self.holding("+8613900002222"))

    def test_file_that_is_imported_again_adds_nothing(self):
        first = self.load_rows(*ROWS)["ids"]
        second = self.load_rows(*ROWS, ROWS[0])["ids"]
        self.assertEqual(second, [*first, first[0]])
        count = self.env["dealer.consent"].search_count([("id", "in", first)])
        self.assertEqual(count, 3)

    def test_decision_without_its_day_is_none_of_today(self):
        result = self.load_rows("13800001111,Marketing,Any Channel,Given,,Counter,x")
        self.assertIn("fill in the day", result["messages"][0]["message"])

    def test_shipped_templates_fit_the_import(self):
        for language in ("en_US", "zh_CN"):
            consents = self.env["dealer.consent"].with_context(lang=language)
            path = consents.get_import_templates()[0]["template"]
            with file_open(path.lstrip("/"), "rb") as file:
                wizard = self.wizard(
                    file.read(),
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ).with_context(lang=language)
            preview = wizard.parse_preview({"has_headers": True, "quoting": '"'})
            with self.subTest(language):
                self.assertEqual(
                    {n: "/".join(path) for n, path in preview["matches"].items()},
                    dict(
                        enumerate([COLUMNS[0], "partner_id", *COLUMNS[1:]]),
                    ),
                )
