from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.dealer_service.models.common.signature import (
    check_signer,
    checked_signature,
)
from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import BASE64, TEXT, arguments

INTRODUCE = "dealer_followup.mail_activity_type_introduce"


class DealerNewCarDelivery(models.Model):
    """The way of a hand-over, from the agreed day to the key."""

    _name = "dealer.new.car.delivery"
    _inherit = "dealer.new.car.delivery"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_introduce(self):
        """The service advisor was introduced to the customer.

        :raise UserError: when nobody was chosen, or the car is not handed over here
        """
        self.check_access("write")
        for delivery in self:
            if delivery.state != "planned":
                delivery._check_open_for(self._field_label("date_introduced"))
            if not delivery.advisor_id:
                raise UserError(
                    self.env._(
                        "%s: choose the service advisor who is introduced.",
                        delivery.display_name,
                    )
                )
        known = self.filtered("date_introduced")
        (self - known)._write_by_method({"date_introduced": fields.Datetime.now()})
        self._end_asking()
        return True

    def action_book_first_service(self):
        """Book the first service of the car, on the day proposed for it."""
        self.ensure_one()
        self.check_access("read")
        return self.vehicle_id.action_book()

    def action_open_handover(self):
        """Show what is signed, and let the customer sign for the car."""
        self.ensure_one()
        self.check_access("write")
        self._check_move("delivered")
        self._check_complete()
        return open_dialog(
            self.env["dealer.new.car.handover"],
            self.env._("Hand Over the New Car"),
            delivery_id=self.id,
            signed_by=self.partner_id.name,
        )

    @arguments(signature=BASE64, signed_by=TEXT, unsigned_reason=TEXT)
    def action_deliver(self, signature=None, signed_by=None, unsigned_reason=None):
        """The customer drives away with the new car. Care begins from this day.

        :param str signature: the customer's signature, base64
        :param str signed_by: who signed
        :param str unsigned_reason: why nobody has signed
        :raise UserError: naming what is not done yet
        """
        self.check_access("write")
        self._check_move("delivered")
        self._check_complete()
        # whose car it is may have changed since it was planned
        self._check_not_sold()
        reason = (unsigned_reason or "").strip()
        signer = (signed_by or "").strip()
        if signature and not signer:
            raise UserError(self.env._("Enter the name of whoever has signed."))
        if not signature and not reason:
            raise UserError(
                self.env._(
                    "The customer has not signed for the car. Let the customer sign, "
                    "or enter why there is no signature."
                )
            )
        vals = {"state": "delivered", "date_delivered": fields.Datetime.now()}
        if signature:
            check_signer(self.env, signer)
            vals["signature"] = checked_signature(self.env, signature)
            vals["signed_by"] = signer
        else:
            vals["unsigned_reason"] = reason
        self._write_by_method(vals)
        # of two at once the second waits here, and is told that it is done
        self.flush_recordset(["state"])
        self._hand_over_car()
        self._end_asking()
        return True

    @arguments(reason=TEXT)
    def action_cancel(self, reason=None):
        """The sale fell through: the car stays ours. A reason is asked for."""
        self.check_access("write")
        self._check_move("cancelled")
        reason = (reason or "").strip()
        if not reason:
            self.ensure_one()
            return self.env["dealer.reason.wizard"]._open("cancel_new_car", self)
        self._write_by_method({"state": "cancelled", "cancel_reason": reason})
        self._end_asking()
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _check_open_for(self, what):
        raise UserError(
            self.env._(
                "%(delivery)s is “%(state)s”: “%(field)s” stays as it is.",
                delivery=self.display_name,
                state=self._state_label(),
                field=what,
            )
        )

    def _check_complete(self):
        """:raise UserError: naming what is not done before the key is handed over"""
        for delivery in self:
            missing = delivery._open_checks().mapped("point_id.name")
            missing += delivery._open_recalls()
            if not delivery.date_introduced:
                missing.append(self.env._("The service advisor is introduced"))
            if not delivery.first_service:
                missing.append(self.env._("The first service is offered"))
            if missing:
                raise UserError(
                    self.env._(
                        "%(delivery)s: before the key is handed over, this must be "
                        "done:\n%(points)s",
                        delivery=delivery.display_name,
                        points="\n".join(f"• {name}" for name in missing),
                    )
                )

    def _open_recalls(self):
        """Recalls that are not done: the law lets nobody sell such a car."""
        self.ensure_one()
        # the number of the car, whoever may read its card
        car = self.sudo().vehicle_id.with_company(self.company_id)
        rows = car._open_campaigns().sudo()
        return [row._notice_words() for row in rows if row.kind == "recall"]

    def _hand_over_car(self):
        """The car is the customer's from now on, and the rules of care find it."""
        for delivery in self:
            day = delivery.company_id._dealer_day(delivery.date_delivered)
            # a process of the shop: who hands over need not be who keeps the cars
            car = delivery.sudo().vehicle_id
            car.write({"owner_id": delivery.partner_id.id, "sale_date": day})
            if delivery.odometer > car.last_odometer:
                car.env["dealer.odometer.reading"].create(
                    {
                        "vehicle_id": car.id,
                        "date": day,
                        "value": delivery.odometer,
                        "user_id": self.env.uid,
                    }
                )

    # ------------------------------------------------------------------
    # LIST AND ADVISOR
    # ------------------------------------------------------------------

    def _give_out_list(self):
        """Each car has its own list, as it was on the day it was agreed."""
        # the list is the shop's, whoever plans the hand-over
        points = self.env["dealer.new.car.point"].sudo()
        # nobody but the process gives out points
        checks = self.env["dealer.new.car.check"].sudo()
        # of which kind a car is, whoever may read its card
        for delivery in self.sudo():
            mine = points.search(
                [("company_id", "in", (delivery.company_id.id, False))]
            )
            checks._create_by_method(
                [
                    {
                        "delivery_id": delivery.id,
                        "point_id": point.id,
                        "sequence": point.sequence,
                        "is_mandatory": point.is_mandatory,
                    }
                    for point in mine._asked_for(delivery.vehicle_id)
                ]
            )

    def _give_out_list_anew(self, _change):
        """What was done on another car is not done on this one."""
        # see _give_out_list
        self.sudo().check_ids.unlink()
        self._give_out_list()

    def _ask_advisor(self):
        """The advisor is told when to be there."""
        for delivery in self.filtered("advisor_id"):
            reader = delivery._for_reader(delivery.advisor_id)
            reader.activity_schedule(
                INTRODUCE,
                date_deadline=delivery.company_id._dealer_day(delivery.date_promised),
                summary=reader.env._(
                    "Introduce yourself to %(name)s, who gets a new car at %(time)s",
                    name=delivery.partner_id.name,
                    time=reader._format_local(delivery.date_promised),
                ),
                user_id=delivery.advisor_id.id,
            )

    def _ask_advisor_anew(self, _change):
        """Another advisor, or another hour: who is not introduced yet is told."""
        waiting = self.filtered(
            lambda delivery: (
                delivery.state == "planned" and not delivery.date_introduced
            )
        )
        waiting._drop_asking()
        waiting._ask_advisor()

    def _drop_asking(self):
        self.activity_unlink([INTRODUCE])

    def _end_asking(self):
        # of a colleague
        self.sudo().activity_feedback([INTRODUCE])
