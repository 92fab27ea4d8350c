from odoo import fields, models
from odoo.tools import LazyTranslate

from ..common.dealer_reception_states import IN_HOUSE_STATES

_lt = LazyTranslate(__name__)

#: The tasks of the shipped plan, which Odoo keeps in one language only.
SHIPPED = (
    _lt("Greet the first visitor by name"),
    _lt("Show the shop: reception, waiting area, workshop"),
    _lt("Hand over the welcome gift"),
    _lt("Call the first visitor: was everything as expected?"),
)


class DealerReception(models.Model):
    """Special care for a first visit (首次进厂时的特殊关怀): tasks of a plan, given out
    when the car arrives, and whether the customer came again."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    first_care_ids = fields.Many2many(
        "mail.activity",
        "dealer_first_visit_care_rel",
        "reception_id",
        "activity_id",
        "First Visit Tasks",
        copy=False,
        readonly=True,
        context={"active_test": False},
    )

    def _follow_first_visit(self, _change):
        """Give out the tasks of the plan; take them back when it is no first visit."""
        first = self.filtered("is_first_visit")
        first._give_first_care()
        (self - first)._take_care_back()

    def _give_first_care(self):
        for visit in self.filtered("is_first_visit"):
            # the plan is configuration, whoever lets the car in
            plan = visit.company_id.sudo().dealer_first_visit_plan_id
            is_due = plan.res_model == self._name and visit.state in IN_HOUSE_STATES
            if is_due and not visit.first_care_ids:
                visit._give_tasks(plan)

    def _drop_first_care(self):
        """The car is not here after all."""
        self.filtered("is_first_visit")._take_care_back()

    def _take_care_back(self):
        """What nobody has done yet need not be done."""
        # whoever has which task
        self.sudo().first_care_ids.filtered("active").unlink()

    def _give_tasks(self, plan):
        shop = self.company_id
        today = shop._dealer_today()
        tasks = self.env["mail.activity"]
        for step in plan.template_ids:
            chosen = step._determine_responsible(self.env.user, self)["responsible"]
            user = chosen or self.env.user
            tasks |= self.activity_schedule(
                activity_type_id=step.activity_type_id.id,
                automated=False,
                summary=self._first_care_words(step.summary, user),
                note=step.note,
                user_id=user.id,
                date_deadline=step._get_date_deadline(today),
            )
        self._write_by_method({"first_care_ids": [fields.Command.set(tasks.ids)]})

    def _first_care_words(self, summary, user):
        """A shipped task in the language of who does it."""
        theirs = self.with_context(lang=user.lang or self.env.lang)
        shipped = self.with_context(lang="en_US")
        known = {shipped.env._(term): theirs.env._(term) for term in SHIPPED}
        return known.get(summary, summary)
