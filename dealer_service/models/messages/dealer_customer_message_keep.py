from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.messages.keys import keys_in, without_keys

#: The deletion of old messages takes so many at a time.
BATCH = 10_000
#: Nothing leaves any more from here on.
SETTLED = ("sent", "delivered", "failed", "refused")


class DealerCustomerMessage(models.Model):
    """What is kept of a message, and for how long: names, numbers and words of people.

    Whoever has the code or the link of a customer can act as the customer: nobody reads
    one in what was sent. In the outbox they stay: it is the only place to read them.
    """

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    sealed = fields.Json(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="The words as they leave, until they have left.",
    )

    @api.model
    def _seal(self, company, purpose, vals):
        """What may be read of a message, and what is sent, as values of the message.

        :param dict vals: with ``text``, ``sms_variables`` and ``body``, as far as there
        """
        if company.dealer_sms_provider == "outbox":
            return {}
        text, body = vals.get("text"), vals.get("body")
        values = vals.get("sms_variables")
        shown = {}
        if purpose == "code":
            shown = {"text": False, "sms_variables": False}
        elif keys := keys_in(text):
            shown = {
                "text": without_keys(text, keys),
                "sms_variables": values and [without_keys(v, keys) for v in values],
            }
        if body and (keys := keys_in(body)):
            # what is sent is the mail, and this is a copy
            shown["body"] = without_keys(str(body), keys)
        if text and "text" in shown:
            shown["sealed"] = {"text": text, "sms_variables": values}
        return shown

    def _to_send(self, name):
        """``text`` or ``sms_variables`` as they leave."""
        self.ensure_one()
        # nobody reads what is sealed, the queue hands it over
        return (self.sudo().sealed or {}).get(name) or self[name]

    def _settle(self, state, reason=False, **vals):
        """What has left is nobody's to read any more."""
        moved = super()._settle(state, reason, **vals)
        if state in SETTLED:
            # the system keeps what was sealed
            for message in moved.sudo():
                words = {
                    name: message[name] for name in ("text", "sms_variables", "body")
                }
                shown = self._seal(message.company_id, message.purpose, words)
                if shown or message.sealed:
                    message._write_by_method({**shown, "sealed": False})
        return moved

    @api.autovacuum
    def _gc_old(self):
        """Delete what is older than the shop keeps it, whatever became of it."""
        shops = self.env["res.company"].search([("dealer_message_months", ">", 0)])
        for months, some in shops.grouped("dealer_message_months").items():
            self.env.execute_query(
                SQL(
                    """DELETE FROM dealer_customer_message WHERE id IN (
                        SELECT id FROM dealer_customer_message
                         WHERE company_id = ANY(%s) AND create_date < %s
                         ORDER BY create_date LIMIT %s) RETURNING id""",
                    some.ids,
                    fields.Date.subtract(fields.Datetime.now(), months=months),
                    BATCH,
                )
            )
        self.env.invalidate_all()
