from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import groups
from ...tools.actions import open_list
from ...tools.next_service import km_per_day
from ...tools.odometer import plausible_run, reading_problem
from ..common.dealer_reception_states import CAR_IS_HERE, VOID_STATES


class FleetVehicle(models.Model):
    """Visits of a car, and the mileage that follows from them.

    Fleet's own ``odometer`` is the highest number ever typed, so one typing error
    poisons it for ever. ``last_odometer`` is the last *plausible* reading, and it is
    the mileage of the car: what the instrument shows plus what instruments that were
    replaced had counted before.
    """

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dealer.rows.access"]
    _RECORDED_FIELDS = frozenset({"last_reception_date"})

    # visits
    reception_ids = fields.One2many("dealer.reception", "vehicle_id", "Visits")
    reception_count = fields.Integer(
        "Number of Visits", compute="_compute_reception_count"
    )
    order_count = fields.Integer(
        "Number of Orders",
        compute="_compute_order_count",
        groups=groups.ADVISOR,
    )
    last_reception_date = fields.Date(
        "Last Visit", readonly=True, copy=False, index="btree_not_null"
    )
    is_in_house = fields.Boolean(
        "On Site", compute="_compute_is_in_house", search="_search_is_in_house"
    )

    # mileage
    odometer_reading_ids = fields.One2many(
        "dealer.odometer.reading", "vehicle_id", "Other Odometer Readings"
    )
    odometer_offset = fields.Integer(
        "Distance on Earlier Odometers (km)",
        compute="_compute_odometer_offset",
        compute_sudo=True,
        store=True,
        aggregator=None,
        help="Total distance shown by replaced odometers, to be added to the "
        "current reading.",
    )
    last_odometer = fields.Integer(
        "Mileage (km)",
        compute="_compute_last_odometer",
        compute_sudo=True,
        store=True,
        aggregator="avg",
        help="Last plausible mileage, including any replaced odometers.",
    )
    last_odometer_date = fields.Date(
        "Mileage Read On",
        compute="_compute_last_odometer",
        compute_sudo=True,
        store=True,
    )
    km_per_day = fields.Float(
        "Driven (km/day)",
        compute="_compute_last_odometer",
        compute_sudo=True,
        store=True,
        aggregator="avg",
        digits=(8, 1),
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends_context("allowed_company_ids", "uid")
    def _compute_reception_count(self):
        counts = self._count_visits(Domain("state", "not in", VOID_STATES))
        for vehicle in self:
            vehicle.reception_count = counts.get(vehicle._origin, 0)

    def _count_visits(self, condition):
        """``{vehicle: number of visits}``; none for whoever may not see visits."""
        visits = self.env["dealer.reception"]
        if not visits.has_access("read"):
            return {}
        domain = Domain("vehicle_id", "in", self.ids) & condition
        return dict(visits._read_group(domain, ["vehicle_id"], ["__count"]))

    @api.depends_context("allowed_company_ids")
    def _compute_order_count(self):
        counts = dict.fromkeys(self._origin.ids, 0)
        for reception, count in self.env["sale.order"]._read_group(
            [("reception_id.vehicle_id", "in", self.ids)],
            ["reception_id"],
            ["__count"],
        ):
            counts[reception.vehicle_id.id] += count
        for vehicle in self:
            vehicle.order_count = counts.get(vehicle._origin.id, 0)

    @api.depends_context("uid")
    def _compute_is_in_house(self):
        here = self._count_visits(CAR_IS_HERE)
        for vehicle in self:
            vehicle.is_in_house = vehicle._origin in here

    def _search_is_in_house(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("reception_ids", "any", CAR_IS_HERE)

    @api.depends("odometer_reading_ids.offset", "odometer_reading_ids.date")
    def _compute_odometer_offset(self):
        for vehicle in self:
            vehicle.odometer_offset = vehicle._odometer_offset_on(None)

    # what visits tell is reckoned in by themselves: see _reckon_mileage
    @api.depends(
        "first_sale_date",
        "odometer_reading_ids.total",
        "odometer_reading_ids.date",
        "odometer_reading_ids.kind",
    )
    def _compute_last_odometer(self):
        for vehicle, readings in self._odometer_readings().items():
            vehicle.update(vehicle._mileage_values(plausible_run(readings)))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_visited(self):
        # visits of every shop count
        visits = self.env["dealer.reception"].sudo().with_context(active_test=False)
        visit = visits.search([("vehicle_id", "in", self.ids)], limit=1)
        if visit:
            raise UserError(
                self.env._(
                    "%(car)s has visits, such as %(visit)s, and its history must be "
                    "kept. Archive it, or merge it with the other record of the "
                    "same car.",
                    car=visit.vehicle_id.display_name,
                    visit=visit.name,
                )
            )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _mileage_values(self, run):
        """What follows from the plausible readings of this car: (day, mileage)."""
        self.ensure_one()
        day, value = run[-1] if run else (False, 0)
        return {
            "last_odometer": value,
            "last_odometer_date": day,
            "km_per_day": km_per_day(run),
        }

    def _reckon_mileage(self):
        """Have the mileage computed again, and what follows from it.

        Visits call it when one of their readings changes. A dependency of the field
        could not tell that from a booking or an arrival without a reading.
        """
        if not self:
            return
        names = [
            field.name
            for field in self.pool.field_computed[self._fields["last_odometer"]]
        ]
        for name in names:
            self.env.add_to_compute(self._fields[name], self)
        self.modified(names)

    def _odometer_offset_on(self, day):
        """Kilometres counted by instruments that were replaced up to ``day``.

        :param datetime.date day: ``None`` for now
        """
        self.ensure_one()
        past = self._odometer_swaps().filtered(lambda row: not day or row.date <= day)
        return past[-1:].offset

    def _odometer_swaps(self):
        """The replacements of instruments, oldest first."""
        swaps = self.odometer_reading_ids.filtered(lambda row: row.kind == "swap")
        return swaps.sorted(lambda row: (row.date, row._origin.id))

    def _odometer_total(self, shown, day):
        """The mileage of a car whose instrument shows ``shown`` km on ``day``.

        On the very day of a replacement the old instrument was read or the new one:
        that which is nearer to the mileage at the replacement.
        """
        self.ensure_one()
        if not self.odometer_reading_ids:
            return shown
        swap = self._odometer_swaps().filtered(lambda row: row.date <= day)[-1:]
        after = shown + swap.offset
        if swap.date != day:
            return after
        before = shown + self._odometer_offset_on(day - timedelta(days=1))
        return min(before, after, key=lambda total: abs(total - swap.total))

    def _odometer_readings(self, exclude=None):
        """Everything ever read, as the tools take it.

        :param exclude: visits to leave out
        :return: dict of lists of (day, mileage, certain) by car
        """
        readings = {vehicle: [] for vehicle in self}
        by_origin = {vehicle._origin.id: vehicle for vehicle in self}
        domain = Domain("vehicle_id", "in", list(filter(None, by_origin)))
        domain &= Domain("odometer", ">", 0) & Domain("date_arrived", "!=", False)
        if exclude and exclude.ids:
            domain &= Domain("id", "not in", exclude.ids)
        visits = self.env["dealer.reception"].with_context(active_test=False)
        for visit in visits.search_fetch(
            domain, ["vehicle_id", "company_id", "odometer", "date_arrived"]
        ):
            car = visit.vehicle_id.id
            day = visit.company_id._dealer_day(visit.date_arrived)
            total = by_origin[car]._odometer_total(visit.odometer, day)
            readings[by_origin[car]].append((day, total, False))
        for vehicle, rows in readings.items():
            rows += [
                (row.date, row.total, row.kind != "reading")
                for row in vehicle.odometer_reading_ids
            ]
            if vehicle.first_sale_date:
                rows.append((vehicle.first_sale_date, 0, False))
        return readings

    def _odometer_problem(self, shown, day, exclude=None):
        """Why the instrument can hardly show ``shown`` km on ``day``.

        :return: ``lower``, ``too_fast``, ``huge`` or ``None``; with the plausible
            reading before it: (day, mileage) or ``None``
        """
        self.ensure_one()
        # readings of other shops count, whoever asks
        car = self.sudo()
        total = car._odometer_total(shown, day)
        swap = car._odometer_swaps().filtered(lambda row: row.date == day)[-1:]
        # read before the instrument was replaced on that day: what came before counts
        is_old = bool(swap) and total < swap.total
        run = plausible_run(
            row
            for row in car._odometer_readings(exclude)[car]
            if row[0] < day or (row[0] == day and not (is_old and row[2]))
        )
        previous_day, previous = run[-1] if run else (None, None)
        problem = reading_problem(total, day, previous, previous_day)
        return problem, run[-1] if run else None

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_view_receptions(self):
        """The whole service history of the car, whoever owned it."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_reception_action_all"
        )
        action["domain"] = [("vehicle_id", "=", self.id)]
        action["context"] = {"default_vehicle_id": self.id}
        return action

    def action_view_orders(self):
        """Estimates, supplements and settlements of this car."""
        self.ensure_one()
        return open_list(
            self.env["sale.order"],
            self.env._("Orders of %s", self.display_name),
            [("reception_id.vehicle_id", "=", self.id)],
        )

    def action_book(self):
        """A new visit of this car: book a slot."""
        self.ensure_one()
        self.check_access("read")
        # who books no slot is told so here
        self.env["dealer.booking"].check_access("create")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_booking_action"
        )
        action["context"] = {"default_vehicle_id": self.id}
        return action
