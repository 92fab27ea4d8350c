from odoo import api, fields, models
from odoo.tools import format_date

from ...tools import groups
from ...tools.driving import driven_per_day
from ..call.dealer_followup import OPEN_STATES

#: Dates of the car that follow-ups hang on.
CARE_DATES = ("sale_date", "insurance_expiry", "inspection_expiry", "warranty_end_date")


class FleetVehicle(models.Model):
    """The car as a reason to call."""

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    followup_ids = fields.One2many(
        "dealer.followup",
        "vehicle_id",
        "Follow-ups",
        groups=groups.CALLER,
    )
    is_owner_wrong = fields.Boolean(
        "Owner Unknown",
        groups="base.group_user",
        compute="_compute_is_owner_wrong",
        store=True,
        readonly=False,
        copy=False,
        help="The recorded owner says the car is no longer theirs. Cleared when the "
        "new owner is entered.",
    )
    # how much it is driven
    km_confidence = fields.Float(
        "Confidence of the Forecast",
        compute="_compute_last_odometer",
        compute_sudo=True,
        store=True,
        aggregator="avg",
    )

    _sale_idx = models.Index("(sale_date) WHERE sale_date IS NOT NULL")
    # as written in the query of the car's birthday
    _sale_anniversary_idx = models.Index(
        "((date_part('month', sale_date) * 100 + date_part('day', sale_date)))"
        " WHERE sale_date IS NOT NULL"
    )
    _warranty_idx = models.Index(
        "(warranty_end_date) WHERE warranty_end_date IS NOT NULL"
    )

    @api.depends("owner_id")
    def _compute_is_owner_wrong(self):
        self.is_owner_wrong = False

    @api.depends("model_id")
    def _compute_last_odometer(self):
        return super()._compute_last_odometer()

    def _owner_line(self, person):
        """Who is entered as the owner may have said that he no longer is."""
        if self.is_owner_wrong and person._origin == self.owner_id:
            return self.env._(
                "%(person)s no longer owns %(car)s: ask who the new owner is.",
                person=person.name,
                car=self.license_plate or self.vin_sn,
            )
        return super()._owner_line(person)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        owners = {car: car.owner_id for car in self} if "owner_id" in vals else {}
        periods = self._periods_before(vals)
        result = super().write(vals)
        self._count_periods(periods)
        if "owner_id" in vals:
            self._end_former_owner(owners)
        if vals.get("active") is False:
            self._open_followups()._close("cancelled", "archived")
        if set(CARE_DATES) & set(vals):
            self._follow_corrections()
        return result

    def _mileage_values(self, run):
        """The habit as the median of all slopes; the model's median without one."""
        habit, confidence = driven_per_day(run)
        return {
            **super()._mileage_values(run),
            "km_confidence": confidence,
            # the field of the model is filled every night
            "km_per_day": habit or (run and self.model_id.km_per_day) or 0.0,
        }

    def _open_followups(self):
        return (
            self.env["dealer.followup"]
            # whoever edits the car has no rights on follow-ups
            .sudo()
            .search([("vehicle_id", "in", self.ids), ("state", "in", OPEN_STATES)])
        )

    def _not_owner_followups(self):
        """What ended because the person called had sold the car."""
        # see above
        tasks = self.env["dealer.followup"].sudo()
        return tasks.search(
            [
                ("vehicle_id", "in", self.ids),
                ("state", "in", ("failed", "cancelled")),
                ("anchor_key", "not like", ":ended:"),
                ("rule_id.source", "!=", "manual"),
                "|",
                ("close_reason", "=", "not_owner"),
                ("result_id.marks_not_owner", "=", True),
            ]
        )

    def _end_former_owner(self, owners):
        """Who has sold the car hears no more of it, but for what is owed to him.

        What he was called about without being the owner any more is told to the next.
        """
        for car in self:
            former = owners[car]
            if former and former != car.owner_id:
                car._not_owner_followups()._free_cause()
                car._open_followups().filtered(
                    lambda task: (
                        task.partner_id != task.vehicle_id.owner_id
                        and not task.complaint_id
                    )
                )._close("cancelled", "sold")

    def _follow_corrections(self):
        """Open follow-ups move with the date they hang on."""
        rules = self._open_followups().rule_id
        for rule in rules.filtered(
            lambda rule: (
                rule.source in ("sale", "insurance", "inspection", "warranty_end")
            )
        ):
            rule._sync(self)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _arrival_notices(self):
        """Ask for what the telephone could not tell."""
        notices = super()._arrival_notices()
        if self.customer_class:
            # after what is to be done about the car
            notices.append(self._class_notice())
        if self.is_owner_wrong:
            notices.insert(
                0, ("warning", self.env._("The car was sold. Ask who owns it now."))
            )
        if self.owner_id.verify_phone and not self.owner_id.is_phone_wrong:
            notices.insert(
                0,
                (
                    "warning",
                    self.env._("Nobody answered our calls. Check the phone number."),
                ),
            )
        return notices

    def _class_notice(self):
        """Of which class the customer is, and whether he stayed away until now."""
        labels = dict(self._fields["customer_class"]._description_selection(self.env))
        words = labels[self.customer_class]
        if self.life_cycle in ("dormant", "lost"):
            return (
                "warning",
                self.env._(
                    "Customer of class %(class)s. They have not been here for a long "
                    "time: welcome them back, and ask why.",
                    **{"class": words},
                ),
            )
        kind = "success" if self.customer_class == "a" else "info"
        return kind, self.env._("Customer of class %(class)s.", **{"class": words})

    def _service_forecast(self):
        """Why the next service is expected on its day.

        :return: dict with ``by_time`` and ``by_km`` (dates or ``False``), ``winner``
            (``time``, ``km`` or ``False``), ``km_per_day`` and ``confidence``
        """
        self.ensure_one()
        by_time = self.next_service_date
        due = self.service_due_date
        by_km = due if due and (not by_time or due < by_time) else False
        return {
            "by_time": by_time,
            "by_km": by_km,
            "winner": "km" if by_km else "time" if by_time else False,
            "km_per_day": self.km_per_day,
            "confidence": self.km_confidence,
        }

    def _forecast_line(self):
        """When the next service is expected, and why; empty where unknown."""
        self.ensure_one()
        forecast = self._service_forecast()
        lines = []
        if forecast["by_time"]:
            lines.append(
                self.env._(
                    "Next service by time: %(date)s",
                    date=format_date(self.env, forecast["by_time"]),
                )
            )
        if forecast["by_km"]:
            lines.append(
                self.env._(
                    "Next service by mileage: %(date)s (%(km)s km per day, confidence "
                    "%(percent)s %%)",
                    date=format_date(self.env, forecast["by_km"]),
                    km=round(forecast["km_per_day"]),
                    percent=round(100 * forecast["confidence"]),
                )
            )
        return " · ".join(lines)
