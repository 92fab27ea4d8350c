"""The exam on the service standards came with this release."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_QUESTIONS = (
    "greet",
    "minutes",
    "words",
    "covers",
    "supplement",
    "delay",
    "final",
    "settlement",
)


def migrate(cr, version):
    """Shops that are at work have it, too; of whom it is asked, they say."""
    names = ["survey_exam"]
    for question in _QUESTIONS:
        names.append(f"survey_exam_{question}")
        names += [f"survey_exam_{question}_{number}" for number in (1, 2, 3)]
    create_new_rows(cr, version, "dealer_followup", *names)
