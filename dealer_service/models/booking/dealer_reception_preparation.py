from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.dealer_reception_states import BOOKED_STATES

#: Visits shown as history while preparing.
HISTORY_SIZE = 5
#: What is kept free for an appointment.
RESERVED = ("prepared_bay_id", "prepared_technician_id")


class DealerReception(models.Model):
    """Preparation of an appointment (履约准备): parts, bay, technician, history."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    is_parts_checked = fields.Boolean(
        "Parts Checked",
        copy=False,
        tracking=True,
        help="The parts for the booked work are here or will be in time.",
    )
    parts_note = fields.Char(
        "Parts",
        copy=False,
        help="Which parts have been set aside, and which are still on order.",
    )
    prepared_bay_id = fields.Many2one(
        "resource.resource",
        "Reserved Bay",
        copy=False,
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('dealer_role', '=', 'bay'), ('company_id', '=', company_id)]",
    )
    prepared_technician_id = fields.Many2one(
        "resource.resource",
        "Reserved Technician",
        copy=False,
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('dealer_role', '=', 'technician'), ('company_id', '=', company_id)]",
    )
    previous_visit_ids = fields.Many2many(
        "dealer.reception",
        string="Last Visits",
        compute="_compute_previous_visit_ids",
    )

    @api.depends("vehicle_id")
    def _compute_previous_visit_ids(self):
        for reception in self:
            if not reception.vehicle_id:
                reception.previous_visit_ids = False
                continue
            # few visits are prepared at once: one query each, by the history index
            reception.previous_visit_ids = self.search(
                [
                    ("vehicle_id", "=", reception.vehicle_id.id),
                    ("date_arrived", "!=", False),
                    ("id", "not in", reception._origin.ids),
                ],
                order="date_arrived desc",
                limit=HISTORY_SIZE,
            )

    @api.constrains(
        "prepared_bay_id", "prepared_technician_id", "date_appointment", "planned_hours"
    )
    def _check_prepared_resources(self):
        """A bay and a technician are reserved for one car at a time."""
        for name in RESERVED:
            for reception in self.filtered(lambda r, name=name: r[name]):
                other = reception._same_time_with(name)
                if other:
                    raise UserError(
                        self.env._(
                            "%(resource)s is reserved for %(other)s at that time"
                            " (%(start)s – %(end)s). Choose another one for %(visit)s.",
                            resource=reception[name].name,
                            other=other.display_name,
                            start=other.company_id._dealer_format(
                                other.date_appointment
                            ),
                            end=other.company_id._dealer_format(
                                other.date_appointment_end
                            ),
                            visit=reception.display_name,
                        )
                    )

    def _same_time_with(self, name):
        """The booked visit that reserves the same resource at the same time."""
        self.ensure_one()
        if self.state not in BOOKED_STATES or not self.date_appointment_end:
            return self.browse()
        # a reservation counts whoever made it
        return self.sudo().search(
            [
                ("id", "!=", self.id),
                (name, "=", self[name].id),
                ("state", "in", BOOKED_STATES),
                ("date_appointment", "<", self.date_appointment_end),
                ("date_appointment_end", ">", self.date_appointment),
            ],
            limit=1,
        )

    def write(self, vals):
        """Before it moves: what is reserved must not be looked for at the new time."""
        freed = {name: False for name in RESERVED if name not in vals}
        moved = self._moved_by(vals)
        if moved and freed:
            # a moved appointment gives its bay and its technician back; those of a
            # visit that keeps its time stay reserved, whatever is moved with it
            super(DealerReception, moved).write(freed)
        return super().write(vals)

    def _moved_by(self, vals):
        """The appointments that these values put to another time."""
        if not vals.get("date_appointment"):
            return self.browse()
        date = fields.Datetime.to_datetime(vals["date_appointment"])
        planned = self.filtered("date_appointment")
        return planned.filtered(lambda visit: visit.date_appointment != date)

    def _tick_preparation(self, _change):
        """What was recorded here need not be ticked once more as a standard."""
        for reception in self:
            if reception.is_parts_checked:
                # the standards are data of the shop, it may have deleted them
                standard = self.env.ref(
                    "dealer_service.dealer_service_standard_parts",
                    raise_if_not_found=False,
                )
                reception.check_ids.filtered(
                    lambda check, standard=standard: (
                        not check.is_done
                        and not check.evidence
                        and check.standard_id == standard
                    )
                ).action_done()
        self._prove_known()
