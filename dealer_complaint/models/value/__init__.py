# What a complaint has cost, and how often cars come back.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_return_rate
from . import dealer_published_figure
from . import dealer_complaint_value
