"""A dialog belongs to whoever has opened it."""

from odoo.exceptions import AccessError
from odoo.tools import SQL

from .common import SecurityCase


class TestDialogs(SecurityCase):
    def test_nobody_sees_or_changes_the_dialog_of_somebody_else(self):
        dialogs = self.our_dialogs()
        self.assertGreater(len(dialogs), 15)
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
                colleague = self.make_person(f"{role}_{name}", role)
                for other in (colleague, self.people["other"][role]):
                    theirs = dialog.with_user(other)
                    found = theirs.search([("id", "=", dialog.id)])
                    faults += [f"{name}: found by {other.login}"] * len(found)
                    for operation in ("read", "write", "unlink"):
                        if theirs.has_access(operation):
                            faults.append(f"{name}: {operation} by {other.login}")
                    with self.assertRaises(AccessError):
                        theirs.read(["create_uid"])
        self.assertFalse(faults, "\n".join(faults))

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
