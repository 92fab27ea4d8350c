from odoo import fields, models


class ResCompany(models.Model):
    """What a shop accepts as an answer, and what it does about the others."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_survey_days = fields.Integer(
        "Questionnaire Link (days)",
        default=7,
        help="How long the link to a questionnaire stays valid.",
    )
    dealer_survey_sms = fields.Boolean(
        "Questionnaires by Text Message",
        help="Care rules that write by text message send their questionnaire by Odoo's"
        " SMS. Otherwise somebody sends it by hand.",
    )
    dealer_index_low = fields.Float(
        "Index Below",
        default=600,
        help="From 0 to 1000. An answer below this counts as unhappy. 0: off.",
    )
    dealer_factor_low = fields.Float(
        "A Factor Below",
        default=4,
        help="From 0 to 10. An answer with any factor below this counts as unhappy. "
        "0: off.",
    )
    dealer_nps_low = fields.Integer(
        "Recommendation Up To",
        default=6,
        help="From 0 to 10. An answer up to this value counts as unhappy. Customers "
        "who give 6 or less tend to advise others against the shop. −1: off.",
    )
    dealer_unhappy_action = fields.Selection(
        [("complaint", "Open a Complaint"), ("callback", "Call the Customer")],
        "After an Unhappy Answer",
        default="complaint",
        required=True,
    )

    def _dealer_low_answers(self, index, means, nps):
        """What is unhappy about answers.

        :param index: 0–1000, or ``None``
        :param dict means: mean from 0 to 10 by ``dealer.csi.factor``
        :param nps: 0–10, or ``None``
        :return: list of texts, the reasons; empty for a content customer
        """
        self.ensure_one()
        causes = []
        if index is not None and index < self.dealer_index_low:
            causes.append(self.env._("Index %s of 1000", round(index)))
        causes += [
            self.env._("%(factor)s: %(score)s of 10", factor=factor.name, score=mean)
            for factor, mean in means.items()
            if mean < self.dealer_factor_low
        ]
        if nps is not None and nps <= self.dealer_nps_low:
            causes.append(self.env._("Would recommend us: %s of 10", nps))
        return causes
