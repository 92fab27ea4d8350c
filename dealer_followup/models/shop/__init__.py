# Settings, home, digest.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_home
from . import dealer_home_certificates
from . import digest_digest
from . import ir_model_data
from . import res_company
from . import res_company_activity
from . import res_company_life_cycle
from . import res_company_messages
from . import res_company_survey
from . import res_config_settings
