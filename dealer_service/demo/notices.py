"""What the screens would be told of the loading of the demo data."""


def forget_notices(env):
    """Have nobody told, on the first login, of what happened while loading.

    The flush has everything written down that waits for the end of the transaction:
    the lines of the chatters, and with them the messages on the bus. Nor is anybody
    greeted by Odoo's chat robot: the first screen is that of the role.
    """
    users = env["res.users"].search([("share", "=", False)])
    if "odoobot_state" in users._fields:
        users.write({"odoobot_state": "disabled"})
    env.cr.flush()
    # nobody has rights on the bus
    env["bus.bus"].sudo().search([("create_date", ">=", env.cr.now())]).unlink()
