"""Whose complaint it is, and whether somebody could be hurt, no handler rewrites."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.dealer_complaint.models.complaint.dealer_complaint_facts import FACTS

from ...complaint_common import DealerComplaintCase


@tagged("standard", "post_install", "-at_install")
class TestComplaintFacts(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.make_partner(name="Li")
        cls.other_car = cls.make_vehicle(license_plate="皖B·Z9876")
        cls.safety = cls.env["dealer.complaint.category"].create(
            {"name": "Brakes fail", "is_safety": True}
        )
        cls.comfort = cls.env["dealer.complaint.category"].create({"name": "Smell"})
        cls.complaint = cls.make_complaint(
            user_id=cls.handler.id,
            category_id=cls.safety.id,
            is_safety=True,
            vehicle_id=cls.vehicle.id,
            reception_id=cls.make_reception(state="arrived").id,
        )
        cls.rewritings = (
            {"partner_id": cls.stranger.id},
            {"vehicle_id": cls.other_car.id},
            {"vehicle_id": False},
            {"reception_id": False},
            {"is_safety": False},
            {"category_id": cls.comfort.id},
            {"category_id": False},
        )

    def correct(self, user, complaint=None, **values):
        """Fill in the dialog and confirm it."""
        complaint = complaint or self.complaint
        action = complaint.with_user(user).action_correct_facts()
        dialog = (
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
            .create({"reason": "Mixed up at the counter", **values})
        )
        dialog.action_confirm()

    def test_what_was_entered_is_not_rewritten(self):
        for user in (self.handler, self.officer, self.complaint_manager):
            for values in self.rewritings:
                with self.subTest(f"{user.login} {values}"):
                    with self.assertRaises(UserError):
                        self.complaint.with_user(user).write(values)

    def test_handler_who_asks_changes_nothing_and_the_officer_reads_what_is_wrong(self):
        self.correct(self.handler, partner_id=self.stranger.id, is_safety=False)
        self.assertEqual(self.complaint.partner_id, self.customer)
        self.assertTrue(self.complaint.is_safety)
        asked = self.complaint.activity_ids.filtered(
            lambda a: a.user_id == self.officer and "Mixed up" in (a.note or "")
        )
        self.assertIn("Li", asked.note)
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.handler)._correct_facts(
                {"partner_id": self.stranger.id}, "Mixed up"
            )

    def test_second_person_corrects_it_with_a_reason(self):
        self.complaint._portal_ensure_token()
        self.correct(
            self.officer,
            partner_id=self.stranger.id,
            vehicle_id=self.other_car.id,
            reception_id=False,
            category_id=self.comfort.id,
            is_safety=False,
        )
        complaint = self.complaint
        self.assertEqual(complaint.partner_id, self.stranger)
        self.assertEqual(complaint.vehicle_id, self.other_car)
        self.assertFalse(complaint.reception_id)
        self.assertEqual(complaint.category_id, self.comfort)
        self.assertFalse(complaint.is_safety)
        self.assertFalse(complaint.access_token)
        self.assertIn("Mixed up", "".join(complaint.message_ids.mapped("body")))
        with self.assertRaises(UserError):
            complaint.with_user(self.officer)._correct_facts(
                {"partner_id": self.customer.id}, " "
            )

    def test_dialog_changes_only_what_was_changed_in_it(self):
        self.correct(self.officer, is_safety=False)
        self.assertEqual(self.complaint.partner_id, self.customer)
        self.assertEqual(self.complaint.vehicle_id, self.vehicle)
        self.assertEqual(self.complaint.category_id, self.safety)

    def test_officer_who_was_responsible_corrects_nothing(self):
        own = self.make_complaint(user_id=self.officer.id)
        self.correct(self.officer, own, partner_id=self.stranger.id)
        self.assertEqual(own.partner_id, self.customer)

    def test_what_was_unknown_is_filled_in_by_the_handler(self):
        unknown = self.env.ref("dealer_complaint.partner_unknown")
        complaint = self.make_complaint(
            user_id=self.handler.id,
            partner_id=unknown.id,
            vehicle_id=False,
            category_id=False,
        )
        values = {
            "partner_id": self.customer.id,
            "vehicle_id": self.vehicle.id,
            "category_id": self.comfort.id,
            "is_safety": True,
        }
        complaint.with_user(self.handler).write(values)
        # the same again is no change
        complaint.with_user(self.handler).write(values)
        self.assertEqual(complaint.partner_id, self.customer)

    def test_handler_does_not_merge_what_is_of_another_customer(self):
        other = self.make_complaint(
            user_id=self.handler.id,
            partner_id=self.stranger.id,
            vehicle_id=self.vehicle.id,
        )
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.handler).action_merge(other)
        self.complaint.with_user(self.officer).action_merge(other)
        self.assertEqual(self.complaint.state, "merged")

    # -- the visit ---------------------------------------------------------

    def test_visit_is_one_of_the_car_or_of_the_customer(self):
        theirs = self.make_reception(
            partner_id=self.stranger.id, vehicle_id=self.other_car.id
        )
        complaint = self.make_complaint(user_id=self.handler.id)
        with self.assertRaises(ValidationError):
            complaint.with_user(self.handler).reception_id = theirs
        complaint.with_user(self.handler).reception_id = self.complaint.reception_id
        # a son complains about his father's car
        self.make_complaint(
            partner_id=self.stranger.id,
            vehicle_id=self.vehicle.id,
            reception_id=self.complaint.reception_id.id,
        )

    # -- the answer --------------------------------------------------------

    ANSWER = {
        "subject": "Brakes",
        "description": "They squeak",
        "expectation": "refund",
        "remedy_sought": "New pads",
        "customer_cost": 120.0,
        "customer_hours": 3.5,
        "cause": "product",
        "root_cause": "Worn pads",
        "corrective_action": "Pads are measured",
        "proposal": "Half the price",
        "decision": "Half the price",
        "decision_answer": "accepted",
    }

    def answered(self, state="resolved", **values):
        values = {"user_id": self.handler.id, **self.ANSWER, **values}
        return self.make_complaint(state=state, **values)

    def test_answer_is_not_rewritten_once_it_was_given(self):
        for state in ("resolved", "closed"):
            complaint = self.answered(state, category_id=self.comfort.id)
            for name in (*self.ANSWER, "category_id"):
                for user in (self.handler, self.complaint_manager):
                    with (
                        self.subTest(f"{state} {name} {user.login}"),
                        self.assertRaisesRegex(UserError, "already been entered"),
                    ):
                        complaint.with_user(user).write({name: False})

    def test_what_is_known_is_not_emptied_while_it_is_worked_on(self):
        complaint = self.answered(
            "proposed",
            decision_answer=False,
            category_id=self.comfort.id,
            vehicle_id=False,
            model_id=self.other_car.model_id.id,
        )
        known = {"category_id": False, "model_id": False, "cause": "unknown"}
        known |= {"expectation": False, "customer_cost": 0, "customer_hours": 0}
        for name in ("description", "remedy_sought", "root_cause", "proposal"):
            known |= {name: ""}
        for name, nothing in known.items():
            for user in (self.handler, self.complaint_manager):
                with (
                    self.subTest(f"{name} {user.login}"),
                    self.assertRaisesRegex(UserError, "already been entered"),
                ):
                    complaint.with_user(user).write({name: nothing})
        self.correct(self.officer, complaint, remedy_sought=False)
        self.assertFalse(complaint.remedy_sought)

    def test_chatter_keeps_what_was_written_before(self):
        complaint = self.answered("investigating", decision_answer=False, trim="2.0T")
        self.env.cr.precommit.run()
        names = ("description", "remedy_sought", "root_cause", "corrective_action")
        for name in (*names, "trim"):
            former = complaint[name]
            complaint.with_user(self.handler)[name] = "ZZ"
            self.env.cr.precommit.run()
            tracked = complaint.message_ids[:1].sudo().tracking_value_ids
            with self.subTest(name):
                self.assertEqual(tracked.field_id.name, name)
                self.assertIn(former, (tracked.old_value_text, tracked.old_value_char))

    def test_what_kind_it_was_is_not_rewritten_once_it_is_answered(self):
        group = self.make_complaint(partner_id=self.stranger.id)
        kind = {
            "source": "media",
            "model_id": self.other_car.model_id.copy({"name": "Another"}).id,
            "trim": "1.6T",
            "parent_id": self.complaint.id,
            "value_severity": "minor",
            "is_safety": True,
        }
        for state in ("resolved", "closed"):
            complaint = self.answered(
                state,
                vehicle_id=False,
                model_id=self.other_car.model_id.id,
                trim="2.0T",
                parent_id=group.id,
            )
            for name, value in kind.items():
                for user in (self.handler, self.complaint_manager):
                    with (
                        self.subTest(f"{state} {name} {user.login}"),
                        self.assertRaisesRegex(UserError, "already been entered"),
                    ):
                        complaint.with_user(user).write({name: value})

    def test_second_person_corrects_what_kind_it_was(self):
        complaint = self.answered("closed", trim="2.0T", vehicle_id=False)
        self.correct(self.officer, complaint, source="media", is_safety=True)
        self.assertEqual(complaint.source, "media")
        self.assertTrue(complaint.is_safety)
        self.assertEqual(complaint.trim, "2.0T")

    def test_what_was_found_late_is_still_entered(self):
        complaint = self.answered(root_cause=False, cause="unknown")
        complaint.with_user(self.handler).write(
            {"root_cause": "Worn pads", "cause": "product"}
        )
        self.assertEqual(complaint.root_cause, "Worn pads")

    def test_how_it_ended_is_not_filled_in_after_the_end(self):
        outcome = ("remedy_sought", "proposal", "decision", "reject_reason", "recourse")
        for state in ("rejected", "cancelled", "merged", "closed"):
            complaint = self.make_complaint(state=state, user_id=self.handler.id)
            nothing = dict.fromkeys((*outcome, "decision_answer"), False)
            complaint._write_by_method(nothing)
            late = dict.fromkeys(outcome, "ZZ") | {"decision_answer": "accepted"}
            for name, value in late.items():
                with (
                    self.subTest(f"{state} {name}"),
                    self.assertRaisesRegex(UserError, "has ended"),
                ):
                    complaint.with_user(self.handler).write({name: value})
            # what was wrong is often found later
            complaint.with_user(self.handler).root_cause = "Worn pads"
            self.correct(self.officer, complaint, recourse="Phone 12315")
            self.assertEqual(complaint.recourse, "Phone 12315")

    def test_way_of_the_handler_to_another_answer_is_to_reopen(self):
        for state in ("resolved", "closed"):
            complaint = self.answered(state).with_user(self.handler)
            with self.assertRaisesRegex(UserError, "press “Reopen”"):
                complaint.decision_answer = "refused"
            complaint.action_reopen()
            complaint.decision_answer = "refused"
        # what is out of statistics is not taken up again
        complaint = self.answered("cancelled").with_user(self.handler)
        with self.assertRaisesRegex(UserError, "press “Correct”"):
            complaint.decision_answer = "refused"

    def test_form_lets_nobody_type_what_saving_would_refuse(self):
        group = self.make_complaint(partner_id=self.stranger.id)
        complaint = self.answered(
            vehicle_id=False, trim="2.0T", parent_id=group.id, root_cause=False
        )
        for user in (self.handler, self.complaint_manager):
            form = Form(complaint.with_user(user))
            for name in FACTS:
                is_fixed = bool(complaint[name]) or name == "is_safety"
                with self.subTest(name=name, user=user.login):
                    self.assertEqual(form._get_modifier(name, "readonly"), is_fixed)
            # what is still open is not closed by its first letter
            form.root_cause = "W"
            form.root_cause = "Worn pads"
            form.save()
            self.assertEqual(complaint.root_cause, "Worn pads")
            complaint._write_by_method({"root_cause": False})

    def test_form_of_an_open_complaint_keeps_whose_it_is_and_what_the_customer_wrote(
        self,
    ):
        form = Form(self.complaint.with_user(self.handler))
        self.assertEqual(
            form.fixed_fields,
            ["is_safety", "partner_id", "reception_id", "vehicle_id"],
        )
        self.complaint._write_by_method({"source": "portal", "description": "Squeaks"})
        form = Form(self.complaint.with_user(self.handler))
        self.assertIn("description", form.fixed_fields)
        new = Form(self.env["dealer.complaint"].with_user(self.handler))
        self.assertFalse(new.fixed_fields)

    def test_handler_writes_what_is_his_work_until_it_is_answered(self):
        complaint = self.answered("proposed")
        complaint.with_user(self.handler).proposal = "For nothing"

    def test_second_person_corrects_the_answer_and_the_old_words_stay(self):
        complaint = self.answered("closed")
        self.correct(self.handler, complaint, root_cause="Wrong pads")
        self.assertEqual(complaint.root_cause, "Worn pads")
        self.correct(self.officer, complaint, root_cause="Wrong pads")
        self.assertEqual(complaint.root_cause, "Wrong pads")
        for words in ("Mixed up at the counter", "Worn pads"):
            self.assertIn(words, complaint.message_ids[:1].body)

    def test_manager_whom_it_does_not_measure_archives(self):
        complaint = self.answered("closed")
        for user in (self.handler, self.officer):
            with self.assertRaises(AccessError):
                complaint.with_user(user).active = False
        own = self.answered("closed", user_id=self.complaint_manager.id)
        with self.assertRaises(AccessError):
            own.with_user(self.complaint_manager).active = False
        complaint.with_user(self.complaint_manager).active = False
        self.assertFalse(complaint.active)
