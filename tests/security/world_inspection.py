"""What inspections of one side of the world of rights have found, with its marks."""

import base64

from odoo.fields import Command

from ..camera import camera_photo
from .marks import Marks


class WorldInspection(Marks):
    """Makes a finished inspection by item, whose finding is on an order."""

    @classmethod
    def _make_inspection(cls, world):
        words = cls.mark(world.side, "visit")
        company = {"company_id": world.company.id}
        # what is looked at is known to everybody in the shop
        item = cls.env["dealer.multipoint.item"].create({"name": "Item", **company})
        template = cls.env["dealer.multipoint.template"].create(
            {"name": "List", "item_ids": [Command.set(item.ids)], **company}
        )
        sheet = cls.env["dealer.multipoint.sheet"].create(
            {
                "reception_id": world.visits["working"].id,
                "template_id": template.id,
            }
        )
        sheet.action_judge([{"item_id": item.id, "colour": "red", "note": words}])
        photo = base64.b64encode(camera_photo((80, 60))).decode()
        sheet.action_photo(item.id, photo)
        sheet.action_finish()
        world.item, world.finding = item, sheet.finding_ids
        world.finding._write_by_method(
            {"order_line_ids": [Command.link(world.order.order_line[0].id)]}
        )
