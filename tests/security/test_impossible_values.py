"""What no field can hold is refused in words, whatever field it is handed in for.

The fields are those of the registry that are ours: one that is added is tried.
"""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form

from .methods import QUIET, MethodsCase

#: By type of the field; what else no field takes is not looked for here.
FAR_DAYS = ("0001-01-01", "9999-12-31", "soon", [[1]])
#: What no index holds, and no compression makes short.
LONG = "".join(chr(0x4E00 + pow(7, number, 20_021)) for number in range(19_000))
IMPOSSIBLE = {
    "date": FAR_DAYS,
    "datetime": (*FAR_DAYS, "0001-01-01 00:00:00", "9999-12-31 23:59:59"),
    "integer": (-(2**31) - 1, 2**63, "x", [1]),
    "many2one_reference": (2**63,),
    "many2one": (2**63, -1, "x", "\0", [1], True, 1.5),
    "float": (float("inf"), float("nan"), 1e300, "x"),
    "monetary": (float("inf"), 1e300, "x"),
    "char": ("x\0y", "x" * 20_001),
    "text": ("x\0y", "x" * 20_001),
    "html": ("x\0y", "x" * 10_000_001),
    "selection": ("nonsense", 7, "x\0y"),
}


class TestImpossibleValues(MethodsCase):
    @QUIET
    def test_nothing_but_a_refusal_comes_out(self):
        samples = self.every("own") | {"res.company": self.company}
        tried, faults = 0, []
        for model, field in self.stored_fields():
            if field.type == "selection" and not isinstance(field.selection, list):
                continue
            record = samples.get(model._name, model)[:1]
            values = IMPOSSIBLE.get(field.type, ())
            ways = [("create", model.create, values)]
            if record:
                # some fields have room for it
                long = (LONG,) if field.type in ("char", "text") else ()
                ways.append(("write", record.write, (*values, *long)))
            for what, call, tried_values in ways:
                for value in tried_values:
                    tried += 1
                    if error := self.error_of(call, {field.name: value}):
                        shown = repr(value)[:60]
                        faults.append(f"{field} {what} {shown}: {error!r}")
        print(f"\nimpossible values: {tried}")
        self.assertFalse(faults, "\n".join(faults))
        self.assertGreater(tried, 3000)

    def error_of(self, call, vals):
        """What comes out instead of a refusal."""
        try:
            with self.cr.savepoint():
                call(vals)
                self.env.flush_all()
                # what a field can hold is not meant to stay
                raise UserError("undone")
        except UserError:
            return None
        except Exception as error:  # what came out is what is tested
            return error
        return "nothing"

    def test_the_refusal_names_record_field_and_range(self):
        visit = self.sides["own"].visits["booked"]
        with self.assertRaises(ValidationError) as refused:
            visit.write({"date_appointment": "9999-12-31 23:59:59"})
        for word in (visit.display_name, "Appointment", "9999", "1900 and 2199"):
            self.assertIn(word, str(refused.exception))
        with self.assertRaises(ValidationError) as refused:
            self.env["dealer.job"].create({"date_planned_start": "0001-01-01"})
        self.assertIn("Job", str(refused.exception))

    def test_what_names_no_record_is_refused(self):
        for nonsense in ("\0", "x", "1", [1], True, 1.5, {2}, 2**40, -1):
            with self.subTest(nonsense=nonsense), self.assertRaises(ValidationError):
                self.env["dealer.reception"].create({"vehicle_id": nonsense})
        for nonsense in ("x", 7, ["vehicle_id"]):
            with self.subTest(nonsense=nonsense), self.assertRaises(ValidationError):
                self.env["dealer.reception"].create([nonsense])
        with self.assertRaises(ValidationError):
            self.env["dealer.reception"].create(7)

    def test_nobody_writes_more_than_somebody_reads(self):
        visit = self.sides["own"].visits["working"].with_user(self.manager)
        with self.assertRaisesRegex(UserError, "at most 20000 characters"):
            visit.action_leave("wait", "x" * 20_001)
        visit.action_leave("wait", "x" * 20_000)
        self.assertEqual(len(visit.leaving_note), 20_000)

    def test_a_form_says_it_where_it_is_typed(self):
        with self.assertRaises(ValidationError):
            Form(self.env["dealer.reception"]).date_appointment = "0001-01-01 00:00:00"

    def test_an_import_says_it_for_the_line(self):
        model = self.vehicle.model_id.id
        answer = self.env["fleet.vehicle"].load(
            ["license_plate", "model_id/.id", "sale_date"],
            [["皖B·Z9998", model, "2020-06-01"], ["皖B·Z9999", model, "0001-01-01"]],
        )
        self.assertFalse(answer["ids"])
        self.assertEqual([message["record"] for message in answer["messages"]], [1])
        self.assertIn("1900", answer["messages"][0]["message"])
