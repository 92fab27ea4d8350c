from . import (
    dealer_campaign_import,
    dealer_claim_answer,
    dealer_factory_file,
    dealer_reason_campaign,
)
