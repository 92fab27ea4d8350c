"""What people do to their database while they work with a release.

Run in the shell of the release, whose names it knows: it changes rows of every kind
that the addons ship, as the administrator does, and writes down what it did.
"""

import json
import os

from psycopg2 import Error

from odoo.exceptions import AccessError, RedirectWarning, UserError

env = env(user=env.ref("base.user_admin").id)  # noqa: F821
#: Whether it may be deleted, of each row that is shipped, by its XML id.
SHIPPED = json.loads(os.environ["SHIPPED"])


def shipped():
    """{model: {row: XML id}} of what is left of the shipped rows."""
    found = {}
    for name in SHIPPED:
        if row := env.ref(name, raise_if_not_found=False):
            found.setdefault(row._name, {})[row] = name
    return found


def first(rows, change):
    """The first of the rows that let themselves be changed, if there is one."""
    for row in rows:
        try:
            with env.cr.savepoint():
                change(row)
                env.flush_all()
            return row
        except (AccessError, RedirectWarning, UserError, Error):
            env.invalidate_all()
    return None


def rewrite(row):
    row[row._rec_name] = f"{row[row._rec_name]} (ours)"


def translate(row):
    row.update_field_translations(row._rec_name, {"zh_CN": "我们的叫法"})


done = {"deleted": [], "archived": [], "rewritten": [], "translated": []}
for model, rows in shipped().items():
    name = env[model]._fields.get(env[model]._rec_name or "")
    free = list(rows)

    def change(kind, how, rows=rows, free=free):
        if row := first(free, how):
            free.remove(row)
            done[kind].append(rows[row])

    if name and name.store and not name.related and name.type == "char":
        change("rewritten", rewrite)
        if name.translate:
            change("translated", translate)
    if "active" in env[model]._fields:
        change("archived", lambda row: row.action_archive())
    free[:] = [row for row in reversed(free) if SHIPPED[rows[row]]]
    change("deleted", lambda row: row.unlink())
left = {name for rows in shipped().values() for name in rows.values()}
done["deleted"] = sorted(SHIPPED.keys() - left)

env.ref("dealer_service.dealer_home_menu").update_field_translations(
    "name", {"zh_CN": "我们的叫法"}
)
for view in ("form", "form_booking"):
    parent = env.ref(f"dealer_service.dealer_reception_view_{view}")
    env["ir.ui.view"].create(
        {
            "name": f"ours: {view}",
            "model": "dealer.reception",
            "inherit_id": parent.id,
            "arch": """<xpath expr="//field[@name='vehicle_id']" position="after">
                <field name="create_date" string="Ours"/></xpath>""",
        }
    )
env.cr.commit()
print("DONE", json.dumps(done))
