from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.holiday_notice import NoticeError, read_notice


class DealerHolidayNotice(models.TransientModel):
    """Enters a year's holidays and make-up workdays from the notice, pasted whole."""

    _name = "dealer.holiday.notice"
    _description = "Holiday Notice"

    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year + 1,
        help="Used if the text does not state the year.",
    )
    text = fields.Text("Notice", required=True)

    def action_enter(self):
        """Enter the days of the notice for the current shop; those that are there stay.

        :raise AccessError: for whoever may not enter make-up workdays
        :raise UserError: for a text without holidays, or with a sentence that cannot be
            right; nothing is entered then
        """
        self.ensure_one()
        self.env["dealer.workday"].check_access("create")
        try:
            holidays, workdays = read_notice(self.text, self.year)
        except NoticeError as error:
            raise UserError(
                self.env._(
                    "“%(sentence)s” cannot be right: the weekdays or the number of "
                    "days do not match. Check the text and the year; nothing has "
                    "been entered.",
                    sentence=error.args[0],
                )
            ) from error
        if not holidays:
            raise UserError(
                self.env._(
                    "No holiday was found in the text. Paste the notice starting "
                    "with its first holiday (“一、元旦：”)."
                )
            )
        # entering the company's holidays is part of entering its make-up workdays
        self.env["dealer.workday"].sudo()._enter(holidays, workdays, self.env.company)
        self.env.company._dealer_holidays_known(max(holidays).year)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(holidays)s days off and %(workdays)s make-up workdays of "
                    "%(year)s have been entered.",
                    holidays=len(holidays),
                    workdays=len(workdays),
                    year=max(holidays).year,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
