from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import plaintext2html

from ..common.dealer_complaint_states import (
    OVER_STATES,
    TRANSITIONS,
    WORKING_STATES,
)

#: Whose complaint it is, about which car and visit.
WHOSE = ("partner_id", "vehicle_id", "reception_id")
#: What was wrong, what was found and what the customer was told.
ANSWER = (
    "subject",
    "category_id",
    "description",
    "expectation",
    "remedy_sought",
    "customer_cost",
    "customer_hours",
    "cause",
    "root_cause",
    "corrective_action",
    "proposal",
    "decision",
    "decision_answer",
    "reject_reason",
    "recourse",
)
#: What kind of complaint it was: by this it is graded, counted and grouped.
KIND = ("source", "model_id", "trim", "parent_id", "value_severity")
#: How it ended for the customer: who has ended it does not add to it alone.
_OUTCOME = frozenset(
    (
        "remedy_sought",
        "proposal",
        "decision",
        "decision_answer",
        "reject_reason",
        "recourse",
    )
)
#: Rewritten while the complaint is worked on, and the chatter keeps what it was; but
#: what was said and found does not become nothing.
_NEVER_EMPTIED = (
    "category_id",
    "description",
    "expectation",
    "remedy_sought",
    "customer_cost",
    "customer_hours",
    "cause",
    "root_cause",
    "proposal",
    "model_id",
)
#: What a second person corrects in one dialog.
FACTS = (*WHOSE, "is_safety", *ANSWER, *KIND)


class DealerComplaint(models.Model):
    """Whose complaint it is, about which car, whether somebody could be hurt, and, once
    it is answered, what was found and what the customer was told.

    What was unknown is filled in by anybody; how it ended, until it has ended. What
    was entered is corrected by a second
    person: whoever could give a complaint to somebody else could make it disappear, and
    put its words before a stranger; whoever could rewrite an answer would have given
    any.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    # who handles complaints need not be allowed to open the car
    owner_line = fields.Char(compute="_compute_owner_line", compute_sudo=True)
    fixed_fields = fields.Json(
        compute="_compute_fixed_fields",
        help="Names of the fields that the form does not let one change any more.",
    )

    @api.depends("partner_id", "vehicle_id.owner_id")
    def _compute_owner_line(self):
        for complaint in self:
            complaint.owner_line = complaint.vehicle_id._owner_line(
                complaint.partner_id
            )

    @api.depends("state", *FACTS)
    def _compute_fixed_fields(self):
        for complaint in self:
            # as it is stored: what somebody is typing is not fixed yet
            complaint.fixed_fields = sorted(complaint._origin._fixed_names())

    @api.constrains("partner_id", "vehicle_id", "reception_id")
    def _check_visit_is_meant(self):
        """The visit is one of this car, or of this customer."""
        unknown = self._unknown_partner()
        # who handles complaints need not be allowed to open the visit
        for complaint in self.sudo().filtered("reception_id"):
            visit, car = complaint.reception_id, complaint.vehicle_id
            people = (visit.partner_id | visit.contact_id).commercial_partner_id
            customer = complaint.partner_id.commercial_partner_id - unknown
            is_known = car or customer
            if is_known and car != visit.vehicle_id and not customer & people:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: %(visit)s is a visit of another car and "
                        "another customer. Choose a visit of %(known)s.",
                        complaint=complaint.name,
                        visit=visit.name,
                        known=(car or customer).display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _check_facts(self, vals):
        for complaint in self.browse() if self.env.su else self:
            rewritten = complaint._rewritten_facts(vals)
            if rewritten:
                raise UserError(complaint._refusal_of_fact(rewritten[0]))

    def _refusal_of_fact(self, name):
        """Why a fact stays as it is, and the way out."""
        self.ensure_one()
        values = {"complaint": self.name, "field": self._field_label(name)}
        if name in _OUTCOME and not self._is_known(name):
            return self.env._(
                "%(complaint)s has ended, so “%(field)s” is no longer filled in. Press "
                "“Correct” beside the customer: an officer who is not responsible for "
                "the complaint decides.",
                **values,
            )
        may_reopen = (self.state, "investigating") in TRANSITIONS
        if name == "decision_answer" and may_reopen:
            return self.env._(
                "%(complaint)s: “%(field)s” has already been entered. If the customer "
                "is not content after all, press “Reopen”: a new cycle begins, and the "
                "customer is asked anew. If it was entered wrongly, press “Correct” "
                "beside the customer: an officer who is not responsible for the "
                "complaint decides.",
                **values,
            )
        return self.env._(
            "%(complaint)s: “%(field)s” has already been entered. Only an officer who "
            "is not responsible for the complaint may change it, with a reason: press "
            "“Correct” beside the customer.",
            **values,
        )

    def _rewritten_facts(self, vals):
        """The fields whose known fact ``vals`` would replace."""
        self.ensure_one()
        fixed = self._fixed_facts()
        names = [
            name
            for name in FACTS
            if name in vals
            and self._would_change(vals, name)
            and (name in fixed or self._would_be_emptied(vals, name))
        ]
        if self.category_id.is_safety and "category_id" in vals:
            category = self.category_id.browse(vals["category_id"] or ())
            if not category.is_safety:
                names.append("category_id")
        return names

    def _fixed_facts(self):
        """The fields that only a second person changes by now."""
        is_answered = self.state not in WORKING_STATES
        names = {
            name
            for name in ((*WHOSE, *ANSWER, *KIND) if is_answered else WHOSE)
            if self._is_known(name) or (name in _OUTCOME and self.state in OVER_STATES)
        }
        return names | {"is_safety"} if self.is_safety or is_answered else names

    def _is_known(self, name):
        unknown = {"partner_id": self._unknown_partner(), "cause": "unknown"}
        return bool(self[name]) and self[name] != unknown.get(name)

    def _would_be_emptied(self, vals, name):
        """Whether ``vals`` take away what is known, instead of rewriting it."""
        return (
            name in _NEVER_EMPTIED
            and self._is_known(name)
            and (not vals[name] or vals[name] == "unknown")
        )

    def _fixed_names(self):
        """The fields that the form does not let one change."""
        return self._fixed_facts() if self else set()

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_correct_facts(self):
        """Ask whose it is, what it is about, and why that is corrected."""
        self.ensure_one()
        return self._correction_dialog("facts")

    def _correct_facts(self, vals, reason):
        """Replace what was entered; what it was stays in the chatter.

        :raise AccessError: for anybody but an officer who never was responsible
        """
        self.ensure_one()
        self.check_access("write")
        self._check_second_person(self.env._("Correct What Was Entered"), reason)
        self._check_customers_words(vals)
        former = [
            self.env._(
                "“%(field)s” was: %(value)s",
                field=self._field_label(name),
                value=self._fields[name].convert_to_export(self[name], self) or "–",
            )
            for name in vals
        ]
        self._write_by_method(vals)
        said = self.env._("Corrected: %(reason)s", reason=reason or "–")
        self._message_log(body=plaintext2html("\n".join([said, *former])))
