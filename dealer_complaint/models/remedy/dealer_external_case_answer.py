from odoo import api, fields, models
from odoo.exceptions import ValidationError

ANSWER_TODO = "dealer_complaint.mail_activity_type_answer"


class DealerExternalCase(models.Model):
    """By when the shop itself has to answer: the day that stands in the letter.

    The periods of the authority bind the authority; this one binds us.
    """

    _name = "dealer.external.case"
    _inherit = "dealer.external.case"

    date_answer_due = fields.Date(
        "Our Answer Due",
        tracking=True,
        copy=False,
        index="btree_not_null",
        help="The day by which the shop must answer, as the letter of the authority "
        "says. Once entered, it is corrected by somebody whom it does not measure.",
    )
    is_answer_late = fields.Boolean("Answered Late", compute="_compute_is_answer_late")

    @api.depends("date_answer_due", "date_replied", "state", "date_end")
    def _compute_is_answer_late(self):
        for case in self:
            shop = case.company_id or self.env.company
            end = case.date_replied or case.date_end or fields.Datetime.now()
            due = case.date_answer_due
            case.is_answer_late = bool(due) and shop._dealer_day(end) > due

    @api.constrains("date_answer_due", "date_received")
    def _check_answer_due(self):
        for case in self.filtered("date_answer_due"):
            if case.date_answer_due < case.company_id._dealer_day(case.date_received):
                raise ValidationError(
                    self.env._(
                        "%(case)s: our answer cannot be due before the case was filed.",
                        case=case.display_name,
                    )
                )

    def _check_answer_due_stays(self, vals):
        """:raise AccessError: for a day that was entered, from whom it measures"""
        known = self.filtered("date_answer_due")
        changed = known._would_change(vals, "date_answer_due")
        if changed:
            changed.complaint_id._check_not_measured(
                self._field_label("date_answer_due")
            )

    def _plan_answer(self, _change=None):
        """Whoever is responsible has it on the list of things to do, until then."""
        for case in self:
            # whoever changes the case need not be allowed to touch a colleague's list
            known = case.sudo()
            owed = case.date_answer_due and not (case.date_replied or case.date_end)
            planned = known.activity_ids.filtered(
                lambda a: a.activity_type_id == self.env.ref(ANSWER_TODO, False)
            )
            user = case.user_id or case.complaint_id.user_id
            if (
                owed
                and planned.user_id == user
                and planned.mapped("date_deadline") == [case.date_answer_due]
            ):
                continue
            planned.unlink()
            if owed and user:
                reader = known._for_reader(user)
                reader.activity_schedule(
                    ANSWER_TODO,
                    date_deadline=case.date_answer_due,
                    summary=reader.env._(
                        "Answer to %(case)s", case=reader.display_name
                    ),
                    user_id=user.id,
                )
