from odoo import api, fields, models

from .dealer_activity_states import OPEN_STATES, REPLY_STATES


class DealerActivityInvitee(models.Model):
    """What an invitation shows to whoever has its link: these values, nothing else."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"

    @api.model
    def _open_of(self, partner):
        """What a customer is invited to and may still reply to."""
        return self.search(
            [
                ("partner_id", "=", partner.id),
                ("activity_id.state", "in", OPEN_STATES),
                ("activity_id.date_end", ">", fields.Datetime.now()),
                ("state", "in", [s for s in REPLY_STATES if s != "listed"]),
            ]
        )

    def _page_summary(self):
        """The line of this invitation in the customer's list."""
        self.ensure_one()
        self._ensure_token()
        labels = dict(self._fields["state"]._description_selection(self.env))
        return {
            # the page is the customer's
            "url": f"/activity/{self.sudo().access_token}",
            "activity": self.activity_id.name,
            "when": self.activity_id._when(),
            "label": labels[self.state],
        }

    def _page_values(self):
        """Plain values; the page gets no record to walk on from."""
        self.ensure_one()
        activity = self.activity_id
        is_open = activity._takes_replies() and self.state in REPLY_STATES
        labels = dict(self._fields["state"]._description_selection(self.env))
        token = self.sudo().access_token  # nobody's; the customer has it already
        is_guest = self.state in ("coming", "attended")
        return {
            "token": token,
            "name": self.contact_name,
            "greeting": self._page_greeting(),
            "activity": activity.name,
            "shop": activity.company_id.name,
            "phone": activity.company_id.phone,
            "when": activity._when(),
            "where": activity._where(),
            "route": activity.route,
            "stops": activity._page_stops(),
            "message": activity.message,
            "has_seats": activity.has_seats,
            "is_full": bool(
                activity.has_seats
                and activity.seat_limit
                and not activity.seats_free
                and self.state not in ("coming", "attended")
            ),
            "is_open": is_open,
            "is_cancelled": activity.state == "cancelled",
            "is_asked_again": self.is_asked_again,
            "former": activity._former_when() if self.is_asked_again else False,
            "is_running": activity.state == "running",
            "state": self.state,
            "label": labels[self.state],
            "persons": self.persons,
            "choices": list(range(1, self.env.context.get("max_persons", 1) + 1)),
            "door_url": f"/activity/door/{token}",
            "qr": self._door_qr(token) if is_guest and is_open else False,
            "consent_url": self._consent_link(),
        }

    def _page_greeting(self):
        """A whole sentence: where the name stands in it differs."""
        if self.state == "coming" and not self.is_asked_again:
            return self.env._(
                "%(name)s, we look forward to seeing you.", name=self.contact_name
            )
        return self.env._(
            "Dear %(name)s, will you be joining us?", name=self.contact_name
        )

    def _door_qr(self, token):
        """The code that is shown at the door."""
        reports = self.env["ir.actions.report"]
        return reports._paper_qr(f"{self.get_base_url()}/activity/door/{token}")

    def _consent_link(self):
        """Where the customer says that he wants no more of these messages."""
        if not self.partner_id or not self.contact_phone:
            return False
        return self.partner_id._consent_url()
