from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .dealer_care_rule import PERSONAL_SOURCES


class DealerCareRule(models.Model):
    """Which causes are due, and whom they concern."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _due(self, shops, today, ahead, first, last, zone, causes=None):
        """Ids of the causes that are due and have no follow-up of this rule yet.

        :param shops: all that go by this rule
        """
        self.env.flush_all()
        source = self._source(first, last, zone)
        earliest = today - timedelta(days=self.expire_days)
        if self.start_date:
            earliest = max(earliest, self.start_date)
        conditions = [
            *self._cause_conditions(shops, source, first, last),
            SQL(
                "%s BETWEEN %s AND %s",
                self._due_sql(source),
                earliest,
                today + timedelta(days=ahead),
            ),
        ]
        if causes is not None:
            conditions.append(SQL("%s IN %s", source.row, tuple(causes) or (0,)))
        rows = self.env.execute_query(
            SQL(
                """SELECT %s FROM %s JOIN res_partner who ON who.id = %s
                WHERE %s ORDER BY 1""",
                source.row,
                source.tables,
                source.partner,
                SQL(" AND ").join(SQL("(%s)", part) for part in conditions),
            )
        )
        return [row[0] for row in rows]

    def _cause_conditions(self, shops, source, first, last):
        """What holds for a cause of which a call follows, whenever it is due."""
        conditions = [
            source.where,
            source.span or SQL("TRUE"),
            SQL("%s BETWEEN %s AND %s", source.anchor, first, last),
            self._sample_sql(source),
            self._no_task_sql(source),
            self._callable_sql(shops),
        ]
        # who is meant as a person has chosen cars already
        if self.source not in PERSONAL_SOURCES:
            conditions.append(self._vehicle_condition())
        return conditions

    @staticmethod
    def _cause_tables(source):
        """A cause with whom to call, who sold the car and who served it last."""
        return SQL(
            """%s
            JOIN res_partner who ON who.id = %s
            LEFT JOIN res_users seller ON seller.id = v.seller_id
            LEFT JOIN LATERAL (
                SELECT m.company_id, m.advisor_id FROM dealer_reception m
                WHERE m.vehicle_id = v.id AND m.state = 'delivered'
                ORDER BY m.date_arrived DESC LIMIT 1
            ) before ON TRUE""",
            source.tables,
            source.partner,
        )

    @staticmethod
    def _shop_sql(source, home=None):
        """The shop that calls.

        :param home: the one that calls about cars of no shop
        """
        return SQL(
            "COALESCE(%s, v.company_id, before.company_id, seller.company_id, %s)",
            source.company,
            (home and home.id) or None,
        )

    def _due_sql(self, source):
        return SQL(
            "((%s + make_interval(months => %s))::date + %s)",
            source.anchor,
            self.offset_months,
            self.offset_days,
        )

    def _sample_sql(self, source):
        if self.sampling_percent >= 100:
            return SQL("TRUE")
        return SQL(
            "('x' || substr(md5(%s || %s), 1, 7))::bit(28)::int %% 100 < %s",
            self.code,
            source.key,
            self.sampling_percent,
        )

    def _no_task_sql(self, source):
        """One look into the unique index for each cause.

        A scalar subquery, because NOT EXISTS becomes a join whose plan depends on
        estimates: on a table that has just grown by a hundred thousand rows it
        compares every cause with every task.
        """
        return SQL(
            """(SELECT 1 FROM dealer_followup f WHERE f.rule_id = %s
            AND COALESCE(f.vehicle_id, 0) = COALESCE(%s, 0) AND f.anchor_key = %s
            LIMIT 1) IS NULL""",
            self.id,
            source.vehicle,
            source.key,
        )

    def _callable_sql(self, shops):
        """Whoever cannot be called for now, and would be judged anew every night.

        Most customers never gave their consent to marketing: they are left out here,
        set-based. The exact judgement is that of ``_blocks``.
        """
        conditions = [SQL("who.partner_share IS NOT FALSE")]
        if self.channel in ("call", "sms"):
            conditions.append(
                SQL(
                    """(who.phone_key IS NOT NULL AND who.is_phone_wrong IS NOT TRUE
                    OR who.no_care)"""
                )
            )
        if self.purpose == "marketing" and all(
            shops.mapped("dealer_marketing_needs_consent")
        ):
            conditions.append(
                SQL(
                    """(who.no_care OR EXISTS (SELECT FROM dealer_consent c
                    WHERE c.phone = who.phone_key AND c.company_id IN %s
                    AND c.purpose = 'marketing' AND c.channel IN ('any', %s)))""",
                    tuple(shops.ids),
                    self.channel,
                )
            )
        return SQL(" AND ").join(conditions)

    def _candidates(self, first, last, zone, ids):
        """The facts of each cause, as dicts ready to be judged."""
        source = self._source(first, last, zone)
        return self.env.execute_query_dict(
            SQL(
                """SELECT %(vehicle)s AS vehicle_id, who.id AS partner_id,
                    who.name AS contact_name, who.phone_key AS contact_phone,
                    %(key)s AS anchor_key, %(anchor)s AS anchor_date,
                    %(visit)s AS visit_id, v.seller_id, before.advisor_id,
                    %(company)s AS company_id
                FROM %(tables)s
                WHERE %(row)s IN %(ids)s AND %(callable)s AND %(no_task)s
                AND %(span)s AND %(anchor)s BETWEEN %(first)s AND %(last)s
                AND %(where)s
                ORDER BY %(row)s""",
                vehicle=source.vehicle,
                key=source.key,
                anchor=source.anchor,
                visit=source.visit,
                company=self._shop_sql(source),
                tables=self._cause_tables(source),
                row=source.row,
                ids=tuple(ids),
                callable=self._callable_sql(self._shops()),
                no_task=self._no_task_sql(source),
                span=source.span or SQL("TRUE"),
                first=first,
                last=last,
                where=source.where,
            )
        )
