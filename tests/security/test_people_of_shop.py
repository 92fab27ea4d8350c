"""Who answers for something in a shop works there: he is measured by it."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.models import MAGIC_COLUMNS

from .methods import QUIET, MethodsCase

#: The seller of a car need not belong to the shop that services it.
ELSEWHERE = {("fleet.vehicle", "seller_id")}


class TestPeopleOfShop(MethodsCase):
    def who(self):
        """Each field of ours that says who of a shop, with a record of the shop."""
        samples = self.every("own")
        for model, field in self.stored_fields():
            if field.type != "many2one" or field.comodel_name != "res.users":
                continue
            if field.name in MAGIC_COLUMNS or model._transient:
                continue
            record = samples.get(model._name, model)[:1]
            if record and "company_id" in model._fields:
                yield record, field

    @QUIET
    def test_nobody_of_another_shop_is_put_in_charge(self):
        chief = self.make_chief()
        stranger = self.people_of_other_shop()
        tried, faults = 0, []
        for record, field in self.who():
            if (record._name, field.name) in ELSEWHERE:
                continue
            tried += 1
            mine = record.with_env(self.env_of(chief))
            for what, vals in (
                ("write", {field.name: stranger.id}),
                ("create", {**record.copy_data()[0], field.name: stranger.id}),
            ):
                if self.is_put_in_charge(mine, field.name, stranger, what, vals):
                    faults.append(f"{field} by {what}")
        print(f"\npeople: {tried}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried, 10)

    def test_technicians_of_another_shop_are_none_here(self):
        people = self.env["resource.resource"].with_user(self.manager)
        values = {"name": "x", "dealer_role": "technician"}
        with self.assertRaisesRegex(ValidationError, "does not work in"):
            people.create({**values, "user_id": self.people_of_other_shop().id})

    def is_put_in_charge(self, record, name, stranger, what, vals):
        """Whether the stranger stands there afterwards; it is undone again."""
        try:
            with self.cr.savepoint() as savepoint:
                made = record.create(vals) if what == "create" else record
                if what == "write":
                    record.write(vals)
                self.env.flush_all()
                is_there = made.sudo()[name] == stranger
                savepoint.rollback()
        except (UserError, IntegrityError):
            return False
        self.env.invalidate_all()
        return is_there

    def people_of_other_shop(self):
        """Somebody who has every role there, and none here."""
        return self.make_person(
            "chief_b",
            "dealer_service.group_dealer_service_manager,"
            "dealer_complaint.group_dealer_complaint_manager,"
            "dealer_followup.group_dealer_followup_manager",
            self.other_company,
        )
