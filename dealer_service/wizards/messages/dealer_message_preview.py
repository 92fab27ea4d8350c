from odoo import api, fields, models


class DealerMessagePreview(models.TransientModel):
    """The texts of an occasion in each language, with the data of a record.

    Where there is none, or none that the user may read, the data are made up; and so
    is a code always: whoever read one could act as the customer.
    """

    _name = "dealer.message.preview"
    _description = "Preview of an Occasion"
    _inherit = "dealer.dialog.mixin"

    occasion_id = fields.Many2one("dealer.message.occasion", required=True)
    model = fields.Char(related="occasion_id.model")
    record_ref = fields.Reference(
        lambda self: self._selection_models(),
        "With the Data Of",
        compute="_compute_record_ref",
        store=True,
        readonly=False,
    )
    is_example = fields.Boolean(compute="_compute_texts")
    texts = fields.Html(compute="_compute_texts", sanitize=False)

    @api.model
    def _selection_models(self):
        # which records there are texts about is no secret to who keeps the texts
        occasions = self.env["dealer.message.occasion"].sudo()
        models_ = occasions.search([("model_id", "!=", False)]).model_id
        return [(model.model, model.name) for model in models_]

    @api.depends("occasion_id")
    def _compute_record_ref(self):
        """The newest one that the user may read."""
        for dialog in self:
            dialog.record_ref = False
            model = dialog.occasion_id.model
            if not model or dialog.occasion_id.purpose == "code":
                continue
            if self.env[model].has_access("read"):
                newest = self.env[model].search([], order="id desc", limit=1)
                dialog.record_ref = newest or False

    @api.depends("occasion_id", "record_ref")
    def _compute_texts(self):
        for dialog in self:
            record, occasion = dialog.record_ref, dialog.occasion_id
            dialog.is_example = (
                not record
                or record._name != occasion.model
                or occasion.purpose == "code"
            )
            dialog.texts = False
            if not occasion:
                continue
            if dialog.is_example:
                record = None
            else:
                record.check_access("read")
                # the text says more of it than its reader may see, as customers read it
                record = record.sudo()
            # the texts belong to the system; the record is one that the user reads
            texts = occasion.sudo()._texts_of_all_languages(record)
            dialog.texts = self.env["ir.qweb"]._render(
                "dealer_service.message_preview", {"texts": texts}
            )
