from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog
from ..common.signature import check_signer, checked_signature

#: Characters of what is said about a rating.
MAX_FEEDBACK = 2000


class DealerReception(models.Model):
    """The handover: signature for the key, and the request for a rating."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    delivery_signature = fields.Image(
        max_width=1024, max_height=1024, copy=False, readonly=True
    )
    delivery_signed_by = fields.Char("Received By", copy=False, readonly=True)
    date_delivery_signed = fields.Datetime(
        "Signed for the Car On", copy=False, readonly=True
    )
    delivery_unsigned_reason = fields.Char(
        "Reason for No Signature",
        copy=False,
        readonly=True,
        help="The key was handed over without the customer's signature.",
    )
    is_delivery_signed = fields.Boolean(compute="_compute_is_delivery_signed")

    # a new visit has no rating yet, which need not be looked up
    rating_last_value = fields.Float(
        compute="_compute_rating_last_value", store=True, precompute=True
    )
    rating = fields.Float(
        "Customer's Rating",
        compute="_compute_rating",
        compute_sudo=True,
        store=True,
        precompute=True,
        aggregator="avg",
        digits=(2, 1),
        help="Last answer to the rating request: 1 (dissatisfied) to 5 (satisfied).",
    )

    @api.depends("rating_last_value")
    def _compute_rating(self):
        for reception in self:
            reception.rating = reception.rating_last_value

    @api.depends("delivery_signed_by")
    def _compute_is_delivery_signed(self):
        for reception in self:
            reception.is_delivery_signed = bool(reception.delivery_signed_by)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_sign_delivery(self):
        """Open the dialog in which the customer signs for the car."""
        self.ensure_one()
        return self._signature_dialog("delivery")

    def _signature_dialog(self, kind):
        return open_dialog(
            self.env["dealer.signature"],
            self.env._("Customer Signs"),
            reception_id=self.id,
            kind=kind,
            signed_by=self.contact_id.name or self.partner_id.name,
        )

    def _signed_content(self, kind):
        """What stands above the pad: what the customer signs, as HTML.

        :param str kind: ``inspection``, ``settlement`` or ``delivery``
        """
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "dealer_service.signature_content",
            {"kind": kind, "visit": self, "sheet": self.inspection_id},
        )

    def _sign_delivery(self, signature, signed_by):
        self.ensure_one()
        # who had no time for it when he fetched the car signs afterwards
        if self.state not in ("settled", "delivered"):
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: the car can be handed over only "
                    "after the settlement.",
                    visit=self.name,
                    state=self._state_label(),
                )
            )
        if self.is_delivery_signed:
            raise UserError(
                self.env._(
                    "%(visit)s: %(name)s has already signed for the car.",
                    visit=self.name,
                    name=self.delivery_signed_by,
                )
            )
        if not signature or not (signed_by or "").strip():
            raise UserError(
                self.env._(
                    "%(visit)s: a signature and the name of the signer are needed.",
                    visit=self.name,
                )
            )
        check_signer(self.env, signed_by)
        self._write_by_method(
            {
                "delivery_signature": checked_signature(self.env, signature),
                "delivery_signed_by": signed_by,
                "date_delivery_signed": fields.Datetime.now(),
            }
        )

    def action_open_delivery(self):
        """Hand over the key; what is still open is asked in one dialog before."""
        self.ensure_one()
        self._check_move("delivered")
        if (
            self.is_delivery_signed
            and not self._unsolved_concerns()
            and not self._open_checks()
            and not self._is_key_held()
        ):
            self.action_deliver()
            return self._after_delivery()
        return open_dialog(
            self.env["dealer.delivery"],
            self.env._("Hand Over the Key"),
            reception_id=self.id,
        )

    def _is_key_held(self):
        """Hook: whether something is owed that the dialog has to tell of."""
        return False

    def _after_delivery(self):
        """Hook: the screen that comes after the hand-over, as an action."""
        return self._offer_undo()

    def action_deliver(self, unsigned_reason=None):
        """Hand over the key and ask the customer for a rating.

        :param str unsigned_reason: why the customer has not signed for the car
        :raise UserError: when he has not, and nobody says why
        """
        self.check_access("write")
        self._check_move("delivered")
        self._record_unsigned((unsigned_reason or "").strip())
        result = super().action_deliver(unsigned_reason)
        self._request_rating()
        return result

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _record_unsigned(self, reason):
        """Keep why there is no signature."""
        unsigned = self.filtered(lambda r: not r.is_delivery_signed)
        if reason:
            unsigned._write_by_method({"delivery_unsigned_reason": reason})
        elif unsigned and not self.env.su:
            # an import of what is past has nobody to ask
            raise UserError(
                self.env._(
                    "%(visit)s: the customer has not signed for the car. Let the "
                    "customer sign, or enter why there is no signature.",
                    visit=unsigned[0].name,
                )
            )

    def _unsolved_concerns(self):
        return self.concern_ids.filtered(lambda concern: not concern.is_solved)

    def _open_checks(self):
        """The standards of the present step that are to be ticked, and are not yet."""
        steps = self.env["dealer.service.step"]
        return self.check_ids.filtered(
            lambda check: (
                not check.is_done
                and not check.is_lapse
                and not check.evidence
                and steps._state_of(check.step_id.id) == check.reception_id.state
            )
        )

    def _lines_of_step(self, names, initial_values):
        """What the customer came for and took home again is not forgotten."""
        lines = super()._lines_of_step(names, initial_values)
        if "state" in names and self.state == "delivered":
            if concerns := self._unsolved_concerns():
                lines.append(
                    self.env._(
                        "Handed over with unresolved concerns: %(concerns)s",
                        concerns="; ".join(concerns.mapped("name")),
                    )
                )
        return lines

    def _request_rating(self):
        """Ask the customer how it was, by what there is; never at night.

        Nobody is asked for a rating of a visit of the shop's own (no customer), and a
        missing address or text never stops a delivery.
        """
        for reception in self:
            self.env["dealer.customer.message"]._tell(
                "rating",
                reception,
                # the request stays in the chatter, though the mail itself does not
                mail_values={"is_notification": True},
            )

    def _is_rating_open(self):
        """Whether the customer has had the car back and said nothing about it yet."""
        self.ensure_one()
        # that there is one is told to who may not read it
        ratings = self.sudo().rating_ids
        return self.state == "delivered" and not ratings.filtered("consumed")

    def _rate_by_customer(self, stars, feedback=""):
        """Record the rating given on the page of the visit; a second does nothing.

        :param int stars: 1 to 5
        :raise UserError: for any other number
        """
        self.ensure_one()
        # one at a time: the second waits, fails, is run again by Odoo and finds it
        self.env.cr.execute(
            "UPDATE dealer_reception SET id = id WHERE id = %s", (self.id,)
        )
        if not self._is_rating_open():
            return
        if stars not in range(1, 6):
            raise UserError(self.env._("Please choose one to five stars."))
        self.rating_apply(
            stars,
            token=self._rating_get_access_token(),
            feedback=(feedback or "").strip()[:MAX_FEEDBACK],
        )

    def _rating_get_partner(self):
        return self.contact_id or self.partner_id

    def _rating_get_operator(self):
        return self.advisor_id.partner_id
