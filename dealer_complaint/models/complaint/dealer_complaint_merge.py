from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.dealer_service.tools.arguments import RECORD, arguments

from ..common.dealer_complaint_states import WORKING_STATES
from .dealer_complaint_process import LEVEL_RANK


class DealerComplaint(models.Model):
    """Others like it: group complaints (群诉), duplicates, merging."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    parent_id = fields.Many2one(
        "dealer.complaint",
        "Group Complaint",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        ondelete="restrict",
    )
    child_ids = fields.One2many("dealer.complaint", "parent_id", "In the Group")
    duplicate_of_id = fields.Many2one(
        "dealer.complaint",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        readonly=True,
        copy=False,
    )
    duplicate_ids = fields.One2many("dealer.complaint", "duplicate_of_id", "Duplicates")

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A complaint cannot be in a group below itself.")
            )

    @arguments(target=RECORD)
    def action_merge(self, target=None):
        """The same thing told twice: ``target`` goes on alone, with the talks, the
        grade and the clocks of all.

        :param target: ``dealer.complaint`` record or id; the parent of the merged ones
        :raise UserError: without a target of the same customer or car, in the same
            company, that is still being worked on
        """
        target = self.browse(getattr(target, "id", target) or ()).exists()
        target.check_access("write")
        for complaint in self:
            complaint._check_move("merged")
            complaint._check_merge(target)
        self._write_by_method({"duplicate_of_id": target.id})
        for complaint in self.sorted("date_received"):
            missed = target._sla_active().filtered("is_breached")
            # the clocks go on with the limits of what it is by now
            complaint._merge_gravity(target)
            complaint._merge_clocks(target, missed)
            complaint._merge_facts(target)
        self._set_state("merged")
        # who has the link of one is led on to the other
        if any(self.sudo().mapped("access_token")):
            target._portal_ensure_token()
        for complaint in self:
            target.message_post(
                body=self.env._(
                    "%(complaint)s was merged into this one.",
                    complaint=complaint.display_name,
                )
            )
        return True

    def _check_merge(self, target):
        self.ensure_one()
        if (
            not target
            or target == self
            or target.state not in WORKING_STATES
            or target.company_id != self.company_id
        ):
            raise UserError(
                self.env._(
                    "%(complaint)s: choose another open complaint of the same "
                    "company. A finished one must be reopened first.",
                    complaint=self.name,
                )
            )
        customers = (
            complaint.partner_id.commercial_partner_id - self._unknown_partner()
            for complaint in (self, target)
        )
        cars = self.vehicle_id & target.vehicle_id
        mine, theirs = customers
        if mine & theirs:
            return
        if not cars:
            raise UserError(
                self.env._(
                    "%(complaint)s and %(target)s belong to different customers and "
                    "cars, and each customer is waiting for an answer. Put them "
                    "under one group complaint instead, or correct their customer "
                    "or car.",
                    complaint=self.name,
                    target=target.name,
                )
            )
        if mine and theirs and not (self.env.su or (self | target)._is_second_person()):
            raise AccessError(
                self.env._(
                    "%(complaint)s and %(target)s belong to different customers, "
                    "and each of them is waiting for an answer. Only a complaint "
                    "officer who was responsible for neither may merge them.",
                    complaint=self.name,
                    target=target.name,
                )
            )

    def _merge_gravity(self, target):
        """``target`` is at least as grave as this complaint."""
        self.ensure_one()
        known = {}
        if self.category_id and not target.category_id:
            known["category_id"] = self.category_id.id
        if self.is_safety and not target.is_safety:
            known["is_safety"] = True
        if known:
            target.write(known)
        if LEVEL_RANK[self.level] > LEVEL_RANK[target.level]:
            target.action_promote(self.level)
        if not self.is_grade_by_repeat:
            target._raise_grade(self.grade, self.grade_reason or self.display_name)

    def _merge_facts(self, target):
        """What is known and was said about this complaint goes on with ``target``."""
        self.ensure_one()
        target._write_by_method(
            {"date_received": min(self.date_received, target.date_received)}
        )
        # the record of talks belongs to the process
        self.sudo().contact_ids._write_by_method({"complaint_id": target.id})
        known = {
            name: self[name].id
            for name in ("vehicle_id", "reception_id")
            if self[name] and not target[name]
        }
        if target.partner_id == self._unknown_partner():
            known["partner_id"] = self.partner_id.id
        if known:
            target.write(known)
        # the group goes on, also with those of it that are answered
        self.child_ids._write_by_method({"parent_id": target.id})

    # ------------------------------------------------------------------
    # ANSWERS TO THE MERGED ONE
    # ------------------------------------------------------------------

    def _merged_into(self):
        """Where the complaint goes on; itself when it was not merged."""
        self.ensure_one()
        # an answer is led on, whoever may see where to
        target, seen = self.sudo(), self.browse()
        while target.state == "merged" and target.duplicate_of_id not in seen:
            seen |= target
            target = target.duplicate_of_id
        return self.browse(target.id)
