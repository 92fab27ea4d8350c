from . import controllers, demo, models, report, wizards
from .tools.caller_defaults import shut_out_caller_defaults

shut_out_caller_defaults("dealer_service")
