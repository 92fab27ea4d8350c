"""Two sets of factors, and the questionnaires of the waiting area and of both sets."""

from odoo import SUPERUSER_ID, api

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_SETS = (
    "csi_model_servqual",
    "csi_factor_servqual_tangibles",
    "csi_factor_servqual_reliability",
    "csi_factor_servqual_responsiveness",
    "csi_factor_servqual_assurance",
    "csi_factor_servqual_empathy",
)
_QUESTIONS = {
    "survey_lounge": "time clean comfort offer wish",
    "survey_seven": "problems friendly pickup quality time clean comfort offer advisor"
    " initiation nps better",
    "survey_servqual": "rooms people promise right prompt told knowledge trust"
    " listened convenient nps better",
}


def migrate(cr, version):
    """Shops that are at work have them, too; the waiting area is asked about."""
    names = list(_SETS)
    for survey, questions in _QUESTIONS.items():
        names += [survey, *(f"{survey}_{question}" for question in questions.split())]
    create_new_rows(cr, version, "dealer_followup", *names)
    if version:
        companies = api.Environment(cr, SUPERUSER_ID, {})["res.company"]
        companies._ask_waiting_customers()
