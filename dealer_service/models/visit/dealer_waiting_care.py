from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: What a form that was open meanwhile calls now.
_NOW = timedelta(minutes=10)


class DealerWaitingCare(models.Model):
    """What was done for a customer who waits here (等待关怀).

    Whoever did it enters it when it is done. What was forgotten, or done by a
    colleague, a manager enters whom the visit does not measure, with a note on why.
    """

    _name = "dealer.waiting.care"
    _description = "Care While Waiting"
    _inherit = ["dealer.label.mixin"]
    _check_company_auto = True
    _order = "date desc, id desc"
    _rec_name = "kind"

    reception_id = fields.Many2one(
        "dealer.reception", "Visit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    kind = fields.Selection(
        [
            ("progress", "Progress Report"),
            ("drink", "Drink or Snack"),
            ("workshop_visit", "Workshop Visit"),
            ("workshop_offer", "Workshop Visit Offered, Not Wanted"),
            ("other", "Other"),
        ],
        required=True,
        default="progress",
    )
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        "By",
        default=lambda self: self.env.user,
        help="The person who informed or served the customer, or accompanied the "
        "customer into the workshop.",
        check_company=True,
    )
    is_done = fields.Boolean("Done", default=True)
    is_stamped = fields.Boolean(
        "Entered at the Moment",
        readonly=True,
        help="By whoever gave it, when it was given. Only this proves a standard.",
    )
    note = fields.Char()

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [{**vals, "is_stamped": False} for vals in vals_list]
        cares = super().create(vals_list)
        for care in cares.filtered("is_done"):
            super(DealerWaitingCare, care).write({"is_stamped": care._is_own_and_now()})
        cares.filtered(lambda care: not care._is_own_and_now())._check_second_person()
        cares.reception_id._refresh_progress_due()
        return cares

    def write(self, vals):
        if "reception_id" in vals:
            self._check_visit_stays(vals["reception_id"])
        if "kind" in vals:
            done = self.filtered(
                lambda care: care.is_done and care.kind != vals["kind"]
            )
            done.filtered(lambda care: not care._is_own_and_now())._check_remover()
        if "note" in vals:
            theirs = self.filtered(lambda care: care.user_id != self.env.user)
            theirs.filtered(lambda care: care.note != vals["note"])._check_remover()
        vals = {name: value for name, value in vals.items() if name != "is_stamped"}
        if not {"date", "user_id", "kind", "reception_id"}.isdisjoint(vals):
            # it was entered as something else, or for another time
            vals["is_stamped"] = False
        if vals.get("is_done") and not self.env.su:
            # what was only planned is done by whoever says so, at the moment
            for care in self.filtered(lambda care: not care.is_done):
                now = {"date": fields.Datetime.now(), "user_id": self.env.uid}
                super(DealerWaitingCare, care).write({**now, "is_stamped": True})
        result = super().write(vals)
        if not {"date", "user_id"}.isdisjoint(vals):
            foreign = self.filtered(lambda care: not care._is_own_and_now())
            foreign._check_second_person()
        self.reception_id._refresh_progress_due()
        return result

    def unlink(self):
        """A report that was not made after all: the customer waits for it again.

        Who has just entered it takes it back; later, and for a colleague, a second
        person does, and the visit tells it.
        """
        visits = self.reception_id
        known = self.filtered(lambda care: not care._is_own_and_now())
        known._check_remover()
        for care in known if not self.env.su else ():
            visit = care.reception_id
            visit._message_log(
                body=self.env._(
                    "Taken out of the care while waiting: %(kind)s, %(time)s, %(user)s",
                    kind=care.display_name,
                    time=visit.company_id._dealer_format(care.date),
                    # the name of a colleague is no secret
                    user=care.user_id.sudo().name or "–",
                )
            )
        result = super().unlink()
        visits._refresh_progress_due()
        return result

    def _check_remover(self):
        """:raise AccessError: for whoever changes or removes what others did"""
        for care in self if not self.env.su else ():
            if not care.reception_id._is_second_person():
                raise AccessError(
                    self.env._(
                        "%(visit)s: what was done for this customer is changed or "
                        "removed by whoever did it, at that moment, or by a service "
                        "manager who is not the advisor.",
                        visit=care.reception_id.name,
                    )
                )

    def _check_visit_stays(self, reception_id):
        """:raise AccessError: for whoever moves care to another visit"""
        moved = self.filtered(lambda care: care.reception_id.id != reception_id)
        if moved and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(visit)s: what was done for this customer stays here.",
                    visit=moved[:1].reception_id.name,
                )
            )

    def _is_own_and_now(self):
        """Whether the user enters what he does at the moment."""
        late = abs(fields.Datetime.now() - self.date)
        return self.user_id == self.env.user and late <= _NOW

    def _check_second_person(self):
        """
        :raise AccessError: for what only a second person enters
        :raise UserError: when that person does not say why
        """
        if self.env.su:
            return
        for care in self:
            visit = care.reception_id
            if not visit._is_second_person():
                raise AccessError(
                    self.env._(
                        "%(visit)s: care is entered by whoever gives it, when it is "
                        "given. For a colleague, or for an earlier time, a service "
                        "manager who is not the advisor enters it.",
                        visit=visit.name,
                    )
                )
            if not (care.note or "").strip():
                raise UserError(
                    self.env._(
                        "%(visit)s: say in the note why this care is entered for "
                        "somebody else, or for another time.",
                        visit=visit.name,
                    )
                )
