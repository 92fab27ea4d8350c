from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..car.dealer_reception import LOW_RATING

_lt = LazyTranslate(__name__)

MAX_FEEDBACK = 2000


class DealerComplaint(models.Model):
    """At the end the customer says whether it was good; if not, it is not the end."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    rated_cycle = fields.Integer(
        readonly=True, copy=False, help="The cycle the customer rated last."
    )

    def _is_rating_open(self):
        """Whether the customer is asked for a rating: once for each end."""
        self.ensure_one()
        return self.state in ("resolved", "closed") and self.rated_cycle != self.cycle

    def _rate_by_customer(self, stars, feedback=""):
        """Record the customer's rating; a second time in the same cycle does nothing.

        :param int stars: 1 to 5
        :raise UserError: for any other number, or before the end
        """
        self._wait_for_others()
        if self.rated_cycle == self.cycle:
            return
        if not self._is_rating_open():
            raise UserError(self.env._("There is nothing to rate at the moment."))
        if stars not in range(1, 6):
            raise UserError(self.env._("Please choose one to five stars."))
        self.rating_apply(
            stars,
            token=self._rating_get_access_token(),
            feedback=(feedback or "").strip()[:MAX_FEEDBACK],
        )

    def rating_apply(self, rate, *args, feedback=None, **kwargs):
        """A rating of one star re-opens the question, as the company has decided."""
        rating = super().rating_apply(rate, *args, feedback=feedback, **kwargs)
        for complaint in self:
            first = complaint._is_rating_open()
            complaint._write_by_method({"rated_cycle": complaint.cycle})
            if first and rate <= LOW_RATING:
                complaint._after_low_rating(feedback)
        return rating

    def _after_low_rating(self, feedback):
        self.ensure_one()
        wish = self.company_id.dealer_complaint_on_low_rating
        if wish == "auto":
            self.action_reopen()
        if wish != "none":
            self._ask_responsible(
                _lt("Rated with one star: reopen it?")
                if wish == "propose"
                else _lt("Rated with one star and reopened"),
                feedback,
            )
