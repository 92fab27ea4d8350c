# Who is here for the first time, and who comes along to watch the repair.
# Loaded in this order, which names do not decide: the rule before what goes by it.
from . import res_company_watch
from . import dealer_reception_watch
from . import mail_activity_plan_template
from . import res_company_first_visit
from . import dealer_reception_first_visit
