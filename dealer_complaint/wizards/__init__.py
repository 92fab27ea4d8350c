from . import dealer_complaint_dialogs
