from odoo import api, models

from ...tools.personal import ACCOUNTING, CAR, NUMBER, REPAIR, WORDING, Personal

#: What is emptied on the card besides its words.
_CARD = {
    "preferred_contact_time": None,
    "preferred_channel": None,
    "is_phone_wrong": False,
    "partner_latitude": None,
    "partner_longitude": None,
}


class DealerPersonalData(models.AbstractModel):
    """Where Odoo and the service department hold words about a person."""

    _name = "dealer.personal.data"
    _inherit = "dealer.personal.data"

    @api.model
    def _personal_places(self):
        return [
            *super()._personal_places(),
            *self._places_of_people(),
            *self._places_of_visits(),
            *self._places_of_money(),
            *self._places_of_letters(),
        ]

    def _places_of_people(self):
        return [
            Personal(
                "res.partner",
                keep={"lang": NUMBER, "tz": NUMBER},
                alias=("name", "complete_name"),
                put=_CARD,
            ),
            Personal("res.partner.bank", by=("partner_id",)),
            Personal(
                "fleet.vehicle",
                by=("owner_id",),
                keep=dict.fromkeys(
                    (
                        "name",
                        "license_plate",
                        "plate_key",
                        "vin_sn",
                        "vin_key",
                        "color",
                        "co2_standard",
                        "model_year",
                        "trim",
                        "engine_number",
                    ),
                    CAR,
                ),
            ),
            Personal("fleet.vehicle.log.contract", by=("vehicle_id",)),
            Personal("fleet.vehicle.log.services", by=("vehicle_id",)),
            Personal("fleet.vehicle.odometer", by=("vehicle_id",), keep={"name": CAR}),
            Personal("dealer.odometer.reading", by=("vehicle_id",)),
        ]

    def _places_of_visits(self):
        """The repair file of a car (JT/T 816) is work, parts, times and signatures."""
        return [
            Personal(
                "dealer.reception",
                by=("partner_id", "contact_id"),
                keep={
                    "name": NUMBER,
                    "past_number": NUMBER,
                    "license_plate": CAR,
                    "car_name": CAR,
                    "delivery_signature": REPAIR,
                    "settlement_signature": REPAIR,
                    "settlement_signed_for": NUMBER,
                    "variance_covered": NUMBER,
                },
            ),
            Personal(
                "dealer.reception.concern",
                by=("reception_id",),
                keep={"fault_code": REPAIR, "cause": REPAIR, "correction": REPAIR},
            ),
            Personal("dealer.reception.check", by=("reception_id",)),
            Personal(
                "dealer.online.booking",
                by=("reception_id",),
                keep={"notice": WORDING, "notice_version": WORDING},
            ),
            Personal("dealer.booking.phone", numbers=("phone",), delete=True),
            Personal(
                "dealer.inspection", by=("reception_id",), keep={"signature": REPAIR}
            ),
            Personal(
                "dealer.damage.mark", by=("reception_id",), keep={"photo": REPAIR}
            ),
            Personal(
                "dealer.job",
                by=("reception_id",),
                keep={"name": REPAIR, "product_name": REPAIR},
            ),
            Personal("dealer.part.need", by=("reception_id",), keep={"name": REPAIR}),
            Personal("dealer.gate.pass", by=("reception_id",), keep={"name": NUMBER}),
            Personal(
                "dealer.kept.paper",
                by=("reception_id",),
                keep={"fingerprint": NUMBER, "sha256": NUMBER, "pdf": REPAIR},
            ),
            Personal(
                "dealer.call.record",
                by=("partner_id", "reception_id"),
                keep={"call_ref": NUMBER, "extension": NUMBER},
            ),
            Personal("dealer.voucher", by=("partner_id",), keep={"name": NUMBER}),
            *self._places_of_claims(),
            Personal("dealer.time.away", by=("reception_id",), keep={"parts": REPAIR}),
            Personal("dealer.work.log", by=("reception_id",)),
            Personal("dealer.quality.check", by=("reception_id",)),
            Personal("dealer.waiting.care", by=("reception_id",)),
            Personal(
                "dealer.multipoint.finding",
                by=("reception_id",),
                keep={
                    "photo": REPAIR,
                    "unit": REPAIR,
                    "code": NUMBER,
                    "former": NUMBER,
                },
                put={"has_video": False},
            ),
            Personal(
                "dealer.declined.work",
                by=("partner_id", "reception_id"),
                keep={"name": REPAIR, "past_number": NUMBER, "item_code": NUMBER},
            ),
            Personal("dealer.takeover.row", numbers=("customer_key",), delete=True),
            Personal(
                "dealer.past.line",
                by=("reception_id",),
                keep={"code": NUMBER, "name": REPAIR, "unit": NUMBER},
            ),
        ]

    def _places_of_claims(self):
        """What the manufacturer was asked for is a voucher, and part of the file."""
        return [
            Personal(
                "dealer.warranty.claim",
                by=("reception_id",),
                keep={
                    "name": NUMBER,
                    "factory_number": NUMBER,
                    "fault_code": REPAIR,
                    "cause": REPAIR,
                },
            ),
            Personal(
                "dealer.warranty.claim.line",
                by=("claim_id",),
                keep={
                    "name": REPAIR,
                    "operation_code": REPAIR,
                    "answer_reason": ACCOUNTING,
                    "rest_reason": ACCOUNTING,
                },
            ),
            Personal(
                "dealer.health.record",
                by=("reception_id",),
                keep={"receipt": NUMBER, "reason": REPAIR},
            ),
            Personal(
                "dealer.factory.campaign.car",
                by=("reception_id",),
                keep={"vin": CAR, "vin_key": CAR, "reason": REPAIR},
            ),
            Personal(
                "dealer.old.part",
                by=("claim_id",),
                keep={"name": NUMBER, "place": NUMBER},
            ),
        ]

    def _places_of_money(self):
        """Estimates and settlements list the work; invoices are vouchers."""
        return [
            Personal(
                "sale.order",
                by=("partner_id", "partner_invoice_id", "reception_id"),
                keep={"name": NUMBER, "consent_digest": NUMBER, "signature": REPAIR},
            ),
            Personal(
                "sale.order.line",
                by=("order_id",),
                keep={
                    "name": REPAIR,
                    "analytic_distribution": NUMBER,
                    "extra_tax_data": NUMBER,
                },
            ),
            Personal("product.attribute.custom.value", by=("sale_order_line_id",)),
            Personal(
                "account.move",
                by=("partner_id", "commercial_partner_id", "reception_id"),
                keep=dict.fromkeys(
                    (
                        "name",
                        "sequence_prefix",
                        "ref",
                        "payment_reference",
                        "invoice_partner_display_name",
                        "invoice_origin",
                        "incoterm_location",
                        "narration",
                        "inalterable_hash",
                        "fapiao",
                        "dealer_buyer_title",
                        "dealer_buyer_tax_number",
                        "dealer_einvoice_number",
                        "dealer_red_number",
                        "dealer_plate",
                        "invoice_pdf_report_file",
                    ),
                    ACCOUNTING,
                ),
            ),
            Personal(
                "account.move.line",
                by=("move_id",),
                keep=dict.fromkeys(
                    (
                        "name",
                        "move_name",
                        "ref",
                        "matching_number",
                        "analytic_distribution",
                        "extra_tax_data",
                    ),
                    ACCOUNTING,
                ),
            ),
            Personal(
                "account.partial.reconcile",
                by=("debit_move_id", "credit_move_id", "exchange_move_id"),
                keep={"draft_caba_move_vals": ACCOUNTING},
            ),
            Personal(
                "account.payment",
                by=("partner_id",),
                keep=dict.fromkeys(("name", "memo", "payment_reference"), ACCOUNTING),
            ),
            Personal(
                "account.bank.statement.line",
                by=("partner_id",),
                keep=dict.fromkeys(
                    (
                        "account_number",
                        "partner_name",
                        "transaction_type",
                        "payment_ref",
                        "internal_index",
                        "transaction_details",
                    ),
                    ACCOUNTING,
                ),
            ),
            Personal(
                "account.analytic.line",
                by=("partner_id",),
                keep=dict.fromkeys(("name", "code", "ref"), ACCOUNTING),
            ),
            Personal(
                "payment.transaction",
                by=("partner_id",),
                keep={
                    "reference": NUMBER,
                    "provider_reference": NUMBER,
                    "partner_lang": NUMBER,
                },
            ),
            Personal("payment.token", by=("partner_id",)),
            Personal("dealer.account.statement", by=("partner_id",)),
            Personal(
                "dealer.account.statement.line",
                by=("statement_id",),
                keep=dict.fromkeys(("name", "plate", "visit", "reference"), ACCOUNTING),
            ),
        ]

    def _places_of_letters(self):
        """What was written to the customer or about the customer, on any record."""
        return [
            Personal(
                "snailmail.letter",
                by=("partner_id",),
                document=("model", "res_id"),
                delete=True,
            ),
            Personal("sms.sms", by=("partner_id",), numbers=("number",), delete=True),
            Personal("mail.mail", by=("recipient_ids",), delete=True),
            Personal(
                "dealer.customer.message",
                by=("partner_id",),
                document=("res_model", "res_id"),
                numbers=("address",),
                delete=True,
            ),
            Personal(
                "dealer.message.link", document=("res_model", "res_id"), delete=True
            ),
            Personal("dealer.sms.inbox", numbers=("number",), delete=True),
            Personal("mail.notification", by=("res_partner_id",)),
            Personal("sms.tracker", by=("mail_notification_id",), delete=True),
            Personal("mail.blacklist", numbers=("email",), delete=True),
            Personal("phone.blacklist", numbers=("number",), delete=True),
            Personal("mail.gateway.allowed", numbers=("email",), delete=True),
            Personal(
                "rating.rating",
                by=("partner_id",),
                document=("res_model", "res_id"),
                keep={"res_model": NUMBER, "parent_res_model": NUMBER},
            ),
            Personal("mail.activity", document=("res_model", "res_id"), delete=True),
            Personal(
                "mail.scheduled.message", document=("model", "res_id"), delete=True
            ),
            Personal(
                "mail.message",
                by=("author_id",),
                document=("model", "res_id"),
                delete=True,
            ),
            Personal(
                "ir.attachment",
                document=("res_model", "res_id"),
                # a search leaves out the files of fields unless it names them
                only=("|", ("res_field", "=", False), ("res_field", "!=", False)),
                delete=True,
            ),
            # names that an import gave: often the name or the number of the customer
            Personal(
                "ir.model.data",
                document=("model", "res_id"),
                only=(
                    (
                        "module",
                        "not in",
                        list(self.env["ir.module.module"]._installed()),
                    ),
                ),
                delete=True,
            ),
        ]
