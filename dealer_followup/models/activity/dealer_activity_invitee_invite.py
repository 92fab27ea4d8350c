from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ..call.dealer_followup import OPEN_STATES as OPEN_TASKS
from .dealer_activity_states import OPEN_STATES

BATCH = 500


class DealerActivity(models.Model):
    """Inviting: by call list, text message and mail, from the list of the audience."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    def action_invite_call(self):
        """Put everybody who is not invited yet on the callers' list."""
        return self._not_invited().action_invite_call()

    def action_invite_sms(self):
        """A text message to everybody who is not invited yet."""
        return self._not_invited().action_invite_sms()

    def action_invite_mail(self):
        """A mail to everybody who is not invited yet and has an address."""
        rows = self._not_invited()
        return rows.filtered("partner_id.email").action_invite_mail()

    def _not_invited(self):
        self.check_access("read")
        # listed, and not on a caller's list at this moment
        return self.env["dealer.activity.invitee"].search(
            [
                ("activity_id", "in", self.ids),
                ("state", "=", "listed"),
                ("followup_id", "=", False),
            ]
        )

    def _create_call_tasks(self, invitees, key, rule=None):
        """One follow-up for each invitee, unless this cause has one already.

        :param str key: names the cause
        """
        self.ensure_one()
        # callers make no follow-ups of their own; this button may
        rule = (rule or self.rule_id).sudo()
        tasks = self.env["dealer.followup"].sudo()  # see above
        known = tasks._read_group(
            [
                ("rule_id", "=", rule.id),
                ("anchor_key", "=", key),
                ("vehicle_id", "in", invitees.vehicle_id.ids),
            ],
            ["vehicle_id"],
        )
        known = {car.id for [car] in known}
        known_people = set(
            tasks.search(
                [
                    ("rule_id", "=", rule.id),
                    ("anchor_key", "in", [f"{key}:i{row.id}" for row in invitees]),
                ]
            ).invitee_id.ids
        )
        today = self.company_id._dealer_today()
        last = self._last_call_day()
        rows = [
            {
                "vehicle_id": row.vehicle_id.id,
                "partner_id": row.partner_id.id,
                "contact_name": row.contact_name,
                "contact_phone": row.contact_phone,
                "company_id": self.company_id.id,
                # without a car the key names the row, never the person
                "anchor_key": key if row.vehicle_id else f"{key}:i{row.id}",
                "anchor_date": today - timedelta(days=rule.offset_days),
                "advisor_id": False,
                "seller_id": row.vehicle_id.seller_id.id,
                "invitee_id": row.id,
                "state": "todo",
            }
            for row in invitees
            if row.vehicle_id.id not in known and row.id not in known_people
        ]
        if not rows:
            return tasks
        rule._plan(rows)
        for row in rows:
            row["anchor_date"] = False  # nothing to follow when it is corrected
            row["expire_date"] = max(row["due_date"], last)
        rule._assign(rows)
        made = rule._create_tasks(rows)
        for task in made:
            if key == self._invite_key():
                task.invitee_id._write_by_method({"followup_id": task.id})
        return made

    def _last_call_day(self):
        """Until when an invitation is of use."""
        self.ensure_one()
        shop = self.company_id
        if self.has_seats and self.date_start > fields.Datetime.now():
            return shop._dealer_day(self.date_start)
        return max(shop._dealer_today(), shop._dealer_day(self.date_end))

    def _move_calls(self, _change):
        """The days were changed: invitations are called until the new ones."""
        # tasks of every caller
        tasks = self.env["dealer.followup"].sudo()
        for activity in self:
            tasks.search(
                [
                    ("activity_id", "=", activity.id),
                    ("anchor_key", "=", activity._invite_key()),
                    ("state", "in", OPEN_TASKS),
                ]
            )._write_by_method({"expire_date": activity._last_call_day()})


class DealerActivityInvitee(models.Model):
    """One invitation on its way."""

    _name = "dealer.activity.invitee"
    _inherit = "dealer.activity.invitee"
    #: A message that waited leaves only while this is so, by the key of its occasion.
    _TOLD_WHILE = {
        "invitation": [("activity_id.state", "not in", ("done", "cancelled"))],
        "activity_moved": [("activity_id.state", "not in", ("done", "cancelled"))],
    }

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_invite_call(self):
        """Put them on the callers' list; consent, hours and limits are asked again
        when the number is dialled."""
        self._check_inviting()
        count = 0
        for activity, rows in self.grouped("activity_id").items():
            rows = rows.filtered(
                lambda row: row.state == "listed" and not row.followup_id
            )
            rows = rows._still_allowed("call").filtered("contact_phone")
            for batch in split_every(BATCH, rows.ids, rows.browse):
                count += len(activity._create_call_tasks(batch, activity._invite_key()))
        return self._told(
            self.env._("%(count)s customers are on the call list.", count=count)
        )

    def action_invite_sms(self):
        """Send a text message with the link for the reply.

        :raise UserError: when the shop sends no such text messages
        """
        self._check_inviting()
        self._check_way("sms")
        rows = self.filtered(lambda row: row.state == "listed" and row.contact_phone)
        rows = rows._still_allowed("sms")._tell_invitation("sms")
        rows._set_invited("sms")
        return self._told(
            self.env._("%(count)s text messages are being sent.", count=len(rows))
        )

    def action_invite_mail(self):
        """Send a mail with the link for the reply.

        :raise UserError: when the shop sends no such mails
        """
        self._check_inviting()
        self._check_way("mail")
        rows = self.filtered(lambda row: row.state == "listed" and row.partner_id.email)
        rows = rows._still_allowed("email")._tell_invitation("mail")
        rows._set_invited("email")
        return self._told(
            self.env._("%(count)s mails are being sent.", count=len(rows))
        )

    def _check_way(self, channel):
        """:raise UserError: for a shop whose invitations would reach nobody by it"""
        messages = self.env["dealer.customer.message"]
        for shop in self.company_id:
            if not messages._is_used("invitation", shop, channel):
                raise UserError(
                    self.env._(
                        "%(shop)s sends no invitations this way: it has no service for "
                        "it, the text is missing, or the provider has not approved it. "
                        "Invite by call or link, or ask the service manager.",
                        shop=shop.name,
                    )
                )

    def _tell_invitation(self, channel):
        """Send it; without those whom nothing may be sent to.

        :return: those to whom it is sent
        """
        self._ensure_token()
        told = self.env["dealer.customer.message"]._tell_all(
            "invitation",
            self,
            [
                (row.partner_id, row.contact_phone if channel == "sms" else None)
                for row in self
            ],
            channel=channel,
        )
        # the queue belongs to the system
        reached = set(told.sudo().mapped("res_id"))
        return self.filtered(lambda row: row.id in reached)

    def action_make_link(self):
        """A link to be copied into any messenger. Who copies it has invited."""
        self._check_inviting()
        rows = self.filtered(lambda row: row.state == "listed")
        rows = rows._still_allowed("wechat")
        self._ensure_token()
        rows._set_invited("wechat")
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_inviting(self):
        """:raise UserError: as long as, or as soon as, nobody is invited"""
        self.check_access("write")
        for activity in self.activity_id:
            if activity.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%s: customers can be invited only after “Invite” and "
                        "before it ends.",
                        activity.name,
                    )
                )

    def _still_allowed(self, channel):
        """Ask once more, for this channel; who is left out is noted with the reason."""
        kept = self.browse()
        self._follow_customer()
        for activity, rows in self.grouped("activity_id").items():
            rows = rows.filtered(lambda row: row.state == "listed")
            reasons = activity._exclusions([row._subject() for row in rows], channel)
            for row, reason in zip(rows, reasons, strict=True):
                if reason and channel == "call":
                    row._set_state("excluded", exclusion=reason)
                elif not reason:
                    kept |= row
        return kept

    def _follow_customer(self):
        """The list may be weeks old: another number, another owner since then."""
        for row in self.filtered("partner_id"):
            car, partner = row.vehicle_id, row.partner_id
            if car and partner not in (car.owner_id, car.contact_id):
                row._set_state("excluded", exclusion="sold")
            elif partner.phone_key != row.contact_phone:
                row._write_by_method({"contact_phone": partner.phone_key})

    def _set_invited(self, channel):
        waiting = self.filtered(lambda row: row.state == "listed")
        if waiting:
            waiting._set_state(
                "invited", channel=channel, date_invited=fields.Datetime.now()
            )

    def _told(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _notify(self, what):
        """Somebody calls them, once: it is called off or moved, or a seat has become
        free. They are written to as well, if it is called off or moved.

        What was promised to them is told whatever they think of marketing.

        :param str what: ``cancelled``, ``seat`` or the name of the move
        """
        rule = self.env.ref("dealer_followup.care_rule_notice", False)
        for activity, rows in self.grouped("activity_id").items():
            # also when the customer gives the seat back on his own page
            rows = rows.sudo()
            called = rows.filtered("contact_phone")
            if rule and called:
                activity.sudo()._create_call_tasks(  # see above
                    called, f"activity:{activity.id}:{what}", rule.sudo()
                )
            if what != "seat":
                rows._tell_change()
