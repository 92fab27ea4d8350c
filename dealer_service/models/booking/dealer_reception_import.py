from psycopg2.errors import SerializationFailure

from odoo import api, models

from ...tools.files.messages import told_once


class DealerReception(models.Model):
    """Appointments from a file: plate, customer, time and wish."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.model
    def get_import_templates(self):
        """The file to fill in, with the headings of the user's language."""
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Appointments"),
                "template": f"/dealer_service/static/xls/appointments_{language}.xlsx",
            }
        ]

    @api.model
    def _default_advisor_id(self):
        """Who imports a file does not receive all its customers himself."""
        if self.env.context.get("import_file"):
            return self.env["res.users"]
        return super()._default_advisor_id()

    @api.model
    def _fill_in_customer(self, vals_list):
        """Whoever names the car need not name its owner."""
        ownerless = [
            vals
            for vals in vals_list
            if vals.get("vehicle_id") and not vals.get("partner_id")
        ]
        cars = self.env["fleet.vehicle"].browse(
            vals["vehicle_id"] for vals in ownerless
        )
        for vals, car in zip(ownerless, cars, strict=True):
            vals["partner_id"] = (car.owner_id or car.contact_id).id

    @api.model_create_multi
    def create(self, vals_list):
        """Somebody else booked the same day meanwhile: :meth:`load` is told of it."""
        try:
            return super().create(vals_list)
        except SerializationFailure as clash:
            clashes = self.env.context.get("dealer_import_clashes")
            if clashes is not None:
                clashes.append(clash)
            raise

    @api.model
    def load(self, fields, data):
        """Report every refused row once, on its own line.

        :raise SerializationFailure: when somebody booked the same day meanwhile; Odoo
            then runs the whole import again, as it does with every other request
        """
        clashes = []
        loader = self.with_context(dealer_import_clashes=clashes)
        result = super(DealerReception, loader).load(fields, data)
        if clashes:
            raise clashes[0]
        return told_once(result)
