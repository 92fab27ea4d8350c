import hashlib
import json
from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_datetime

from ...tools.arguments import TEXT, arguments
from ..common.signature import check_signer, checked_signature
from .sale_order_consent import CLOSED_TO_WORK, ConsentRefused


class SaleOrder(models.Model):
    """How a decision is carried out: line by line, once, and for everybody to see."""

    _name = "sale.order"
    _inherit = "sale.order"

    def _decidable_lines(self):
        """What the customer decides about, line by line.

        A line without a quantity, of an optional section for example, offers nothing.
        """
        return self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and line.product_uom_qty
                and line.dealer_decision != "declined"
            )
        )

    def _offer_notes(self):
        """What the offer says in words beside its lines: agreed to with them."""
        notes = self.order_line.filtered(lambda line: line.display_type == "line_note")
        return notes.mapped("name")

    def _pieces_of_work(self):
        """The lines that go together: labour, and what is fitted with it.

        A part goes with the labour of its section. Without a section it goes with the
        labour directly above it; above all labour it stands for itself.

        :return: list of lines
        """
        self.ensure_one()
        lines = self._decidable_lines()
        pieces = [lines.browse()]
        in_section = False
        for line in self.order_line.sorted("sequence"):
            if line.display_type == "line_section":
                in_section = True
                pieces.append(lines.browse())
            if line in lines:
                if line.dealer_kind == "labour" and not in_section:
                    pieces.append(lines.browse())
                pieces[-1] |= line
        return pieces

    def _split_decision(self, declined):
        """What is agreed to and what is refused when ``declined`` is not wanted.

        A discount was given on what was offered: it is not agreed to without it.

        :param declined: ids of lines
        :return: tuple of the lines approved and the lines refused
        :raise ConsentRefused: for a part of what has a discount on the whole
        """
        self.ensure_one()
        lines = self._decidable_lines()
        refused = lines.filtered(lambda line: line.id in declined)
        offers = lines.filtered(lambda line: not line._is_reduction())
        if refused and offers and offers != lines:
            if offers - refused:
                raise ConsentRefused(
                    self.env._(
                        "%(order)s has a discount on the total, so it can only be "
                        "agreed to or declined as a whole. To decide line by line, "
                        "ask for the discount on each line instead.",
                        order=self.name,
                    )
                )
            refused = lines
        return lines - refused, refused

    def _offer_digest(self, declined=()):
        """Fingerprint of all that the customer is shown before he decides.

        :param declined: ids of the lines that are not wanted
        """
        self.ensure_one()
        shown = [
            self._agreed_digest(declined),
            self.dealer_payer,
            self.dealer_reason or "",
            self.dealer_extra_minutes,
            fields.Datetime.to_string(self.dealer_date_promised) or "",
            self.dealer_photo_ids.sorted("id").mapped("checksum"),
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()

    def _amount_of(self, lines, quantity="product_uom_qty"):
        """What the order comes to with ``lines`` alone, rounded as the order is.

        :param str quantity: the field of the quantity that counts
        """
        self.ensure_one()
        if lines == self._decidable_lines() and all(
            line[quantity] == line.product_uom_qty for line in lines
        ):
            return self.amount_total
        taxes = self.env["account.tax"]
        rows = [
            line._prepare_base_line_for_taxes_computation(quantity=line[quantity])
            for line in lines
        ]
        taxes._add_tax_details_in_base_lines(rows, self.company_id)
        taxes._round_base_lines_tax_details(rows, self.company_id)
        totals = taxes._get_tax_totals_summary(rows, self.currency_id, self.company_id)
        return totals["total_amount_currency"]

    def _amount_left_to_invoice(self):
        """What the next invoice comes to; deposits are deducted."""
        self.ensure_one()
        deposits = self.order_line.filtered("is_downpayment")
        lines = (self.order_line - deposits).filtered(
            lambda line: not line.display_type and line.qty_to_invoice
        )
        return self._amount_of(lines, "qty_to_invoice") - deposits._left_to_deduct()

    def _check_decidable(self, is_approval):
        """:raise ConsentRefused: with a sentence that can be shown to the customer"""
        self.ensure_one()
        if not self.reception_id or not self._decidable_lines():
            raise ConsentRefused(self.env._("There is nothing to decide here."))
        if self.consent_date or self.state not in ("draft", "sent"):
            raise ConsentRefused(
                self.env._("%(order)s has already been decided.", order=self.name)
            )
        if self.is_expired:
            raise ConsentRefused(
                self.env._(
                    "The offer %(order)s ended on %(date)s. Please ask for a new one.",
                    order=self.name,
                    date=fields.Date.to_string(self.validity_date),
                )
            )
        # the customer's own page runs without rights on the visit
        state = self.reception_id.sudo().state
        closed = CLOSED_TO_WORK if is_approval else ("delivered", "left", "cancelled")
        if state in closed:
            raise ConsentRefused(
                self.env._(
                    "The work on the car is over; %(order)s can no longer be added.",
                    order=self.name,
                )
            )

    def _check_consent_date(self, date):
        """:raise ConsentRefused: for a day before the visit was spoken of"""
        self.ensure_one()
        # the customer's own page runs without rights on the visit
        visit = self.reception_id.sudo()
        begun = visit.date_booked or visit.date_arrived
        # what was agreed to on the phone is entered when the visit is
        if begun and date < begun - timedelta(days=1):
            raise ConsentRefused(
                self.env._(
                    "%(order)s: the visit %(visit)s did not exist yet on %(date)s, "
                    "so nothing can have been agreed to by then.",
                    order=self.name,
                    date=visit._format_local(date),
                    visit=visit.name,
                )
            )

    def _decide(self, declined, consent, signature=None):
        """Carry out a decision: keep what is declined, confirm what is approved.

        :param dict declined: {line id: reason}
        :param dict consent: values of the consent fields, but amount and fingerprint
        """
        self.ensure_one()
        try:
            self.lock_for_update()
        except LockError:
            raise ConsentRefused(
                self.env._(
                    "Someone else is deciding on %(order)s right now. Please reload "
                    "the page.",
                    order=self.name,
                )
            ) from None
        # Sale does not say what it depends on
        self.invalidate_recordset(["is_expired"], flush=False)
        approved, refused = self._split_decision(declined)
        if not (consent.get("consent_by") or "").strip():
            raise ConsentRefused(
                self.env._("Please enter the name of the person who decides.")
            )
        self._check_consent_date(consent["consent_date"])
        self._check_decidable(is_approval=bool(approved))
        if refused:
            refused._decline(declined, consent)
        if not approved:
            self._log_decision(consent, approved, refused)
            self._cancel_by_method(self.env._("everything was declined"))
            return
        self._check_payer()
        self._reckon_anew()
        approved._write_by_method({"dealer_decision": "approved"})
        self._write_by_method(
            {
                **consent,
                **(self._signature_vals(consent["consent_by"], signature)),
                "consent_amount": self.amount_total,
                "consent_digest": self._agreed_digest(),
                "consent_paper": self._paper_as_it_is(),
            }
        )
        self._log_decision(consent, approved, refused)
        self.reception_id._refresh_estimate_total()
        if self.dealer_kind == "supplement" or self.reception_id._is_authorized():
            self.action_confirm()
        self.reception_id._prove_known()
        if self.dealer_date_promised and self.reception_id._is_authorized():
            # the customer agreed to it, however long he took
            self.reception_id._write_by_method(
                {"date_promised": self.dealer_date_promised}
            )

    def _signature_vals(self, name, signature):
        check_signer(self.env, name)
        if not signature:
            return {}
        return {
            "signature": checked_signature(self.env, signature),
            "signed_by": name,
            "signed_on": fields.Datetime.now(),
        }

    def _log_decision(self, consent, approved, refused):
        """Put the decision into the chatter, where nothing is ever lost."""
        labels = dict(self._fields["consent_method"]._description_selection(self.env))
        body = Markup("<p>%s</p>") % self.env._(
            "%(name)s decided (%(method)s): agreed to %(amount)s.",
            name=consent["consent_by"],
            method=labels[consent["consent_method"]],
            amount=self.currency_id.format(self.amount_total if approved else 0.0),
        )
        items = [(line, self.env._("approved")) for line in approved]
        items += [(line, self.env._("declined")) for line in refused]
        body += Markup("<ul>%s</ul>") % Markup("").join(
            Markup("<li>%s – %s</li>") % (line.name, decision)
            for line, decision in items
        )
        if consent.get("consent_note"):
            body += Markup("<p>%s</p>") % consent["consent_note"]
        # nobody of the shop recorded it: he decided on his link
        customer = not consent["consent_user_id"] and self.reception_id.partner_id.id
        self._message_log(body=body, author_id=customer or None)

    def _dealer_promise_text(self):
        """The new promised time as the clock of the shop shows it."""
        self.ensure_one()
        if not self.dealer_date_promised:
            return ""
        # the customer has no rights on calendars and users
        order = self.sudo()
        tz = order.user_id.tz or order.company_id._dealer_tz().zone
        return format_datetime(
            self.env, self.dealer_date_promised, tz=tz, dt_format="MM-dd HH:mm"
        )

    # ------------------------------------------------------------------
    # TAKEN BACK
    # ------------------------------------------------------------------

    def action_ask_cancel_agreement(self):
        """Ask why the agreement is cancelled, then cancel it."""
        self.ensure_one()
        return self.env["dealer.reason.wizard"]._open("cancel_agreement", self)

    @arguments(reason=TEXT)
    def action_cancel_agreement(self, reason=None):
        """Cancel what was agreed to, before any of it was supplied or invoiced.

        The record of the consent stays in the chatter.
        """
        self._check_advisor()
        for order in self:
            if any(
                line.qty_invoiced or line._is_supplied() for line in order.order_line
            ):
                raise UserError(
                    self.env._(
                        "%(order)s has already been partly carried out or invoiced. "
                        "Credit it instead.",
                        order=order.name,
                    )
                )
            order._cancel_by_method(reason or self.env._("the agreement was cancelled"))
        return True
