from odoo import fields, models
from odoo.tools import plaintext2html


class SurveyUserInput(models.Model):
    """What a customer says while waiting: it can be mended before the car goes."""

    _name = "survey.user_input"
    _inherit = "survey.user_input"

    dealer_visit_id = fields.Many2one(
        "dealer.reception",
        "Answered While Waiting",
        readonly=True,
        ondelete="set null",
        help="The visit during which the waiting area was rated.",
    )

    _dealer_visit_uniq = models.UniqueIndex(
        "(dealer_visit_id) WHERE dealer_visit_id IS NOT NULL"
    )

    def _dealer_hear_waiting(self):
        """Criticism and words of somebody who waits: the advisor goes there now, and
        what the shop does about every unhappy answer is done about this one."""
        for answer in self.filtered("dealer_visit_id"):
            visit, shop = answer.dealer_visit_id, answer.dealer_company_id
            causes = shop._dealer_low_answers(*answer._dealer_judged())
            words = answer._dealer_words()
            if not causes and not words:
                continue
            text = "\n".join(filter(None, (words, *causes)))
            visit._hear_waiting(text, is_unhappy=bool(causes))
            if causes:
                answer._dealer_follow_criticism(visit, shop, text)

    def _dealer_follow_criticism(self, visit, shop, text):
        if shop.dealer_unhappy_action == "complaint":
            self.env["dealer.complaint"].create(
                {
                    "subject": text.strip().splitlines()[0][:80],
                    "description": text,
                    "source": "portal",
                    "level": "dissatisfaction",
                    "partner_id": self.partner_id.id,
                    "vehicle_id": visit.vehicle_id.id,
                    "reception_id": visit.id,
                    "company_id": shop.id,
                }
            )
            return
        # whoever answers has no rights on rules and tasks
        rule = self.env.ref("dealer_followup.care_rule_unhappy").sudo()
        rule._create_by_hand(
            self.partner_id,
            vehicle=visit.vehicle_id,
            company=shop,
            key=f"survey:{self.id}",
            visit_id=visit.id,
            note=text,
        )


class DealerReception(models.Model):
    """The customer who waits is heard while there is time."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _hear_waiting(self, text, is_unhappy):
        """Send the advisor there, with what the customer has written."""
        self.ensure_one()
        if not text:
            return
        advisor = self.advisor_id or self.create_uid
        visit = self._for_reader(advisor)
        visit.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=visit.env._("The waiting customer is unhappy: go there now")
            if is_unhappy
            else visit.env._("The waiting customer has written to you: go there"),
            note=plaintext2html(text),
            user_id=advisor.id,
        )
