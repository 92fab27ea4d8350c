from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import plaintext2html

from ...tools import groups
from ...tools.arguments import LINES, arguments
from ..common.dealer_reception_states import BOOKED_STATES, OPEN_STATES, STAMPS

#: Whose visit it is, and who reads its papers.
_PARTIES = ("partner_id", "contact_id", "vehicle_id", "company_id")
#: What the customer signs for when he fetches the car.
_HANDED_OVER = (
    "belongings",
    "keep_old_parts",
    "odometer",
    "odometer_out",
    "old_parts",
    "wash",
)
#: Recorded while the visit is open; taken back by a second person.
_COMEBACK = ("is_comeback", "comeback_of_id")
#: What the papers and the figures of a settled visit tell.
_SETTLED = (
    "customer_parts",
    "insurance_partner_id",
    "parts_note",
    "is_maintenance",
    "is_parts_checked",
    "is_waiting",
    "package_id",
    "planned_hours",
    "prepared_bay_id",
    "prepared_technician_id",
    "variance_reason",
)
_CORRECTED = ("advisor_id", *_PARTIES, *_HANDED_OVER, *_COMEBACK, *_SETTLED)
CORRECTED_BY_ANOTHER = ("active", *_CORRECTED)
#: What a correction changes, and the chatter tells.
TOLD = (*_CORRECTED, *STAMPS, "date_promised")


class DealerReception(models.Model):
    """What was agreed to, and what measures the advisor, a second person corrects."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    former_advisor_ids = fields.Many2many(
        "res.users",
        "dealer_reception_former_advisor_rel",
        "reception_id",
        "user_id",
        "Former Advisors",
        copy=False,
        readonly=True,
        help="Their work is measured by this visit, so they may not correct it.",
    )

    may_correct = fields.Boolean(compute="_compute_may_correct")
    correction_reason = fields.Char(
        "Reason for the Correction",
        compute="_compute_correction_reason",
        inverse="_inverse_correction_reason",
        help="Why something that was recorded is corrected. It is kept in the chatter.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("advisor_id")
    @api.depends_context("uid")
    def _compute_may_correct(self):
        for reception in self:
            reception.may_correct = reception._is_second_person()

    def _compute_correction_reason(self):
        self.correction_reason = False

    def _inverse_correction_reason(self):
        """It was told with what it is the reason for; the next one needs its own."""
        self.invalidate_recordset(["correction_reason"], flush=False)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _keep_former_advisor(self, change):
        """Whoever was the advisor once stays measured."""
        for advisor, visits in change.by_former(self, "advisor_id").items():
            if advisor:
                # the list belongs to the process, also where the writer has left
                visits.sudo()._write_by_method(
                    {"former_advisor_ids": [Command.link(advisor.id)]}
                )

    def _check_corrections(self, vals):
        """
        :raise UserError: when a visit that is not over is archived, or nobody says why
        :raise AccessError: for what only a second person corrects
        """
        if self.env.su:
            return
        for name in CORRECTED_BY_ANOTHER:
            if name in vals:
                fixed = self._would_change(vals, name)._fixed_for(name)
                fixed._check_second_person(name)
                if name != "active":
                    fixed._check_reason(vals)
        if vals.get("company_id"):
            self.env["res.company"].browse(vals["company_id"])._check_own_shop()
            self._would_change(vals, "company_id")._check_may_leave_shop()

    def _fixed_for(self, name):
        """Those in which the field ``name`` is settled.

        :raise UserError: when a visit that is not over is to be archived
        """
        is_open = self.filtered(lambda r: r.state in OPEN_STATES)
        if name == "active":
            going = is_open.filtered("active")
            if going:
                raise UserError(
                    self.env._(
                        "%(visits)s: the visit is not over. Only finished visits "
                        "can be archived.",
                        visits=", ".join(going.mapped("name")),
                    )
                )
            fixed = self
        elif name == "advisor_id":
            # the day's work is done: whose figures it makes is settled with it
            fixed = self - is_open.filtered(lambda r: r.state != "settled")
        elif name in _PARTIES:
            fixed = self.filtered(lambda r: r._is_agreed())
        elif name in _HANDED_OVER:
            fixed = self.filtered(lambda r: r._is_handed_over())
        elif name in _SETTLED:
            fixed = self.filtered(lambda r: r.state in ("settled", "delivered"))
            if name == "variance_reason":
                # invoices that are made again may differ, and ask for another reason
                fixed = fixed.filtered(lambda r: not r.sudo()._unexplained())
        else:
            fixed = (self - is_open) | is_open.filtered(name)
        return fixed

    def _check_may_leave_shop(self):
        """A visit whose car has come is part of the day, the figures and the numbers
        of its shop; a booking may still be moved.

        :raise ValidationError: naming the visit
        """
        for reception in self:
            if reception.state not in BOOKED_STATES:
                raise ValidationError(
                    self.env._(
                        "%(visit)s is “%(state)s” and cannot be moved to another "
                        "shop. Enter it in the other shop and cancel it here.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )

    def _check_second_person(self, name):
        """:raise AccessError: unless a manager whom they do not measure asks"""
        if self and not self._is_second_person():
            raise AccessError(
                self.env._(
                    "%(visits)s: “%(field)s” is settled. Only a service manager who is"
                    " not, and never was, the advisor of the visit may correct it.",
                    visits=", ".join(self.mapped("name")),
                    field=self._field_label(name),
                )
            )

    def _check_reason(self, vals):
        """:raise UserError: for a correction without one"""
        if self and not (vals.get("correction_reason") or "").strip():
            raise UserError(
                self.env._(
                    "%(record)s is “%(state)s” (last changed by %(user)s, %(time)s). If"
                    " your page shows something else, reload it. This corrects what "
                    "was recorded. Enter why in “Reason for the Correction” on the "
                    "“Times” tab, and save again.",
                    **self[:1]._last_change(),
                )
            )

    def _tell_correction(self, change):
        """What it was, what it is and why stays in the chatter."""
        reason = change.vals.get("correction_reason")
        for reception in self if reason else ():
            told = [self.env._("Corrected: %(reason)s", reason=reason)]
            told += [
                self.env._(
                    "“%(field)s”: %(old)s → %(new)s",
                    field=self._field_label(name),
                    old=reception._in_words(name, change.was(reception, name)),
                    new=reception._in_words(name, reception[name]),
                )
                for name in TOLD
                if name in change.names(reception)
            ]
            reception._message_log(body=plaintext2html("\n".join(told)))

    def _in_words(self, name, value):
        field = self._fields[name]
        if value and field.type == "datetime":
            return self._format_local(value)
        return field.convert_to_export(value, self) or "–"

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _measured_users(self):
        """Those whom these visits measure, or have measured."""
        # who corrects a visit need not see the colleagues who had it
        return self.sudo().advisor_id | self.sudo().former_advisor_ids

    def _measuring_user(self):
        return self.filtered(lambda r: self.env.user in r._measured_users())

    def _with_kept_tasks(self):
        if self.env.user.has_group(groups.MANAGER):
            return super()._with_kept_tasks()
        return self

    @arguments(partner_ids=LINES)
    def message_unsubscribe(self, partner_ids=None):
        """Let people no longer follow.

        :raise AccessError: see ``_check_unsubscribe``
        """
        self._check_unsubscribe(partner_ids)
        return super().message_unsubscribe(partner_ids)

    def _is_second_person(self):
        """Whether the user is a manager, and none of those who are measured."""
        return (
            self.env.su
            or self.env.user.has_group(groups.MANAGER)
            and self.env.user not in self._measured_users()
        )

    def _is_agreed(self):
        """Whether a customer has put his name to this visit."""
        # consent binds, whichever orders and sheets the user may see
        visit = self.sudo()
        return (
            visit.state in ("settled", "delivered")
            or "signed" in visit.inspection_ids.mapped("state")
            or any(visit.order_ids.mapped("consent_date"))
        )

    def _is_handed_over(self):
        """Whether the sheet of the delivery is final."""
        return self.state == "delivered" or self.is_delivery_signed
