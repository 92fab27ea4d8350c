from . import controllers, demo, models, report, wizards
from .hooks import enter_holidays, give_fleet_back
from .tools.caller_defaults import shut_out_caller_defaults
from .tools.field_values import refuse_impossible_values

refuse_impossible_values("dealer_service")
shut_out_caller_defaults("dealer_service")
