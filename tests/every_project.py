"""Records beside visits, complaints and calls, in every state they can be in."""

from datetime import timedelta

from odoo import fields

DAY = timedelta(days=1)


class EveryProject:
    """Improvements and new cars."""

    @classmethod
    def make_improvements(cls):
        """One of each state, and one whose time is over."""
        for name in ("proposed", "agreed", "running", "due", "closed", "dropped"):
            improvement = cls.env["dealer.improvement"].create(
                {
                    "subject": "show",
                    "target_value": 90.0,
                    "date_until": cls.today + 60 * DAY,
                    "change_kind": "organisation",
                    "change_text": "到店前一天电话确认",
                }
            )
            since = cls.today - 40 * DAY
            if name in ("due", "closed"):
                improvement._write_by_method({"date_until": cls.today - DAY})
            if name not in ("proposed", "agreed"):
                improvement._write_by_method({"date_start": since})
                cls.keep(
                    name,
                    cls.env["dealer.improvement.figure"].create(
                        {
                            "improvement_id": improvement.id,
                            "date_from": since,
                            "date_to": since + 5 * DAY,
                            "value": 85.0,
                            "count": 40,
                            "deviation": 36.2,
                            "is_final": True,
                        }
                    ),
                )
            improvement._write_by_method(
                {"state": "running" if name == "due" else name}
            )
            cls.keep(name, improvement)

    # ------------------------------------------------------------------
    # NEW CARS
    # ------------------------------------------------------------------

    @classmethod
    def make_new_cars(cls):
        """One of each state, and one that nothing is missing of."""
        for number, name in enumerate(
            ("planned", "complete", "delivered", "cancelled")
        ):
            car = cls.make_vehicle(
                owner_id=cls.company.partner_id.id, license_plate=f"皖B·N910{number}"
            )
            car.sale_date = False
            delivery = cls.env["dealer.new.car.delivery"].create(
                {
                    "vehicle_id": car.id,
                    "partner_id": cls.customer.id,
                    "advisor_id": cls.advisor.id,
                    "date_promised": fields.Datetime.now() + DAY,
                }
            )
            if name in ("complete", "delivered"):
                delivery.check_ids.is_done = True
                delivery.action_introduce()
                delivery.first_service = "later"
            if name == "delivered":
                delivery.action_deliver(unsigned_reason="公司司机代取")
            if name == "cancelled":
                delivery.action_cancel("贷款未批")
            cls.keep(name, delivery)

    @classmethod
    def make_inspections(cls):
        """An inspection that goes on, one with findings to offer, one offered."""
        items = cls.env["dealer.multipoint.item"].create(
            [
                {"name": "左前轮胎花纹深度", "area": "tyres", "work": "更换前轮轮胎"},
                {"name": "喇叭", "area": "inside", "company_id": cls.company.id},
            ]
        )
        template = cls.env["dealer.multipoint.template"].create(
            {"name": "四万公里检查", "item_ids": [(6, 0, items.ids)]}
        )
        for name in ("open", "done", "offered"):
            sheet = cls.keep(
                name,
                cls.env["dealer.multipoint.sheet"].create(
                    {
                        "reception_id": cls.make_visit("working").id,
                        "template_id": template.id,
                    }
                ),
            )
            if name != "open":
                sheet.action_judge(
                    [
                        {"item_id": items[0].id, "colour": "red", "note": "外侧偏磨"},
                        {"item_id": items[1].id, "colour": "green"},
                    ]
                )
                sheet.action_finish()
            if name == "offered":
                sheet.action_offer()
        cls.keep("group", items[0], template)
        cls.keep("own", items[1])
