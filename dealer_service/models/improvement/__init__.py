# What is to become better, by when, and whether it did.
# Loaded in this order: the improvement before its parts.
from . import dealer_improvement
from . import dealer_improvement_figure
from . import dealer_improvement_sample
from . import dealer_improvement_result
from . import dealer_improvement_process
