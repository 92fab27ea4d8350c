"""A customer who drives the car until its parts come is told by mail that they have."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

#: Visits that need no parts any more.
_OVER = ("delivered", "left", "cancelled")


def migrate(cr, version):
    """Create the mail; parts of visits that were over before are needed by nobody."""
    create_new_rows(cr, version, "dealer_service", "mail_template_parts_here")
    if version:
        cr.execute(
            """UPDATE dealer_part_need need SET state = 'ended'
                 FROM dealer_reception visit
                WHERE visit.id = need.reception_id AND visit.state IN %s
                  AND NOT (visit.state = 'delivered' AND need.state = 'laid_out')""",
            [_OVER],
        )
