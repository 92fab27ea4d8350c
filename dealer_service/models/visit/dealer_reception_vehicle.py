from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.dealer_reception_states import OPEN_STATES


class DealerReception(models.Model):
    """What a visit takes from its car, and what the car learns from the visit."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    car_name = fields.Char(
        "Plate and Model",
        compute="_compute_car_name",
        store=True,
        precompute=True,
        help="Stored on the visit, so that boards need not read the cars.",
    )
    license_plate = fields.Char(
        "Plate",
        compute="_compute_car_name",
        store=True,
        precompute=True,
        help="Follows the car until the visit is over, then stays as it was: invoices,"
        " papers and messages of this visit show the plate the car came with.",
    )
    told_plate = fields.Char(
        "Plate as Told",
        copy=False,
        help="Of a car that is not on record: the booking finds its car by it when the "
        "car arrives.",
    )
    has_other_plate = fields.Boolean(
        compute="_compute_has_other_plate",
        compute_sudo=True,
        help="The car came with another plate than it has now.",
    )
    # the advisor may serve a car whose card belongs to another shop
    owner_line = fields.Char(compute="_compute_owner_line", compute_sudo=True)
    is_maintenance = fields.Boolean(
        "Regular Service",
        compute="_compute_is_maintenance",
        tracking=True,
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        help="The delivery of this visit starts the next service interval.",
    )
    odometer_total = fields.Integer(
        "Mileage (km)",
        compute="_compute_odometer_total",
        help="The reading plus the distance shown by replaced odometers of the car.",
    )
    odometer_warning = fields.Char(compute="_compute_odometer_warning")

    @api.depends("partner_id", "vehicle_id.owner_id")
    def _compute_owner_line(self):
        for visit in self:
            visit.owner_line = visit.vehicle_id._owner_line(visit.partner_id)

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends(
        "told_plate",
        "vehicle_id.license_plate",
        "vehicle_id.vin_sn",
        "vehicle_id.model_id.name",
    )
    def _compute_car_name(self):
        kept = self.filtered(
            lambda r: r._origin and (r.state not in OPEN_STATES or r._is_car_sold())
        )
        for reception in self - kept:
            car = reception.vehicle_id
            plate = car.license_plate if car else reception.told_plate
            parts = (plate or car.vin_sn, car.model_id.name)
            reception.license_plate = plate
            reception.car_name = " ".join(filter(None, parts))

    def _is_car_sold(self):
        """Whether the car has another owner by now than whoever brought it.

        The new plate is the new owner's; this visit shows the one it came with.
        """
        self.ensure_one()
        return bool(self.vehicle_id and self.license_plate) and (
            self.partner_id in self.vehicle_id._former_owners()
        )

    @api.depends("license_plate", "vehicle_id.license_plate")
    def _compute_has_other_plate(self):
        for reception in self:
            plate = reception.license_plate
            reception.has_other_plate = bool(
                plate
                and reception.vehicle_id
                and plate != reception.vehicle_id.license_plate
            )

    @api.depends("concern_ids.system_id", "job_ids.system_id")
    def _compute_is_maintenance(self):
        for reception in self:
            systems = reception._treated_systems()
            reception.is_maintenance = (
                reception.is_maintenance or "maintenance" in systems.mapped("code")
            )

    @api.depends("odometer", "date_arrived", "vehicle_id")
    def _compute_odometer_total(self):
        for reception in self:
            # readings of other shops count, whoever asks
            car = reception.vehicle_id.sudo()
            day = reception._odometer_day()
            shown = reception.odometer
            reception.odometer_total = car._odometer_total(shown, day) if car else shown

    @api.depends("odometer", "date_arrived", "vehicle_id")
    def _compute_odometer_warning(self):
        for reception in self:
            reception.odometer_warning = reception._get_odometer_warning()

    def _get_odometer_warning(self):
        """Why the reading can hardly be right: a hint, never an obstacle."""
        self.ensure_one()
        if not self.vehicle_id or not self.odometer:
            return False
        problem, previous = self.vehicle_id._odometer_problem(
            self.odometer, self._odometer_day(), exclude=self._origin
        )
        if not problem:
            return False
        day, km = previous or (False, 0)
        return {
            "lower": self.env._(
                "Less than the %(km)s km read on %(day)s. Please read it again; if "
                "the odometer was replaced, have that recorded on the car.",
                km=km,
                day=day,
            ),
            "too_fast": self.env._(
                "More than 1000 km a day since %(day)s (%(km)s km). Is there a "
                "digit too many?",
                km=km,
                day=day,
            ),
            "huge": self.env._(
                "No car reaches that mileage. Is there a digit too many?"
            ),
        }[problem]

    def _odometer_day(self):
        self.ensure_one()
        now = self.date_arrived or fields.Datetime.now()
        return (self.company_id or self.env.company)._dealer_day(now)

    @api.onchange("vehicle_id")
    def _onchange_vehicle_id(self):
        """Who pays is the owner, who comes is the usual bringer."""
        car = self.vehicle_id
        if car.owner_id:
            self.partner_id = car.owner_id
        if car:
            self.contact_id = car.contact_id or car.owner_id or self.contact_id

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _fill_in_parties(self, vals_list):
        """Who pays is the owner, who comes is the usual bringer."""
        vehicle_ids = [
            vals["vehicle_id"] for vals in vals_list if vals.get("vehicle_id")
        ]
        cars = {car.id: car for car in self.env["fleet.vehicle"].browse(vehicle_ids)}
        for vals in vals_list:
            car = cars.get(vals.get("vehicle_id"))
            if not car:
                continue
            if not vals.get("partner_id") and car.owner_id:
                vals["partner_id"] = car.owner_id.id
            if not vals.get("contact_id") and vals.get("partner_id") == car.owner_id.id:
                vals["contact_id"] = (car.contact_id or car.owner_id).id

    def _tell_mileage(self, change=None):
        """The car learns of the reading, and one that was meant before unlearns it."""
        cars = self._read_cars()
        for visit in self if change else ():
            if change.was(visit, "odometer") and change.was(visit, "date_arrived"):
                cars |= change.was(visit, "vehicle_id")
        cars._reckon_mileage()

    def _check_car_stays(self, vals):
        """The customer signed for this car, and its history tells of this visit.

        :raise UserError: for another car on a visit that is settled
        """
        if self.env.su:
            return
        moved = self.filtered(
            lambda r: r.vehicle_id and r.vehicle_id.id != vals["vehicle_id"]
        )
        for reception in moved:
            if reception.state in ("settled", "delivered"):
                raise UserError(
                    self.env._(
                        "%(visit)s is “%(state)s” and is part of the history of its "
                        "car. If one car has two records, have them merged.",
                        visit=reception.name,
                        state=reception._state_label(),
                    )
                )

    def unlink(self):
        cars = self._read_cars()
        result = super().unlink()
        cars._reckon_mileage()
        return result

    def _read_cars(self):
        """The cars whose mileage these visits tell: most steps tell none."""
        # the advisor may serve a car whose card belongs to another shop
        return self.filtered(lambda r: r.odometer and r.date_arrived).sudo().vehicle_id

    # ------------------------------------------------------------------
    # THE PROCESS
    # ------------------------------------------------------------------

    def _first_visits(self):
        """Those in which this dealer sees the car, or its present owner, first."""
        delivered = {
            (car, company): last
            for car, company, last in self._read_group(
                [
                    ("vehicle_id", "in", self.vehicle_id.ids),
                    ("company_id", "in", self.company_id.ids),
                    ("state", "=", "delivered"),
                ],
                ["vehicle_id", "company_id"],
                ["date_delivered:max"],
            )
        }

        def is_first(visit):
            key = (visit.vehicle_id, visit.company_id)
            if key not in delivered:
                return True
            car = visit.vehicle_id
            # what was done before the sale, was done for the shop
            since = fields.Datetime.to_datetime(car._owner_since() or car.sale_date)
            return bool(since) and (not delivered[key] or delivered[key] < since)

        return self.filtered(lambda visit: visit.vehicle_id and is_first(visit))

    def _keep_plate(self, _target):
        """The plate stays what it is when the visit is over."""
        self._recompute_recordset(["license_plate", "car_name"])

    def _follow_plate(self, change):
        """A visit that is taken up again follows its car again."""
        self.filtered(lambda r: change.was(r, "state") not in OPEN_STATES).modified(
            ["vehicle_id"]
        )

    def _recognize_first_visit(self, _target=None):
        """Whose car it is decides which standards are asked for."""
        first = self._first_visits()
        for is_first, visits in ((True, first), (False, self - first)):
            changed = visits.filtered(
                lambda visit, value=is_first: (
                    visit.vehicle_id and visit.is_first_visit != value
                )
            )
            changed._write_by_method({"is_first_visit": is_first})

    def _tell_cars(self):
        # the car reads its visits from the database: write what is known in one go
        self.flush_recordset()
        for reception in self:
            reception._tell_car()

    def _tell_car(self):
        """On delivery the car learns its next service and its last visit."""
        self.ensure_one()
        # the advisor may serve a car whose card belongs to another shop
        car = self.vehicle_id.sudo()
        # the visit is its own record: the chatter of a car tells what people change
        car = car.with_context(mail_notrack=True)
        day = self.company_id._dealer_day(self.date_delivered)
        last = max(car.last_reception_date or day, day)
        car._write_by_method({"last_reception_date": last})
        if self._starts_service_interval():
            # the reading of this visit if it is plausible: no typing error must move
            # the next service
            car._update_next_service(day, car.last_odometer, self.is_maintenance)

    def _next_service(self):
        """When the car of this visit is due again.

        Before the delivery that is what the delivery is going to set. Who has sold the
        car since is not told what became of it.

        :return: date or False, kilometres or 0
        """
        self.ensure_one()
        # the customer has no rights on the plan of the model
        car = self.vehicle_id.sudo()
        if self.partner_id in car._former_owners():
            return False, 0
        if self.state != "delivered" and self._starts_service_interval():
            return car._service_limits(
                fields.Date.context_today(self), car.last_odometer, self.is_maintenance
            )
        return car.next_service_date, car.next_service_odometer

    def _starts_service_interval(self):
        """Whether the delivery of this visit tells when the next service is due.

        A repair leaves the date that a car has as it is, however long it is over.
        """
        car = self.vehicle_id
        is_scheduled = car.next_service_date or car.next_service_odometer
        return self.is_maintenance or not is_scheduled

    def _arrival_notices(self):
        """What whoever receives the car of this visit should know.

        Hook: other parts of the suite append what they know of the visit itself.

        :return: list of (level, text), as ``fleet.vehicle._arrival_notices``
        """
        self.ensure_one()
        notices = self.vehicle_id._arrival_notices() if self.vehicle_id else []
        if self.date_appointment:
            slot = self._format_local(self.date_appointment)
            text = (
                self.env._("Booked for %(slot)s, prepared.", slot=slot)
                if self.date_prepared
                else self.env._("Booked for %(slot)s, not prepared.", slot=slot)
            )
            level = "success" if self.date_prepared else "warning"
            notices.insert(0, (level, text))
        return notices
