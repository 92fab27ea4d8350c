"""A telephone number with a note beside it is a number: consent goes by numbers."""

from odoo.tools import SQL

COLUMNS = (
    ("dealer_consent", "phone"),
    ("dealer_followup", "contact_phone"),
    ("dealer_activity_invitee", "contact_phone"),
)


def migrate(cr, version):
    """Let withdrawals and calls follow the number that is read in the note now."""
    for table, column in COLUMNS:
        cr.execute(
            SQL(
                "UPDATE %(table)s t SET %(column)s = p.phone_key FROM res_partner p"
                " WHERE p.id = t.partner_id AND p.phone_key LIKE '+%%'"
                " AND t.%(column)s NOT LIKE '+%%'"
                # the number, with or without its code, stood in what was kept
                " AND t.%(column)s LIKE concat('%%', right(p.phone_key, 8), '%%')",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
            )
        )
