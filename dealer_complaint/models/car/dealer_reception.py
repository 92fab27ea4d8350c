from odoo import api, fields, models
from odoo.tools import plaintext2html

from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    IN_HOUSE_STATES,
)
from odoo.addons.dealer_service.tools import groups as service_groups

from ...tools import groups
from ..common.dealer_complaint_states import OPEN_STATES

#: A rating of so many stars or fewer speaks of a complaint.
LOW_RATING = 1
#: The car has come: what is wrong with it is known.
HERE_STATES = (*IN_HOUSE_STATES, "delivered")


class DealerReception(models.Model):
    """Complaints about a visit, and those a visit raises by itself."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    _INTAKE = ("_complain_of_second_failure",)
    _CONSEQUENCES = (
        (
            ("is_comeback", "comeback_of_id", "concern_ids"),
            "_complain_of_second_failure",
        ),
    )
    _ENTER_STEPS = ((HERE_STATES, "_complain_of_second_failure"),)

    complaint_ids = fields.One2many(
        "dealer.complaint",
        "reception_id",
        "Complaints",
        groups=groups.HANDLER,
    )
    open_complaint_count = fields.Integer(
        "Open Complaints", compute="_compute_open_complaint_count"
    )
    open_complaint_note = fields.Char(
        "Open Complaint",
        compute="_compute_open_complaint_note",
        # who receives the customer is to know; who works on the car is not
        groups=f"{service_groups.ADVISOR},{groups.HANDLER}",
    )
    is_low_rated = fields.Boolean(
        "Low Rating",
        compute="_compute_is_low_rated",
        groups="base.group_user",
        help="The customer's last rating was one star.",
    )

    @api.depends_context("uid")
    def _compute_open_complaint_count(self):
        counts = self.env["dealer.complaint"]._count_open_by("reception_id", self.ids)
        for reception in self:
            reception.open_complaint_count = counts.get(reception._origin.id, 0)

    @api.depends("vehicle_id")
    def _compute_open_complaint_note(self):
        """Number and subject of what the customer still waits for."""
        for company, receptions in self.grouped("company_id").items():
            by_car = self.env["dealer.complaint"]._open_by_car(
                receptions.vehicle_id, company
            )
            for reception in receptions:
                complaints = by_car.get(reception.vehicle_id.id, ())
                reception.open_complaint_note = (
                    "; ".join(complaint.display_name for complaint in complaints)
                    or False
                )

    @api.depends("rating_last_value")
    def _compute_is_low_rated(self):
        for reception in self:
            reception.is_low_rated = 0 < reception.rating <= LOW_RATING

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_new_complaint(self):
        """A complaint about this visit, with everything known filled in."""
        self.ensure_one()
        return self.env["dealer.complaint"]._new_action(**self._complaint_vals())

    def action_view_complaints(self):
        """The complaints about this visit."""
        self.ensure_one()
        return self.env["dealer.complaint"]._list_action(
            [("reception_id", "=", self.id)], **self._complaint_vals()
        )

    def _complaint_vals(self):
        """What a complaint about this visit already knows."""
        self.ensure_one()
        vals = {
            "partner_id": self.partner_id.id,
            "vehicle_id": self.vehicle_id.id,
            "reception_id": self.id,
            "company_id": self.company_id.id,
        }
        if self.is_low_rated:
            rating = self._low_rating()
            vals["subject"] = self._low_rating_subject()
            vals["description"] = rating.feedback or False
        return vals

    # ------------------------------------------------------------------
    # A LOW RATING
    # ------------------------------------------------------------------

    def rating_apply(self, rate, *args, feedback=None, **kwargs):
        """A rating of one star is proposed as a complaint, or made one."""
        rating = super().rating_apply(rate, *args, feedback=feedback, **kwargs)
        if rate <= LOW_RATING:
            self._after_low_rating(feedback)
        return rating

    def _after_low_rating(self, feedback):
        """As the company has decided: make it a complaint, propose it, or nothing."""
        for reception in self:
            wish = reception.company_id.dealer_complaint_on_low_rating
            if wish == "auto":
                reception._complain_of_rating(feedback)
            elif wish == "propose":
                reception._propose_complaint()

    def _complain_of_rating(self, feedback):
        self.ensure_one()
        Complaint = self.env["dealer.complaint"]
        key = f"rating:{self.id}"
        complaint = Complaint._raise_once(
            key,
            self.company_id,
            **{
                **self._complaint_vals(),
                "subject": self._low_rating_subject(),
                "description": feedback,
                "source": "portal",
                "level": "dissatisfaction",
                "user_id": Complaint._handler_or_none(self.advisor_id),
            },
        )
        if feedback and complaint.description != feedback:
            # rated again: the new words belong to the same complaint
            complaint.message_post(body=plaintext2html(feedback))

    def _propose_complaint(self):
        """Ask the advisor, once, whether the low rating is a complaint."""
        self.ensure_one()
        user = self.advisor_id or self.company_id.dealer_general_manager_id
        # the customer, who rates, gives nobody anything to do
        visit = self.sudo()._for_reader(user)
        summary = visit.env._("Low rating: open a complaint?")
        if visit.complaint_ids.filtered(lambda c: c.state in OPEN_STATES) or (
            summary in visit.activity_ids.mapped("summary")
        ):
            return
        visit.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            user_id=user.id,
        )

    def _low_rating_subject(self):
        return self.env._("Low rating of visit %(visit)s", visit=self.display_name)

    def _low_rating(self):
        """The rating itself, whose words are the customer's."""
        # ratings are read through the visit, which the user may see
        return self.sudo().rating_ids.filtered("consumed").sorted("write_date")[-1:]

    # ------------------------------------------------------------------
    # THE SECOND FAILED REPAIR
    # ------------------------------------------------------------------

    def _complain_of_second_failure(self, _change=None):
        """The same fault repaired twice in vain is a complaint without being told."""
        Complaint = self.env["dealer.complaint"]
        failed = self.filtered("is_second_failure")
        repair = failed and self.env.ref(
            "dealer_complaint.complaint_category_repair", raise_if_not_found=False
        )
        for reception in failed.filtered(lambda visit: visit.state in HERE_STATES):
            systems = reception._concerned_systems() or (
                reception.comeback_of_id._treated_systems()
            )
            Complaint._raise_once(
                f"second_failure:{reception.id}",
                reception.company_id,
                **{
                    **reception._complaint_vals(),
                    "subject": self.env._(
                        "Second failed repair: %(systems)s",
                        systems=", ".join(systems.mapped("name"))
                        or reception.display_name,
                    ),
                    "description": "\n".join(reception.concern_ids.mapped("name")),
                    "source": "counter",
                    "category_id": repair.id if repair else False,
                    "user_id": Complaint._handler_or_none(reception.advisor_id),
                },
            )
