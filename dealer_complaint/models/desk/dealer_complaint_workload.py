from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.dealer_service.tools.work_time import day_span

from ..common.dealer_complaint_states import OPEN_STATES


class DealerComplaint(models.Model):
    """Who of the desk has how much to do, and who is away."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    @api.model
    def _workload(self, company):
        """What the members of the desk have to do, the one with the most time first.

        Whoever is away comes last.

        :return: list of dicts ``user, open, due, missed, away`` (a date or ``False``)
        """
        members = self.env["dealer.sla.level"]._members("user", company)
        now = fields.Datetime.now()
        tomorrow = company._dealer_day(now) + timedelta(days=1)
        _begin, end = day_span(tomorrow, company._dealer_tz())
        # how much a colleague has to do is known to whoever hands work over
        counted = self.sudo()._read_group(
            [
                ("company_id", "=", company.id),
                ("user_id", "in", members.ids),
                ("state", "in", OPEN_STATES),
            ],
            ["user_id", "sla_state"],
            ["__count"],
        )
        soon = dict(
            # see above
            self.sudo()._read_group(
                [
                    ("company_id", "=", company.id),
                    ("user_id", "in", members.ids),
                    ("sla_state", "in", ("ok", "warning")),
                    ("sla_deadline", "<", end),
                ],
                ["user_id"],
                ["__count"],
            )
        )
        away = members.with_company(company)._dealer_away()
        rows = [
            {
                "user": user,
                "open": sum(n for of, _state, n in counted if of == user),
                "due": soon.get(user, 0),
                "missed": sum(
                    n for of, state, n in counted if of == user and state == "breached"
                ),
                "away": away.get(user, False),
            }
            for user in members
        ]
        return sorted(
            rows,
            key=lambda row: (
                bool(row["away"]),
                row["due"] + row["missed"],
                row["open"],
                row["user"].name,
            ),
        )

    @api.model
    def _workload_rows(self, company):
        """The same as the dialog shows it."""
        return [
            {
                "id": row["user"].id,
                "name": row["user"].name,
                "open": row["open"],
                "due": row["due"],
                "missed": row["missed"],
                "away": row["away"]
                and self.env._(
                    "away until %(day)s", day=format_date(self.env, row["away"])
                ),
            }
            for row in self._workload(company)
        ]

    def _least_busy(self):
        """Who could take the complaint over best; nobody where nobody is there.

        Whoever looks after the database has every role, and no shift at the desk: an
        administrator is proposed only who has complaints already. By hand he can be
        chosen all the same.
        """
        self.ensure_one()
        for row in self._workload(self.company_id):
            user = row["user"]
            is_on_duty = row["open"] or not user._is_system()
            if (
                is_on_duty
                and user != self.user_id
                and not row["away"]
                and self._may_take_over(user)
            ):
                return user.with_env(self.env)
        return self.env["res.users"]
