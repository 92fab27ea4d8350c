from odoo import api, models
from odoo.tools import SQL

#: The kinds of views of which there is one of ours.
KINDS = ("form", "kanban", "list", "search")


class DealerFleetViews(models.AbstractModel):
    """Our views, for those who may not read or do what Fleet's views show."""

    _name = "dealer.fleet.views"
    _description = "Views Instead of Fleet's"

    @api.model
    def _dealer_view(self, kind):
        return self.env.ref(f"dealer_service.{self._table}_view_{kind}").id

    @api.model
    def _has_fleet_rights(self):
        return self.env.user.has_group("fleet.fleet_group_user")

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self._has_fleet_rights())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        if not view_id and view_type in KINDS and not self._has_fleet_rights():
            view_id = self._dealer_view(view_type)
        return super()._get_view(view_id, view_type, **options)


class FleetVehicle(models.Model):
    """Which view shows a car: Fleet's for the own fleet, ours for customers' cars."""

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.fleet.views"]

    def get_formview_id(self, access_uid=None):
        """A customer's car opens in our form, wherever it is opened from."""
        if self.is_customer_vehicle:
            return self._dealer_view("form")
        return super().get_formview_id(access_uid=access_uid)


class FleetVehicleModel(models.Model):
    """Fleet's form of a model counts and opens the own fleet."""

    _name = "fleet.vehicle.model"
    _inherit = ["fleet.vehicle.model", "dealer.fleet.views"]


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
