# A month of each person in figures: what is measured, what it is worth, what was said.
# Loaded in this order: what is measured before the sheets, the sheet before its parts.
from . import res_company_staff
from . import dealer_staff_measure
from . import dealer_staff_scale
from . import dealer_staff_band
from . import dealer_staff_sheet
from . import dealer_staff_sheet_line
from . import dealer_staff_sheet_sources
from . import dealer_staff_sheet_measuring
from . import dealer_staff_sheet_process
