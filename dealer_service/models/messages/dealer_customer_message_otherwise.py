from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import groups

#: The other way of a message to a customer.
OTHER = {"sms": "mail", "mail": "sms"}
#: What has failed later than that is no news any more: a person decides.
OTHERWISE_WITHIN = timedelta(hours=12)
#: Nobody means to send the same words twice within that time.
JUST_NOW = timedelta(minutes=1)


class DealerCustomerMessage(models.Model):
    """What has failed: it is tried once on the other way, and then somebody sees it."""

    _name = "dealer.customer.message"
    _inherit = "dealer.customer.message"

    is_only_way = fields.Boolean(
        "By This Way Only",
        readonly=True,
        copy=False,
        help="Whoever sent it has meant this way, or this number.",
    )
    again_ids = fields.One2many("dealer.customer.message", "origin_id", "Sent Again As")
    date_noted = fields.Datetime("Ticked Off On", readonly=True, copy=False)
    noted_by_id = fields.Many2one(
        "res.users",
        "Ticked Off By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    # ------------------------------------------------------------------
    # THE OTHER WAY
    # ------------------------------------------------------------------

    def _try_otherwise(self):
        """Tell on the other way what has definitely not arrived on this one. Once: what
        is sent instead is sent by its way only. What is unknown may have arrived.

        :return: those in whose place another is on its way
        """
        return self.filtered(
            lambda message: message._has_other_way() and message._tell_otherwise()
        )

    def _has_other_way(self):
        """Whether there is another address, and it is not too late for it."""
        self.ensure_one()
        way, company = OTHER.get(self.channel), self.company_id
        occasion = self.occasion_id
        oldest = fields.Datetime.now() - OTHERWISE_WITHIN
        if (
            not way
            or self.is_only_way
            or self.purpose == "code"
            or not occasion.active
            or not self.partner_id
            # both have been sent already
            or company._message_by_all()
            or (self.date_due or self.create_date) < oldest
        ):
            return False
        has_way = getattr(self, f"_has_{way}")(occasion, company, False)
        return has_way and getattr(self, f"_address_{way}")(self.partner_id, None)

    def _tell_otherwise(self):
        record = self._record()
        # whoever sent the first one is who learns of the second
        messages = self.with_user(self.user_id).sudo()
        return record and messages._tell(
            self.occasion_id.key,
            record,
            partner=self.partner_id,
            channel=OTHER[self.channel],
            origin=self,
        )

    def _tell_of_no_words(self, queued):
        """Nobody is silently told nothing: where no way had words that may be sent,
        somebody has it on the list.

        :param queued: what is sent to others, or by another way
        """
        told = {(message.res_id, message.partner_id) for message in queued}
        left = {
            key: message
            for message in self
            if (key := (message.res_id, message.partner_id)) not in told
        }
        self.browse(message.id for message in left.values())._tell_of_failure()

    # ------------------------------------------------------------------
    # BY HAND
    # ------------------------------------------------------------------

    @api.model
    def _tell_or_say(self, key, record, partner=None, **options):
        """Tell a customer because somebody presses a button for it.

        :raise UserError: with the reason when the message may not be sent, and when it
            is on its way already
        """
        self._check_not_just_told(key, record, options)
        told = self._tell(key, record, partner=partner, **options)
        if not told:
            # the row of what may not be sent says why
            last = self.sudo().search(
                [("res_model", "=", record._name), ("res_id", "=", record.id)],
                order="id desc",
                limit=1,
            )
            is_why = last.occasion_id.key == key and last.state == "refused"
            raise UserError(
                self.env._(
                    "%(customer)s has not been sent a message: %(reason)s.",
                    customer=(partner or self._person_of(record)).display_name,
                    reason=last.reason
                    if is_why
                    else self.env._(
                        "there is no way that the shop uses and the customer has"
                    ),
                )
            )
        return told

    @api.model
    def _check_not_just_told(self, key, record, options):
        """:raise UserError: where somebody else, or a second press, has just done it"""
        # of two presses the second waits, runs again and finds the first one's
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET id = id WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        channels = [options["channel"]] if options.get("channel") else [*OTHER]
        # the queue belongs to the system
        last = self.sudo().search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("occasion_id.key", "=", key),
                ("channel", "in", channels),
                "|",
                ("state", "in", ("waiting", "held", "sending")),
                ("date_sent", ">", fields.Datetime.now() - JUST_NOW),
            ],
            limit=1,
        )
        if last:
            raise UserError(
                self.env._(
                    "%(record)s: this message is on its way to %(address)s already.",
                    record=record.display_name,
                    address=last.address,
                )
            )

    def _show_told(self):
        """What whoever pressed the button sees; the messages may be none of his."""
        ways = dict(self._fields["channel"]._description_selection(self.env))
        # where it goes to is shown to who sends it
        messages = self.sudo()
        told = [
            self.env._(
                "%(way)s to %(address)s. %(reason)s",
                way=ways[message.channel],
                address=message.address,
                reason=message.reason or "",
            ).strip()
            for message in messages
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": "\n".join(told),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # ------------------------------------------------------------------
    # WHAT IS LEFT
    # ------------------------------------------------------------------

    @api.model
    def _trouble_domain(self):
        """What has not arrived, or may not have, and nobody has dealt with."""
        return (
            Domain("state", "in", ("failed", "unknown"))
            & Domain("date_noted", "=", False)
            & Domain("again_ids", "not any", [("state", "!=", "refused")])
        )

    def action_note(self):
        """Tick off what has failed: the customer knows, or need not know any more.

        :raise AccessError: for everybody but the sender and a service manager
        """
        self.check_access("read")
        user = self.env.user
        if not (
            self.env.su
            or user.has_group(groups.MANAGER)
            or all(message.user_id == user for message in self)
        ):
            raise AccessError(
                self.env._("A message is ticked off by its sender or a manager.")
            )
        # the row belongs to the system
        open_ones = self.sudo().search(
            Domain("id", "in", self.ids) & self._trouble_domain()
        )
        open_ones._write_by_method(
            {"date_noted": fields.Datetime.now(), "noted_by_id": user.id}
        )
        return True
