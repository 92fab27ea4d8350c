from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import MOMENT, TEXT, arguments, one_of

from ..clock.dealer_sla_segment import PAUSE_REASONS

#: Clocks of ours. The first contact is never excused, and those of the factory and of
#: an authority do not stand still because we wait.
PAUSED_METRICS = ("feedback", "remedy", "resolve", "callback")


class DealerComplaint(models.Model):
    """What people do with the clocks of a complaint: pause, resume, poke them."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    @arguments(reason=one_of(PAUSE_REASONS), note=TEXT, until=MOMENT)
    def action_pause(self, reason=None, note=None, until=None):
        """Pause the clocks that may be paused, approved by the officer who does it.

        Without a reason the dialog asks for one; there a handler asks an officer.

        :param str reason: ``customer``, ``parts``, ``manufacturer``, ``inspection``
        :param str note: the evidence
        :param datetime until: ends by itself then; default: the cap of the target
        """
        if not reason:
            return self._pause_dialog()
        if not (self.env.su or self._is_officer()):
            raise AccessError(
                self.env._("A pause needs the approval of a complaint officer.")
            )
        self._check_not_measured(self.env._("A pause"))
        self.check_access("write")
        timers = self._sla_active(PAUSED_METRICS)
        if not timers:
            raise UserError(
                self.env._(
                    "%(complaints)s: no clock that may be paused is running. The "
                    "clock of the first contact can never be paused.",
                    complaints=", ".join(self.mapped("name")),
                )
            )
        source = timers._source()
        user = self.env.user
        # remote callers send text
        until = fields.Datetime.to_datetime(until)
        timers._pause(source, reason, note, until, user=user, approver=user)
        self._sla_refresh(source.now)
        return True

    def action_resume(self):
        """Let the paused clocks run on."""
        self.check_access("write")
        timers = self._sla_active()
        source = timers._source()
        timers._resume(source)
        self._sla_refresh(source.now)
        return True

    def action_sla_poke(self):
        """A countdown has reached zero somewhere: look after these complaints now.

        Idempotent; anybody who sees a complaint may call it.

        :return: ``{id: sla_state}``
        """
        self.check_access("read")
        # the facts are true whoever notices them first
        Timer = self.env["dealer.sla.timer"].sudo()
        if Timer._process_due(complaint_ids=self.ids):
            cron = self.env.ref("dealer_complaint.ir_cron_dealer_complaint_tick")
            # notices go out together, from the cron, which belongs to the system
            cron.sudo()._trigger()
        self.invalidate_recordset(["sla_state"])
        return {complaint.id: complaint.sla_state for complaint in self}

    def _pause_dialog(self):
        self.check_access("write")
        return open_dialog(
            self.env["dealer.complaint.pause"],
            self.env._("Pause"),
            complaint_ids=self.ids,
        )
