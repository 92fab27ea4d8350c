from odoo import api, models


class IrModelData(models.Model):
    """Rows of ours that the program works with are archived, not deleted."""

    _name = "ir.model.data"
    _inherit = "ir.model.data"

    @api.model
    def _dealer_needed_rows(self):
        return super()._dealer_needed_rows() | {
            "dealer_followup.care_rule_hand",
            "dealer_followup.care_rule_unhappy",
            "dealer_followup.ir_cron_dealer_followup_generate",
            "dealer_followup.ir_cron_dealer_followup_links",
            "dealer_followup.ir_cron_dealer_life_cycle",
            "dealer_followup.mail_activity_type_introduce",
            "dealer_followup.mail_template_activity_changed",
            "dealer_followup.mail_template_invitation",
            "dealer_followup.mail_template_survey",
            "dealer_followup.result_answered",
            "dealer_followup.result_appointment",
            "dealer_followup.result_converted",
            "dealer_followup.result_link_sent",
            "dealer_followup.result_message_sent",
            "dealer_followup.result_not_interested",
            "dealer_followup.result_reached",
            "dealer_followup.seq_dealer_new_car_delivery",
        }
