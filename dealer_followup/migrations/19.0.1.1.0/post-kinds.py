"""Each kind of activity has its own preparation, audience and words."""

from odoo.addons.dealer_service.tools.upgrade.shipped_rows import create_new_rows

_PLANS = {
    "launch": "car guests drives sales leads",
    "anniversary": "budget history invite gifts thanks",
    "vip": "list host call wishes letter",
    "club": "route members check convoy photos",
    "scenic": "permit tools team sign visits",
    "roving": "stops tell van sheet needs",
    "visiting": "households routes history sheet reports",
    "seasonal": "items training invite workshop findings",
    "disaster": "warn tow call team after",
}
_KINDS = (
    "lecture",
    "launch",
    "anniversary",
    "vip",
    "club",
    "scenic",
    "roving",
    "visiting",
    "seasonal",
    "disaster",
)


def migrate(cr, version):
    """Create the rows that this version ships for the first time."""
    names = [f"activity_kind_{kind}" for kind in _KINDS]
    for plan, tasks in _PLANS.items():
        names.append(f"activity_plan_{plan}")
        names += [f"activity_plan_{plan}_{task}" for task in tasks.split()]
    create_new_rows(cr, version, "dealer_followup", *names)
