"""A telephone number with a note beside it is a number."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Read the numbers anew that were none to the former version."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    partners = env["res.partner"].search(
        [("phone", "!=", False), ("phone_key", "not =like", "+%")]
    )
    env.add_to_compute(partners._fields["phone_key"], partners)
    partners.flush_recordset(["phone_key"])
