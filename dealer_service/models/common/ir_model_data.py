from odoo import api, models
from odoo.exceptions import UserError


class IrModelData(models.Model):
    """Rows of ours that the program works with are archived, not deleted."""

    _name = "ir.model.data"
    _inherit = "ir.model.data"

    @api.model
    def _dealer_needed_rows(self):
        """XML ids of the shipped rows that the program cannot do without. Hook.

        They may be changed. An upgrade creates one that is missing all the same; every
        other shipped row that was deleted stays deleted.
        """
        return {
            "dealer_service.ir_cron_dealer_call_match",
            "dealer_service.ir_cron_dealer_service_cut_logs",
            "dealer_service.ir_cron_dealer_service_expire",
            "dealer_service.ir_cron_dealer_service_forget",
            "dealer_service.ir_cron_dealer_service_improvements",
            "dealer_service.ir_cron_dealer_service_messages",
            "dealer_service.ir_cron_dealer_service_no_show",
            "dealer_service.ir_cron_dealer_service_post",
            "dealer_service.ir_cron_dealer_service_promise",
            "dealer_service.ir_cron_dealer_service_remind",
            "dealer_service.ir_cron_dealer_service_sms_inbox",
            "dealer_service.ir_cron_dealer_service_staff",
            "dealer_service.ir_cron_dealer_service_stock",
            "dealer_service.ir_cron_dealer_service_takeover",
            "dealer_service.ir_cron_dealer_service_workdays",
            "dealer_service.mail_activity_type_holidays",
            "dealer_service.mail_activity_type_improvement",
            "dealer_service.mail_activity_type_online",
            "dealer_service.mail_activity_type_parts_here",
            "dealer_service.mail_activity_type_parts_late",
            "dealer_service.mail_activity_type_watch",
            "dealer_service.seq_dealer_cash_closing",
            "dealer_service.seq_dealer_gate_pass",
            "dealer_service.seq_dealer_old_part",
            "dealer_service.seq_dealer_old_part_return",
            "dealer_service.seq_dealer_reception",
            "dealer_service.seq_dealer_voucher",
            "dealer_service.seq_dealer_warranty_claim",
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_needed(self):
        needed = self._dealer_needed_rows()
        for data in self:
            if data.complete_name in needed and not data._dealer_is_uninstalled():
                # its row is gone already, and comes back with the refusal
                raise UserError(
                    self.env._(
                        "%(kind)s: the program works with this row (%(row)s), so it "
                        "cannot be deleted. Archive it, or change it, instead.",
                        kind=self.env["ir.model"]._get(data.model).name,
                        row=data.complete_name,
                    )
                )

    def _dealer_is_uninstalled(self):
        # Odoo drops its own mark before it comes to these rows; no right is needed to
        # know which addons go
        addons = self.env["ir.module.module"].sudo()
        return addons._get(self.module).state == "to remove"
