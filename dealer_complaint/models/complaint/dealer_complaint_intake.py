from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.actions import open_form

from ...tools import groups
from ..common.dealer_complaint_states import OPEN_STATES

#: Who complains about a car within so long after a visit means that visit.
RECENT_VISIT = timedelta(days=7)


class DealerComplaint(models.Model):
    """How complaints come in from elsewhere: with what is known already filled in."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    origin_key = fields.Char(
        readonly=True,
        copy=False,
        help="The event that created it automatically, so that it is created only "
        "once.",
    )

    _origin_uniq = models.UniqueIndex(
        "(company_id, origin_key) WHERE origin_key IS NOT NULL",
        "A complaint has already been created from this.",
    )

    @api.onchange("vehicle_id")
    def _onchange_vehicle_id(self):
        """Who telephones about a car is its owner, until told otherwise."""
        if self.vehicle_id and not self.partner_id:
            # whose car it is is asked of the customer in the same breath
            self.partner_id = self.vehicle_id.owner_id
        if self.reception_id.vehicle_id != self.vehicle_id:
            self.reception_id = False
        if self.vehicle_id and not self.reception_id:
            self.reception_id = self._visit_meant(
                self.vehicle_id, self.company_id, self.date_received
            )

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Who has one car speaks of that car, until told otherwise."""
        if self.partner_id and not self.vehicle_id and not self.model_id:
            cars = self.vehicle_id.search(
                [
                    ("owner_id", "=", self.partner_id.id),
                    ("is_customer_vehicle", "=", True),
                ],
                limit=2,
            )
            if len(cars) == 1:
                self.vehicle_id = cars
                self._onchange_vehicle_id()

    def _check_company_stays(self, vals):
        if self.company_id.ids != [vals["company_id"]]:
            raise UserError(
                self.env._(
                    "%(complaints)s: a complaint cannot be moved to another "
                    "company, because its number and clocks belong to its own. "
                    "Enter it there and cancel this one.",
                    complaints=", ".join(self.mapped("name")),
                )
            )

    @api.model
    def _visit_meant(self, vehicle, company, date):
        """The visit a customer speaks of who complains about this car at ``date``: the
        last one, when it was within a week."""
        visits = self.env["dealer.reception"]
        if not vehicle:
            return visits
        return visits.search(
            [
                ("vehicle_id", "=", vehicle.id),
                ("company_id", "=", company.id),
                ("date_arrived", "<=", date),
                ("date_arrived", ">=", date - RECENT_VISIT),
            ],
            order="date_arrived desc, id desc",
            limit=1,
        )

    @api.model
    def _new_action(self, **known):
        """Open a new complaint with what is known filled in.

        :param known: values by field name
        """
        context = {f"default_{name}": value for name, value in known.items() if value}
        return open_form(self.browse(), self.env._("New Complaint"), context=context)

    @api.model
    def _list_action(self, domain, **known):
        """The complaints of a customer, a car or a visit, the open ones first shown."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_complaint.dealer_complaint_action"
        )
        action["domain"] = domain
        action["context"] = {
            f"default_{name}": value for name, value in known.items() if value
        }
        return action

    @api.model
    def _count_open_by(self, link, record_ids):
        """Open complaints that the user may see, by the id of ``link``."""
        if not self.has_access("read"):
            return {}
        return {
            record.id: count
            for record, count in self._read_group(
                [(link, "in", record_ids), ("state", "in", OPEN_STATES)],
                [link],
                ["__count"],
            )
        }

    @api.model
    def _open_by_car(self, vehicles, companies):
        """The open complaints about each car, whoever asks.

        Whoever receives a car has to know that its owner waits for an answer, also
        without a place at the complaint desk: number and subject, nothing else.

        :return: dict of complaints (with all rights) by id of the car
        """
        # see above: number and subject, for whoever receives the car
        complaints = self.sudo().search_fetch(
            [
                ("vehicle_id", "in", vehicles.ids),
                ("company_id", "in", companies.ids),
                ("state", "in", OPEN_STATES),
            ],
            ["name", "subject", "vehicle_id"],
            order="date_received, id",
        )
        return {
            vehicle.id: group
            for vehicle, group in complaints.grouped("vehicle_id").items()
        }

    @api.model
    def _raise_once(self, key, company, **vals):
        """Make a complaint of an event, the first time only.

        Nobody at the complaint desk need be there when it happens.

        :param str key: names the event within the company
        :return: the complaint, new or known
        """
        # raised by an event, whoever caused it: no right at the desk is needed
        desk = self.sudo().with_company(company)
        known = desk.with_context(active_test=False).search(
            [("company_id", "=", company.id), ("origin_key", "=", key)], limit=1
        )
        return known or desk.create(
            {"origin_key": key, "company_id": company.id, **vals}
        )

    @api.model
    def _handler_or_none(self, user):
        """``user`` where complaints are that user's work; else nobody yet."""
        group = groups.HANDLER
        return user.id if user and user.active and user.has_group(group) else False
