from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ...tools.actions import open_dialog
from .dealer_job_board import TRAY_STATES


class DealerJob(models.Model):
    """What a technician finds on the car: the advisor offers it to the customer."""

    _name = "dealer.job"
    _inherit = "dealer.job"

    def action_report_finding(self):
        """Open the dialog in which a technician reports what should be done as well.

        :raise UserError: when no further work can be taken on
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open_to_findings()
        return open_dialog(
            self.env["dealer.finding"],
            self.env._("Report Found Work"),
            job_id=self.id,
        )

    def _check_open_to_findings(self):
        if self.reception_state not in TRAY_STATES:
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: found work can be offered from the "
                    "customer's authorization until the quality check is passed.",
                    visit=self.reception_id.display_name,
                    state=self.reception_id._state_label(),
                )
            )

    def _report_finding(self, note, urgency, photo=None):
        """A draft supplement for the advisor to price, and a task to do so.

        :param str urgency: ``safety``, ``soon`` or ``later``
        :param photo: base64 of a picture, or nothing
        :return: the supplement, with all rights
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open_to_findings()
        # a technician writes no order: the right was checked on the job above
        visit = self.sudo().reception_id
        order = visit._create_order(
            dealer_kind="supplement", dealer_reason=note, dealer_urgency=urgency
        )
        if photo:
            order.dealer_photo_ids = order.env["ir.attachment"].create(
                {
                    "name": f"{order.name}.jpg",
                    "datas": photo,
                    "res_model": order._name,
                    "res_id": order.id,
                }
            )
        self._tell_advisor_of_finding(visit, order)
        return order

    def _tell_advisor_of_finding(self, visit, order):
        advisor = visit.advisor_id or self.env.user
        told = visit._for_reader(advisor)
        labels = dict(order._fields["dealer_urgency"]._description_selection(told.env))
        summary = told.env._(
            "Found work (%(urgency)s): %(job)s",
            urgency=labels[order.dealer_urgency],
            job=self.name,
        )
        words = (order.dealer_reason or "").strip()
        told.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=summary,
            note=Markup("<p>%s</p><p>%s</p>")
            % (words, order._get_html_link(title=order.name)),
            user_id=advisor.id,
        )
        advisor._bus_send(
            "simple_notification",
            {
                "type": "danger" if order.dealer_urgency == "safety" else "warning",
                "title": f"{visit.display_name}: {summary}",
                "message": words,
                "sticky": True,
            },
        )
