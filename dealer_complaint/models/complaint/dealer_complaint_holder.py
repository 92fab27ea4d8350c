from odoo import fields, models

from odoo.addons.dealer_service.tools.arguments import LINES, arguments

from ...tools import groups


class DealerComplaintHolder(models.Model):
    """Who was responsible for a complaint before, and until when. Appended when it
    changes hands, never changed."""

    _name = "dealer.complaint.holder"
    _description = "Former Responsible Person"
    _order = "date_until, id"
    _rec_name = "user_id"

    complaint_id = fields.Many2one(
        "dealer.complaint", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    user_id = fields.Many2one("res.users", required=True, index=True)
    date_until = fields.Datetime("Until", required=True)


class DealerComplaint(models.Model):
    """Who was responsible when: what was done then counts for that person."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    holder_ids = fields.One2many(
        "dealer.complaint.holder", "complaint_id", "Previously Responsible"
    )

    def _keep_holder(self, change):
        """What was done until now counts for whom it belonged to."""
        now = fields.Datetime.now()
        # the record of who held it belongs to the process
        self.env["dealer.complaint.holder"].sudo().create(
            [
                {
                    "complaint_id": complaint.id,
                    "company_id": complaint.company_id.id,
                    "user_id": change.was(complaint, "user_id").id,
                    "date_until": now,
                }
                for complaint in self
                if change.was(complaint, "user_id")
            ]
        )

    def _holder_at(self, date):
        """Who was responsible at ``date``: until the first hand-over after it."""
        self.ensure_one()
        # whoever looks at a talk need not have been there then
        former = self.sudo().holder_ids.filtered(lambda h: h.date_until > date)
        return former[:1].user_id or self.user_id

    def _holders_at(self, date):
        """Who was responsible at ``date``, also for what was merged into this since."""
        self.ensure_one()
        holders = self._holder_at(date)
        # see _holder_at
        for merged in self.sudo().duplicate_ids:
            if not merged.date_closed or date <= merged.date_closed:
                holders |= merged._holders_at(date)
        return holders

    def _measured_users(self):
        """Those whom the clocks of these complaints measure, or have measured."""
        # see _holder_at
        return self.user_id | self.sudo().holder_ids.user_id

    def _measuring_user(self):
        return self.filtered(lambda c: self.env.user in c._measured_users())

    def _with_kept_tasks(self):
        """A colleague of the desk rewrites and ends no task of another either."""
        if self.env.user.has_group(groups.OFFICER):
            return super()._with_kept_tasks()
        return self

    @arguments(partner_ids=LINES)
    def message_unsubscribe(self, partner_ids=None):
        """Let people no longer follow.

        :raise AccessError: see ``_check_unsubscribe``
        """
        self._check_unsubscribe(partner_ids)
        return super().message_unsubscribe(partner_ids)
