from odoo import api, fields, models

from ..tools.actions import open_dialog


class DealerReasonWizard(models.TransientModel):
    """Asks for the reason of a step that is not taken without one."""

    _name = "dealer.reason.wizard"
    _description = "Reason"
    _inherit = "dealer.dialog.mixin"

    kind = fields.Selection(
        [
            ("cancel_agreement", "Cancel Agreement"),
            ("not_supplied", "Not Supplied"),
            ("correct_settlement", "Correct the Settlement"),
            ("share_supplement", "Reason for the Supplement"),
            ("undo_arrival", "Take the Arrival Back"),
            ("undo_delivery", "Take the Delivery Back"),
            ("release_key", "Release the Key Unpaid"),
            ("drop_improvement", "Give the Improvement Up"),
            ("withdraw_voucher", "Withdraw the Voucher"),
            ("claim_sent_back", "Sent Back by the Manufacturer"),
            ("claim_appeal", "Appeal"),
            ("claim_give_up", "Do Not Claim"),
            ("scrap_old_part", "Scrap the Old Part"),
            ("campaign_excluded", "Not Concerned"),
            ("health_refused", "Sent Back by the Platform"),
            ("campaign_elsewhere", "Done Elsewhere"),
            ("campaign_not_done", "Not Done After All"),
        ],
        required=True,
        readonly=True,
    )
    res_id = fields.Integer(required=True, readonly=True)
    reason = fields.Char(required=True)

    @api.model
    def _actions(self):
        """What is done for a reason.

        :return: dict of kind: tuple of model and method, which is handed the reason
        """
        return {
            "cancel_agreement": ("sale.order", "action_cancel_agreement"),
            "not_supplied": ("sale.order.line", "action_not_supplied"),
            "correct_settlement": ("dealer.reception", "action_correct_settlement"),
            "share_supplement": ("sale.order", "_share_supplement"),
            "undo_arrival": ("dealer.reception", "action_undo_arrival"),
            "undo_delivery": ("dealer.reception", "action_undo_delivery"),
            "release_key": ("dealer.reception", "action_release_key"),
            "drop_improvement": ("dealer.improvement", "action_drop"),
            "withdraw_voucher": ("dealer.voucher", "action_withdraw"),
            "claim_sent_back": ("dealer.warranty.claim", "action_sent_back"),
            "claim_appeal": ("dealer.warranty.claim", "action_appeal"),
            "claim_give_up": ("dealer.warranty.claim", "action_give_up"),
            "scrap_old_part": ("dealer.old.part", "action_scrap"),
            "health_refused": ("dealer.health.record", "action_refuse"),
            "campaign_excluded": ("dealer.factory.campaign.car", "action_exclude"),
            "campaign_elsewhere": (
                "dealer.factory.campaign.car",
                "action_done_elsewhere",
            ),
            "campaign_not_done": ("dealer.factory.campaign.car", "action_not_done"),
        }

    def _open(self, kind, record):
        """The dialog for one record, as an action, for who may do it."""
        self._check_may(kind, record)
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return open_dialog(self, labels[kind], kind=kind, res_id=record.id)

    @api.model
    def _check_may(self, _kind, record):
        """:raise AccessError: for who may not do it to this record. Hook."""
        record.check_access("write")

    def _check_subjects(self):
        for dialog in self:
            dialog._check_may(dialog.kind, dialog._record())
        return super()._check_subjects()

    def _record(self):
        """What the reason is for."""
        self.ensure_one()
        model, _method = self._actions()[self.kind]
        return self.env[model].browse(self.res_id)

    def action_apply(self):
        """Do it, for the reason given, with the rights of the user."""
        record = self._record()
        self._check_may(self.kind, record)
        _model, method = self._actions()[self.kind]
        getattr(record, method)(self.reason)
        return {"type": "ir.actions.act_window_close"}
