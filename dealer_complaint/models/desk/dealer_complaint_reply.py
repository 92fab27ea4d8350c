from odoo import api, fields, models

from ..complaint.dealer_complaint_contact import KINDS

#: Where a canned reply is offered: in the talks, and in the words of a step.
STEPS = [
    *KINDS,
    ("proposal", "Proposal"),
    ("rejection", "Unfounded"),
]
#: Which words of a complaint a step of its process is taken with.
STEP_OF_TARGET = {
    "proposed": ("proposal", "proposal"),
    "resolved": ("decision", "decision"),
    "rejected": ("rejection", "recourse"),
}


class DealerComplaintReply(models.Model):
    """Words that are said again and again, put where they are needed and then changed
    to what was really said."""

    _name = "dealer.complaint.reply"
    _description = "Canned Reply"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    name = fields.Char("In Short", required=True, translate=True)
    step = fields.Selection(STEPS, required=True, default="feedback", index=True)
    category_id = fields.Many2one(
        "dealer.complaint.category",
        index="btree_not_null",
        ondelete="cascade",
        help="With what is below it. Empty: for all categories.",
    )
    text = fields.Text(
        "Words",
        required=True,
        translate=True,
        help="{customer}, {plate}, {number} and {me} are filled in.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    def _said_of(self, complaint, before=None):
        """The words for ``complaint``, in the language of its customer, after what
        stands there already."""
        self.ensure_one()
        words = self.with_context(lang=complaint.partner_id.lang or self.env.lang).text
        known = {
            "customer": complaint.partner_id.name,
            "plate": complaint.license_plate,
            "number": complaint.name,
            "me": self.env.user.name,
        }
        for name, value in known.items():
            words = words.replace(f"{{{name}}}", value or "")
        return "\n".join(filter(None, (before, words)))


class DealerComplaintContact(models.Model):
    """The words for a talk."""

    _name = "dealer.complaint.contact"
    _inherit = "dealer.complaint.contact"

    category_id = fields.Many2one(related="complaint_id.category_id")
    reply_id = fields.Many2one(
        "dealer.complaint.reply", "Canned Reply", store=False, copy=False
    )

    @api.onchange("reply_id")
    def _onchange_reply_id(self):
        if self.reply_id:
            self.summary = self.reply_id._said_of(self.complaint_id, self.summary)
            self.reply_id = False
