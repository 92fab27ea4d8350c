from odoo import models
from odoo.tools import SQL


class FleetVehicleCostReport(models.Model):
    """Fleet's cost analysis counts the company's own cars only.

    The view makes a row for every vehicle and month. With a hundred thousand
    customers' cars in the same table it would never answer, and a domain on the action
    could not help: it filters after the rows were made.
    """

    _name = "fleet.vehicle.cost.report"
    _inherit = "fleet.vehicle.cost.report"

    def init(self):
        result = super().init()
        view = SQL.identifier(self._table)
        [[query]] = self.env.execute_query(
            SQL("SELECT pg_get_viewdef(%s::regclass)", self._table)
        )
        # both halves of the view select "ve.active"; other versions stay as they are
        own = "(ve.active AND ve.is_customer_vehicle IS NOT TRUE)"
        query = query.replace("ve.active", own).replace("%", "%%")
        self.env.cr.execute(SQL("CREATE OR REPLACE VIEW %s AS %s", view, SQL(query)))
        return result
