# What every wing builds on: states, stored conditions.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_complaint_states
from . import dealer_filter_mixin
from . import ir_model_data
