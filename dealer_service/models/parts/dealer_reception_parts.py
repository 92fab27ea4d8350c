from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import plaintext2html

from ...tools import groups
from ..common.dealer_reception_states import BOOKED_STATES

ACTIVITY_LATE = "dealer_service.mail_activity_type_parts_late"
ACTIVITY_HERE = "dealer_service.mail_activity_type_parts_here"


class DealerReception(models.Model):
    """Whether the parts of a visit are here, and what the customer is told of it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    _CONSEQUENCES = ((("date_appointment",), "_follow_moved_parts"),)

    # whoever reads the visit for its complaint is no part of the workshop
    part_ids = fields.One2many(
        "dealer.part.need",
        "reception_id",
        "Parts Needed",
        groups=f"{groups.ADVISOR},{groups.TECHNICIAN}",
    )
    parts_state = fields.Selection(
        [
            ("needed", "Parts Missing"),
            ("ordered", "Parts on Order"),
            ("here", "Parts Here"),
            ("laid_out", "Parts Laid Out"),
        ],
        "Readiness of Parts",
        compute="_compute_parts",
        store=True,
        help="That of the part that is farthest away. Empty: no part was listed.",
    )
    date_parts_expected = fields.Date(
        "Parts Expected On", compute="_compute_parts", store=True
    )
    is_parts_late = fields.Boolean(
        "Parts Come Too Late",
        compute="_compute_parts",
        store=True,
        help="A part is expected only after the appointment: the customer is asked to "
        "come another day, before he comes.",
    )
    parts_text = fields.Text(
        "Words for the Customer",
        compute="_compute_parts_text",
        groups=groups.ADVISOR,
        help="What the customer is told about his parts, by phone or message.",
    )

    @api.depends("part_ids.state", "part_ids.date_expected", "date_appointment")
    def _compute_parts(self):
        order = [value for value, _label in self._fields["parts_state"].selection]
        for visit in self:
            states = [part.state for part in visit.part_ids if part.state in order]
            visit.parts_state = min(states, key=order.index) if states else False
            days = [
                part.date_expected
                for part in visit.part_ids
                if part.state in ("needed", "ordered") and part.date_expected
            ]
            visit.date_parts_expected = max(days, default=False)
            visit.is_parts_late = bool(
                days
                and visit.date_appointment
                and visit.date_parts_expected
                > visit.company_id._dealer_day(visit.date_appointment)
            )

    @api.depends("is_parts_late", "parts_state", "date_parts_expected", "partner_id")
    def _compute_parts_text(self):
        for visit in self:
            visit.parts_text = visit.id and visit._parts_words()

    def _parts_words(self):
        """What the customer is told about his parts, in his language."""
        self.ensure_one()
        person = self.contact_id or self.partner_id
        told = self.with_context(lang=person.lang or self.env.lang)
        awaited = told.part_ids.filtered(
            lambda part: part.state in ("needed", "ordered")
        )
        values = {
            "name": person.name or "",
            "shop": self.company_id.name,
            "parts": ", ".join(awaited.mapped("name")),
            "date": fields.Date.to_string(self.date_parts_expected)
            if self.date_parts_expected
            else "",
            "time": self.date_appointment
            and self.company_id._dealer_format(self.date_appointment),
        }
        if self.is_parts_late:
            return told.env._(
                "%(name)s, this is %(shop)s. For your appointment on %(time)s we need "
                "%(parts)s, which we expect on %(date)s. So that you do not come in "
                "vain, we would like to move the appointment to a day after that. "
                "Which day suits you?",
                **values,
            )
        if self.parts_state in ("here", "laid_out"):
            return told.env._(
                "%(name)s, this is %(shop)s. The parts for your car are here.", **values
            )
        return False

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_list_parts(self):
        """List the parts of the booked package, and of what was agreed to."""
        self.check_access("write")
        for visit in self:
            listed = visit.part_ids.product_id
            wanted = {}
            lines = visit.package_id.sale_order_template_line_ids
            for line in (*lines, *visit._living_orders().order_line):
                product = line.product_id
                is_declined = (
                    line._name == "sale.order.line"
                    and line.dealer_decision == "declined"
                )
                if product.dealer_kind == "part" and not is_declined:
                    # what is on the order is what was in the package
                    wanted[product] = line.product_uom_qty
            visit.part_ids = [
                Command.create({"product_id": product.id, "quantity": quantity})
                for product, quantity in wanted.items()
                if product not in listed and quantity > 0
            ]
        self.part_ids._follow_stock()
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _end_part_needs(self):
        """What a visit that is over has not used is needed by nobody any more.

        Said in its thread: what was ordered or set aside goes back on the shelf.
        """
        # whoever ends the visit need not read its parts
        for visit in self.sudo():
            used = ("laid_out",) if visit.state == "delivered" else ()
            ended = visit.part_ids.filtered(
                lambda part, used=used: part.state not in ("ended", *used)
            )
            if not ended:
                continue
            kept = ended.filtered(lambda part: part.state != "needed")
            words = ", ".join(
                f"{part.name} ({part._state_label()})"
                for part in kept.with_context(lang=self.env.lang)
            )
            ended._write_by_method({"state": "ended", "user_id": self.env.uid})
            if kept:
                visit.message_post(
                    body=self.env._("Parts no longer needed: %(parts)s", parts=words)
                )

    def _follow_moved_parts(self, _change):
        self._follow_parts()

    def _follow_parts(self):
        """Ask the customer to come another day, as long as there is a reason to."""
        # the task is the system's, and may lie with a colleague
        for visit in self.sudo().filtered(lambda visit: visit.state in BOOKED_STATES):
            if not visit.is_parts_late:
                visit.activity_unlink([ACTIVITY_LATE])
            elif not visit.activity_search([ACTIVITY_LATE]):
                visit._ask_for_other_day()
            if visit.parts_state in ("here", "laid_out") and not visit.is_parts_checked:
                visit.is_parts_checked = True

    def _ask_for_other_day(self):
        self.ensure_one()
        advisor = self.advisor_id or self.env.user
        told = self._for_reader(advisor)
        told.activity_schedule(
            ACTIVITY_LATE,
            summary=told.env._("A part comes too late: ask for another day"),
            note=plaintext2html(self._parts_words() or ""),
            user_id=advisor.id,
        )

    def _tell_parts_here(self):
        """The last awaited part has come: the advisor tells the customer."""
        self.ensure_one()
        advisor = self.advisor_id or self.env.user
        told = self._for_reader(advisor)
        summary = told.env._("The parts are here: tell the customer")
        told.activity_schedule(
            ACTIVITY_HERE,
            summary=summary,
            note=plaintext2html(self._parts_words() or ""),
            user_id=advisor.id,
        )
        advisor._bus_send(
            "simple_notification",
            {"type": "success", "title": self.display_name, "message": summary},
        )
        if self.is_away:
            self._write_parts_here()

    def _write_parts_here(self):
        """Tell the customer who drives the car by message, too, if there is a way."""
        self.env["dealer.customer.message"]._tell("parts_here", self)
