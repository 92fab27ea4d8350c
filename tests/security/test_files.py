"""What a record keeps as a file is written through the record alone."""

import base64

from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.dealer_service.tools.field_values import is_ours

from ..signature import SIGNATURE, drawn
from .common import SecurityCase

OTHER = drawn(size=(200, 80))


class TestFiles(SecurityCase):
    def setUp(self):
        super().setUp()
        self.world = self.sides["own"]
        self.staff = {**self.people["own"], "admin": self.env.ref("base.user_admin")}
        stock = self.make_vehicle(
            owner_id=self.company.partner_id.id, license_plate="皖B·N7001"
        )
        stock.sale_date = False
        new_car = self.env["dealer.new.car.delivery"].create(
            {
                "vehicle_id": stock.id,
                "partner_id": self.world.customer.id,
                "date_promised": "2026-03-02 07:00:00",
            }
        )
        self.records = {
            "dealer.new.car.delivery": new_car,
            "dealer.damage.mark": self.world.mark,
            "dealer.factory.rule": self.env["dealer.factory.rule"].create(
                {"name": "服务管理规定", "company_id": self.company.id}
            ),
            "dealer.multipoint.finding": self.world.finding,
            "dealer.facility.round.line": self.world.round.line_ids[:1],
            "dealer.reception": self.world.visits["working"],
            "dealer.kept.paper": self.world.kept_paper,
            "sale.order": self.world.agreed_order,
        }

    def kept_fields(self):
        """Every field of ours, and of an order, whose value is a file."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not model._abstract and not model._transient:
                for field in model._fields.values():
                    if (
                        field.type == "binary"
                        and field.store
                        and field.attachment
                        and (is_ours(field) or name == "sale.order")
                    ):
                        yield field

    def file_of(self, field):
        """What the field itself would keep."""
        return self.env["ir.attachment"].create(
            self.values_of(field, self.records[field.model_name])
        )

    def values_of(self, field, record):
        return {
            "name": field.name,
            "res_model": record._name,
            "res_field": field.name,
            "res_id": record.id,
            "datas": SIGNATURE,
        }

    def refused(self, attempt, **what):
        with self.subTest(**what):
            with self.assertRaises(AccessError), self.cr.savepoint():
                attempt()

    def test_no_role_writes_the_file_of_a_field(self):
        tried = set()
        for field in self.kept_fields():
            tried.add(f"{field.model_name}.{field.name}")
            file = self.file_of(field)
            for role, user in self.staff.items():
                mine = file.with_user(user)
                attempts = {
                    "replace": lambda f=mine: f.write({"datas": OTHER}),
                    "raw": lambda f=mine: f.write({"raw": b"x"}),
                    "away": lambda f=mine: f.write({"res_id": 0}),
                    "off": lambda f=mine: f.write({"res_field": False}),
                    "delete": lambda f=mine: f.unlink(),
                }
                for name, attempt in attempts.items():
                    self.refused(attempt, field=str(field), role=role, by=name)
            self.assertEqual(file.datas.decode(), SIGNATURE)
        self.assertLessEqual(
            {
                "dealer.damage.mark.photo",
                "dealer.reception.delivery_signature",
                "sale.order.signature",
            },
            tried,
        )

    def test_no_role_makes_the_file_of_a_field(self):
        for field in self.kept_fields():
            vals = self.values_of(field, self.records[field.model_name])
            place = {key: vals.pop(key) for key in ("res_field", "res_id", "res_model")}
            for role, user in self.staff.items():
                files = self.env["ir.attachment"].with_user(user)
                by_default = {f"default_{key}": value for key, value in place.items()}
                placed = files.with_context(**by_default)
                own = files.create({"name": "own", "datas": OTHER})
                attempts = {
                    "create": lambda f=files, v={**vals, **place}: f.create(v),
                    "default": lambda f=placed, v=vals: f.create(v),
                    "move": lambda f=own, v=place: f.write(v),
                    "copy": lambda f=own, v=place: f.copy(v),
                }
                for name, attempt in attempts.items():
                    self.refused(attempt, field=str(field), role=role, by=name)

    def test_the_field_itself_still_writes(self):
        mark = self.env["dealer.damage.mark"].with_user(self.advisor)
        mark = mark.create({"inspection_id": self.world.open_sheet.id})
        for photo in (SIGNATURE, OTHER):
            mark.photo = photo
            self.assertTrue(mark.photo)
        mark.photo = False
        self.assertFalse(mark.photo)
        mark.photo = SIGNATURE
        mark.unlink()

    def test_photos_of_an_agreed_supplement_stay(self):
        files = self.env["ir.attachment"].with_user(self.advisor)
        photo = files.create({"name": "photo.png", "datas": SIGNATURE})
        order = self.world.order.with_user(self.advisor)
        order.dealer_photo_ids = [Command.link(photo.id)]
        photo.write({"datas": OTHER})
        order.action_record_consent("phone", "Wang")
        for name, attempt in {
            "replace": lambda: photo.write({"datas": SIGNATURE}),
            "away": lambda: photo.write({"res_id": 0, "res_model": False}),
            "delete": photo.unlink,
        }.items():
            self.refused(attempt, by=name)
        self.assertEqual(photo.raw, base64.b64decode(OTHER))

    def test_files_beside_a_visit_stay_their_writers(self):
        file = self.env["ir.attachment"].with_user(self.advisor)
        file = file.create(
            {
                "name": "invoice.pdf",
                "raw": b"x",
                "res_model": "dealer.reception",
                "res_id": self.world.visits["working"].id,
            }
        )
        file.write({"name": "other.pdf"})
        file.unlink()
