"""What the visits of one side of the world of rights have cost, with its marks."""

from odoo.fields import Command

from .marks import Marks


class WorldMoney(Marks):
    """Makes the orders and the invoice of a side."""

    @classmethod
    def _make_money(cls, world):
        """An estimate nobody has decided, one agreed to in part, and what it cost."""
        side = world.side
        names = cls.mark(side, "price"), cls.mark(side, "price")
        products = [
            cls.make_product(name, price=cls.figure(side), company_id=world.company.id)
            for name in names
        ]
        world.order = cls.make_order(
            world.visits["arrived"], *products, company_id=world.company.id
        )
        world.agreed_order = cls.make_order(
            world.visits["working"],
            *products,
            company_id=world.company.id,
            dealer_reason=cls.mark(side, "price"),
        )
        declined = world.agreed_order.order_line[1]
        world.agreed_order.action_record_consent(
            "phone",
            cls.mark(side, "price"),
            note=cls.mark(side, "price"),
            declined={declined.id: cls.mark(side, "price")},
        )
        world.declined = cls.env["dealer.declined.work"].search(
            [("vehicle_id", "=", world.visits["working"].vehicle_id.id)]
        )
        visit = world.visits["ready"]
        visit._write_by_method(
            {
                "estimate_total": cls.figure(side),
                "settled_total": cls.figure(side),
                "variance_reason": cls.mark(side, "price"),
            }
        )
        world.invoice = cls._make_invoice(world)
        cls._make_claim(world)
        # the link to the shared visit is its customer's, and no secret to him
        world.shared_visit._portal_ensure_token()
        for record in (*world.visits.values(), world.order, world.agreed_order):
            record._portal_ensure_token()
            cls.keep(side, "token", record.access_token)

    @classmethod
    def _make_claim(cls, world):
        """What the manufacturer is asked for, with the old part that goes back."""
        side, line = world.side, world.agreed_order.order_line[0]
        claims = cls.env["dealer.warranty.claim"]
        world.claim = claims._create_by_method(
            [
                {
                    "company_id": world.company.id,
                    "reception_id": line.reception_id.id,
                    "order_id": line.order_id.id,
                    "vehicle_id": line.reception_id.vehicle_id.id,
                    "partner_id": world.customer.id,
                    "date_repair": "2026-03-02",
                    "fault_text": cls.mark(side, "price"),
                    "line_ids": [
                        Command.create(
                            {
                                "number": 1,
                                "sale_line_id": line.id,
                                "product_id": line.product_id.id,
                                "line_kind": "part",
                                "name": cls.mark(side, "price"),
                                "quantity": 1.0,
                                "amount_claimed": cls.figure(side),
                            }
                        )
                    ],
                }
            ]
        )
        world.claim_line = world.claim.line_ids
        world.old_part = world.claim.old_part_ids
        world.parcel = cls.env["dealer.old.part.return"].create(
            {"company_id": world.company.id, "partner_id": world.customer.id}
        )

    @classmethod
    def _make_invoice(cls, world):
        """What the customer pays for a delivered car, where the shop keeps books."""
        if not world.company.chart_template:
            return cls.env["account.move"]
        return cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": world.customer.id,
                "reception_id": world.visits["ready"].id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": cls.mark(world.side, "price"),
                            "price_unit": cls.figure(world.side),
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
