# Settings, home, digest.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_home
from . import dealer_improvement
from . import dealer_staff_measure
from . import dealer_staff_sheet
from . import digest_digest
from . import res_company
from . import res_company_mail
from . import res_company_public
from . import res_company_zone
from . import res_config_settings
