# Vouchers: a promise of money or of work, kept once at a settlement.
from . import res_company_voucher
from . import dealer_voucher
from . import dealer_voucher_card
from . import dealer_reception_voucher
