from odoo import api, models

from ...tools.files.known import FOUND, as_dicts, has_ids, with_ids
from ...tools.text_key import is_company_name, tidy_name


class ResPartner(models.Model):
    """A customer of a file who is on record is that customer, and comes once.

    People are recognised by name and phone together, companies by their name; of two
    people with one name and no phone nobody knows whether they are one.
    """

    _name = "res.partner"
    _inherit = "res.partner"

    @api.model
    def _with_known(self, fields, data):
        """The import of a file, with the customers that its rows are.

        :return: the model for it, its columns and rows
        """
        if has_ids(fields) or "name" not in fields:
            return self, fields, data
        keys = [self._customer_key(row) for row in as_dicts(fields, data)]
        phones = list({phone for _name, phone in filter(None, keys) if phone})
        names = list({name for name, phone in filter(None, keys) if not phone})
        found = {}
        for customer in self.search(
            ["|", ("phone_key", "in", phones), ("name", "in", names)],
            order="is_company desc, id",
        ):
            name = tidy_name(customer.name)
            phone = not is_company_name(name) and customer.phone_key
            found.setdefault((name, phone), customer.id)
        ids = [found.get(key, False) for key in keys]
        if not any(ids):
            return self, fields, data
        return self.with_context(dealer_found=FOUND), *with_ids(fields, data, ids)

    @api.model
    def _customer_key(self, row):
        """By what a row is recognised: name and phone, or ``None``."""
        name, phone = tidy_name(row.get("name")), self._phone_to_key(row.get("phone"))
        if is_company_name(name):
            return name, False
        return (name, phone) if name and phone else None

    @api.model
    def _load_records_create(self, vals_list):
        """Rows of one customer are one customer, who is what any of them says."""
        is_ours = self.env.context.get("dealer_customers")
        if not (is_ours and self.env.context.get("import_file")):
            return super()._load_records_create(vals_list)
        keys = [
            self._customer_key(vals) or number for number, vals in enumerate(vals_list)
        ]
        merged = {}
        for key, vals in zip(keys, vals_list, strict=True):
            kept = merged.setdefault(key, {})
            kept.update({name: kept.get(name) or vals[name] for name in vals})
        created = super()._load_records_create(list(merged.values()))
        by_key = dict(zip(merged, created, strict=True))
        return self.concat(*(by_key[key] for key in keys))

    def _is_said_already(self, name, value):
        if self.env.context.get("dealer_found") is FOUND:
            # who does not know it says nothing of it; the name is what it was found by
            if not value or name == "name":
                return True
            if name == "phone" and self._phone_to_key(value) == self.phone_key:
                return True
        return super()._is_said_already(name, value)
