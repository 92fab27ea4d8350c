# The walk around the car: damage, lamps, the signed sheet.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_damage_mark
from . import dealer_inspection
from . import dealer_reception_inspection
from . import dealer_warning_lamp
