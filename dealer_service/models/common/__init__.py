# What every wing builds on: mixins, states, prices, threads.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_access_mixins
from . import dealer_cached_mixin
from . import dealer_group_mixin
from . import dealer_keys_mixin
from . import dealer_label_mixin
from . import dealer_numbered_mixin
from . import dealer_recorded_mixin
from . import dealer_process_mixin
from . import dealer_rated_mixin
from . import dealer_reception_states
from . import base
from . import base_import
from . import dealer_dialog_mixin
from . import dealer_home
from . import dealer_kept_record
from . import ir_attachment
from . import ir_http
from . import ir_model_data
from . import ir_sequence
from . import mail_measured
from . import product_price_access
from . import res_users
from . import signature
