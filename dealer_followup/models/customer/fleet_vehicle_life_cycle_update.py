import logging
from datetime import date

import psycopg2

from odoo import api, models
from odoo.tools import SQL, split_every

from .fleet_vehicle_life_cycle import DERIVED_FIELDS

_logger = logging.getLogger(__name__)

BATCH = 10_000
ATTEMPTS = 3
#: Nothing changes on its own any more; after the last day of the year 9999, whatever
#: groups by months ends in an error.
NEVER = date(2199, 12, 31)


class FleetVehicle(models.Model):
    """Class and life cycle, from what is on record.

    The relation of an owner to his car begins with the sale, or with the day he
    bought it used; what was done in stock before is no visit of his. That day and the
    days of his visits are its *days*. From the last one of them the shop counts the
    months until *dormant* and *lost*; with one day alone he is *new*; when lost, or
    left, lies between the last two, *won back*; else *active*.

    Of a car from a file the shop may know the sale alone. Where the months until
    dormant were over when the file came, nobody knows what he did meanwhile: he has no
    stage until he comes, and the months are counted from the day of the file.

    Each car knows the day on which class or life cycle change if nothing happens, so
    a night reads and writes those alone whose day has come.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    @api.model
    def _cron_life_cycle(self):
        """Every night: who crosses a boundary, and who was never looked at."""
        cron = self.env["ir.cron"]
        ids = self._life_cycle_due()
        left = cron._commit_progress(remaining=len(ids))
        for batch in split_every(BATCH, ids):
            if not left:
                return
            self._update_retrying(batch)
            left = cron._commit_progress(len(batch))

    @api.model
    def _life_cycle_due(self):
        """Cars whose day has come, in the order of their ids."""
        self.env.flush_all()
        # every shop has its own midnight; the update compares exactly
        shops = self.env["res.company"].sudo().search([("active", "=", True)])
        today = max(shop._dealer_today() for shop in shops)
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM fleet_vehicle
                WHERE life_cycle_next_date <= %(today)s AND is_customer_vehicle
                UNION ALL
                SELECT id FROM fleet_vehicle
                WHERE life_cycle_next_date IS NULL AND is_customer_vehicle
                ORDER BY 1""",
                today=today,
            )
        )
        return [row[0] for row in rows]

    def _update_retrying(self, ids):
        """One batch of the night; once more when a delivery was faster with a car."""
        for attempt in range(ATTEMPTS):
            try:
                with self.env.cr.savepoint():
                    return self.browse(ids)._update_life_cycle()
            except psycopg2.OperationalError:
                if attempt + 1 == ATTEMPTS:
                    raise
                _logger.info("Life cycle: a batch met another transaction, once more")
                self.env.cr.rollback()

    def _update_life_cycle(self):
        """Bring class and life cycle of these cars and their owners up to date.

        :return: number of cars that have changed
        """
        if not self.ids:
            return 0
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH %(facts)s,
                fresh AS (%(verdict)s),
                changed AS (
                    UPDATE fleet_vehicle v SET life_cycle = fresh.life_cycle,
                        life_cycle_date = fresh.since,
                        life_cycle_next_date = fresh.next,
                        customer_class = fresh.class,
                        home_company_id = fresh.company_id
                    FROM fresh WHERE v.id = fresh.id
                    AND (v.life_cycle, v.life_cycle_date, v.life_cycle_next_date,
                        v.customer_class, v.home_company_id) IS DISTINCT FROM
                        (fresh.life_cycle, fresh.since, fresh.next, fresh.class,
                        fresh.company_id)
                    RETURNING v.id
                ),
                history AS (
                    INSERT INTO dealer_life_cycle_change (vehicle_id, partner_id,
                        company_id, date, old_life_cycle, life_cycle, old_class,
                        customer_class, reason_id, create_uid, create_date,
                        write_uid, write_date)
                    SELECT id, owner_id, company_id,
                        CASE WHEN life_cycle != COALESCE(old_life_cycle, '')
                            THEN since ELSE today END,
                        old_life_cycle, life_cycle, old_class, class,
                        CASE WHEN life_cycle IN ('left', 'lost', 'dormant')
                            THEN reason_id END,
                        %(uid)s, now() AT TIME ZONE 'UTC',
                        %(uid)s, now() AT TIME ZONE 'UTC'
                    FROM fresh
                    WHERE (life_cycle, class)
                        IS DISTINCT FROM (old_life_cycle, old_class)
                    AND COALESCE(life_cycle, old_life_cycle) IS NOT NULL
                )
                SELECT fresh.id, fresh.owner_id FROM changed JOIN fresh USING (id)
                """,
                facts=self._life_cycle_facts(),
                verdict=self._life_cycle_verdict(),
                uid=self.env.uid,
            )
        )
        cars = self.browse(row[0] for row in rows)
        cars.invalidate_recordset([*DERIVED_FIELDS, "life_cycle_change_ids"], False)
        owners = {row[1] for row in rows if row[1]}
        self.env["res.partner"].browse(owners)._update_life_cycle()
        return len(rows)

    def _life_cycle_facts(self):
        """Shops, and of each car the days of the present owner's relation."""
        # the settings of every shop, closed ones too, whoever delivers a car
        shops = self.env["res.company"].sudo().search([("active", "in", (True, False))])
        rows = SQL(", ").join(
            SQL(
                "(%s::int, %s::text, %s::date, make_interval(months => %s),"
                " make_interval(months => %s), %s::int, %s::int)",
                shop.id,
                shop._dealer_tz().zone,
                shop._dealer_today(),
                shop.dealer_dormant_months,
                shop.dealer_lost_months,
                shop.dealer_class_a_visits,
                shop.dealer_class_b_visits,
            )
            for shop in shops
        )
        return SQL(
            """
            shop(id, zone, today, dormant, lost, a, b) AS (VALUES %(shops)s),
            fact AS (
                SELECT v.id, v.owner_id, v.left_date, v.leave_reason_id AS reason_id,
                    v.life_cycle AS old_life_cycle, v.customer_class AS old_class,
                    v.life_cycle_date AS old_since,
                    NOT v.active OR COALESCE(v.is_owner_wrong, FALSE) AS is_gone,
                    v.owner_id IS NULL OR v.owner_id IN (
                        SELECT partner_id FROM res_company) AS is_nobody,
                    shop.id AS company_id, shop.today, shop.dormant, shop.lost,
                    shop.a, shop.b, COALESCE(owned.since, v.sale_date) AS start,
                    day.first, day.last, day.count, paid.days,
                    CASE WHEN day.last = sale.unknown THEN v.known_since
                        ELSE day.last END AS reach,
                    CASE WHEN day.before = sale.unknown THEN v.known_since
                        ELSE day.before END AS before
                FROM fleet_vehicle v
                LEFT JOIN res_users seller ON seller.id = v.seller_id
                LEFT JOIN LATERAL (
                    SELECT r.company_id FROM dealer_reception r
                    WHERE r.vehicle_id = v.id AND r.state = 'delivered' AND r.active
                    ORDER BY r.date_delivered DESC LIMIT 1
                ) visit ON TRUE
                JOIN shop ON shop.id = COALESCE(v.company_id, visit.company_id,
                    seller.company_id, %(home)s)
                LEFT JOIN LATERAL (
                    SELECT MAX(o.date_from) FILTER (WHERE o.date_to IS NULL) AS since
                    FROM dealer_vehicle_ownership o WHERE o.vehicle_id = v.id
                    HAVING COUNT(o.date_to) > 0
                ) owned ON TRUE
                LEFT JOIN LATERAL (
                    -- its sale, if what came after it is not on record
                    SELECT COALESCE(owned.since, v.sale_date) AS unknown
                    WHERE COALESCE(owned.since, v.sale_date) + shop.dormant
                        <= v.known_since
                ) sale ON TRUE
                LEFT JOIN LATERAL (
                    SELECT MIN(one) AS first, MAX(one) AS last, COUNT(*),
                        (array_agg(one ORDER BY one DESC))[2] AS before
                    FROM (
                        SELECT COALESCE(owned.since, v.sale_date) AS one
                        UNION
                        SELECT (r.date_delivered AT TIME ZONE 'UTC'
                            AT TIME ZONE shop.zone)::date
                        FROM dealer_reception r
                        WHERE r.vehicle_id = v.id AND r.state = 'delivered'
                        AND r.active
                    ) days
                    WHERE one <= shop.today
                    AND one >= COALESCE(owned.since, v.sale_date, one)
                ) day ON TRUE
                LEFT JOIN LATERAL (
                    SELECT array_agg(one ORDER BY one DESC) AS days FROM (
                        SELECT (r.date_delivered AT TIME ZONE 'UTC'
                            AT TIME ZONE shop.zone)::date AS one
                        FROM dealer_reception r
                        WHERE r.vehicle_id = v.id AND r.state = 'delivered'
                        AND r.active
                        AND r.date_delivered > shop.today - 367
                        AND (r.past_customer_total > 0 OR EXISTS (
                            SELECT FROM sale_order s WHERE s.reception_id = r.id
                            AND s.dealer_payer = 'customer' AND s.state = 'sale'
                            AND s.amount_total > 0))
                    ) visits
                    WHERE one + interval '1 year' > shop.today AND one <= shop.today
                    AND one >= COALESCE(owned.since, v.sale_date, one)
                ) paid ON TRUE
                WHERE v.id IN %(ids)s AND v.is_customer_vehicle
            ),
            cycle AS (
                SELECT fact.*,
                    CASE
                        WHEN is_nobody THEN NULL
                        WHEN is_gone OR left_date >= COALESCE(last, left_date)
                            THEN 'left'
                        WHEN last IS NULL THEN NULL
                        WHEN reach + lost <= today THEN 'lost'
                        WHEN reach + dormant <= today THEN 'dormant'
                        WHEN reach > last THEN NULL
                        WHEN count = 1 THEN 'new'
                        WHEN before + lost <= last
                            OR (left_date >= before AND left_date < last)
                            THEN 'won_back'
                        ELSE 'active'
                    END AS life_cycle,
                    COALESCE(cardinality(days), 0) AS paid
                FROM fact
            )
            """,
            shops=rows,
            home=min(shops.ids),
            ids=tuple(self.ids),
        )

    def _life_cycle_verdict(self):
        """What follows: stage, since when, class, and the day of the next change."""
        return SQL(
            """
            SELECT id, owner_id, company_id, today, reason_id, old_life_cycle,
                old_class, life_cycle, class,
                CASE life_cycle
                    WHEN 'lost' THEN (reach + lost)::date
                    WHEN 'dormant' THEN (reach + dormant)::date
                    WHEN old_life_cycle THEN old_since
                    WHEN 'left' THEN COALESCE(left_date, today)
                    ELSE last
                END AS since,
                LEAST(
                    CASE
                        WHEN life_cycle IN ('new', 'active', 'won_back')
                            THEN (reach + dormant)::date
                        WHEN life_cycle = 'dormant' THEN (reach + lost)::date
                        WHEN life_cycle IS NULL AND start > today THEN start
                        WHEN life_cycle IS NULL AND reach + dormant > today
                            THEN (reach + dormant)::date
                        ELSE %(never)s::date
                    END,
                    CASE
                        WHEN life_cycle IS NULL OR life_cycle = 'left' THEN NULL
                        WHEN class = 'a' THEN (days[a] + interval '1 year')::date
                        WHEN class = 'b' THEN (days[b] + interval '1 year')::date
                        WHEN class = 'c' THEN (days[1] + interval '1 year')::date
                        WHEN class IS NULL THEN (first + interval '1 year')::date
                    END
                ) AS next
            FROM (
                SELECT cycle.*,
                    CASE
                        WHEN life_cycle IS NULL OR life_cycle = 'left' THEN NULL
                        WHEN paid >= a THEN 'a'
                        WHEN paid >= b THEN 'b'
                        WHEN paid >= 1 THEN 'c'
                        WHEN first + interval '1 year' <= today THEN 'd'
                    END AS class
                FROM cycle
            ) judged
            """,
            never=NEVER,
        )

    def _end_relation(self, former):
        """Whoever has sold the car has left; its next owner begins anew.

        :param dict former: owner by car, before the change
        """
        sold = self.filtered(
            lambda car: former.get(car) and former[car] != car.owner_id
        )
        if not sold:
            return
        self.env.flush_all()
        reason = self.env.ref(
            "dealer_followup.leave_reason_sold", raise_if_not_found=False
        )
        for car in sold:
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO dealer_life_cycle_change (vehicle_id, partner_id,
                        company_id, date, old_life_cycle, life_cycle, old_class,
                        reason_id, create_uid, create_date, write_uid, write_date)
                    SELECT id, %(owner)s, home_company_id, %(today)s, life_cycle,
                        'left', customer_class, %(reason)s, %(uid)s,
                        now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                    FROM fleet_vehicle WHERE id = %(car)s AND life_cycle IS NOT NULL
                    AND life_cycle != 'left'
                    RETURNING id
                    """,
                    owner=former[car].id,
                    today=(car.home_company_id or self.env.company)._dealer_today(),
                    reason=reason and reason.id or None,
                    uid=self.env.uid,
                    car=car.id,
                )
            )
        self.env.cr.execute(
            SQL(
                """UPDATE fleet_vehicle SET life_cycle = NULL, life_cycle_date = NULL,
                    customer_class = NULL, left_date = NULL, leave_reason_id = NULL,
                    leave_note = NULL
                WHERE id IN %s""",
                tuple(sold.ids),
            )
        )
        sold.invalidate_recordset(flush=False)
        owners = self.env["res.partner"].union(*(former[car] for car in sold))
        owners._update_life_cycle()
