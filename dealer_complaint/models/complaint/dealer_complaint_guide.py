from markupsafe import Markup

from odoo import api, fields, models

from ..common.dealer_complaint_states import LEVELS

#: As whom one meets a customer who complains.
ROLES = [("listen", "Listen"), ("clear", "Clear Away"), ("understand", "Understand")]
#: How a customer who complains is.
CUSTOMER_KINDS = [
    ("angry", "Angry"),
    ("worried", "Worried"),
    ("factual", "Argues with Facts"),
    ("quiet", "Says Little"),
    ("again", "Not for the First Time"),
    ("public", "Threatens to Go Public"),
]


class DealerComplaintGuide(models.Model):
    """How to meet a customer in the first talk: whoever calls reads it while calling.

    A row without a level, or without a kind of customer, is meant for all.
    """

    _name = "dealer.complaint.guide"
    _description = "Guide for the First Talk"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    name = fields.Char("In Short", required=True, translate=True)
    role = fields.Selection(ROLES, "As Whom", required=True, default="listen")
    level = fields.Selection(LEVELS, help="Empty: at every level.")
    customer_kind = fields.Selection(
        CUSTOMER_KINDS, "How the Customer Is", help="Empty: for everybody."
    )
    text = fields.Text("What to Do", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.model
    def _page(self, level, customer_kind):
        """What whoever calls is to read.

        :return: markup, empty where nothing is meant for this talk
        """
        rows = self.search(
            [
                ("level", "in", [False, level]),
                ("customer_kind", "in", [False, customer_kind]),
            ]
        )
        roles = dict(self._fields["role"]._description_selection(self.env))
        return Markup().join(
            Markup('<p class="mb-1"><strong>%s · %s</strong><br/>%s</p>')
            % (roles[row.role], row.name, row.text)
            for row in rows
        )


class DealerComplaint(models.Model):
    """How the customer is."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    customer_kind = fields.Selection(
        CUSTOMER_KINDS,
        "How the Customer Is",
        copy=False,
        help="The guide for the first talk goes by it.",
    )


class DealerComplaintContact(models.Model):
    """The guide beside the first talk."""

    _name = "dealer.complaint.contact"
    _inherit = "dealer.complaint.contact"

    customer_kind = fields.Selection(
        related="complaint_id.customer_kind", readonly=False
    )
    guide = fields.Html(compute="_compute_guide")

    @api.depends("kind", "complaint_id.level", "customer_kind")
    def _compute_guide(self):
        guides = self.env["dealer.complaint.guide"]
        for contact in self:
            is_first = contact.kind == "contact"
            contact.guide = is_first and guides._page(
                contact.complaint_id.level, contact.customer_kind
            )
