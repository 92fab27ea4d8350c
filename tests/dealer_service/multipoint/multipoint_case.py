"""A car on the lift, an inspection list of five items, and who judges them."""

from odoo.fields import Command

from ..workshop.workshop_case import ARRIVAL, WorkshopCase

#: An answer for every item of the list.
ALL_GREEN = {
    "lamps": "green",
    "tread": 6.0,
    "pads": 9.0,
    "water": 1.0,
    "joints": "green",
}


class MultipointCase(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.brakes = cls.env.ref("dealer_service.dealer_vehicle_system_brakes")
        cls.pads_labour = cls.make_product("更换前制动片工时", "labour", 180.0)
        cls.pads_part = cls.make_product("前制动片", "part", 368.0)
        cls.package = cls.env["sale.order.template"].create(
            {
                "name": "前制动片套餐",
                "sale_order_template_line_ids": [
                    Command.create({"product_id": product.id})
                    for product in (cls.pads_labour, cls.pads_part)
                ],
            }
        )
        items = cls.env["dealer.multipoint.item"]
        cls.items = {
            "lamps": items.create({"name": "Lamps", "code": "t_lamps"}),
            "tread": items.create(
                {
                    "name": "Tread",
                    "code": "t_tread",
                    "area": "tyres",
                    "is_measured": True,
                    "unit": "mm",
                    "limit_amber": 3,
                    "limit_red": 1.6,
                    "scale_from": 1,
                    "scale_to": 8,
                    "scale_step": 1,
                    "work": "Replace the Tyres",
                    "customer_words": "It aquaplanes",
                }
            ),
            "pads": items.create(
                {
                    "name": "Pads",
                    "code": "t_pads",
                    "area": "brakes",
                    "system_id": cls.brakes.id,
                    "is_measured": True,
                    "unit": "mm",
                    "limit_amber": 5,
                    "limit_red": 3,
                    "work": "Replace the Front Pads",
                    "package_id": cls.package.id,
                }
            ),
            "water": items.create(
                {
                    "name": "Water",
                    "code": "t_water",
                    "area": "front",
                    "is_measured": True,
                    "unit": "%",
                    "worse": "high",
                    "limit_amber": 1.5,
                    "limit_red": 3,
                    "work": "Replace the Fluid",
                }
            ),
            "joints": items.create(
                {"name": "Joints", "code": "t_joints", "work": "Replace a Joint"}
            ),
        }
        cls.template = cls.env["dealer.multipoint.template"].create(
            {
                "name": "Test list",
                "model_ids": [Command.set(cls.model.ids)],
                "item_ids": [
                    Command.set([item.id for item in cls.items.values()]),
                ],
            }
        )
        cls.visit = cls.make_visit("working", date_authorized=ARRIVAL)
        cls.job = cls.make_job(cls.visit, technician_id=cls.mechanic.id)

    @classmethod
    def begin(cls, visit=None, user=None):
        """The technician begins the inspection of the visit."""
        visit = (visit or cls.visit).with_user(user or cls.technician)
        action = visit.action_multipoint_again()
        return visit.env["dealer.multipoint.sheet"].browse(action["res_id"])

    def row(self, name, answer, **values):
        """What a phone sends for one item: a colour, or a value."""
        given = {"colour": answer} if isinstance(answer, str) else {"value": answer}
        return {"item_id": self.items[name].id, **given, **values}

    def judge(self, sheet, **answers):
        return sheet.action_judge(
            [self.row(name, answer) for name, answer in answers.items()]
        )

    def found(self, sheet, name):
        return sheet.finding_ids.filtered(lambda row: row.item_id == self.items[name])

    def inspect(self, visit=None, user=None, **answers):
        """A finished inspection, all green but for what is given."""
        sheet = self.begin(visit, user)
        self.judge(sheet, **{**ALL_GREEN, **answers})
        for name, answer in answers.items():
            if answer == "red":
                sheet.action_note(self.items[name].id, "球头松旷")
        sheet.action_finish()
        return sheet
