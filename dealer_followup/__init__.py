from odoo.addons.dealer_service.tools.caller_defaults import shut_out_caller_defaults

from . import controllers, demo, models, report, wizards

shut_out_caller_defaults("dealer_followup")
