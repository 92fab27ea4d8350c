"""The three levels have policies, the general manager hears of what lies, and whoever
calls has a guide."""

from odoo import SUPERUSER_ID, api

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_LEVELS = ("dissatisfaction", "grievance")
_GUIDES = (
    "listen",
    "clear",
    "understand",
    "fault",
    "dissatisfaction",
    "grievance",
    "complaint",
    "angry",
    "worried",
    "factual",
    "quiet",
    "again",
    "public",
)


def migrate(cr, version):
    """Ship them; those about limits only where the shop still has the policy for every
    complaint with its limits."""
    if not version:
        return
    rows = [f"complaint_guide_{name}" for name in _GUIDES]
    env = api.Environment(cr, SUPERUSER_ID, {})
    for metric in ("contact", "feedback"):
        target = f"dealer_complaint.sla_target_{metric}"
        if env.ref(target, raise_if_not_found=False):
            rows.append(f"sla_level_{metric}_general")
    if env.ref("dealer_complaint.sla_target_remedy", raise_if_not_found=False):
        for level in _LEVELS:
            rows += [f"sla_policy_{level}", f"sla_target_{level}_remedy"]
            rows += [
                f"sla_level_{level}_remedy_{of}" for of in ("warn", "missed", "manager")
            ]
    create_new_rows(cr, version, "dealer_complaint", *rows)
