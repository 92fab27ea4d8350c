import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError


class DealerClaimAnswer(models.TransientModel):
    """Reads the file in which the manufacturer has answered claims."""

    _name = "dealer.claim.answer"
    _description = "Read the Manufacturer's Answer"
    _inherit = "dealer.dialog.mixin"

    export_id = fields.Many2one(
        "dealer.factory.export",
        "Headings As In",
        required=True,
        domain="[('answer_claim', '!=', False)]",
        help="Under which headings the answer stands is part of the file's shape.",
    )
    file = fields.Binary(attachment=False)
    file_name = fields.Char()

    def action_read(self):
        """Take over what the file answers, all of it or nothing.

        :raise UserError: with the rows that cannot be taken over
        """
        self.ensure_one()
        if not self.export_id.answer_claim:
            raise UserError(
                self.env._(
                    "“%s” does not say under which headings answers stand.",
                    self.export_id.name,
                )
            )
        self.env["dealer.warranty.claim"].check_access("write")
        content = self.with_context(bin_size=False).file
        if not content:
            raise UserError(self.env._("Choose a file to import first."))
        try:
            data = base64.b64decode(content)
        except (binascii.Error, ValueError):
            data = b""
        claims, taken, known = self.env["dealer.warranty.claim"]._take_answers(
            self.export_id, data
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(claims)s claims are answered: %(taken)s lines were taken over, "
                    "%(known)s were known.",
                    claims=len(claims),
                    taken=taken,
                    known=known,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
