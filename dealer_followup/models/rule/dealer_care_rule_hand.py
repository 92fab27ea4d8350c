import uuid

from odoo import api, fields, models


class DealerCareRule(models.Model):
    """Follow-ups that a person, a complaint or an automation asks for."""

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _create_by_hand(
        self, partner, vehicle=None, company=None, day=None, key=None, **values
    ):
        """One follow-up of this rule, unless its cause has one already.

        :param day: when to call; default: today
        :param str key: names the cause; default: a cause of its own
        :return: the new follow-up, or the one that is there
        """
        self.ensure_one()
        company = company or self.company_id or self.env.company
        own = self._for_shop(company)
        if own != self:
            return own._create_by_hand(partner, vehicle, company, day, key, **values)
        key = key or f"hand:{uuid.uuid4().hex}"
        tasks = self.env["dealer.followup"]
        known = tasks.search(
            [
                ("rule_id", "=", self.id),
                ("anchor_key", "=", key),
                ("vehicle_id", "=", vehicle.id if vehicle else False),
            ],
            limit=1,
        )
        if known:
            return known
        row = {
            "vehicle_id": vehicle.id if vehicle else False,
            "partner_id": partner.id,
            "contact_name": partner.name,
            "contact_phone": partner.phone_key,
            "company_id": company.id,
            "anchor_key": key,
            "anchor_date": fields.Date.to_date(day) or company._dealer_today(),
            "advisor_id": False,
            "seller_id": vehicle.seller_id.id if vehicle else False,
            **values,
        }
        self.with_context(active_test=False)._plan([row])
        row["anchor_date"] = False  # nothing to follow when it is corrected
        self._assign([row])
        return self._create_tasks([row])

    @api.model
    def _callback_for(self, record, day=None, rule=None):
        """A callback about any record that names a customer: for automation rules.

        :param day: when to call; default: today
        :param rule: the care rule; default: the one for callbacks by hand
        :return: the follow-up; empty when the record names nobody
        """
        rule = rule or self.env.ref("dealer_followup.care_rule_hand")
        vehicle = self._named_by(record, "fleet.vehicle", "vehicle_id")
        partner = (
            self._named_by(record, "res.partner", "partner_id")
            or vehicle.contact_id
            or vehicle.owner_id
        )
        if not partner:
            return self.env["dealer.followup"]
        company = self._named_by(record, "res.company", "company_id")
        return rule._create_by_hand(partner, vehicle=vehicle, company=company, day=day)

    @api.model
    def _named_by(self, record, model, name):
        """The record of a model that another one is, or names by its usual field."""
        if record._name == model:
            return record
        field = record._fields.get(name)
        if field is not None and field.comodel_name == model:
            return record[name]
        return self.env[model]
