from odoo import api, fields, models
from odoo.tools import SQL

from ..rule.dealer_segment import CLASSES, LIFE_CYCLES

#: Of several cars the one that binds the customer most speaks for him.
RANKS = ("active", "won_back", "new", "dormant", "lost", "left")


class ResPartner(models.Model):
    """The customer is what the best of his cars says."""

    _name = "res.partner"
    _inherit = "res.partner"

    life_cycle = fields.Selection(
        LIFE_CYCLES,
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="The stage of the customer's most regularly visiting car.",
    )
    customer_class = fields.Selection(
        CLASSES,
        "Class",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="The best class among the customer's cars.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        # an import or a copy may carry them
        return super().create([self._without_life_cycle(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._without_life_cycle(vals))

    @staticmethod
    def _without_life_cycle(vals):
        """They follow from the cars, whatever somebody enters."""
        return {
            name: value
            for name, value in vals.items()
            if name not in ("life_cycle", "customer_class")
        }

    def _update_life_cycle(self):
        """Class and life cycle of these customers, from their cars.

        Whoever has no car any more, and had one, has left.
        """
        if not self.ids:
            return
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner p
                SET life_cycle = fresh.life_cycle, customer_class = fresh.class
                FROM (
                    SELECT one.id,
                        CASE WHEN COUNT(v.life_cycle) > 0 THEN
                            (%(ranks)s::varchar[])[MIN(array_position(
                                %(ranks)s::varchar[], v.life_cycle))]
                        WHEN one.life_cycle IS NOT NULL THEN 'left' END AS life_cycle,
                        MIN(v.customer_class) AS class
                    FROM res_partner one
                    LEFT JOIN fleet_vehicle v ON v.owner_id = one.id
                        AND v.is_customer_vehicle
                    WHERE one.id IN %(ids)s
                    GROUP BY one.id
                ) fresh
                WHERE p.id = fresh.id AND (p.life_cycle, p.customer_class)
                    IS DISTINCT FROM (fresh.life_cycle, fresh.class)
                RETURNING p.id
                """,
                ranks=list(RANKS),
                ids=tuple(self.ids),
            )
        )
        self.browse(row[0] for row in rows).invalidate_recordset(
            ["life_cycle", "customer_class"], False
        )
