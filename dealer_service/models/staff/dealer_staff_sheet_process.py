from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.savepoints import each_in_savepoint


class DealerStaffSheet(models.Model):
    """The way of a sheet: measured each night, discussed, closed."""

    _name = "dealer.staff.sheet"
    _inherit = "dealer.staff.sheet"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_measure(self):
        """Measure this month and the last now, without waiting for the night.

        :raise AccessError: for who discusses no sheets
        """
        if not self._judged_roles():
            raise AccessError(
                self.env._("The month of the staff is measured by a manager.")
            )
        self._measure_shop(self.env.company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_give(self):
        """It was discussed with the person: measured once more, and left as it is.

        :raise UserError: while the month goes on
        """
        self.check_access("write")
        self._check_judge()
        self._check_move("given")
        for sheet in self:
            if not sheet.is_over:
                raise UserError(
                    self.env._(
                        "%(sheet)s: the month goes on until %(day)s. It is discussed "
                        "when it is over.",
                        sheet=sheet.display_name,
                        day=sheet.date_to,
                    )
                )
        self._remeasure()
        self._check_move("given")
        self._write_by_method(
            {
                "state": "given",
                "date_given": fields.Datetime.now(),
                "given_by_id": self.env.uid,
            }
        )
        return True

    def action_take_back(self):
        """Something was recorded wrongly: it is measured again, and discussed again.

        What the person said of it stays.
        """
        self.check_access("write")
        self._check_judge()
        self._check_move("draft")
        self._write_by_method(
            {"state": "draft", "date_given": False, "given_by_id": False}
        )
        self._remeasure()
        return True

    def action_close(self):
        """Both sides have said what they had to say: it stays as it is."""
        self.check_access("write")
        self._check_judge()
        self._check_move("closed")
        self._write_by_method({"state": "closed", "date_closed": fields.Datetime.now()})
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _remeasure(self):
        """Measure the months of these sheets, and these sheets alone."""
        for (company, first), sheets in self.grouped(
            lambda sheet: (sheet.company_id, sheet.date_from)
        ).items():
            measures = self.env["dealer.staff.measure"]._of_shop(company)
            sheets._renew(measures, self._samples(company, first, measures))

    @api.model
    def _measure_shop(self, company):
        """This month and the last: what is entered late still counts for it."""
        month = company._dealer_today().replace(day=1)
        for first in (month - relativedelta(months=1), month):
            self._measure_month(company, first)

    @api.model
    def _cron_measure(self):
        """The sheets of every shop, each night."""
        shops = self.env["res.company"].search(Domain.TRUE)
        for done, shop in enumerate(shops, 1):
            each_in_savepoint(shop, self._measure_shop)
            self.env["ir.cron"]._commit_progress(1, remaining=len(shops) - done)
