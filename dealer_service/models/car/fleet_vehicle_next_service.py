from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.next_service import add_months, due_date, next_service

#: Days ahead in which a date of the car is announced.
SOON_DAYS = 30


class FleetVehicle(models.Model):
    """Dates that call for care: service, warranty, insurance, inspection."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    next_service_date = fields.Date(
        compute="_compute_next_service",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="Due on this date or at the mileage beside it, whichever comes first.",
    )
    next_service_odometer = fields.Integer(
        "Next Service (km)",
        compute="_compute_next_service",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        aggregator=None,
    )
    service_due_date = fields.Date(
        "Service Expected",
        compute="_compute_service_due_date",
        store=True,
        index="btree_not_null",
        help="Expected date on which the first of the two limits is reached, based "
        "on how this car is driven.",
    )
    is_service_due = fields.Boolean(
        "Service Due",
        compute="_compute_is_service_due",
        search="_search_is_service_due",
    )
    warranty_end_date = fields.Date(
        "Warranty Until",
        compute="_compute_warranty",
        store=True,
        readonly=False,
        copy=False,
    )
    warranty_end_odometer = fields.Integer(
        "Warranty Until (km)",
        compute="_compute_warranty",
        store=True,
        readonly=False,
        copy=False,
        aggregator=None,
    )
    is_under_warranty = fields.Boolean(compute="_compute_is_under_warranty")
    insurer = fields.Char(copy=False, tracking=True, help="Who insures the car.")
    insurance_expiry = fields.Date(copy=False, index="btree_not_null", tracking=True)
    inspection_expiry = fields.Date(
        copy=False,
        index="btree_not_null",
        tracking=True,
        help="Periodic technical inspection of the authorities.",
    )

    @api.depends("first_sale_date", "model_id")
    def _compute_next_service(self):
        """The first service of a new car; later ones follow from the visits."""
        unserviced = self._filtered_unserviced()
        for vehicle in self:
            day, km = vehicle.next_service_date, vehicle.next_service_odometer
            if vehicle.first_sale_date and vehicle in unserviced:
                first_day, first_km = vehicle._first_service_limits()
                if not first_day or first_day >= vehicle._known_since():
                    day, km = first_day, first_km
                elif not vehicle.last_reception_date:
                    # over before we knew the car: what was done since, nobody told us
                    day, km = False, 0
            vehicle.next_service_date = day
            vehicle.next_service_odometer = km or 0

    def _filtered_unserviced(self):
        """The cars that have had no regular service in any shop of the group."""
        visited = self.filtered("last_reception_date")
        # a service counts, whoever asks and wherever it was done
        visits = self.env["dealer.reception"].sudo().with_context(active_test=False)
        serviced = visited and visits._read_group(
            [
                ("vehicle_id", "in", visited._origin.ids),
                ("state", "=", "delivered"),
                ("is_maintenance", "=", True),
            ],
            ["vehicle_id"],
        )
        serviced_ids = {car.id for (car,) in serviced}
        return self.filtered(lambda car: car._origin.id not in serviced_ids)

    def _known_since(self):
        """The day since which the shop would know of a service of this car."""
        today = fields.Date.context_today(self)
        if not self.create_date:
            return today
        return min(today, fields.Date.context_today(self, self.create_date))

    @api.depends(
        "next_service_date", "next_service_odometer", "last_odometer", "km_per_day"
    )
    def _compute_service_due_date(self):
        for vehicle in self:
            vehicle.service_due_date = due_date(
                vehicle.next_service_date or None,
                vehicle.next_service_odometer,
                vehicle.last_odometer_date or None,
                vehicle.last_odometer,
                vehicle.km_per_day,
            )

    @api.depends("service_due_date")
    def _compute_is_service_due(self):
        today = fields.Date.context_today(self)
        for vehicle in self:
            due = vehicle.service_due_date
            vehicle.is_service_due = bool(due and due <= today)

    def _search_is_service_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("service_due_date", "<=", fields.Date.context_today(self))

    @api.depends("first_sale_date", "model_id")
    def _compute_warranty(self):
        for vehicle in self:
            day, km = vehicle.warranty_end_date, vehicle.warranty_end_odometer
            if vehicle.first_sale_date:
                plan = vehicle.model_id
                day, km = next_service(
                    vehicle.first_sale_date, 0, plan.warranty_months, plan.warranty_km
                )
            vehicle.warranty_end_date = day
            vehicle.warranty_end_odometer = km or 0

    @api.depends("warranty_end_date", "warranty_end_odometer", "last_odometer")
    def _compute_is_under_warranty(self):
        today = fields.Date.context_today(self)
        for vehicle in self:
            limit = vehicle.warranty_end_odometer
            vehicle.is_under_warranty = bool(
                vehicle.warranty_end_date
                and vehicle.warranty_end_date >= today
                and not (limit and vehicle.last_odometer > limit)
            )

    def _first_service_limits(self):
        """When the first service after the sale is due.

        :return: date or False, kilometres or 0
        """
        plan = self.model_id
        months, km = plan.first_service_months, plan.first_service_km
        if not months and not km:
            months, km = plan.service_months, plan.service_km
        if not self.first_sale_date:
            return False, km
        day, km = next_service(self.first_sale_date, 0, months, km)
        return day or False, km or 0

    def _update_next_service(self, day, mileage, is_service=True):
        """Set the limits that follow from a visit on ``day`` at ``mileage`` km.

        A model without a plan leaves the car without limits.
        """
        for vehicle in self:
            limit_day, limit_km = vehicle._service_limits(day, mileage, is_service)
            vehicle.write(
                {"next_service_date": limit_day, "next_service_odometer": limit_km}
            )

    def _service_limits(self, day, mileage, is_service=True):
        """When the service after a visit on ``day`` at ``mileage`` km is due.

        :param bool is_service: whether the car was serviced in that visit. If not, a
            new car has its first service still to come; of an older one nobody knows
            what was done elsewhere, so it is reckoned as of that day.
        :return: date or False, kilometres or 0; nothing for a model without a plan
        """
        if not is_service:
            first_day, first_km = self._first_service_limits()
            if mileage < first_km and not (first_day and first_day < day):
                months = self.model_id.first_service_months
                return first_day or (months and add_months(day, months)), first_km
        plan = self.model_id
        limit_day, limit_km = next_service(
            day, mileage, plan.service_months, plan.service_km
        )
        return limit_day or False, limit_km or 0

    def _care_dates_soon(self):
        """What is said of the dates of this car that are near or over."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        over = {
            "insurance_expiry": self.env._("The insurance ended on %(day)s."),
            "inspection_expiry": self.env._("The inspection expired on %(day)s."),
            "warranty_end_date": self.env._("The warranty ended on %(day)s."),
        }
        notices = []
        for name, words in over.items():
            day = self[name]
            if day and day < today:
                notices.append(words % {"day": day})
            elif day and day <= today + timedelta(days=SOON_DAYS):
                label = self._fields[name]._description_string(self.env)
                notices.append(self.env._("%(label)s: %(day)s", label=label, day=day))
        return notices
