"""What a change tells the shops, as the bus gets it when the transaction ends."""

import json

from odoo.addons.dealer_service.models.shop.res_company_live import NEWS


def news_of(env, change):
    """What ``change`` tells, alone in its transaction.

    :return: list of pairs of a channel and what is told on it
    """
    data = env.cr.precommit.data
    data.pop("bus.bus.values", None)
    data.pop(NEWS, None)
    change()
    env["res.company"]._send_news()
    messages = [
        (json.loads(value["channel"])[1:], json.loads(value["message"]))
        for value in data.get("bus.bus.values", [])
    ]
    return [
        (channel, message["payload"])
        for channel, message in messages
        if message["type"] == NEWS
    ]
