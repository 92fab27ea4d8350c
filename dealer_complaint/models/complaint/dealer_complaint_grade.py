from bisect import bisect_left, bisect_right
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.dealer_service.tools.arguments import TEXT, arguments, one_of

from ..common.dealer_complaint_states import GRADES, OPEN_STATES, VOID_STATES

_STEPS = {"general": "escalated", "escalated": "major"}

_RANK = {grade: rank for rank, (grade, _label) in enumerate(GRADES)}
#: From where a complaint comes decides how far it has already gone.
GRADE_OF_SOURCE = {"media": "major", "12315": "major", "12365auto": "escalated"}


class DealerComplaint(models.Model):
    """How serious it is: raised by facts, lowered by a manager with a reason."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    grade_reason = fields.Char(readonly=True, copy=False)
    is_grade_by_repeat = fields.Boolean(
        readonly=True,
        copy=False,
        help="The grade was raised only because there seemed to be similar complaints.",
    )

    @api.model
    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Sorted by how serious it is, not by the letters of its key."""
        terms = super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        if field_name != "grade":
            return terms
        grades = [grade for grade, _label in GRADES]
        column = self._field_to_sql(alias, field_name, query)
        return SQL("array_position(%s::varchar[], %s) %s", grades, column, direction)

    @arguments(grade=one_of(GRADES), reason=TEXT)
    def action_raise_grade(self, grade=None, reason=None):
        """Raise the grade by hand, to ``grade`` or one step."""
        for complaint in self:
            step = GRADES[min(_RANK[complaint.grade] + 1, len(GRADES) - 1)][0]
            if _RANK.get(grade or step, -1) < _RANK[complaint.grade]:
                raise UserError(
                    self.env._(
                        "%(complaint)s: lowering a grade needs a manager and a reason.",
                        complaint=complaint.name,
                    )
                )
            complaint._raise_grade(grade or step, reason or self.env._("By hand"))
        return True

    @arguments(grade=one_of(GRADES), reason=TEXT)
    def action_lower_grade(self, grade="general", reason=None):
        """Lower the grade.

        :raise AccessError: for anybody but a manager
        :raise UserError: without a reason
        """
        self._check_manager(self.env._("Lowering a grade"))
        self._check_not_measured(self.env._("Lowering a grade"))
        if not (reason or "").strip():
            raise UserError(self.env._("Lowering a grade needs a reason."))
        for complaint in self:
            if _RANK[grade] < _RANK[complaint.grade]:
                complaint._write_by_method(
                    {
                        "grade": grade,
                        "grade_reason": reason,
                        "is_grade_by_repeat": False,
                    }
                )
                complaint.message_post(
                    body=self.env._("Grade lowered: %(reason)s", reason=reason)
                )
        self._after_classify()
        return True

    def _raise_grade(self, grade, reason):
        """Raise to ``grade`` where it is higher; never lower anything."""
        lower = self.filtered(lambda c: _RANK[c.grade] < _RANK[grade])
        if lower:
            lower._write_by_method(
                {"grade": grade, "grade_reason": reason, "is_grade_by_repeat": False}
            )
            lower._after_classify()
        return lower

    # ------------------------------------------------------------------
    # FACTS THAT RAISE
    # ------------------------------------------------------------------

    def _grade_anew(self, _change):
        self._raise_repeated()
        self._grade_by_facts()
        self._after_classify()

    @api.model
    def _hear_alarms(self, vals_list):
        """What sounds of fire, injury or lost control is a matter of safety, until an
        officer finds that it is not."""
        texts = [
            f"{vals.get('subject') or ''}\n{vals.get('description') or ''}"
            for vals in vals_list
        ]
        alarms = self.env["dealer.complaint.category"]._alarms(texts)
        for vals, alarm in zip(vals_list, alarms, strict=True):
            if alarm:
                vals["is_safety"] = True

    def _raise_repeated(self):
        """Who is dissatisfied about the same car again within so many days is no
        longer only dissatisfied: that is a grievance. What is entered of the past
        stays as it was."""
        for complaint in self:
            before = complaint._dissatisfied_before()
            if before:
                complaint._write_by_method({"level": "grievance"})
                complaint._message_log(
                    body=self.env._(
                        "Raised to a grievance: %(before)s was about the same car, on "
                        "%(date)s.",
                        before=before.name,
                        date=complaint._format_local(before.date_received),
                    )
                )

    def _dissatisfied_before(self):
        """What the customer was dissatisfied with about this car, lately."""
        self.ensure_one()
        days = self.company_id.dealer_dissatisfaction_days
        is_meant = (
            self.level == "dissatisfaction"
            and self.state in OPEN_STATES
            and self.vehicle_id
            and not self.date_imported
        )
        # the facts count, also those the current user may not see
        others = self.sudo().browse()
        if days <= 0 or not is_meant:
            return others
        return others.search(
            [
                ("id", "!=", self.id),
                ("company_id", "=", self.company_id.id),
                ("vehicle_id", "=", self.vehicle_id.id),
                ("state", "not in", VOID_STATES),
                ("date_received", ">=", self.date_received - timedelta(days=days)),
                ("date_received", "<=", self.date_received),
            ],
            order="date_received desc, id desc",
            limit=1,
        )

    def _grade_by_facts(self):
        """Raise each complaint as far as what is known about it demands."""
        open_ones = self.filtered(lambda c: c.state not in ("closed", *VOID_STATES))
        repeats = open_ones._find_repeats()
        clusters = open_ones._find_clusters()
        raised = {}
        for complaint in open_ones:
            due = []
            if complaint.is_safety or complaint.category_id.is_safety:
                due.append(("major", self.env._("Injury or safety"), False))
            if complaint.source in GRADE_OF_SOURCE:
                grade = GRADE_OF_SOURCE[complaint.source]
                due.append((grade, self.env._("Public channel"), False))
            if complaint in clusters:
                reason = self.env._("Several on one model and part")
                due.append(("escalated", reason, True))
            if complaint in repeats:
                due.append(("escalated", self.env._("Repeated complaint"), True))
            if due:
                fact = max(due, key=lambda fact: _RANK[fact[0]])
                if _RANK[fact[0]] > _RANK[complaint.grade]:
                    raised.setdefault(fact, []).append(complaint.id)
        for (grade, reason, is_repeat), ids in raised.items():
            self.browse(ids)._write_by_method(
                {
                    "grade": grade,
                    "grade_reason": reason,
                    "is_grade_by_repeat": is_repeat,
                }
            )

    def _reconsider_repeats(self):
        """These are none of their own: what was escalated because of them is not."""
        # the facts count, also those the current user may not see
        others = self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("is_grade_by_repeat", "=", True),
                ("state", "in", OPEN_STATES),
            ]
        )
        freed = others - others._find_repeats() - others._find_clusters()
        freed._write_by_method(
            {"grade": "general", "grade_reason": False, "is_grade_by_repeat": False}
        )
        freed._grade_by_facts()
        freed.timer_ids._raise_after_two_breaches()
        freed._after_classify()

    def _find_repeats(self):
        """Those whose car or customer complained within the days before."""
        found = self.browse()
        for company, complaints in self.grouped("company_id").items():
            days = company.dealer_complaint_repeat_days
            if not days:
                continue
            unknown = self._unknown_partner()
            first = min(complaints.mapped("date_received")) - timedelta(days=days)
            last = max(complaints.mapped("date_received"))
            # the facts count, also those the current user may not see
            earlier = self.sudo().search_fetch(
                [
                    ("company_id", "=", company.id),
                    ("state", "not in", VOID_STATES),
                    ("date_received", ">=", first),
                    ("date_received", "<=", last),
                    "|",
                    ("partner_id", "in", (complaints.partner_id - unknown).ids),
                    ("vehicle_id", "in", complaints.vehicle_id.ids),
                ],
                ["partner_id", "vehicle_id", "date_received"],
            )
            told = {}
            for other in earlier.sorted(lambda c: (c.date_received, c.id)):
                for key in other._repeat_keys(unknown):
                    told.setdefault(key, []).append((other.date_received, other.id))
            window = timedelta(days=days)
            for complaint in complaints:
                mine = (complaint.date_received, complaint.id)
                for key in complaint._repeat_keys(unknown):
                    moments = told.get(key, [])
                    before = bisect_left(moments, mine)
                    if before and mine[0] - moments[before - 1][0] <= window:
                        found |= complaint
        return found

    def _repeat_keys(self, unknown):
        """What a complaint repeats another one by: the car, and the customer. The cars
        of a company are driven by many, so there it is the car, where one is known."""
        self.ensure_one()
        partner = self.partner_id - unknown
        if self.vehicle_id and partner.commercial_partner_id.is_company:
            return [self.vehicle_id]
        return [key for key in (partner, self.vehicle_id) if key]

    def _find_clusters(self):
        """Those with so many others of their category on one model around them."""
        found = self.browse()
        for company, complaints in self.grouped("company_id").items():
            minimum = company.dealer_complaint_cluster_size
            known = complaints.filtered(lambda c: c.category_id and c.model_id)
            if not minimum or not known:
                continue
            window = timedelta(days=company.dealer_complaint_cluster_days)
            moments = known.mapped("date_received")
            # the facts count, also those the current user may not see
            similar = self.sudo().search_fetch(
                [
                    ("company_id", "=", company.id),
                    ("state", "not in", VOID_STATES),
                    ("date_received", ">=", min(moments) - window),
                    ("date_received", "<=", max(moments) + window),
                    ("category_id", "in", known.category_id.ids),
                    ("model_id", "in", known.model_id.ids),
                ],
                ["category_id", "model_id", "date_received"],
                order="date_received",
            )
            told = {}
            for other in similar:
                key = (other.category_id, other.model_id)
                told.setdefault(key, []).append(other.date_received)
            for complaint in known:
                near = told.get((complaint.category_id, complaint.model_id), [])
                first = bisect_left(near, complaint.date_received - window)
                last = bisect_right(near, complaint.date_received + window)
                if last - first >= minimum:
                    found |= complaint
        return found

    def action_escalate(self):
        """Raise the grade by one step and tell the managers."""
        self.check_access("write")
        for complaint in self.filtered(lambda c: c.state in OPEN_STATES):
            step = _STEPS.get(complaint.grade)
            if not step:
                continue
            complaint._raise_grade(step, complaint._for_reader().env._("Escalated"))
            complaint._tell_managers()
        return True

    def _tell_managers(self):
        self.ensure_one()
        managers = self.env["dealer.sla.level"]._members("manager", self.company_id)
        for manager in managers[:3]:
            # whoever escalates need not see who manages
            reader = self.sudo()._for_reader(manager)
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=reader.env._("Escalated: please take care of it"),
                user_id=manager.id,
            )

    def action_handover_to_officer(self):
        """Offer the complaints to an officer of their company, who has to accept.

        One that is offered already, or is an officer's, is left alone.
        """
        for complaint in self.filtered(lambda c: c.state in OPEN_STATES):
            officers = self.env["dealer.sla.level"]._members(
                "officer", complaint.company_id
            )
            if (
                officers
                and complaint.handover_state != "pending"
                and complaint.user_id not in officers
            ):
                complaint.action_handover(officers[0])
        return True
