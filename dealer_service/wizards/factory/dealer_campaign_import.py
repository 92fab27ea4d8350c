import base64
import binascii
import re

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.files.rows import NoTable, read_rows
from ...tools.files.table import TITLES
from ...tools.vin import vin_key, vin_problem

#: How a column of VINs is headed.
_HEADINGS = ("VIN", "车架", "车辆识别")
#: What stands between numbers on one line.
_BETWEEN = re.compile(r"[\s,，、;；|/]+")
#: How many wrong rows are told at once, and how much of each.
_TOLD = 20
_SHOWN = 40
#: So many rows are entered at once.
_AT_ONCE = 1000


def _is_vin(text):
    key = vin_key(text)
    # digits alone are a number that a spreadsheet has rounded, or one of a customer
    is_number = not key or key.isdecimal()
    return not is_number and vin_problem(text) not in ("length", "letters")


def _pieces(line):
    """What stands on a line: one number, or several as mails list them."""
    parts = [part for part in _BETWEEN.split(line) if part]
    return parts if len(parts) > 1 and not _is_vin(line) else [line]


class DealerCampaignImport(models.TransientModel):
    """Enters the VINs of a recall, from the manufacturer's list or pasted."""

    _name = "dealer.campaign.import"
    _description = "VINs of a Recall or Campaign"
    _inherit = "dealer.dialog.mixin"

    campaign_id = fields.Many2one("dealer.factory.campaign", required=True)
    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    text = fields.Text("Or Pasted Here", help="One VIN on each line.")

    def action_enter(self):
        """Enter the numbers; those that are there stay as they are.

        :raise UserError: for a file without a column of VINs, and naming the rows that
            hold no VIN; nothing is entered then
        """
        self.ensure_one()
        campaign = self.campaign_id
        campaign.check_access("write")
        numbered = self._numbered()
        wrong = [(number, text) for number, text in numbered if not _is_vin(text)]
        if wrong or not numbered:
            raise UserError(
                self.env._(
                    "Nothing was entered. These are no vehicle identification "
                    "numbers:\n%s",
                    "\n".join(
                        f"{number}: {text[:_SHOWN]}" for number, text in wrong[:_TOLD]
                    ),
                )
                if wrong
                else self.env._("Choose a file, or paste the numbers.")
            )
        known = set(campaign.car_ids.mapped("vin_key"))
        # in one spelling: the report to the manufacturer is compared by its program
        new = list(dict.fromkeys(vin_key(text) for _number, text in numbered))
        new = [key for key in new if key not in known]
        rows = self.env["dealer.factory.campaign.car"]
        for start in range(0, len(new), _AT_ONCE):
            rows.create(
                [
                    {"campaign_id": campaign.id, "vin": key}
                    for key in new[start : start + _AT_ONCE]
                ]
            )
        words = [
            self.env._(
                "%(new)s cars were entered, %(here)s of the open ones are "
                "customers' cars here.",
                new=len(new),
                here=campaign.here_count,
            )
        ]
        odd = [key for key in new if vin_problem(key)]
        if odd:
            words.append(
                self.env._(
                    "The check digit of %(count)s does not fit: %(vins)s. Compare them "
                    "with the manufacturer's list.",
                    count=len(odd),
                    vins=", ".join(odd[:_TOLD]),
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if odd else "success",
                "sticky": bool(odd),
                "message": " ".join(words),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _numbered(self):
        """The numbers with the lines they stand on."""
        pasted = [
            (number, part)
            for number, line in enumerate((self.text or "").splitlines(), 1)
            if line.strip()
            for part in _pieces(line.strip())
        ]
        return pasted + self._of_file()

    def _of_file(self):
        content = self.with_context(bin_size=False).file
        if not content:
            return []
        try:
            headings, rows = read_rows(base64.b64decode(content))
        except (NoTable, binascii.Error, ValueError) as wrong:
            raise UserError(
                self.env._(
                    "The file is no table that can be read here. Save it as a workbook "
                    "(xlsx) or as CSV."
                )
            ) from wrong
        for heading in headings:
            if any(word in heading.upper() for word in _HEADINGS):
                return [(number, row.get(heading) or "") for number, row in rows]
        # a list without headings, or with a title in their place
        for heading in headings:
            column = [(1, heading), *((n, row.get(heading) or "") for n, row in rows)]
            for first, (_number, text) in enumerate(column[: TITLES + 1]):
                if _is_vin(text):
                    return column[first:]
        raise UserError(
            self.env._(
                "The file has no column of VINs. It has: %s.", ", ".join(headings)
            )
        )
