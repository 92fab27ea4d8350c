from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.files.messages import told_once

#: What makes two lines of a register one decision.
_SAME = ("company_id", "phone", "purpose", "channel", "decision", "date")


class DealerConsent(models.Model):
    """Consents of the old system come from a file; one that is known comes once."""

    _name = "dealer.consent"
    _inherit = "dealer.consent"

    @api.model
    def get_import_templates(self):
        """The file to fill in, with the headings of the user's language."""
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Consents"),
                "template": f"/dealer_followup/static/xls/consents_{language}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Report every refused row once, on its own line."""
        return told_once(super().load(fields, data))

    @api.model
    def _load_records_create(self, vals_list):
        """
        :raise UserError: for a decision without its day, which would be one of today
        """
        if not self.env.context.get("import_file"):
            return super()._load_records_create(vals_list)
        keys = [self._key_of(vals) for vals in vals_list]
        known = self._known_by_key({key[1] for key in keys})
        new = {}
        for key, vals in zip(keys, vals_list, strict=True):
            if key not in known:
                new.setdefault(key, vals)
        created = super()._load_records_create(list(new.values()))
        known.update(zip(new, created, strict=True))
        return self.concat(*(known[key] for key in keys))

    @api.model
    def _key_of(self, vals):
        partner = self.env["res.partner"].browse(vals.get("partner_id"))
        phone = vals.get("phone") or partner.phone
        date = fields.Datetime.to_datetime(vals.get("date"))
        if not date:
            raise UserError(
                self.env._(
                    "%(phone)s: fill in the day on which it was decided.", phone=phone
                )
            )
        return (
            vals.get("company_id") or self.env.company.id,
            partner._phone_to_key(phone) or phone,
            vals.get("purpose") or "marketing",
            vals.get("channel") or "any",
            vals.get("decision"),
            date,
        )

    @api.model
    def _known_by_key(self, phones):
        lines = self.search([("phone", "in", list(phones))])
        return {
            tuple(
                line.company_id.id if name == "company_id" else line[name]
                for name in _SAME
            ): line
            for line in lines
        }
