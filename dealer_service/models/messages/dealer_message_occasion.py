import re

from odoo import api, fields, models
from odoo.tools import ormcache

from ..common.dealer_cached_mixin import KEPT_FOR

#: What a message is for decides what binds it: see ``_message_due`` and
#: ``_message_refusals`` of the company.
PURPOSES = [
    ("code", "Verification Code"),
    ("staff", "Staff"),
    ("service", "Service"),
    ("satisfaction", "Satisfaction"),
    ("greeting", "Greetings"),
    ("marketing", "Marketing"),
]
#: These need the customer's consent, and are sent when the shop may call.
BY_CONSENT = ("satisfaction", "greeting", "marketing")
#: These leave at any hour: somebody waits for them.
AT_ANY_HOUR = ("code", "staff")

_HAN = "[\u3400-\u9fff]"
#: Between Chinese words there is no blank at all.
_GAPS_OF_HAN = re.compile(f"(?<={_HAN}) {{2,}}(?={_HAN})")
_GAPS = re.compile(" {2,}")


class DealerMessageOccasion(models.Model):
    """An occasion on which somebody is told something, with its texts.

    The texts are Odoo's own templates, one for mail and one for SMS. An occasion that
    is archived is switched off: nobody is told anything on it.
    """

    _name = "dealer.message.occasion"
    _description = "Occasion of Messages"
    _inherit = ["dealer.group.mixin", "dealer.cached.mixin"]
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    key = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        help="Technical code by which the program recognises this record.",
    )
    name = fields.Char("Occasion", required=True, translate=True)
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        readonly=True,
        default="service",
        help="Marketing, satisfaction and greetings need the customer's consent and "
        "are sent within the calling hours. Service messages wait for the end of the "
        "quiet hours. Codes and messages to staff are sent at once.",
    )
    is_at_once = fields.Boolean(
        "Sent at Once",
        help="Leaves in the quiet hours, too: it answers what the customer has just "
        "done. Only for service messages.",
    )
    model_id = fields.Many2one(
        "ir.model", "About", required=True, readonly=True, ondelete="cascade"
    )
    model = fields.Char(related="model_id.model")
    mail_template_id = fields.Many2one(
        "mail.template",
        "E-Mail",
        index="btree_not_null",
        ondelete="set null",
        domain="[('model', '=', model)]",
        help="Empty: no e-mail is sent on this occasion.",
    )
    sms_template_id = fields.Many2one(
        "sms.template",
        "Text Message",
        index="btree_not_null",
        ondelete="set null",
        domain="[('model', '=', model)]",
        help="Empty: no text message is sent on this occasion.",
    )

    _key_uniq = models.UniqueIndex("(key)", "An occasion has one record.")

    @api.model
    @ormcache("key", KEPT_FOR)
    def _id_of(self, key):
        """Id of the occasion that is switched on, or ``False``."""
        # which occasions there are is no secret to the process that tells
        return self.sudo().search([("key", "=", key)], limit=1).id

    @api.model
    def _of(self, key):
        """The occasion (with all rights); empty where it is switched off."""
        # as above
        return self.sudo().browse(self._id_of(key) or ())

    def _sms_text(self, record, lang):
        """The text message about ``record`` as it is sent. Hook."""
        self.ensure_one()
        template = self.sms_template_id.with_context(lang=lang)
        text = template._dealer_filled(template.body or "", record)
        # where a car has no plate yet, its place is empty
        return _GAPS.sub(" ", _GAPS_OF_HAN.sub("", text or "")).strip()

    def _mail_template(self, company):
        """The mail of a shop on this occasion (``mail.template``). Hook."""
        self.ensure_one()
        return self.mail_template_id
