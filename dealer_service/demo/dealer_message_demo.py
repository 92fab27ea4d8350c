"""The outbox of the demo dealership: what its customers and colleagues would get."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..models.common.dealer_reception_states import IN_HOUSE_STATES
from ..tools.work_time import from_wall
from .dealer_online_demo import BOOKED

#: What messages are about, by the key of their occasion, and which come first.
ABOUT = {
    "reminder_day": ([("state", "in", ("booked", "prepared"))], "date_appointment"),
    "reminder_hour": (
        [("date_arrived", "!=", False), ("date_appointment", "!=", False)],
        "date_arrived desc",
    ),
    "parts_here": ([("state", "in", ("booked", "prepared"))], "date_appointment"),
    "delay": ([("state", "in", IN_HOUSE_STATES)], "date_arrived"),
    "ready": ([("state", "in", ("ready", "settled"))], "id desc"),
    "rating": ([("state", "=", "delivered")], "date_delivered desc"),
    "estimate": (
        [("state", "in", ("draft", "sent")), ("reception_id", "!=", False)],
        "id desc",
    ),
    "supplement": (
        [("state", "in", ("draft", "sent")), ("reception_id", "!=", False)],
        "id",
    ),
    "complaint_closed": ([("state", "=", "closed")], "id desc"),
}
#: These are told by e-mail to who has an address.
BY_MAIL = ("reminder_hour", "estimate", "complaint_received")
#: What became of them; all others have reached the customer.
ENDED = {"ready": "failed", "parts_here": "unknown", "reminder_day": "held"}
#: This one went to a customer who has withdrawn the consent to it.
REFUSED = "invitation"
#: Nobody has cancelled what was booked alone.
NOT_TOLD = "booking_cancelled"
#: What each consultant is called in WeCom.
WECOM = ("wanglei", "chenjing", "liuyang", "zhaomin")
#: So many minutes lie between two of them.
APART = 37
#: What the demo of an addon gives a history; the higher ones are called like theirs.
MADE_UP = ("dealer.reception", "dealer.complaint")


class ResCompany(models.Model):
    """Loading of the outbox."""

    _name = "res.company"
    _inherit = "res.company"

    @api.model
    def _demo_outbox(self):
        """Have every message of the demo stay in the outbox: none leaves."""
        self.env.company.write(
            {"dealer_sms_provider": "outbox", "dealer_sms_sign_name": "芜湖奇瑞"}
        )
        for number, name in enumerate(WECOM, 1):
            user = self.env.ref(f"dealer_service.demo_user_advisor{number}")
            user.wecom_userid = name


class DealerCustomerMessage(models.Model):
    """Loading of the demo messages."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    @api.model
    def _load_demo(self, addon):
        """One message on each occasion on which nobody was told anything yet."""
        # the words of the texts in Chinese come with the addon, after its demo
        module = self.env["ir.module.module"]._get(addon)
        module._update_translations()
        shop = self.env.company
        desk = self.with_context(lang=shop.partner_id.lang)
        own = addon.replace("_", ".")
        model = "dealer.reception" if addon == "dealer_service" else own
        # a history that is made up has told its customers nothing; they are the queue's
        desk.sudo().search(
            [
                ("state", "in", ("waiting", "held")),
                ("res_model", "=", model if model in MADE_UP else False),
            ]
        )._demo_forget()
        if addon == "dealer_service":
            phones = desk.env["dealer.booking.phone"]
            phones._send_code(shop, BOOKED[1], "demo", "demo")
        told = desk.search([("company_id", "=", shop.id)]).occasion_id
        occasions = self.env["dealer.message.occasion"]
        untold = occasions.search([("key", "!=", NOT_TOLD), ("id", "not in", told.ids)])
        for number, occasion in enumerate(untold):
            desk._demo_tell(occasion, number * APART)
        if addon == "dealer_service":
            desk._demo_alert()

    def _demo_forget(self):
        self.mail_id.unlink()
        self._by_method().unlink()

    @api.model
    def _demo_tell(self, occasion, minutes):
        record, channel, address, refusal = self._demo_record(occasion)
        if not record:
            return
        lang = self.env.lang
        if channel == "sms":
            vals = {"text": occasion._sms_text(record, lang)}
        else:
            template = occasion.mail_template_id
            names = {"subject": "subject", "body_html": "body"}
            vals = {
                field: template._render_field(name, record.ids, set_lang=lang)[
                    record.id
                ]
                for name, field in names.items()
            }
        state = ENDED.get(occasion.key, "delivered" if channel == "sms" else "sent")
        if refusal:
            state, vals["reason"] = "refused", refusal
        user = self.env.user
        for name in ("advisor_id", "user_id"):
            if name in record._fields and record[name]:
                user = record[name]
        self._demo_row(
            state,
            minutes,
            occasion_id=occasion.id,
            purpose=occasion.purpose,
            channel=channel,
            address=address,
            partner_id=self._demo_person(record).id,
            user_id=user.id,
            res_model=record._name,
            res_id=record.id,
            **vals,
        )

    @api.model
    def _demo_alert(self):
        """A colleague has learned in WeCom, without a browser, what was decided."""
        order = self.env["sale.order"].search(
            [("consent_date", "!=", False), ("reception_id.advisor_id", "!=", False)],
            order="consent_date desc",
            limit=1,
        )
        visit = order.reception_id
        user = visit.advisor_id
        if not user.wecom_userid:
            return
        amount = order.currency_id.format(order.amount_total)
        self._demo_row(
            "sent",
            3 * APART,
            purpose="staff",
            channel="wecom",
            address=user.wecom_userid,
            partner_id=user.partner_id.id,
            user_id=user.id,
            res_model=visit._name,
            res_id=visit.id,
            subject=visit.display_name,
            text=f"{self._person_of(visit).name}已同意 {order.name}：{amount}",
        )

    @api.model
    def _demo_record(self, occasion):
        """One of the shop whose customer can be reached, and may be told of it; who was
        told nothing else yet comes first.

        :return: the record, the way, the address, and why its customer is not told
        """
        shop = self.env.company
        records = self.env[occasion.model]
        domain, order = ABOUT.get(occasion.key, ([], "id desc"))
        if "company_id" in records._fields:
            domain = [*domain, ("company_id", "=", shop.id)]
        if order == "date_appointment":
            # what waits until tomorrow is about a day after it
            later = fields.Datetime.now() + timedelta(hours=36)
            domain = [*domain, ("date_appointment", ">", later)]
        known = self.search([("company_id", "=", shop.id)]).partner_id
        found = records.search(domain, order=order, limit=200)
        found = found.sorted(lambda one: self._demo_person(one) in known)
        for channel in self._demo_ways(occasion):
            for record in found:
                person = self._demo_person(record)
                address = getattr(self, f"_address_{channel}")(person, None)
                if not address:
                    continue
                target = [(person, address)]
                [refusal] = shop._message_refusals(occasion.purpose, channel, target)
                if bool(refusal) == (occasion.key == REFUSED):
                    return record, channel, address, refusal
        return None, None, None, None

    @api.model
    def _demo_person(self, record):
        person = self._person_of(record)
        if not person and "reception_id" in record._fields:
            person = self._person_of(record.reception_id)
        return person

    @api.model
    def _demo_ways(self, occasion):
        ways = []
        if occasion.mail_template_id and (
            occasion.key in BY_MAIL or not occasion.sms_template_id
        ):
            ways.append("mail")
        if occasion.sms_template_id:
            ways.append("sms")
        return ways

    @api.model
    def _demo_row(self, state, minutes, **vals):
        """A message that was written so many minutes ago, while the shop was open."""
        now = fields.Datetime.now()
        shop = self.env.company
        written = self.env["dealer.reception"]._demo_day(
            now - timedelta(minutes=minutes + 20)
        )
        times = {"date_due": written}
        if state == "held":
            quiet = from_wall(
                shop._dealer_today(), shop.dealer_quiet_from * 60, shop._dealer_tz()
            )
            due = shop._message_after_quiet(quiet)
            times = {"date_due": due, "reason": shop._message_held(due)}
        elif state == "refused":
            times = {"date_settled": written}
        else:
            times |= {"date_sending": written, "attempts": 1}
            if state in ("sent", "delivered", "failed"):
                times |= {"date_settled": written}
            if state in ("sent", "delivered"):
                times |= {"date_sent": written}
        if state == "failed":
            times["reason"] = "空号，短信无法送达（MK:0001）"
        elif state == "unknown":
            times["reason"] = self.env._("The server stopped while it was being sent.")
        message = self._create_by_method(
            {"state": state, "company_id": shop.id, **times, **vals}
        )
        message.flush_recordset()
        # Odoo keeps by itself when a record was made
        self.env.cr.execute(
            SQL(
                "UPDATE dealer_customer_message SET create_date = %s WHERE id = %s",
                written,
                message.id,
            )
        )
        message.invalidate_recordset(["create_date"])
        return message
