from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.visit.fleet_vehicle_arrival import EARLY_DAYS
from ..tools.actions import open_form
from ..tools.plate import format_plate, plate_key
from ..tools.text_key import normalize_key
from ..tools.typed import sort_typed
from ..tools.vin import is_no_vin, vin_key

#: Cars offered when what was typed fits several.
MAX_CANDIDATES = 6
#: Visits shown of a car that is recognised.
LAST_VISITS = 3


class DealerArrival(models.TransientModel):
    """A car pulls in: type the plate, and everything is there (迎接)."""

    _name = "dealer.arrival"
    _description = "Arrival"
    _inherit = "dealer.dialog.mixin"

    query = fields.Char(
        "Plate",
        help="Plate or its last characters, VIN, name or phone.",
    )

    # the car is known
    candidate_ids = fields.Many2many(
        "fleet.vehicle",
        compute="_compute_candidate_ids",
        context={"active_test": False},
    )
    candidate_count = fields.Integer(compute="_compute_candidate_ids")
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Car",
        compute="_compute_vehicle_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', candidate_ids)]",
    )
    owner_id = fields.Many2one(related="vehicle_id.owner_id")
    owner_phone = fields.Char("Owner's Phone", related="vehicle_id.owner_id.phone")
    last_odometer = fields.Integer(related="vehicle_id.last_odometer")
    contact_id = fields.Many2one(
        "res.partner",
        "Brought By",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
    )
    in_house_id = fields.Many2one(
        "dealer.reception", "Visit in Progress", compute="_compute_visits"
    )
    booking_id = fields.Many2one("dealer.reception", compute="_compute_visits")
    away_id = fields.Many2one(
        "dealer.reception", "Waits for This Car", compute="_compute_visits"
    )
    away_words = fields.Char(compute="_compute_away_words")
    last_reception_ids = fields.Many2many(
        "dealer.reception", string="Last Visits", compute="_compute_visits"
    )
    notices = fields.Html(compute="_compute_notices", sanitize=False)

    # the car is unknown
    is_unknown = fields.Boolean(compute="_compute_candidate_ids")
    new_plate = fields.Char(
        "License Plate", compute="_compute_new", store=True, readonly=False
    )
    new_vin = fields.Char("VIN", compute="_compute_new", store=True, readonly=False)
    new_model_id = fields.Many2one("fleet.vehicle.model", "Model")
    new_name = fields.Char(
        "Customer's Name", compute="_compute_new", store=True, readonly=False
    )
    new_phone = fields.Char("Phone", compute="_compute_new", store=True, readonly=False)
    new_hints = fields.Html(compute="_compute_new_hints", sanitize=False)
    partner_id = fields.Many2one(
        "res.partner",
        "Known Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', phone_owner_ids)]",
    )
    phone_owner_ids = fields.Many2many(
        "res.partner",
        compute="_compute_phone_owner_ids",
        string="Customers with This Number",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("query")
    def _compute_candidate_ids(self):
        for arrival in self:
            cars = arrival._find_cars()
            arrival.candidate_ids = cars
            arrival.candidate_count = len(cars)
            arrival.is_unknown = bool(normalize_key(arrival.query)) and not cars

    def _find_cars(self):
        """The cars that fit; a whole plate or VIN fits one car only."""
        self.ensure_one()
        cars = self.env["fleet.vehicle"]
        if not normalize_key(self.query):
            return cars
        known = Domain("is_customer_vehicle", "=", True)
        exact = Domain("plate_key", "=", plate_key(self.query) or "-")
        exact |= Domain("vin_key", "=", vin_key(self.query) or "-")
        found = cars.search(known & exact, limit=1) or cars.search(
            known & Domain("display_name", "ilike", self.query), limit=MAX_CANDIDATES
        )
        # a car that was archived comes back
        archived = cars.with_context(active_test=False)
        return found or archived.search(known & exact, limit=1).with_env(self.env)

    @api.depends("candidate_ids")
    def _compute_vehicle_id(self):
        for arrival in self:
            cars = arrival.candidate_ids._origin
            arrival.vehicle_id = cars if len(cars) == 1 else False

    @api.depends("vehicle_id")
    def _compute_contact_id(self):
        for arrival in self:
            car = arrival.vehicle_id._origin
            booking = car._booking_to_take() if car else arrival.booking_id
            arrival.contact_id = booking.contact_id or car.contact_id or car.owner_id

    @api.depends("vehicle_id", "partner_id", "new_plate")
    def _compute_visits(self):
        Reception = self.env["dealer.reception"]
        for arrival in self:
            car = arrival.vehicle_id._origin
            arrival.in_house_id = car._visit_in_house() if car else False
            arrival.away_id = car._visit_away() if car else False
            person = arrival.partner_id._origin
            arrival.booking_id = (
                car._booking_to_take()
                if car
                else person._booking_without_car(plate=arrival.new_plate)
                or person._booking_without_car(EARLY_DAYS, arrival.new_plate)
            )
            arrival.last_reception_ids = (
                Reception.search(
                    [("vehicle_id", "=", car.id), ("state", "=", "delivered")],
                    order="date_arrived desc",
                    limit=LAST_VISITS,
                )
                if car
                else False
            )

    @api.depends("away_id")
    def _compute_away_words(self):
        for arrival in self:
            arrival.away_words = arrival.away_id and arrival.away_id._away_words()

    @api.depends("vehicle_id", "booking_id")
    def _compute_notices(self):
        for arrival in self:
            source = arrival.booking_id._origin or arrival.vehicle_id._origin
            arrival.notices = self._alerts(source._arrival_notices() if source else [])

    def _alerts(self, notices):
        """Boxes for pairs of a level and a text."""
        return Markup("").join(
            Markup('<div class="alert alert-%s py-2 mb-1" role="status">%s</div>')
            % (level, text)
            for level, text in notices
        )

    @api.depends("query", "is_unknown")
    def _compute_new(self):
        """What was typed goes where it belongs."""
        for arrival in self:
            kind, text = sort_typed(arrival.query if arrival.is_unknown else "")
            arrival.new_plate = text if kind == "plate" else False
            arrival.new_vin = text if kind == "vin" else False
            arrival.new_phone = text if kind == "phone" else False
            arrival.new_name = text if kind == "name" else False

    @api.depends("is_unknown", "new_plate", "new_vin", "new_phone")
    def _compute_new_hints(self):
        """What looks like a typing error; the car's own form says the same."""
        for arrival in self:
            hints = []
            if arrival.new_plate or arrival.new_vin:
                car = self.env["fleet.vehicle"].new(
                    {
                        "is_customer_vehicle": True,
                        "license_plate": arrival.new_plate,
                        "vin_sn": arrival.new_vin,
                    }
                )
                hints = [car.plate_warning, car.vin_warning]
            if arrival.new_phone and not arrival.partner_id._is_whole_phone(
                arrival.new_phone
            ):
                hints.append(
                    self.env._(
                        "“%s” is no complete phone number. Please compare it with "
                        "what the customer said.",
                        arrival.new_phone,
                    )
                )
            arrival.new_hints = self._alerts(
                ("warning", hint) for hint in hints if hint
            )

    @api.depends("new_phone", "new_plate")
    def _compute_phone_owner_ids(self):
        for arrival in self:
            _meant, people = arrival.partner_id._of_phone(arrival.new_phone)
            arrival.phone_owner_ids = people | arrival._booked_by_plate()

    @api.depends("new_phone", "new_name", "new_plate")
    def _compute_partner_id(self):
        for arrival in self:
            person, _people = arrival.partner_id._of_phone(
                arrival.new_phone, arrival.new_name
            )
            typed = arrival.new_phone or arrival.new_name
            arrival.partner_id = person or not typed and arrival._booked_by_plate()

    def _booked_by_plate(self):
        """Who has booked for the plate that nobody knows."""
        if not self.is_unknown or not self.new_plate:
            return self.env["res.partner"]
        nobody = self.env["res.partner"]
        booking = nobody._booking_without_car(plate=self.new_plate)
        booking = booking or nobody._booking_without_car(EARLY_DAYS, self.new_plate)
        return booking.partner_id

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_arrive(self):
        """The car has arrived: open its visit. Tapping twice makes one visit.

        :raise UserError: when it is not clear yet which car it is
        :return: the action that opens the visit
        """
        self.ensure_one()
        car = self.vehicle_id
        if not car and self.is_unknown:
            car = self._create_car()
        if not car:
            raise UserError(
                self.env._("Type the plate, then choose the car that has arrived.")
            )
        contact = {"contact_id": self.contact_id.id} if self.contact_id else {}
        visit = car._arrive(**contact)
        return visit._offer_undo(open_form(visit))

    def action_go_on(self):
        """The car is back for its part: go on with the visit that waits for it.

        :raise UserError: when no visit waits for it (any more)
        """
        self.ensure_one()
        if not self.away_id:
            raise UserError(self.env._("No visit waits for this car any more."))
        return self.away_id.action_come_back()

    def _create_car(self):
        """The customer and the car in one go."""
        self.ensure_one()
        if not self.new_model_id or not (self.new_plate or self.new_vin):
            raise UserError(
                self.env._("A new car needs its model, and its plate or its VIN.")
            )
        if is_no_vin(self.new_vin):
            raise UserError(
                self.env._(
                    "“%(value)s” is not a VIN. Leave it empty if it is not known.",
                    value=self.new_vin,
                )
            )
        if not self.partner_id and not self.new_name and self.phone_owner_ids:
            raise UserError(
                self.env._(
                    "%(phone)s is the phone number of %(names)s. Choose the right "
                    "customer, or enter the name of a new one.",
                    phone=self.new_phone,
                    names=", ".join(self.phone_owner_ids.mapped("name")),
                )
            )
        if not self.partner_id and not self.new_name:
            raise UserError(self.env._("Enter the name of the new customer."))
        self.partner_id = self.partner_id or self.env["res.partner"].create(
            {"name": self.new_name, "phone": self.new_phone}
        )
        self.vehicle_id = self.env["fleet.vehicle"].create(
            {
                "is_customer_vehicle": True,
                "license_plate": format_plate(self.new_plate),
                "vin_sn": vin_key(self.new_vin),
                "model_id": self.new_model_id.id,
                "owner_id": self.partner_id.id,
            }
        )
        return self.vehicle_id
