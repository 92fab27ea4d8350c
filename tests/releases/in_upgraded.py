"""Opens the views of every menu of ours for every role, in an upgraded database.

Run in Odoo's shell; the last line is what failed.
"""

import json

users = env["ir.model.data"].search_fetch(  # noqa: F821
    [("model", "=", "res.users"), ("name", "=like", "demo_user%")]
)
failed, opened = [], 0
for user in env["res.users"].browse(users.mapped("res_id")):  # noqa: F821
    env = user.with_user(user).env  # noqa: F821
    menus = env["ir.ui.menu"].browse(env["ir.ui.menu"]._visible_menu_ids())
    for menu in menus.filtered("action"):
        action = menu.action.sudo()
        if action._name != "ir.actions.act_window":
            continue
        try:
            env[action.res_model].get_views(action.views)
            opened += 1
        except Exception as error:  # whatever it is, it is told
            failed.append(f"{user.login}, {menu.complete_name}: {error}")
print("DONE", json.dumps({"roles": len(users), "opened": opened, "failed": failed}))
