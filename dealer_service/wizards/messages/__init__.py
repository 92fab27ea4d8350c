from . import dealer_message_preview, sms_composer
