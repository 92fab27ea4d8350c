from . import dealer_message_preview, dealer_message_words, sms_composer
