from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.actions import open_dialog

SMILES = [("5", "Satisfied"), ("3", "So-so"), ("1", "Dissatisfied")]
#: How long after the hand-over the customer is still at the desk.
AT_THE_DESK = timedelta(hours=1)


class DealerReception(models.Model):
    """How it went, by a smiley on the tablet, while the customer is still there.

    The tablet is the shop's, and nobody knows whose finger it was: it is kept beside
    the rating that the customer gives on his own page, and is counted apart from it.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    _RECORDED_FIELDS = frozenset({"smile", "date_smile"})

    smile = fields.Selection(
        SMILES,
        "Smiley at the Desk",
        readonly=True,
        copy=False,
        help="Given on the shop's tablet when the key was handed over. It is counted "
        "apart from the rating that the customer gives on his own page.",
    )
    date_smile = fields.Datetime("Smiley Given On", readonly=True, copy=False)

    _unhappy_idx = models.Index(
        "(date_delivered) WHERE rating_last_value BETWEEN 1 AND 2 OR smile = '1'"
    )

    def _after_delivery(self):
        """The customer, who is still there, is asked how it went."""
        following = super()._after_delivery()
        if self.smile:
            return following
        return open_dialog(
            self.env["dealer.delivery"],
            self.env._("How Did It Go?"),
            view="dealer_followup.dealer_delivery_view_form_smile",
            reception_id=self.id,
        )

    def _give_smile(self, smile):
        """Record the smiley; one that is sad is followed like a low rating.

        :param str smile: a value of ``smile``
        :raise UserError: for another one, a second one, and once the customer has gone
        """
        self.ensure_one()
        self.check_access("write")
        if smile not in dict(SMILES):
            raise UserError(self.env._("Please let the customer choose a smiley."))
        date = self.date_delivered
        if (
            self.state != "delivered"
            or self.smile
            or fields.Datetime.now() - date > AT_THE_DESK
        ):
            raise UserError(
                self.env._(
                    "%(visit)s: a smiley is given once, when the key is handed over. "
                    "Later the customer rates the visit on his own page.",
                    visit=self.name,
                )
            )
        self._write_by_method({"smile": smile, "date_smile": fields.Datetime.now()})
        self._message_log(
            body=self.env._(
                "Smiley on the tablet: %(smile)s",
                smile=dict(self._fields["smile"]._description_selection(self.env))[
                    smile
                ],
            )
        )
        if smile == "1":
            # the customer, who speaks here, gives nobody anything to do
            self.sudo()._after_low_rating(False)
