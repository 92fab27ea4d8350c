from odoo import api, fields, models

from ...tools import groups

#: Roles that one person of the complaint has.
_PERSONS = {
    "responsible": "user_id",
    "first_receiver": "first_receiver_id",
    "offered": "handover_user_id",
}


class DealerSlaLevel(models.Model):
    """What happens before or after a deadline, and who is told."""

    _name = "dealer.sla.level"
    _description = "SLA Warning or Escalation"
    _inherit = ["dealer.group.mixin"]
    _order = "target_id, minutes, id"
    _rec_name = "name"
    _rec_names_search = ["target_id"]

    target_id = fields.Many2one(
        "dealer.sla.target", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="target_id.company_id", store=True, index=True)
    name = fields.Char(compute="_compute_name")
    minutes = fields.Integer(
        required=True,
        help="Negative: before the deadline. Zero: as soon as it is missed. "
        "Positive: after it. Measured in the kind of time of the target.",
    )
    kind = fields.Selection(
        [("warned", "Warning"), ("escalated", "Escalation")],
        compute="_compute_kind",
        store=True,
    )
    action = fields.Selection(
        [
            ("activity", "Activity"),
            ("mail", "E-mail"),
            ("sms", "Text Message"),
            ("grade", "Raise the Grade"),
            ("reassign", "Offer to Another Person"),
        ],
        required=True,
        default="activity",
    )
    role = fields.Selection(
        [
            ("responsible", "Responsible Person"),
            ("first_receiver", "First Receiver"),
            ("offered", "Whom It Is Offered To"),
            ("officer", "Complaint Officers"),
            ("manager", "Complaint Managers"),
            ("general_manager", "General Manager"),
        ],
        required=True,
        default="responsible",
    )
    waits_for_opening = fields.Boolean(
        default=True,
        help="Notices are held back outside working hours, except for major "
        "complaints.",
    )

    @api.depends("minutes")
    def _compute_kind(self):
        for level in self:
            level.kind = "warned" if level.minutes < 0 else "escalated"

    @api.depends("minutes", "role")
    @api.depends_context("lang")
    def _compute_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for level in self:
            level.name = self.env._(
                "%(minutes)s min → %(role)s",
                minutes=f"{level.minutes:+d}",
                role=roles.get(level.role, ""),
            )

    @api.model_create_multi
    def create(self, vals_list):
        levels = super().create(vals_list)
        self.env["dealer.sla.replan"]._queue_targets(levels.target_id)
        return levels

    def write(self, vals):
        result = super().write(vals)
        if {"minutes", "waits_for_opening", "target_id"} & set(vals):
            self.env["dealer.sla.replan"]._queue_targets(self.target_id)
        return result

    def unlink(self):
        targets = self.target_id
        result = super().unlink()
        self.env["dealer.sla.replan"]._queue_targets(targets)
        return result

    def _recipients(self, complaint, memo=None):
        """The users of the level's role for a complaint; never nobody.

        Who is archived or on leave is replaced by the officers, these by the managers,
        these by the administrator.

        :param dict memo: keeps the members of groups over a batch
        """
        memo = {} if memo is None else memo
        self.ensure_one()
        person = self.env["res.users"]
        if self.role == "general_manager":
            person = complaint.company_id.dealer_general_manager_id
        elif self.role in _PERSONS:
            person = complaint[_PERSONS[self.role]]
        if self._is_present(person, memo):
            return person
        if self.role in ("manager", "general_manager"):
            return self._officers(complaint, memo, ["manager"])
        return self._officers(complaint, memo)

    @api.model
    def _officers(self, complaint, memo, groups=("officer", "manager")):
        """The first of these groups with somebody in it; never nobody."""
        for group in groups:
            key = (group, complaint.company_id)
            if key not in memo:
                memo[key] = self._members(*key)
            if memo[key]:
                return memo[key]
        # whoever looks after the server; read to tell, not to act as
        return self.env.ref("base.user_admin").sudo()

    @api.model
    def _is_present(self, user, memo):
        """Whether ``user`` is somebody who works here and is not on leave now."""
        if not user.active:
            return False
        if user not in memo:
            now = fields.Datetime.now()
            # a handler need not see the leaves of the others
            leaves = self.env["resource.calendar.leaves"].sudo()
            absent = [
                ("resource_id.user_id", "=", user.id),
                ("time_type", "=", "leave"),
                ("date_from", "<=", now),
                ("date_to", ">=", now),
            ]
            memo[user] = not leaves.search_count(absent, limit=1)
        return memo[user]

    @api.model
    def _members(self, group, company):
        """Active people of a complaint group in a company; officers who are not also
        managers, when there are such."""
        xmlid = f"dealer_complaint.group_dealer_complaint_{group}"
        domain = [
            ("all_group_ids", "in", self.env.ref(xmlid).id),
            ("company_ids", "in", company.id),
            ("share", "=", False),
        ]
        # a handler need not see who else is there to be told
        members = self.env["res.users"].sudo().search(domain)
        if group == "officer":
            manager = self.env.ref(groups.MANAGER)
            plain = members.filtered(lambda user: manager not in user.all_group_ids)
            return plain or members
        return members
