from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import groups


class DealerCallRecord(models.Model):
    """The recording of a call: kept where callers are told of it, and never heard
    without a trace. Heard by whoever may read the call: who talked, and managers."""

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"

    is_recorded = fields.Boolean(
        "Recorded", compute="_compute_is_recorded", compute_sudo=True
    )
    hearing_ids = fields.One2many(
        "dealer.call.hearing", "call_id", "Heard By", groups=groups.MANAGER
    )

    @api.depends("recording_url")
    def _compute_is_recorded(self):
        for call in self:
            call.is_recorded = bool(call.recording_url)

    def action_listen(self):
        """Open the recording; who does so is kept.

        :raise UserError: where there is none, or none any more
        """
        self.ensure_one()
        self.check_access("read")
        # the link is for the system; it is handed out one by one, with a trace
        link = self.sudo().recording_url
        if not link:
            raise UserError(
                self.env._("There is no recording of this call, or no longer.")
            )
        # people read who has heard it; only this method writes it
        self.env["dealer.call.hearing"].sudo()._create_by_method(
            [{"call_id": self.id, "user_id": self.env.uid}]
        )
        return {"type": "ir.actions.act_url", "url": link, "target": "new"}


class DealerCallHearing(models.Model):
    """Somebody has opened the recording of a call: a fact, never rewritten."""

    _name = "dealer.call.hearing"
    _description = "Recording Heard"
    _inherit = "dealer.recorded.mixin"
    _order = "date desc, id desc"
    _rec_name = "call_id"
    _is_sealed = True
    _RECORDED_FIELDS = frozenset({"call_id", "date", "user_id"})

    call_id = fields.Many2one(
        "dealer.call.record",
        "Phone Call",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="call_id.company_id", string="Shop", store=True, index=True
    )
    caller_id = fields.Many2one(
        related="call_id.user_id", string="Colleague on the Phone", store=True
    )
    date = fields.Datetime(
        "Heard On", required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one(
        "res.users",
        "Heard By",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )

    def _check_direct_write(self, vals):
        self.check_access("write")
        return super()._check_direct_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("Who has heard a recording is kept."))
