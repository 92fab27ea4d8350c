from . import activity_page, consent_page, survey
