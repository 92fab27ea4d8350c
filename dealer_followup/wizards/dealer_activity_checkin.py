from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.plate import plate_form
from odoo.addons.dealer_service.tools.text_key import normalize_key


class DealerActivityCheckin(models.TransientModel):
    """The tablet at the door: scan or type, tap, next (签到)."""

    _name = "dealer.activity.checkin"
    _description = "Check-in"
    _inherit = "dealer.dialog.mixin"

    activity_id = fields.Many2one(
        "dealer.activity",
        required=True,
        domain="[('state', '=', 'running')]",
        default=lambda self: self._default_activity_id(),
    )
    stop_id = fields.Many2one(
        "dealer.activity.stop", "Met At", domain="[('activity_id', '=', activity_id)]"
    )
    need = fields.Char("Needs", help="What the car needs, as found on the spot.")
    query = fields.Char(
        "Phone, Plate or Code",
        help="The last four digits are enough. A scanner enters the code of the "
        "customer's page.",
    )
    found_ids = fields.Many2many(
        "dealer.activity.invitee", compute="_compute_found_ids"
    )
    invitee_id = fields.Many2one(
        "dealer.activity.invitee",
        "Guest",
        compute="_compute_invitee_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', found_ids)]",
    )
    invitee_state = fields.Selection(related="invitee_id.state")
    vehicle_id = fields.Many2one(related="invitee_id.vehicle_id")
    persons = fields.Integer(
        "Number of Guests", compute="_compute_persons", store=True, readonly=False
    )
    has_seats = fields.Boolean(related="activity_id.has_seats")
    attended = fields.Integer("Already Here", compute="_compute_attended")
    coming = fields.Integer("Still Expected", compute="_compute_attended")
    welcome = fields.Char(readonly=True)

    # not on the list
    is_unknown = fields.Boolean(compute="_compute_found_ids")
    new_name = fields.Char(
        "Customer's Name", compute="_compute_new", store=True, readonly=False
    )
    new_phone = fields.Char("Phone", compute="_compute_new", store=True, readonly=False)
    new_plate = fields.Char("Plate", compute="_compute_new", store=True, readonly=False)
    new_model_id = fields.Many2one("fleet.vehicle.model", "Model")

    @api.model
    def _default_activity_id(self):
        return self.env["dealer.activity"].search([("state", "=", "running")], limit=1)

    @api.depends("query", "activity_id")
    def _compute_found_ids(self):
        for screen in self:
            found = (
                screen.activity_id._at_door(screen.query)
                if screen.activity_id
                else screen.found_ids
            )
            screen.found_ids = found
            screen.is_unknown = len(normalize_key(screen.query)) >= 4 and not found

    @api.depends("found_ids")
    def _compute_invitee_id(self):
        for screen in self:
            found = screen.found_ids._origin
            screen.invitee_id = found if len(found) == 1 else False

    @api.depends("invitee_id")
    def _compute_persons(self):
        for screen in self:
            screen.persons = screen.invitee_id.persons or 1

    @api.depends("activity_id", "welcome")
    def _compute_attended(self):
        for screen in self:
            counts = dict(
                self.env["dealer.activity.invitee"]._read_group(
                    [
                        ("activity_id", "=", screen.activity_id.id),
                        ("state", "in", ("attended", "coming")),
                    ],
                    ["state"],
                    ["persons:sum"],
                )
            )
            screen.attended = counts.get("attended", 0)
            screen.coming = counts.get("coming", 0)

    @api.depends("query", "is_unknown")
    def _compute_new(self):
        """What was typed goes where it belongs."""
        for screen in self:
            text = (screen.query or "").strip() if screen.is_unknown else ""
            key = normalize_key(text)
            is_plate = bool(plate_form(text))
            is_phone = not is_plate and key.isdecimal() and len(key) >= 7
            is_name = bool(key) and key.isalpha() and not key.isascii()
            screen.new_plate = text if is_plate else False
            screen.new_phone = text if is_phone else False
            screen.new_name = text if is_name and not is_plate else False

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_check_in(self):
        """They are here; the screen is ready for the next one."""
        invitee = self._check_in()
        return self._next(
            self.env._(
                "Welcome, %(name)s! %(persons)s persons.",
                name=invitee.contact_name or invitee.display_name,
                persons=invitee.persons,
            )
        )

    def action_check_in_job(self):
        """They are here with the car: check in and receive it."""
        return self._check_in().action_open_job()

    def _check_in(self):
        self.ensure_one()
        if not 1 <= self.persons <= 99:
            raise UserError(
                self.env._("The number of guests must be between 1 and 99.")
            )
        if self.stop_id and self.stop_id.activity_id != self.activity_id:
            raise UserError(
                self.env._(
                    "%(stop)s is no stop of %(activity)s.",
                    stop=self.stop_id.name,
                    activity=self.activity_id.name,
                )
            )
        invitee = self._guest_at_door()
        if self.stop_id:
            invitee._write_by_method({"stop_id": self.stop_id.id})
        if self.need:
            invitee.need = self.need
        return invitee

    def _guest_at_door(self):
        """Who was chosen, else who was entered; checked in."""
        if self.invitee_id:
            self.invitee_id.action_check_in(self.persons)
            return self.invitee_id
        if not self.is_unknown:
            raise UserError(
                self.env._("Type the phone number or the plate, then choose the guest.")
            )
        return self.activity_id._walk_in(
            self.new_name,
            self.new_phone,
            self.new_plate,
            self.new_model_id,
            self.persons,
        )

    def _next(self, welcome):
        action = self.activity_id.action_open_check_in()
        action["context"]["default_welcome"] = welcome
        action["context"]["default_stop_id"] = self.stop_id.id
        return action
