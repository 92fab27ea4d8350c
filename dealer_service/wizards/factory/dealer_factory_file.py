import base64
from urllib.parse import quote

from odoo import fields, models
from odoo.exceptions import UserError


class DealerFactoryFile(models.TransientModel):
    """Writes the file that is uploaded to the manufacturer's dealer system."""

    _name = "dealer.factory.file"
    _description = "Write a File for the Manufacturer"
    _inherit = "dealer.dialog.mixin"

    export_id = fields.Many2one("dealer.factory.export", "File", required=True)
    claim_ids = fields.Many2many("dealer.warranty.claim", string="Claims")
    return_id = fields.Many2one("dealer.old.part.return", "Return List")
    car_ids = fields.Many2many("dealer.factory.campaign.car", string="Cars")
    record_ids = fields.Many2many("dealer.health.record", string="Health Files")
    name = fields.Char("File Name", readonly=True)
    file = fields.Binary("Written", readonly=True, attachment=False)

    def action_write(self):
        """Write it, and hand it out to be saved.

        :raise UserError: for nothing to write
        """
        self.ensure_one()
        name, data = self.export_id._write_file(self._records())
        self.write({"name": name, "file": base64.b64encode(data)})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{quote(name)}"
            "?download=true",
            "target": "download",
        }

    def _records(self):
        """What the file is about, of what the dialog was opened for."""
        claims = self.claim_ids
        match self.export_id.subject:
            case "dealer.warranty.claim":
                return claims
            case "dealer.warranty.claim.line":
                return claims.line_ids
            case "dealer.old.part":
                return self.return_id.part_ids or claims.old_part_ids
            case "dealer.factory.campaign.car":
                return self.car_ids
            case "dealer.health.record":
                return self.record_ids
        raise UserError(self.env._("There is nothing to write into the file."))
