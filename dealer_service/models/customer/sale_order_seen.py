from datetime import timedelta

from odoo import api, fields, models

from ...tools import groups

#: A page that is looked at again within this time is still the same look.
_SAME_LOOK = timedelta(minutes=1)


class SaleOrder(models.Model):
    """What the advisor hears of his customer: that the offer was seen, and decided."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_link_text = fields.Text(
        "Message with the Link",
        compute="_compute_dealer_link_text",
        groups=groups.ADVISOR,
        help="For WeChat or a text message: who it is for, which car, and the link.",
    )

    @api.depends("dealer_link", "amount_total", "dealer_kind")
    def _compute_dealer_link_text(self):
        for order in self:
            order.dealer_link_text = order.dealer_link and order._link_text()

    def _link_text(self):
        """The message in the language of whoever gets it."""
        self.ensure_one()
        visit = self.reception_id
        person = visit.contact_id or visit.partner_id
        order = self.with_context(lang=person.lang or self.env.lang)
        words = {
            "name": person.name,
            "plate": visit.license_plate or visit.name,
            "amount": self.currency_id.format(self.amount_total),
            "reason": (self.dealer_reason or "").strip(),
            "link": self.dealer_link,
            "shop": self.company_id.name,
        }
        if self.dealer_kind == "supplement":
            return order.env._(
                "Hello %(name)s, while working on your car %(plate)s we found: "
                "%(reason)s. It would cost %(amount)s. Please have a look and decide "
                "here: %(link)s – %(shop)s",
                **words,
            )
        return order.env._(
            "Hello %(name)s, the estimate for your car %(plate)s is ready: %(amount)s. "
            "Please have a look and decide here: %(link)s – %(shop)s",
            **words,
        )

    def _mark_seen(self):
        """The customer has the offer in front of him, now."""
        self.ensure_one()
        now = fields.Datetime.now()
        seen = self.dealer_date_seen
        if self.state == "sent" and (not seen or now - seen > _SAME_LOOK):
            self._write_by_method({"dealer_date_seen": now})

    def _log_decision(self, consent, approved, refused):
        result = super()._log_decision(consent, approved, refused)
        if not consent["consent_user_id"]:
            self._tell_advisor_of_decision(consent["consent_by"], approved, refused)
        return result

    def _tell_advisor_of_decision(self, name, approved, refused):
        """He decided on his link: the advisor gets a notice, and a task."""
        # the customer has no rights on the visit, nor on the list of tasks
        visit = self.sudo().reception_id
        advisor = visit.advisor_id or self.sudo().user_id
        if not advisor:
            return
        told = visit._for_reader(advisor)
        words = {
            "name": name,
            "order": self.name,
            "amount": self.currency_id.format(self.amount_total if approved else 0.0),
        }
        if not approved:
            summary = told.env._("%(name)s has declined %(order)s", **words)
        elif refused:
            summary = told.env._(
                "%(name)s has agreed to part of %(order)s: %(amount)s", **words
            )
        else:
            summary = told.env._(
                "%(name)s has agreed to %(order)s: %(amount)s", **words
            )
        told.activity_schedule(
            "mail.mail_activity_data_todo", summary=summary, user_id=advisor.id
        )
        self.env["dealer.customer.message"]._alert(
            advisor, visit.display_name, summary, visit
        )
        advisor._bus_send(
            "simple_notification",
            {
                "type": "success" if approved else "warning",
                "title": visit.display_name,
                "message": summary,
                "sticky": True,
            },
        )


class DealerReception(models.Model):
    """Whether the customer has the offer in front of him, where the visit is read."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    offer_words = fields.Char(
        "Offer Seen",
        compute="_compute_offer_words",
        groups=groups.ADVISOR,
        help="When the customer last opened an offer that is not decided yet.",
    )

    @api.depends(
        "order_ids.dealer_date_seen", "order_ids.state", "order_ids.consent_date"
    )
    def _compute_offer_words(self):
        for visit in self:
            seen = [
                order.dealer_date_seen
                for order in visit.order_ids
                if order.dealer_date_seen
                and order.state == "sent"
                and not order.consent_date
            ]
            visit.offer_words = bool(seen) and self.env._(
                "Offer seen by the customer on %(time)s",
                time=visit.company_id._dealer_format(max(seen)),
            )
