"""What may not be read is not found out by searching, sorting or grouping either."""

from odoo.exceptions import AccessError

from .methods import EXTENDED, MethodsCase

#: Odoo lets everybody search them, though not everybody may read them.
CLOSED_BY_ODOO = (
    "activity_state",
    "is_blacklisted",
    "my_activity_date_deadline",
    "phone_sanitized_blacklisted",
)


class TestFields(MethodsCase):
    def models(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            ours = name.startswith("dealer.") and not model._abstract
            if (ours and not model._transient) or name in EXTENDED:
                yield model

    def test_a_hidden_field_is_not_searched_sorted_or_grouped(self):
        faults, tried = [], 0
        for model in self.models():
            for user in self.callers.values():
                mine = model.with_env(self.env_of(user))
                if not mine.has_access("read"):
                    continue
                for name, field in model._fields.items():
                    if name in CLOSED_BY_ODOO:
                        continue
                    if mine._has_field_access(field, "read"):
                        continue
                    tried += 1
                    for how, attempt in self.attempts(mine, field):
                        if not self.is_refused(attempt):
                            faults.append(f"{model._name}.{name} {user.login}: {how}")
        print(f"\nhidden fields tried: {tried}")
        self.assertGreater(tried, 200)
        self.assertFalse(faults, "\n".join(faults))

    def attempts(self, mine, field):
        name = field.name
        if field._description_searchable:
            for value in (False,) if field.type == "binary" else (False, 1):
                yield "search", lambda v=value: mine.search([(name, "!=", v)], limit=1)
            if field.type != "binary":
                yield "search", lambda: mine.search([(name, ">", 1)], limit=1)
        if field.store and field.column_type:
            yield "sort", lambda: mine.search([], order=name, limit=1)
            yield "group", lambda: mine._read_group([], [name], ["__count"])
        yield "read", lambda: mine.search([], limit=1).read([name])
        yield "export", lambda: mine.search([], limit=1).export_data([name])

    def is_refused(self, attempt):
        try:
            with self.cr.savepoint():
                attempt()
        except AccessError:
            return True
        except Exception as error:
            # what cannot be asked for tells nothing
            return not isinstance(error, AssertionError)
        return False

    def test_customers_read_nothing_of_a_shop_but_who_it_is(self):
        for user in (self.portal_user, self.public_user):
            company = self.company.with_user(user)
            readable = [
                name
                for name, field in company._fields.items()
                if name.startswith("dealer_")
                and company._has_field_access(field, "read")
            ]
            self.assertFalse(readable)
            with self.assertRaises(AccessError):
                company.read(["dealer_slot_minutes"])
            with self.assertRaises(AccessError):
                company.search([("dealer_slot_minutes", ">", 1)])

    def test_customers_read_of_cars_and_visits_what_is_named(self):
        for record in (self.sides["own"].shared_visit, self.vehicle):
            mine = record.with_user(self.portal_user)
            known = mine.search([("id", "=", record.id)])
            self.assertEqual(known, mine)
            names = mine.fields_get()
            self.assertTrue(mine.read([]))
            self.assertIn("display_name", names)
            for name in (
                "belongings",
                "rework_count",
                "parts_note",
                "message_ids",
                "relation_story",
                "residual_value",
                "log_services",
                "driver_id",
                "km_per_day",
                "is_owner_wrong",
                "life_cycle",
                "customer_class",
                "seller_id",
            ):
                self.assertNotIn(name, names)
            self.assertFalse(self.leaks(mine.read([])))

    def test_technician_sees_no_sheet_or_mark_of_others(self):
        technician = self.technician
        for name in ("sheet", "mark", "care"):
            own = getattr(self.sides["own"], name)
            foreign = getattr(self.sides["colleague"], name)
            mine = own.with_user(technician)
            found = mine.search([("id", "in", (own + foreign).ids)])
            with self.subTest(own._name):
                self.assertNotIn(foreign.id, found.ids)
                with self.assertRaises(AccessError):
                    foreign.with_user(technician).read(["id"])
        sheet = self.sides["own"].sheet.with_user(technician)
        self.assertTrue(sheet.read(["note"]))
        self.assertTrue(sheet.mark_ids.read(["note"]))

    def test_technician_does_not_find_out_what_a_customer_owes(self):
        for user in (self.technician, self.caller, self.handler):
            partners = self.env["res.partner"].with_user(user)
            for name in ("credit", "debit"):
                with (
                    self.subTest(name, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    partners.search([(name, ">", 1)])
        cashier = self.people["own"]["cashier"]
        self.env["res.partner"].with_user(cashier).search([("credit", ">", 1)])

    def test_other_shop_reads_no_optout_and_no_campaign(self):
        stranger = self.people["other"]["care_manager"]
        activity = self.sides["own"].activity
        activity._make_campaign()
        for record in (self.sides["own"].optout, activity.campaign_id):
            model = self.env[record._name]
            with self.subTest(record._name):
                self.assertIn(record, model.with_user(self.care_manager).search([]))
                self.assertNotIn(record, model.with_user(stranger).search([]))

    def test_optout_of_one_shop_stops_the_calls_of_the_other(self):
        optout = self.sides["own"].optout
        rule = self.make_rule("sale")
        subject = {
            "vehicle_id": optout.vehicle_id.id,
            "partner_id": self.sides["own"].customer.id,
            "contact_phone": self.sides["own"].customer.phone_key,
            "company_id": self.other_company.id,
        }
        [block] = rule._blocks([subject])
        self.assertEqual(block.reason, "opt_out")
