"""Every column of every table that may say who a customer was, after he is forgotten.

Nothing here names a column: the tables, their links and their columns are read from
the database. A row with a marker in all its words is put into every table that leads
to a customer; afterwards the marker is gone, or the column stands in the register of
what is kept (``dealer.personal.data``) with its reason. A column that is added
tomorrow is tried tomorrow.
"""

import json

from odoo.tools import SQL

from ..followup_common import DealerFollowupCase

MARKER = "qxzwv"
TEXT = ("character varying", "text", "jsonb")
#: Columns that say what a row is about: another value would make it another row.
SAYS_WHAT = {
    "field_name",
    "lang",
    "model",
    "module",
    "parent_path",
    "parent_res_model",
    "res_field",
    "res_model",
    "store_fname",
    "tz",
}
#: Tables that no customer is in, though a link leads there. Each with its reason.
NO_CUSTOMER = {
    "res_users": "people with a login; their cards are not anonymised",
    "res_company": "the shops",
    "account_journal": "bank accounts of the shops",
    "account_setup_bank_manual_config": "bank accounts of the shops",
    "account_analytic_account": "projects and cost centres of the shops",
    "account_analytic_distribution_model": "rules of the accounts",
    "account_reconcile_model": "rules of the accounts",
    "account_reconcile_model_line": "rules of the accounts",
    "product_supplierinfo": "price lists of suppliers",
    "fleet_vehicle_model": "makes and models",
    "ir_act_server": "automations",
    "ir_act_window": "screens",
    "ir_actions": "screens",
    "res_users_settings_embedded_action": "screens of people with a login",
    "mail_push_device": "browsers of people with a login",
    "mail_alias": "addresses of the shops",
    "mail_template": "letters to be filled in",
    "discuss_channel": "channels of colleagues; customers have none",
    "discuss_channel_member": "channels of colleagues; customers have none",
    "dealer_activity": "what is planned for many, and what was learnt",
    "dealer_activity_budget": "costs of an activity",
    "dealer_old_part_return": "boxes of old parts on their way to the manufacturer",
}
#: Letters hang on records, nothing hangs on letters.
LETTERS = {"mail_mail", "mail_message", "mail_notification"}
#: What a row needs to be one that is over.
NEEDS = {
    "dealer_reception": {"state": "delivered"},
    "dealer_complaint": {"state": "closed"},
    "dealer_followup": {"state": "done"},
    "account_move": {"state": "posted", "move_type": "entry"},
    "mail_message": {"message_type": "comment"},
    "ir_attachment": {"type": "url"},
    "ir_model_data": {"module": "__import__"},
}


class TestPersonalColumns(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        cls.loosen()
        cls.columns = {}
        for table, name, kind, nullable, default in cls.query(
            """SELECT c.table_name, column_name, data_type, is_nullable, column_default
            FROM information_schema.columns c JOIN information_schema.tables t
                USING (table_schema, table_name)
            WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"""
        ):
            cls.columns.setdefault(table, {})[name] = (
                kind,
                nullable == "NO" and not default,
            )
        cls.links = {}
        for table, name, target in cls.query(
            """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
            FROM pg_constraint c JOIN pg_attribute a
                ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
            WHERE c.contype = 'f' AND a.attname NOT IN ('create_uid', 'write_uid')"""
        ):
            cls.links.setdefault(table, {})[name] = target
        cls.unique = set(
            cls.query(
                """SELECT i.indrelid::regclass::text, a.attname FROM pg_index i
                JOIN pg_attribute a ON a.attrelid = i.indrelid
                    AND a.attnum = ANY(i.indkey) WHERE i.indisunique"""
            )
        )
        cls.models = {
            model._table: model
            for model in cls.env.values()
            if model._auto and not model._abstract
        }

    @classmethod
    def loosen(cls):
        """The rows planted here need not make sense: no checks, no other records."""
        for table, what, name in cls.query(
            """SELECT conrelid::regclass::text, 'DROP CONSTRAINT', conname
            FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0
            UNION ALL SELECT attrelid::regclass::text, 'ALTER', attname
            FROM pg_constraint JOIN pg_attribute
                ON attrelid = conrelid AND attnum = conkey[1] AND attnotnull
            WHERE contype = 'f' AND NOT EXISTS (SELECT FROM pg_index
                WHERE indrelid = attrelid AND indisprimary AND attnum = ANY(indkey))"""
        ):
            cls.env.cr.execute(
                SQL(
                    "ALTER TABLE %s %s %s %s",
                    SQL.identifier(table),
                    SQL(what),
                    SQL.identifier(name),
                    SQL("DROP NOT NULL" if what == "ALTER" else ""),
                )
            )

    def setUp(self):
        super().setUp()
        self.planted = {}

    @classmethod
    def query(cls, sql, **values):
        cls.env.cr.execute(sql, values)
        return cls.env.cr.fetchall()

    def test_no_word_is_left_but_what_is_kept_with_its_reason(self):
        rows = self.customer_in_every_table()
        files = self.files_of(rows)
        planted = self.leftovers()
        self.assertGreater(len(planted), 300)
        self.customer.with_user(self.care_manager).action_anonymise_customer()
        self.env.flush_all()
        self.env.cr.precommit.run()  # what the chatter writes at the end
        left = {
            f"{table}.{column}"
            for table, column in self.leftovers()
            if column not in self.kept_columns(table)
        }
        self.assertFalse(left, "Words about a forgotten customer")
        self.assertFalse(files.exists(), "Files of a forgotten customer")

    def test_every_column_that_is_kept_exists(self):
        """A reason for a column that is gone is a reason for nothing."""
        for place in self.env["dealer.personal.data"]._places():
            for name, reason in place.keep.items():
                with self.subTest(model=place.model, column=name):
                    self.assertIn(name, self.env[place.model]._fields)
                    self.assertTrue(reason.text)

    def test_every_table_that_leads_to_a_customer_is_tried(self):
        rows = self.customer_in_every_table()
        missing = self.tables_of_customers(rows) - {
            table for table, _column in self.leftovers()
        }
        self.assertFalse(missing)

    # ------------------------------------------------------------------
    # THE CUSTOMER
    # ------------------------------------------------------------------

    def customer_in_every_table(self):
        """Ids of the customer's rows by table, each full of the marker."""
        contact = self.make_partner(name="李梅", parent_id=self.customer.id)
        self.env.flush_all()
        self.mark("res_partner", contact.id)
        self.mark("res_partner", self.customer.id)
        self.mark("fleet_vehicle", self.vehicle.id)
        rows = {"res_partner": self.customer.id, "fleet_vehicle": self.vehicle.id}
        rows["mail_message"] = self.plant_on("mail_message", "res_partner", rows)
        places = self.env["dealer.personal.data"]._places()
        for table in [self.env[place.model]._table for place in places]:
            if table not in rows and not self.hangs_on_any(table):
                rows[table] = self.plant(table, rows)
        linked = self.tables_of_customers(rows)
        for table in sorted(linked - rows.keys()):
            if self.hangs_on_any(table):
                for other in sorted(rows.keys() - LETTERS):
                    self.plant_on(table, other, rows)
            else:
                self.plant(table, rows)
        self.env.invalidate_all()
        return rows

    def plant_on(self, table, other, rows):
        """A row that hangs on a record, in the manner of messages and files."""
        column = self.hangs_on_any(table)
        model = self.models[other]._name
        return self.plant(table, {}, **{column: model, "res_id": rows[other]})

    def files_of(self, rows):
        """A file with the marker inside on every record of the customer."""
        return self.env["ir.attachment"].create(
            [
                {
                    "name": f"{MARKER}.txt",
                    "raw": MARKER.encode(),
                    "res_model": self.models[table]._name,
                    "res_id": number,
                }
                for table, number in rows.items()
                if table not in LETTERS
            ]
        )

    def kept_columns(self, table):
        model = self.models.get(table)
        return {
            name
            for place in self.env["dealer.personal.data"]._places()
            if model is not None and place.model == model._name
            for name in place.keep
        }

    # ------------------------------------------------------------------
    # THE DATABASE
    # ------------------------------------------------------------------

    def words_of(self, table):
        """Columns of a table that may hold words: names with their kind."""
        fields = self.models[table]._fields if table in self.models else {}
        return {
            name: kind
            for name, (kind, _needed) in self.columns[table].items()
            if kind in TEXT
            and name not in SAYS_WHAT
            and (name not in fields or self.holds_words(fields[name]))
        }

    @staticmethod
    def holds_words(field):
        """Not one of a few values, and not an amount or a link for each shop."""
        return field.type not in ("selection", "reference") and not (
            field.company_dependent and field.type not in ("char", "text", "html")
        )

    def tables_of_customers(self, rows):
        """Tables with words that have a link to one of these, or hang on any record."""
        return {
            table
            for table in self.columns
            if self.words_of(table)
            and "id" in self.columns[table]
            and table not in NO_CUSTOMER
            and (
                rows.keys() & set(self.links.get(table, {}).values())
                or self.hangs_on_any(table)
            )
        }

    def hangs_on_any(self, table):
        """The column that names the model, when the rows hang on any record."""
        columns = self.columns[table]
        if columns.get("res_id", ("",))[0] != "integer":
            return False
        return next((name for name in ("res_model", "model") if name in columns), False)

    def plant(self, table, rows, **fixed):
        """A row about the customer with the marker in all its words.

        :param dict rows: ids of the customer's rows by table
        """
        values = {}
        links = self.links.get(table, {})
        for name, (kind, needed) in self.columns[table].items():
            target = links.get(name)
            if name == "id" or name in ("create_uid", "write_uid"):
                continue
            if target in rows and target != table:
                values[name] = rows[target]
            elif name in self.words_of(table):
                values[name] = self.marked(table, name, kind)
            elif needed:
                values[name] = self.any_value(table, name, kind, target)
        values.update(NEEDS.get(table, {}), **fixed)
        if "create_date" in self.columns[table]:
            values["create_date"] = self.env.cr.now()
        columns = SQL(", ").join(map(SQL.identifier, values))
        query = SQL(
            "INSERT INTO %s (%s) VALUES %s RETURNING id",
            SQL.identifier(table),
            columns,
            tuple(values.values()),
        )
        with self.env.cr.savepoint():
            self.env.cr.execute(query)
            return self.env.cr.fetchone()[0]

    def mark(self, table, number):
        """Put the marker into all words of a row that is there."""
        words = self.words_of(table)
        values = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), self.marked(table, name, kind))
            for name, kind in words.items()
        )
        self.env.cr.execute(
            SQL("UPDATE %s SET %s WHERE id = %s", SQL.identifier(table), values, number)
        )

    def marked(self, table, name, kind):
        """The marker; where no two rows may have the same, one for each row."""
        number = self.planted.setdefault((table, name), 0)
        self.planted[table, name] += 1
        word = (
            f"{MARKER}{number}" if number and (table, name) in self.unique else MARKER
        )
        return json.dumps({"en_US": word}) if kind == "jsonb" else word

    def any_value(self, table, name, kind, target):
        field = self.models[table]._fields.get(name) if table in self.models else None
        if target:
            return self.query(f"SELECT min(id) FROM {target}")[0][0]  # noqa: S608
        if field is not None and field.type == "selection":
            return field.get_values(self.env)[0]
        if kind in TEXT:
            return "base" if name == "module" else "en_US"
        if kind == "boolean":
            return False
        if kind.startswith(("timestamp", "date")):
            return self.env.cr.now()
        return 1

    def leftovers(self):
        """(table, column) of everything in which the marker still stands."""
        found = set()
        for table, columns in self.columns.items():
            names = [
                name
                for name, (kind, _needed) in columns.items()
                if kind in TEXT or kind == "bytea"
            ]
            if not names:
                continue
            marks = SQL(", ").join(
                SQL(
                    "bool_or(position(%s in %s) > 0)",
                    MARKER.encode() if columns[name][0] == "bytea" else MARKER,
                    SQL.identifier(name)
                    if columns[name][0] == "bytea"
                    else SQL("%s::text", SQL.identifier(name)),
                )
                for name in names
            )
            self.env.cr.execute(SQL("SELECT %s FROM %s", marks, SQL.identifier(table)))
            hits = self.env.cr.fetchone()
            found |= {
                (table, name) for name, hit in zip(names, hits, strict=True) if hit
            }
        return found
