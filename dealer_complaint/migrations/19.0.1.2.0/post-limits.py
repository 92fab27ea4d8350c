"""Limits for taking over, for what was agreed on and for the callback: nothing lies
for ever."""

from odoo import SUPERUSER_ID, api

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_METRICS = ("acceptance", "remedy", "callback")
_LEVELS = ("warn", "missed", "manager")


def migrate(cr, version):
    """Ship them with the policy for every complaint, where the shop still has it and
    sets no such limit itself."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    policy = env.ref("dealer_complaint.sla_policy_default", raise_if_not_found=False)
    if not policy:
        return
    for metric in _METRICS:
        if metric not in policy.target_ids.mapped("metric"):
            rows = [f"sla_target_{metric}"]
            rows += [f"sla_level_{metric}_{of}" for of in _LEVELS]
            create_new_rows(cr, version, "dealer_complaint", *rows)
