from odoo import fields, models
from odoo.exceptions import AccessError

from ...tools import groups
from ..common.dealer_reception_states import IN_HOUSE_STATES, OPEN_STATES

#: What the customer sees of the way of the car, and the states that belong to each.
PORTAL_STEPS = (
    ("date_arrived", ("arrived",)),
    ("date_inspected", ("inspected",)),
    ("date_authorized", ("authorized",)),
    ("date_started", ("working",)),
    ("date_finished", ("quality",)),
    ("date_ready", ("ready",)),
    ("date_settled", ("settled",)),
    ("date_delivered", ("delivered",)),
)


class DealerReception(models.Model):
    """What a customer may see of the own visit: these values and nothing else."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    # whoever has the link decides as the customer: those alone who give it out know it
    access_token = fields.Char(groups=groups.ADVISOR)

    def _shop_threads(self):
        return self

    def _may_have_link(self):
        """Whether the user may know the token: it shows prices and decides."""
        return self._has_field_access(self._fields["access_token"], "read")

    def _sign_token(self, pid):
        """What proves who answers on the customer's page, for what is sent to him."""
        # a technician may write to the customer, whose mail carries the proof
        return super(DealerReception, self.sudo())._sign_token(pid)

    def _check_link(self):
        self.check_access("read")
        if not self._may_have_link():
            raise AccessError(
                self.env._(
                    "The link of %(visit)s is the customer's: it shows prices and"
                    " decides about orders. Ask a service advisor to send it.",
                    visit=self.display_name,
                )
            )

    def _withdraw_link(self, _change):
        """The link that the former customer of the visit was given leads nowhere."""
        # the key is nobody's to write; who corrects the customer withdraws it
        self.sudo().access_token = False

    def _portal_summary(self):
        """The line of this visit in the customer's list."""
        self.ensure_one()
        moment = self.date_planned or self.create_date
        # the customer has no rights on the shop, whose time it is
        company = self.company_id.sudo()
        return {
            "url": self.access_url,
            "name": self.name,
            "plate": self._plate_for_customer(),
            "date": company._dealer_format(moment),
            "state": self._state_label(),
            "is_open": self.state in OPEN_STATES,
        }

    def _portal_values(self, with_links=True):
        """The page of this visit: the car, its way, the promise, what was agreed to.

        :param bool with_links: whether the page is the customer's, who decides there
        :return: plain values; the page gets no record to walk on from
        """
        self.ensure_one()
        labels = dict(self._fields["state"]._description_selection(self.env))
        promise = dict(self._fields["promise_state"]._description_selection(self.env))
        # whoever may open the page may see the offers made to him, not other orders
        visit = self.sudo()
        orders = visit.order_ids.filtered(
            lambda order: order.state in ("sent", "sale") or order.consent_date
        )
        return {
            "name": visit.name,
            "company": visit.company_id.name,
            "phone": visit.company_id.phone,
            "plate": visit._plate_for_customer() or visit.name,
            "model": visit._is_car_known_to_customer()
            and visit.vehicle_id.model_id.name,
            "state": labels[visit.state],
            "appointment": visit.date_appointment
            and not visit.date_arrived
            and visit.company_id._dealer_format(visit.date_appointment),
            "promised": visit.date_promised
            and visit.company_id._dealer_format(visit.date_promised),
            "promise_state": visit.promise_state,
            "promise": promise[visit.promise_state],
            "away": visit._portal_away(),
            "advisor": visit.advisor_id.name,
            "concerns": visit.concern_ids.mapped("name"),
            "inspection": visit._portal_inspection(),
            "steps": [
                {
                    "label": labels[states[0]],
                    "is_done": bool(visit[stamp]),
                    "is_current": visit.state in states,
                }
                # of a visit of the old system no step is known
                for stamp, states in (() if visit.past_number else PORTAL_STEPS)
            ],
            "orders": [visit._portal_order(order, with_links) for order in orders],
            "settled": visit.date_settled
            and visit.currency_id.format(visit._settlement_due()),
            "settlement": visit._portal_settlement() if visit.date_settled else [],
            "next_service": visit.state == "delivered" and visit._next_service_text(),
            "has_rated": visit.state == "delivered"
            and not (visit.past_number or visit._is_rating_open()),
            "today": fields.Date.context_today(self),
        }

    def _portal_links(self):
        """What whoever waits here can open besides; of a shop with a public page."""
        company = self.company_id
        if not company.dealer_public_token or self.state not in IN_HOUSE_STATES:
            return []
        return company._lounge_codes() if self.is_waiting else []

    def _portal_inspection(self):
        """The last inspection by item, once it is finished; nothing without one."""
        sheet = self._shown_multipoint()
        return sheet and sheet._portal_values()

    def _portal_settlement(self):
        """What was agreed to beside what is settled, line by line.

        What somebody else pays (the manufacturer, an insurer) is not the customer's.
        """
        money = self.currency_id.format
        rows = [
            {
                "name": row["name"],
                "agreed": money(row["agreed"]),
                "settled": money(row["settled"]),
                "differs": bool(row["difference"]),
            }
            for row in self._settlement_rows()
            if row["payer"] == "customer"
        ]
        return rows + [
            {
                "name": row["label"],
                "agreed": "",
                "settled": money(row["amount"]),
                "differs": True,
            }
            for row in self._reduction_rows()
        ]

    def _portal_papers(self):
        """The papers which the customer has been given by now.

        :return: dict of key (``dealer_service.action_paper_<key>``): name
        """
        self.ensure_one()
        # whoever may open the page may have the papers of the visit
        visit = self.sudo()
        if visit.past_number:
            # none of them was written here
            return {}
        papers = {
            "inspection": visit.is_sheet_signed and self.env._("Inspection Sheet"),
            "order": any(order.consent_date for order in visit.order_ids)
            and self.env._("Work Order"),
            "settlement": visit.date_settled and self.env._("Settlement Sheet"),
            "delivery": visit.date_delivered and self.env._("Delivery Checklist"),
        }
        return {key: name for key, name in papers.items() if name}

    def _get_report_base_filename(self):
        # the name of a file, for whoever may print it
        return self.sudo().name

    def _portal_order(self, order, with_link):
        is_open = order.state == "sent" and not order.consent_date
        return {
            "name": order.name,
            "is_open": is_open,
            "amount": order.currency_id.format(
                order.amount_total if is_open else order.consent_amount
            ),
            "url": order.get_portal_url() if with_link else order.access_url,
            "reason": order.dealer_reason,
        }
