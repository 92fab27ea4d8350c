from odoo import api, fields, models

from ..models.common.dealer_complaint_states import ANSWERS, CAUSES
from ..models.desk.dealer_complaint_reply import STEP_OF_TARGET
from .dealer_complaint_dialogs import fact


def _fact(name):
    return fact(name, of="complaint_id")


class DealerComplaintStep(models.TransientModel):
    """What the next step of a complaint still lacks."""

    _name = "dealer.complaint.step"
    _description = "Next Step of a Complaint"
    _inherit = "dealer.dialog.mixin"

    complaint_id = fields.Many2one("dealer.complaint", required=True)
    target = fields.Selection(
        [
            ("proposed", "Propose"),
            ("resolved", "Resolved"),
            ("closed", "Close"),
            ("rejected", "Unfounded"),
        ],
        required=True,
    )
    lacks = fields.Json(
        compute="_compute_lacks", help="Names of the fields that are asked for."
    )
    proposal = fields.Text(**_fact("proposal"))
    decision = fields.Text(**_fact("decision"))
    decision_answer = fields.Selection(
        ANSWERS, "Customer's Answer", **_fact("decision_answer")
    )
    category_id = fields.Many2one("dealer.complaint.category", **_fact("category_id"))
    cause = fields.Selection(CAUSES, **_fact("cause"))
    reject_reason = fields.Text("Reason for Rejection", **_fact("reject_reason"))
    recourse = fields.Text("Where to Turn Instead", **_fact("recourse"))

    known_category_id = fields.Many2one(
        string="Category So Far", related="complaint_id.category_id"
    )
    reply_step = fields.Char(
        compute="_compute_reply_step", help="For which step words are kept ready."
    )
    reply_id = fields.Many2one("dealer.complaint.reply", "Canned Reply", store=False)

    @api.depends("target", "lacks")
    def _compute_reply_step(self):
        for dialog in self:
            step, name = STEP_OF_TARGET.get(dialog.target, (False, False))
            dialog.reply_step = step if name in (dialog.lacks or ()) else False

    @api.onchange("reply_id")
    def _onchange_reply_id(self):
        if self.reply_id and self.reply_step:
            _step, name = STEP_OF_TARGET[self.target]
            self[name] = self.reply_id._said_of(self.complaint_id, self[name])
            self.reply_id = False

    @api.depends("complaint_id", "target")
    def _compute_lacks(self):
        for dialog in self:
            complaint = dialog.complaint_id
            dialog.lacks = complaint and complaint._lacks_for(dialog.target)

    def action_confirm(self):
        """Enter it, and take the step."""
        self.ensure_one()
        complaint = self.complaint_id
        complaint.check_access("write")
        asked = [self._fields[name] for name in self.lacks or ()]
        complaint.write(
            {
                field.name: field.convert_to_write(self[field.name], self)
                for field in asked
                if self[field.name]
            }
        )
        result = complaint._take_step(self.target)
        return result if result is not True else {"type": "ir.actions.act_window_close"}
