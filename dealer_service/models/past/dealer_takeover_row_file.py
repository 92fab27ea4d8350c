import base64
import io

import xlsxwriter

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools import groups
from ...tools.arguments import MAX_NAME, MAX_NUMBER
from ...tools.files.sheet import Sheet
from .dealer_takeover_row import HEAD, LINE

#: The columns of our template, in their order. Head and line, then where it stood.
COLUMNS = ("number", *HEAD, *LINE)
#: What the file of the refused rows has besides: see :meth:`load`.
PLACE = ("source", "line")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DealerTakeoverRow(models.Model):
    """Rows come in by Odoo's import, and what is refused goes out as a file."""

    _name = "dealer.takeover.row"
    _inherit = "dealer.takeover.row"

    @api.model
    def get_import_templates(self):
        """The file to fill in, with the headings of the user's language."""
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Past Visits"),
                "template": f"/dealer_service/static/xls/past_visits_{language}.xlsx",
            }
        ]

    # ------------------------------------------------------------------
    # IN
    # ------------------------------------------------------------------

    @api.model
    def load(self, fields, data):
        """Store the rows as they are, in one statement a batch.

        A row is its place: file and row of the import, or what the columns *File* and
        *Row* say, as in the file of the refused rows. Loaded again it replaces itself.

        :raise AccessError: for who does not run the service department
        """
        self._check_importer()
        takeover = self._takeover_meant()
        limit = self.env.context.get("_import_limit") or len(data)
        names = [path.partition("/")[0] for path in fields]
        unknown = [name for name in names if name not in (*COLUMNS, *PLACE)]
        if unknown:
            raise UserError(
                self.env._(
                    "The column “%(column)s” cannot be imported here.",
                    column=unknown[0],
                )
            )
        if "number" not in names:
            return self._refused(
                self.env._(
                    "No column is matched with “Order Number”: it says which rows "
                    "are one visit."
                )
            )
        messages, rows = self._placed(names, data[:limit])
        if messages:
            return {"ids": False, "messages": messages, "nextrow": 0}
        takeover._reopen()
        ids = self._store(takeover, names, rows) if rows else []
        return {
            "ids": ids,
            "messages": [],
            "nextrow": limit if len(data) > limit else 0,
        }

    @api.model
    def _check_importer(self):
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(self.env._("Only a service manager takes over the past."))

    @api.model
    def _takeover_meant(self):
        """That of the button the import was opened by.

        :raise UserError: without one
        """
        known = self.env.context.get("default_takeover_id")
        takeover = self.env["dealer.takeover"].browse(
            known if isinstance(known, int) else []
        )
        if not takeover.exists():
            raise UserError(
                self.env._(
                    "Open the take-over these rows belong to, and press “Load a File”."
                )
            )
        takeover.check_access("write")
        takeover._check_idle()
        return takeover

    @api.model
    def _refused(self, sentence):
        message = {"type": "error", "message": sentence, "rows": {"from": 0, "to": 0}}
        return {"ids": False, "messages": [message], "nextrow": 0}

    @api.model
    def _placed(self, names, data):
        """The rows as dicts with their places.

        :return: messages about rows without one, and the others by their place
        """
        sheet = Sheet.of(self.env)
        messages, rows = [], {}
        for index, cells in enumerate(data):
            row = dict(zip(names, cells, strict=True))
            source = str(row.get("source") or "").strip() or sheet.name
            said = str(row.get("line") or "").strip()
            number = str(row.get("number") or "").strip()
            too_long = next((it for it in (number, source) if len(it) > MAX_NAME), None)
            if too_long:
                messages.append(
                    {
                        "type": "error",
                        "message": self.env._(
                            "“%(text)s…” is too long: orders and files have names of "
                            "at most %(most)s characters.",
                            text=too_long[:40],
                            most=MAX_NAME,
                        ),
                        "rows": {"from": index, "to": index},
                        "record": index,
                        "field": "number" if too_long is number else "source",
                    }
                )
                continue
            if said and not (said.isdecimal() and int(said) <= MAX_NUMBER):
                messages.append(
                    {
                        "type": "error",
                        "message": self.env._("“%s” is no number of a row.", said),
                        "rows": {"from": index, "to": index},
                        "record": index,
                        "field": "line",
                    }
                )
                continue
            row["source"], row["line"] = source, int(said or sheet.row(index))
            rows[source, row["line"]] = row
        return messages, list(rows.values())

    @api.model
    def _store(self, takeover, said, rows):
        """Write ``rows`` over those of the same place.

        :param said: the columns of the file; of a row that is loaded again the others
            stay as they are
        :return: ids
        """
        columns = (*COLUMNS, *PLACE, "customer_key")
        keys = {}
        for row in rows:
            phone = row.get("customer_phone")
            if phone and phone not in keys:
                keys[phone] = self.env["res.partner"]._phone_to_key(phone)
            row["customer_key"] = keys.get(phone)
        texts = [
            SQL(
                "(%s)",
                SQL(", ").join(
                    SQL("%s", self._cell(name, row.get(name))) for name in columns
                ),
            )
            for row in rows
        ]
        names = SQL(", ").join(SQL.identifier(name) for name in columns)
        found = self.env.execute_query(
            SQL(
                """INSERT INTO dealer_takeover_row (%(names)s, takeover_id, company_id,
                    state, create_uid, create_date, write_uid, write_date)
                SELECT said.*, %(takeover)s, %(company)s, 'unread',
                    %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                FROM (VALUES %(rows)s) said(%(names)s)
                ON CONFLICT (takeover_id, source, line) WHERE source IS NOT NULL
                DO UPDATE SET %(news)s, state = 'unread', problem = NULL,
                    write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
                RETURNING id""",
                names=names,
                takeover=takeover.id,
                company=takeover.company_id.id,
                uid=self.env.uid,
                rows=SQL(", ").join(texts),
                news=SQL(", ").join(
                    SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                    for name in (*COLUMNS, "customer_key")
                    if name in said
                    or (name == "customer_key" and "customer_phone" in said)
                ),
            )
        )
        self.invalidate_model()
        takeover.invalidate_recordset()
        return [row[0] for row in found]

    @api.model
    def _cell(self, name, value):
        if name == "line":
            return value
        text = str(value or "").strip()
        return text if name in ("number", "source") else text or None

    # ------------------------------------------------------------------
    # OUT
    # ------------------------------------------------------------------

    def _as_workbook(self):
        """These rows with what is wrong with them, ready to be imported again.

        :return: the file, as bytes
        """
        names = (*COLUMNS, *PLACE)
        output = io.BytesIO()
        book = xlsxwriter.Workbook(output, {"constant_memory": True})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        text = book.add_format({"num_format": "@"})
        headings = [self._fields[name]._description_string(self.env) for name in names]
        headings.append(self._fields["problem"]._description_string(self.env))
        sheet.write_row(0, 0, headings, bold)
        sheet.set_column(0, len(names) - 1, 14, text)
        sheet.set_column(len(names), len(names), 80)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(self, 1):
            cells = [str(row[name] or "") for name in (*names, "problem")]
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell)
        book.close()
        return output.getvalue()


class DealerTakeover(models.Model):
    """The refused rows as a file."""

    _name = "dealer.takeover"
    _inherit = "dealer.takeover"

    def action_download_refused(self):
        """The refused rows with the reason of each: to be mended and loaded again.

        :raise UserError: when none is refused
        """
        self.ensure_one()
        self.check_access("write")
        refused = self.env["dealer.takeover.row"].search(
            [("takeover_id", "=", self.id), ("state", "=", "refused")],
            order="source, line, id",
        )
        if not refused:
            raise UserError(self.env._("No row is refused."))
        self._drop_files()
        file = self.env["ir.attachment"].create(
            {
                "name": self.env._("Refused rows.xlsx"),
                "datas": base64.b64encode(refused._as_workbook()),
                "mimetype": _XLSX,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{file.id}?download=true",
            "target": "download",
        }

    def _drop_files(self):
        """The file of before is out of date."""
        # made by the program, whoever pressed the button
        files = self.env["ir.attachment"].sudo()
        files.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
