from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ..common.dealer_reception_states import OPEN_STATES


class ResPartner(models.Model):
    """A customer who wants to be forgotten (个人信息保护法 art. 47)."""

    _name = "res.partner"
    _inherit = ["res.partner", "dealer.recorded.mixin"]
    _RECORDED_FIELDS = frozenset({"anonymised_on"})

    anonymised_on = fields.Datetime(
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )
    kept_record_ids = fields.One2many(
        "dealer.kept.record",
        "partner_id",
        "Kept by Law",
        readonly=True,
        groups=groups.ADVISOR,
    )

    def action_anonymise_customer(self):
        """Forget who this was; what happened stays counted.

        What a law makes the shop keep stays as long as the law says, and stands on the
        card with the reason; see ``dealer.personal.data``.

        :raise AccessError: for anybody but a manager
        :raise UserError: as long as something is open with the customer
        """
        self.check_access("read")
        if not self._may_anonymise():
            raise AccessError(
                self.env._(
                    "Only a service manager or a follow-up manager may anonymise "
                    "customers."
                )
            )
        for partner in self:
            partner._check_anonymise()
            # reaches what every shop and colleague has written
            partner.sudo()._anonymise()
        return True

    def _may_anonymise(self):
        return self.env.user.has_group(groups.MANAGER)

    def _check_anonymise(self):
        self._check_known_here()
        # what is open in any shop counts
        if self.sudo()._is_something_open():
            raise UserError(
                self.env._(
                    "%(name)s still has an open visit, an open complaint or a login."
                    " Finish that first.",
                    name=self.display_name,
                )
            )

    def _is_something_open(self):
        people = self._forgotten_people()
        visits = self.env["dealer.reception"].search_count(
            [
                "|",
                ("partner_id", "in", people.ids),
                ("contact_id", "in", people.ids),
                ("state", "in", OPEN_STATES),
            ],
            limit=1,
        )
        return bool(visits or people.with_context(active_test=False).user_ids)

    def _anonymise(self):
        self.ensure_one()
        # two colleagues, or a call sheet that is being saved: one after the other
        self.with_context(tracking_disable=True).anonymised_on = fields.Datetime.now()
        self.env["dealer.personal.data"]._forget(self)

    def _anonymous_name(self):
        return f"anonymous-{self.id}" if self else None

    def _forgotten_people(self):
        """This card, and the people and addresses entered below it."""
        below = self.with_context(active_test=False).search(
            [("parent_id", "in", self.ids), ("is_company", "=", False)]
        )
        return self | below

    def _own_numbers(self):
        """Phone numbers and mail addresses of these cards that nobody else has."""
        numbers = {*self.mapped("phone_key"), *self.mapped("email_normalized")} - {
            False
        }
        others = self.with_context(active_test=False).search(
            [
                ("id", "not in", self.ids),
                "|",
                ("phone_key", "in", list(numbers)),
                ("email_normalized", "in", list(numbers)),
            ]
        )
        shared = {*others.mapped("phone_key"), *others.mapped("email_normalized")}
        return list(numbers - shared)

    def _keep_records(self, newest, counts):
        """Write down what is kept of this person, and by which law until when.

        :param dict newest: when the youngest record was made, by code of the retention
        :param dict counts: how many records there are, by code
        :return: codes of the retentions that hold today
        """
        self.ensure_one()
        self.kept_record_ids.unlink()
        rows = [
            {
                "partner_id": self.id,
                "retention_id": retention.id,
                "row_count": counts[retention.code],
                "date_until": fields.Date.add(
                    newest[retention.code].date(), years=retention.years
                ),
            }
            for retention in self.env["dealer.retention"].search(
                [("code", "in", list(newest))]
            )
        ]
        held = [row for row in rows if row["date_until"] >= fields.Date.today()]
        return self.env["dealer.kept.record"].create(held).retention_id.mapped("code")
