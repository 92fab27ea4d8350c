# Between the settlement and the road: paid, on account, and out through the gate.
from . import res_company_gate
from . import res_partner_credit
from . import dealer_reception_release
from . import dealer_kept_paper
from . import dealer_reception_settlement_signed
from . import account_move_einvoice
from . import dealer_cash_closing
from . import account_payment_till
from . import dealer_account_statement
from . import dealer_account_statement_line
from . import dealer_account_statement_mail
from . import dealer_gate_device
from . import dealer_gate_pass
from . import dealer_reception_gate
