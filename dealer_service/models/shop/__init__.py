# The dealership: opening hours, workdays, places, live boards.
# Loaded in this order, which names do not decide: a model before its parts.
from . import res_company
from . import crm_team
from . import dealer_workday
from . import res_company_access
from . import res_company_booking
from . import res_company_group
from . import res_company_holidays
from . import res_company_live
from . import ir_websocket
from . import res_company_opening
from . import res_company_zone
from . import res_company_payments
from . import res_company_guide
from . import dealer_home_guide
from . import dealer_factory_rule
from . import dealer_factory_rule_reading
from . import res_config_settings
from . import res_users_zone
from . import res_users_away
from . import resource_calendar
from . import resource_calendar_workdays
from . import resource_resource
