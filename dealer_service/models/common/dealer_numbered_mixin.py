from odoo import api, fields, models


class DealerNumberedMixin(models.AbstractModel):
    """A record with a number from the sequence of its shop.

    The code of the sequence is the name of the model. When the number is drawn stands
    in the tables of the model: ``_number`` completes the values of new records.
    """

    _name = "dealer.numbered.mixin"
    _description = "Numbered Record"

    name = fields.Char(
        "Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )

    @api.model
    def _number(self, vals_list):
        """Give those without a number the next one of their shop."""
        new = self.env._("New")
        nameless = {}
        for vals in vals_list:
            if vals.get("name", new) in (False, "", new):
                company_id = vals.get("company_id") or self.env.company.id
                nameless.setdefault(company_id, []).append(vals)
        for company_id, mine in nameless.items():
            numbers = self.env["ir.sequence"]._dealer_next_by_code(
                self._name, company_id, len(mine)
            )
            for vals, number in zip(mine, numbers, strict=True):
                vals["name"] = number
