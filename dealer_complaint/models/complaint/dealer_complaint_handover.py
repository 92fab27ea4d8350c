from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import RECORD, arguments

from ...tools import groups


class DealerComplaint(models.Model):
    """First-receiver responsibility: handed over only when somebody accepts it."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    handover_state = fields.Selection(
        [
            ("none", "None"),
            ("pending", "Awaiting Acceptance"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
        ],
        "Hand-over",
        required=True,
        default="none",
        readonly=True,
        copy=False,
        tracking=True,
    )
    handover_user_id = fields.Many2one(
        "res.users",
        "Handed Over To",
        readonly=True,
        copy=False,
        index="btree_not_null",
        tracking=True,
        check_company=True,
    )

    may_hand_over = fields.Boolean(compute="_compute_may_hand_over")

    @api.depends("user_id", "first_receiver_id")
    @api.depends_context("uid")
    def _compute_may_hand_over(self):
        for complaint in self:
            complaint.may_hand_over = (
                self.env.su
                or self.env.user in (complaint.user_id, complaint.first_receiver_id)
                or complaint._is_officer()
            )

    def _check_new_responsible(self, vals):
        """An unassigned complaint may be taken; an assigned one is handed over."""
        for complaint in self.browse() if self.env.su else self:
            if complaint.user_id and complaint.user_id.id != vals["user_id"]:
                raise UserError(
                    self.env._(
                        "%(user)s is responsible for %(complaint)s. Use the "
                        "hand-over: responsibility passes when the other person "
                        "accepts.",
                        complaint=complaint.name,
                        user=complaint.user_id.name,
                    )
                )

    @arguments(user=RECORD)
    def action_handover(self, user=None):
        """Offer the complaints to ``user`` (record or id). Until the offer is accepted
        nothing changes, the clock least of all.

        Without a user the dialog asks for one.

        :raise AccessError: for somebody who is neither responsible nor an officer
        """
        if not user:
            return self._handover_dialog()
        user = self.env["res.users"].browse(getattr(user, "id", user))
        for complaint in self:
            complaint._check_may_hand_over(user)
        self._write_by_method(
            {"handover_state": "pending", "handover_user_id": user.id}
        )
        self._sla_owe_acceptance()
        for complaint in self:
            reader = complaint._for_reader(user)
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=reader.env._("Accept the hand-over"),
                user_id=user.id,
            )
        return True

    def _check_may_hand_over(self, user):
        self.ensure_one()
        self._check_is_to_be_handed_over()
        if user == self.user_id or not self._may_take_over(user):
            raise UserError(
                self.env._(
                    "%(complaint)s can only be handed over to another member of its "
                    "complaint desk.",
                    complaint=self.name,
                )
            )

    def _check_is_to_be_handed_over(self):
        """:raise AccessError: for somebody who is neither responsible nor an officer"""
        self.check_access("write")
        if not self.may_hand_over:
            raise AccessError(
                self.env._(
                    "%(complaint)s is not yours to hand over.", complaint=self.name
                )
            )
        if self.state in ("closed", "rejected", "cancelled", "merged"):
            raise UserError(
                self.env._(
                    "%(complaint)s is “%(state)s”, so it need not be handed over.",
                    complaint=self.name,
                    state=self._state_label(),
                )
            )

    def _may_take_over(self, user):
        """Whether ``user`` would see the complaint, and could accept it."""
        self.ensure_one()
        # whoever hands over need not see in which shops the other one works
        user = user.sudo()
        return (
            user.active
            and user.has_group(groups.HANDLER)
            and self.company_id in user.company_ids
        )

    def action_take(self):
        """Nobody has it yet: it is mine from now on.

        :raise UserError: for one that a colleague is responsible for
        """
        self.check_access("write")
        for complaint in self.filtered(lambda c: c.user_id != self.env.user):
            complaint.user_id = self.env.user
        return True

    def action_accept_handover(self):
        """Take the complaints over: from now on it is mine."""
        self._check_handover_is_mine()
        self._end_offer()
        for complaint in self:
            # the one who takes it over need not have been allowed to see it before
            complaint.sudo()._write_by_method(
                {
                    "user_id": complaint.handover_user_id.id,
                    "handover_state": "accepted",
                    "handover_user_id": False,
                }
            )
            complaint._close_handover_activity()
        return True

    def action_refuse_handover(self):
        """It stays with the one who offered it.

        :return: the list of complaints for somebody who cannot see this one any more
        """
        self._check_handover_is_mine()
        self._end_offer()
        self._close_handover_activity()
        for complaint in self:
            complaint._write_by_method(
                {"handover_state": "refused", "handover_user_id": False}
            )
            if complaint.user_id:
                # tells the one who stays responsible, whoever that is
                complaint.sudo().message_notify(
                    partner_ids=complaint.user_id.partner_id.ids,
                    body=self.env._(
                        "The hand-over was refused; you are still responsible."
                    ),
                    subject=complaint.display_name,
                )
        return self.has_access("read") or self._action_leave()

    def _action_leave(self):
        """The list in place of a form that would ask for what it may not read."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "dealer_complaint.dealer_complaint_action"
        )
        return {**action, "target": "main"}

    def _check_handover_is_mine(self):
        for complaint in self:
            if complaint.handover_state != "pending":
                raise UserError(
                    self.env._(
                        "%(complaint)s is not being handed over.",
                        complaint=complaint.name,
                    )
                )
            if complaint.handover_user_id != self.env.user and not self.env.su:
                raise AccessError(
                    self.env._(
                        "%(complaint)s was offered to %(user)s, who must accept or "
                        "refuse it.",
                        complaint=complaint.name,
                        user=complaint.handover_user_id.name,
                    )
                )

    def _close_handover_activity(self):
        # who is offered a complaint answers; the offer is taken off the list for him
        self.sudo().activity_unlink(
            ["mail.mail_activity_data_todo"], user_id=self.env.user.id
        )

    def _handover_dialog(self):
        for complaint in self:
            complaint._check_is_to_be_handed_over()
        return open_dialog(
            self.env["dealer.complaint.handover"],
            self.env._("Hand Over"),
            complaint_ids=self.ids,
        )
