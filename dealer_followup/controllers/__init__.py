from . import activity_page, consent_page, lounge_page, survey
