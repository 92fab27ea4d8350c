from . import dealer_message_preview
