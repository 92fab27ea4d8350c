"""A dialog belongs to whoever has opened it."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from .common import SecurityCase


class TestDialogs(SecurityCase):
    def test_nobody_sees_or_changes_the_dialog_of_somebody_else(self):
        dialogs = self.our_dialogs()
        self.assertGreater(len(dialogs), 15)
        colleagues = {
            role: self.make_person(f"{role}_beside", role)
            for role in self.people["own"]
        }
        faults = []
        for name in dialogs:
            roles = [
                role
                for role, user in self.people["own"].items()
                if self.env[name].with_user(user).has_access("read")
            ]
            self.assertTrue(roles, f"{name} is opened by nobody")
            for role in roles:
                dialog = self.open_dialog(name, self.people["own"][role])
                if not dialog.with_user(self.people["own"][role]).has_access("write"):
                    faults.append(f"{name}: kept from the {role} who opened it")
                for other in (colleagues[role], self.people["other"][role]):
                    theirs = dialog.with_user(other)
                    found = theirs.search([("id", "=", dialog.id)])
                    faults += [f"{name}: found by {other.login}"] * len(found)
                    for operation in ("read", "write", "unlink"):
                        if theirs.has_access(operation):
                            faults.append(f"{name}: {operation} by {other.login}")
                    with self.assertRaises(AccessError):
                        theirs.read(["create_uid"])
        self.assertFalse(faults, "\n".join(faults))

    def test_a_dialog_about_what_one_may_not_see_is_refused_and_not_silent(self):
        """Reading a many2many leaves out the records of the other shop."""
        tried = 0
        world = self.sides["own"]
        subjects = {
            "dealer.complaint": world.complaint,
            "dealer.followup": world.task,
            "fleet.vehicle": self.make_vehicle(
                license_plate="皖B·F0002", company_id=self.company.id
            ),
        }
        for name in self.our_dialogs():
            model = self.env[name]
            for field in model._fields.values():
                if field.type != "many2many" or not field.required:
                    continue
                for user in self.people["other"].values():
                    if not model.with_user(user).has_access("create"):
                        continue
                    mine = model.with_user(user)
                    foreign = subjects[field.comodel_name]
                    for ids in (foreign.ids, []):
                        vals = {**self.anything(mine), field.name: [Command.set(ids)]}
                        with self.subTest(name, user=user.login, ids=ids):
                            with self.assertRaises(UserError), self.cr.savepoint():
                                mine.create(vals)
                            tried += 1
        self.assertGreater(tried, 25)

    def anything(self, dialog):
        """A value for each required field that is no relation to many."""
        vals = {}
        for name, field in dialog._fields.items():
            if not field.required or field.type == "many2many":
                continue
            if field.type == "selection":
                vals[name] = field.get_values(self.env)[0]
            elif field.type in ("char", "text"):
                vals[name] = "x"
            elif field.type == "many2one":
                vals[name] = self.env[field.comodel_name].search([], limit=1).id
        return vals

    def our_dialogs(self):
        """The dialogs that begin in the suite, from the registry."""
        return sorted(
            name
            for name, model in self.env.registry.items()
            if model._transient and model._original_module.startswith("dealer_")
        )

    def open_dialog(self, name, user):
        """A row of a dialog as its user has it; whatever else it asks for is open."""
        model = self.env[name]
        table = SQL.identifier(model._table)
        for field in model._fields.values():
            if field.store and field.column_type and field.name != "id":
                self.env.cr.execute(
                    SQL(
                        "ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL",
                        table,
                        SQL.identifier(field.name),
                    )
                )
        vals = {"create_uid": user.id}
        if "company_id" in model._fields and model._fields["company_id"].store:
            vals["company_id"] = user.company_id.id
        [(row,)] = self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                table,
                SQL(", ").join(map(SQL.identifier, vals)),
                tuple(vals.values()),
            )
        )
        return model.browse(row)
