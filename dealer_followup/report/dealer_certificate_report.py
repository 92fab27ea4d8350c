from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.dealer_complaint.tools import groups as complaint_groups
from odoo.addons.dealer_service.tools import groups as service_groups

from ..models.survey.dealer_certification import ROLES
from ..tools import groups

#: Who is asked when a role is: of the first group, and not of the second one.
_MEMBERS = {
    "technician": (service_groups.TECHNICIAN, service_groups.ADVISOR),
    "handler": (complaint_groups.HANDLER, complaint_groups.MANAGER),
    "caller": (groups.CALLER, groups.MANAGER),
}
#: Who invites to an exam.
_MANAGERS = ",".join((service_groups.MANAGER, complaint_groups.MANAGER, groups.MANAGER))


class DealerCertificateReport(models.Model):
    """Who is asked for which certification, and whether it is held.

    One row for each person, shop and certification that a role or a standard asks for.
    The last exam that was passed counts: who repeats one and fails keeps the
    certificate until its end. Trials of who writes the exam are none.
    """

    _name = "dealer.certificate.report"
    _description = "Certified People"
    _auto = False
    _order = "urgency, valid_until, id"
    _rec_name = "user_id"
    _depends = {
        "dealer.certification": [
            "active",
            "company_id",
            "role",
            "standard_ids",
            "survey_id",
        ],
        "dealer.quality.check": ["company_id", "level", "user_id"],
        "dealer.service.standard": ["active", "step_id"],
        "dealer.service.step": ["active", "code", "company_id", "role"],
        "res.users": ["active", "partner_id", "share"],
        "survey.survey": ["active", "certification", "dealer_valid_months"],
        "survey.user_input": [
            "end_datetime",
            "partner_id",
            "scoring_percentage",
            "scoring_success",
            "state",
            "survey_id",
            "test_entry",
        ],
    }

    user_id = fields.Many2one("res.users", "Person", readonly=True)
    survey_id = fields.Many2one("survey.survey", "Certification", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    role = fields.Selection(ROLES, readonly=True)
    is_service = fields.Boolean(readonly=True)
    is_handler = fields.Boolean(readonly=True)
    is_caller = fields.Boolean(readonly=True)
    state = fields.Selection(
        [
            ("missing", "Not Held"),
            ("expired", "Expired"),
            ("soon", "Runs Out Soon"),
            ("valid", "Valid"),
        ],
        readonly=True,
    )
    urgency = fields.Integer(readonly=True, aggregator=None)
    passed_on = fields.Date(readonly=True)
    score = fields.Float("Score (%)", digits=(5, 1), readonly=True, aggregator="avg")
    valid_until = fields.Date(
        readonly=True, help="This day included; empty: without end."
    )
    attempts = fields.Integer("Exams Taken", readonly=True, aggregator="sum")
    is_own = fields.Boolean(compute="_compute_is_own")

    # ------------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------------

    @property
    def _table_query(self):
        # the shops of the user; what else is seen of them, the rules say
        shops = self.env.companies.sudo()
        return SQL(
            """
            WITH shop (id, tz, today, days) AS (VALUES %(shops)s),
            people AS (%(people)s),
            asked AS (
                SELECT c.survey_id, c.company_id, c.role, NULL::int AS step_company,
                    NULL::varchar AS code
                FROM dealer_certification c
                WHERE c.active AND c.role IS NOT NULL
                UNION
                SELECT c.survey_id, c.company_id, p.role, p.company_id, p.code
                FROM dealer_certification c
                JOIN dealer_certification_dealer_service_standard_rel r
                    ON r.dealer_certification_id = c.id
                JOIN dealer_service_standard t ON t.id = r.dealer_service_standard_id
                JOIN dealer_service_step p ON p.id = t.step_id
                WHERE c.active AND t.active AND p.active
            ),
            wanted AS (
                SELECT p.user_id, p.partner_id, p.company_id, a.survey_id,
                    MIN(p.role) AS role,
                    BOOL_OR(p.role NOT IN ('handler', 'caller')) AS is_service,
                    BOOL_OR(p.role = 'handler') AS is_handler,
                    BOOL_OR(p.role = 'caller') AS is_caller
                FROM people p
                JOIN asked a ON a.role = p.role
                    AND (a.company_id IS NULL OR a.company_id = p.company_id)
                    AND (a.step_company IS NULL OR a.step_company = p.company_id)
                    -- a shop's own step stands for that of the group
                    AND (a.code IS NULL OR a.step_company IS NOT NULL OR NOT EXISTS (
                        SELECT FROM dealer_service_step own
                        WHERE own.code = a.code AND own.company_id = p.company_id))
                GROUP BY p.user_id, p.partner_id, p.company_id, a.survey_id
            ),
            held AS (
                SELECT w.*, passed.day AS passed_on, passed.score, tries.attempts,
                    %(until)s AS valid_until
                FROM wanted w
                JOIN shop ON shop.id = w.company_id
                JOIN survey_survey s ON s.id = w.survey_id
                    AND s.active AND s.certification
                LEFT JOIN LATERAL (
                    SELECT i.scoring_percentage AS score,
                        (COALESCE(i.end_datetime, i.create_date) AT TIME ZONE 'UTC'
                            AT TIME ZONE shop.tz)::date AS day
                    FROM survey_user_input i
                    WHERE i.survey_id = w.survey_id AND i.partner_id = w.partner_id
                        AND i.state = 'done' AND i.scoring_success
                        AND i.test_entry IS NOT TRUE
                    ORDER BY COALESCE(i.end_datetime, i.create_date) DESC, i.id DESC
                    LIMIT 1
                ) passed ON TRUE
                CROSS JOIN LATERAL (
                    SELECT COUNT(*) AS attempts
                    FROM survey_user_input i
                    WHERE i.survey_id = w.survey_id AND i.partner_id = w.partner_id
                        AND i.state = 'done' AND i.test_entry IS NOT TRUE
                ) tries
            ),
            told AS (
                SELECT h.*, CASE
                    WHEN h.passed_on IS NULL THEN 'missing'
                    WHEN h.valid_until < shop.today THEN 'expired'
                    WHEN h.valid_until <= shop.today + shop.days THEN 'soon'
                    ELSE 'valid' END AS state
                FROM held h JOIN shop ON shop.id = h.company_id
            )
            SELECT t.user_id::bigint * 1000000000 + t.company_id * 100000::bigint
                    + t.survey_id AS id,
                t.user_id, t.survey_id, t.company_id, t.role, t.is_service,
                t.is_handler, t.is_caller, t.state, t.passed_on, t.score,
                t.valid_until, t.attempts,
                ARRAY_POSITION(ARRAY['missing', 'expired', 'soon', 'valid'], t.state)
                    AS urgency
            FROM told t
            """,
            shops=SQL(", ").join(
                SQL(
                    "(%s, %s, %s::date, %s)",
                    shop.id,
                    shop._dealer_tz().zone,
                    shop._dealer_today(),
                    shop.dealer_certificate_days,
                )
                for shop in shops
            ),
            people=self._people(shops),
            until=self._valid_until(),
        )

    def _people(self, shops):
        """Who has which role in which shop: rows of company, user, partner, role."""
        advisors = [
            (shop.id, user) for shop in shops for user in shop._dealer_advisors().ids
        ]
        parts = [
            SQL(
                """
                SELECT a.company_id, u.id AS user_id, u.partner_id, 'advisor' AS role
                FROM UNNEST(%(shops)s::int[], %(users)s::int[]) a (company_id, user_id)
                JOIN res_users u ON u.id = a.user_id
                WHERE u.active
                """,
                shops=[shop for shop, _user in advisors],
                users=[user for _shop, user in advisors],
            ),
            # whoever has done a final inspection of the shop
            SQL(
                """
                SELECT q.company_id, u.id, u.partner_id, 'inspector'
                FROM dealer_quality_check q
                JOIN res_users u ON u.id = q.user_id
                JOIN res_company_users_rel m
                    ON m.user_id = u.id AND m.cid = q.company_id
                WHERE q.level = 'final' AND u.active AND u.share IS NOT TRUE
                """
            ),
        ]
        parts += [
            SQL(
                """
                SELECT m.cid, u.id, u.partner_id, %(role)s
                FROM res_users u
                JOIN res_company_users_rel m ON m.user_id = u.id
                WHERE u.active AND u.share IS NOT TRUE
                    AND EXISTS (
                        SELECT FROM res_groups_users_rel g
                        WHERE g.uid = u.id AND g.gid = ANY(%(of)s))
                    AND NOT EXISTS (
                        SELECT FROM res_groups_users_rel g
                        WHERE g.uid = u.id AND g.gid = ANY(%(above)s))
                """,
                role=role,
                of=self._group_ids(group),
                above=self._group_ids(above),
            )
            for role, (group, above) in _MEMBERS.items()
        ]
        return SQL(" UNION ").join(parts)

    def _group_ids(self, xmlid):
        """The group, and those that imply it."""
        # who has a role does not depend on who asks
        groups_sudo = self.env["res.groups"].sudo()
        group = self.env["ir.model.data"]._xmlid_to_res_id(xmlid)
        return groups_sudo.browse(group).all_implied_by_ids.ids

    def _valid_until(self):
        """Until when a certificate counts, of an exam ``s`` passed on a day.

        Where Odoo keeps certificates on the resume (``hr_skills_survey``), its months
        go first. The day on the resume may end it sooner, and never later: everybody
        writes the own resume.
        """
        months = SQL("NULLIF(s.dealer_valid_months, 0)")
        if "certification_validity_months" not in self.env["survey.survey"]._fields:
            return SQL("(passed.day + MAKE_INTERVAL(months => %s))::date", months)
        return SQL(
            """LEAST(
                (passed.day + MAKE_INTERVAL(months => COALESCE(
                    NULLIF(s.certification_validity_months, 0), %s)))::date,
                (SELECT MIN(l.date_end) FROM hr_resume_line l
                    JOIN hr_employee e ON e.id = l.employee_id
                    WHERE e.user_id = w.user_id AND l.survey_id = w.survey_id
                        AND l.date_start >= passed.day - 1)
            )""",
            months,
        )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for row in self:
            row.is_own = row.user_id == self.env.user

    @api.depends("user_id", "survey_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # whoever reads the row is told whose certificate it is
        for row in self.sudo():
            row.display_name = f"{row.user_id.name} · {row.survey_id.title}"

    def _words(self):
        """The certificate in a line of text."""
        self.ensure_one()
        name = self.sudo().survey_id.title  # as above
        if self.state == "missing":
            return self.env._("%s: not held", name)
        if self.state == "expired":
            return self.env._(
                "%(exam)s: expired on %(day)s", exam=name, day=self._end()
            )
        if self.valid_until:
            return self.env._(
                "%(exam)s: valid until %(day)s", exam=name, day=self._end()
            )
        return self.env._(
            "%(exam)s: passed on %(day)s",
            exam=name,
            day=fields.Date.to_string(self.passed_on),
        )

    def _end(self):
        return fields.Date.to_string(self.valid_until)

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_invite(self):
        """Mail these persons the link to their exam.

        :raise AccessError: for who is no manager
        :raise UserError: for somebody without an address
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_groups(_MANAGERS):
            raise AccessError(self.env._("People are invited to an exam by a manager."))
        # managers of the service neither read the exams nor everybody's address
        rows = self.sudo()
        lost = rows.user_id.filtered(lambda user: not user.email)
        if lost:
            raise UserError(
                self.env._(
                    "%s: enter a mail address first.", ", ".join(lost.mapped("name"))
                )
            )
        for survey, asked in rows.grouped("survey_id").items():
            survey._dealer_invite(asked.user_id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Invited to the exam: %s", ", ".join(rows.user_id.mapped("name"))
                ),
            },
        }

    def action_take(self):
        """Take the own exam now.

        :raise AccessError: for the exam of somebody else
        """
        self.ensure_one()
        self.check_access("read")
        if not self.is_own:
            raise AccessError(self.env._("Everybody takes the own exam only."))
        # whoever takes an exam does not read it beforehand
        survey = self.sudo().survey_id
        exam = survey._dealer_open_exams(self.env.user, check_attempts=True)
        return {
            "type": "ir.actions.act_url",
            "url": exam.get_start_url(),
            "target": "new",
        }
