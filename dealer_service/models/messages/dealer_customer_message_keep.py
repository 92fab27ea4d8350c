from odoo import api, fields, models
from odoo.tools import SQL

#: The deletion of old messages takes so many at a time.
BATCH = 10_000


class DealerCustomerMessage(models.Model):
    """How long messages are kept: they hold names, numbers and words of people."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    @api.autovacuum
    def _gc_old(self):
        """Delete what is older than the shop keeps it, whatever became of it."""
        shops = self.env["res.company"].search([("dealer_message_months", ">", 0)])
        for months, some in shops.grouped("dealer_message_months").items():
            self.env.execute_query(
                SQL(
                    """DELETE FROM dealer_customer_message WHERE id IN (
                        SELECT id FROM dealer_customer_message
                         WHERE company_id = ANY(%s) AND create_date < %s
                         ORDER BY create_date LIMIT %s) RETURNING id""",
                    some.ids,
                    fields.Date.subtract(fields.Datetime.now(), months=months),
                    BATCH,
                )
            )
        self.env.invalidate_all()
