from odoo import fields, models

#: The main assemblies of the law: 家用汽车产品修理更换退货责任规定, Art. 24.
ASSEMBLIES = [
    ("engine", "Engine"),
    ("gearbox", "Gearbox"),
    ("battery", "Traction Battery"),
    ("motor", "Drive Motor"),
    ("steering", "Steering"),
    ("brakes", "Brakes"),
    ("suspension", "Suspension"),
    ("transmission", "Transmission"),
    ("emission", "Emission Control"),
    ("body", "Vehicle Body"),
]
#: Replaced in the first days, these entitle to exchange or refund.
EARLY_ASSEMBLIES = {"engine", "gearbox", "battery", "motor"}


class ProductTemplate(models.Model):
    """Parts whose replacement the law counts."""

    _name = "product.template"
    _inherit = "product.template"

    dealer_main_assembly = fields.Selection(
        ASSEMBLIES,
        "Main Assembly",
        help="The main assembly to which this part belongs. Its replacements under "
        "warranty count towards the statutory warranty of the car.",
    )
