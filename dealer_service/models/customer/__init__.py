# What customers see of us, and what is kept of them.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_personal_data
from . import dealer_personal_register
from . import dealer_reception_portal
from . import dealer_retention
from . import ir_attachment_said
from . import mail_compose_message
from . import mail_message
from . import mail_of_shop
from . import mail_thread
from . import portal_access
from . import portal_mixin
from . import res_partner_autocomplete
from . import res_partner_personal
from . import sale_order_portal
from . import sale_order_seen
from . import sale_order_send
