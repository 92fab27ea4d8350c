from odoo import api, fields, models


class ResCompany(models.Model):
    """What a shop says of its telephone exchange."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_call_prefixes = fields.Char(
        "Digits for an Outside Line",
        default="9",
        help="What staff dials before a number outside, as the exchange reports it; "
        "several with commas between.",
    )
    dealer_call_minutes = fields.Integer(
        "Call and Record Apart At Most (min)",
        default=15,
        required=True,
        help="A call proves a contact that is recorded at most so many minutes before "
        "it began or after it ended.",
    )

    _dealer_call_minutes_positive = models.Constraint(
        "CHECK(dealer_call_minutes > 0)",
        "Between a call and its record some minutes may pass.",
    )

    # recordings
    dealer_recording_announced = fields.Boolean(
        "Callers Hear That They Are Recorded",
        compute="_compute_dealer_recording_announced",
        inverse="_inverse_dealer_recording_announced",
        help="Only then links of recordings are kept. Who says so, and when, is kept.",
    )
    dealer_recording_since = fields.Datetime("Announced Since", readonly=True)
    dealer_recording_user_id = fields.Many2one(
        "res.users", "Announcement Confirmed By", readonly=True, ondelete="restrict"
    )
    dealer_recording_days = fields.Integer(
        "Recordings Are Kept For (days)",
        default=90,
        required=True,
        help="Then the link is removed. The shop decides how long it needs them: no "
        "longer than their purpose asks (Personal Information Protection Law of China, "
        "2021, Article 19).",
    )
    dealer_call_days = fields.Integer(
        "Numbers of Calls Are Kept For (days)",
        default=730,
        required=True,
        help="Then the number is removed from the call, which goes on to prove what it "
        "proves.",
    )

    _dealer_call_days_positive = models.Constraint(
        "CHECK(dealer_recording_days BETWEEN 1 AND 36500"
        " AND dealer_call_days BETWEEN 1 AND 36500)",
        "Recordings and numbers are kept for some days, a hundred years at most.",
    )

    @api.depends("dealer_recording_since")
    def _compute_dealer_recording_announced(self):
        for company in self:
            company.dealer_recording_announced = bool(company.dealer_recording_since)

    def _inverse_dealer_recording_announced(self):
        for company in self:
            is_said = company.dealer_recording_announced
            if is_said != bool(company.dealer_recording_since):
                company.dealer_recording_since = is_said and fields.Datetime.now()
                company.dealer_recording_user_id = is_said and self.env.user

    def _dealer_keeps_recordings(self):
        """Whether links of recordings may be kept: callers know of them."""
        self.ensure_one()
        return bool(self.dealer_recording_since)

    def _dealer_outside_line(self):
        """What stands before a number outside, as a tuple."""
        texts = (self.dealer_call_prefixes or "").replace("，", ",").split(",")
        return tuple(filter(str.isdecimal, map(str.strip, texts)))
