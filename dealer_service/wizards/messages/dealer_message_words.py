from odoo import api, fields, models


class DealerMessageWords(models.TransientModel):
    """The words of an occasion in one language, to be changed by who keeps them."""

    _name = "dealer.message.words"
    _description = "Words of an Occasion"
    _inherit = "dealer.dialog.mixin"

    occasion_id = fields.Many2one("dealer.message.occasion", required=True)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    has_sms = fields.Boolean(compute="_compute_has_texts")
    has_mail = fields.Boolean(compute="_compute_has_texts")
    sms = fields.Text(
        "Text Message", compute="_compute_words", store=True, readonly=False
    )
    subject = fields.Char(compute="_compute_words", store=True, readonly=False)
    body = fields.Html(
        "E-Mail",
        compute="_compute_words",
        store=True,
        readonly=False,
        # cleaned by Odoo's mail template, which keeps what it fills in
        sanitize=False,
    )

    @api.depends("occasion_id")
    def _compute_has_texts(self):
        for dialog in self:
            # who keeps the words reads no templates else
            occasion = dialog.occasion_id.sudo()
            dialog.has_sms = bool(occasion.sms_template_id)
            dialog.has_mail = bool(
                occasion and occasion._mail_template(self.env.company)
            )

    @api.depends("occasion_id", "lang")
    def _compute_words(self):
        for dialog in self:
            words = {}
            if dialog.occasion_id and dialog.lang:
                words = dialog.occasion_id._words(dialog.lang)
            dialog.sms = words.get("sms")
            dialog.subject = words.get("subject")
            dialog.body = words.get("body")

    def _check_subjects(self):
        """Whoever may not save it need not begin."""
        for dialog in self:
            dialog.occasion_id._check_keeper()
        return super()._check_subjects()

    def action_save(self):
        """Write them, and show how they will look."""
        self.ensure_one()
        self.check_access("write")
        words = {"sms": self.sms, "subject": self.subject, "body": self.body}
        self.occasion_id._write_words(self.lang, words)
        return self.occasion_id.action_preview()
