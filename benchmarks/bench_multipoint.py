"""Saving an inspection by item, beside core's questionnaire with as many questions."""

from odoo.fields import Command

from tests.common import DealerServiceCase

from .ratios import compare, table

ROUNDS = 15
ITEMS = 40


class BenchMultipoint(DealerServiceCase):
    """Forty items in four calls, as a tablet sends them, and the end of the inspection;
    forty answers of core's survey, page by page, and the end of the questionnaire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env.ref("dealer_service.dealer_multipoint_template_petrol")
        cls.items = cls.template.item_ids[:ITEMS]
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "Inspection",
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": item.name,
                            "question_type": "numerical_box"
                            if item.is_measured
                            else "simple_choice",
                            "suggested_answer_ids": []
                            if item.is_measured
                            else [
                                Command.create({"value": value})
                                for value in ("green", "amber", "red")
                            ],
                        }
                    )
                    for item in cls.items
                ],
            }
        )
        cls.number = 0

    def prepare(self):
        type(self).number += 1
        car = self.make_vehicle(license_plate=f"皖B·M{self.number:04}")
        visit = self.make_reception(state="arrived", vehicle_id=car.id)
        return visit, self.survey._create_answer(user=self.env.user)

    def inspect(self, prepared):
        sheet = self.env["dealer.multipoint.sheet"].create(
            {"reception_id": prepared[0].id, "template_id": self.template.id}
        )
        rows = [
            {"item_id": item.id, "colour": "green", "value": item.limit_amber}
            for item in self.items
        ]
        for start in range(0, ITEMS, 10):
            sheet.action_judge(rows[start : start + 10])
        sheet.action_finish()
        return sheet

    def answer(self, prepared):
        for question in self.survey.question_ids:
            choice = question.suggested_answer_ids[:1]
            prepared[1]._save_lines(question, choice.id or 3.0)
        prepared[1]._mark_done()

    def test_inspection(self):
        ours, peer = compare(
            self.env, self.inspect, self.answer, rounds=ROUNDS, setup=self.prepare
        )
        table("An inspection of forty items", [("save", ours, peer)])
        sheet = self.inspect(self.prepare())
        print(f"rows of one inspection: {1 + len(sheet.finding_ids)}")
