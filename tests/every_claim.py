"""What the manufacturer is asked for, and asks for, in each state."""


class EveryClaim:
    """Claims, old parts, recalls and health files for the cases that try everything."""

    @classmethod
    def make_claims(cls):
        """A claim in each state, old parts in each, and two parcels."""
        cls.company.dealer_warranty_partner_id = cls.make_partner(name="奇瑞汽车")
        cls.company.dealer_warranty_claims = True
        labour = cls.make_product(dealer_hours=1.0, default_code="S11-2909")
        part = cls.make_product("前减震器", "part", 460.0, default_code="T15-2905")
        for name in ("draft", "submitted", "answered", "refused", "settled"):
            visit = cls.make_visit("inspected")
            visit.vehicle_id.vin_sn = f"LVVDB11B0RD0000{visit.id % 100:02}"
            cls.make_order(visit, labour, part, dealer_payer="warranty")
            claim = cls.keep(name, cls.bring_to(visit, "settled").claim_ids)
            claim.write({"fault_code": "C1101", "cause": "漏油"})
            if name == "draft":
                cls.keep("claimed", visit)
                continue
            claim.action_submit()
            if name == "refused":
                claim.line_ids[0].answer = "refused"
            if name != "submitted":
                claim.action_approve_all()
                claim.action_answer()
            if name in ("settled", "refused"):
                claim.action_invoice()
                claim._factory_bills().action_post()
        parts = cls.env["dealer.old.part"].search([])
        for state, old in zip(
            ("kept", "scrapped", "listed", "returned"), parts, strict=False
        ):
            cls.keep(state, old)
        parts[1].action_scrap("厂家不回收")
        for name, old in (("open", parts[2]), ("sent", parts[3])):
            old.action_put_on_list()
            cls.keep(name, old.return_id)
        parts[3].return_id.action_send()
        cls.company.dealer_warranty_claims = False
        for state in ("open", "uploaded", "refused"):
            visit = cls.make_visit("settled")
            cls.env["dealer.health.record"]._enter_visits(visit)
            file = cls.env["dealer.health.record"].search([], order="id desc", limit=1)
            file._write_by_method({"state": state})
            cls.keep(state, file)
        campaign = cls.keep(
            "recall",
            cls.env["dealer.factory.campaign"].create(
                {
                    "name": "制动软管",
                    "code": "R2026-01",
                    "date_from": cls.today,
                    "company_id": cls.company.id,
                }
            ),
        )
        rows = cls.env["dealer.factory.campaign.car"].create(
            [
                {"campaign_id": campaign.id, "vin": f"LVVDB11B0RD00090{n}"}
                for n in range(3)
            ]
        )
        for state, row in zip(("open", "done", "excluded"), rows, strict=True):
            cls.keep(state, row)
        recalled = cls.keep("recalled", cls.make_visit("arrived"))
        recalled.vehicle_id.vin_sn = rows[0].vin
        rows[1].action_done_elsewhere("南京店 2026-03-02")
        rows[2].action_exclude("已报废")
