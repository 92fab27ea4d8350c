from odoo.addons.dealer_service.tools.caller_defaults import shut_out_caller_defaults
from odoo.addons.dealer_service.tools.field_values import refuse_impossible_values

from . import controllers, demo, models, report, wizards

refuse_impossible_values("dealer_complaint")
shut_out_caller_defaults("dealer_complaint")
