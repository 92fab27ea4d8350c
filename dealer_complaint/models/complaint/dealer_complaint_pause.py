from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dealer_service.tools.actions import open_dialog
from odoo.addons.dealer_service.tools.arguments import MOMENT, TEXT, arguments, one_of

from ...tools.spans import covered
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
        # remote callers send text
        until = fields.Datetime.to_datetime(until)
        self._pause_clocks(reason, note, until, self.env.user)
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

    def _sla_pausable(self):
        return self._sla_active(PAUSED_METRICS)

    def _check_pausable(self, timers):
        """:raise UserError: where nothing runs that may be paused, or it has been
        paused for as long as the shop allows
        """
        if not timers:
            raise UserError(
                self.env._(
                    "%(complaints)s: no clock that may be paused is running. The "
                    "clock of the first contact can never be paused.",
                    complaints=", ".join(self.mapped("name")),
                )
            )
        for complaint, left in self._pause_left(fields.Datetime.now()).items():
            if left is not None and left <= timedelta():
                raise UserError(
                    self.env._(
                        "%(complaint)s has been paused for %(days)s days altogether, "
                        "the most that the shop allows. Tell the customer how it "
                        "stands.",
                        complaint=complaint.name,
                        days=complaint.company_id.dealer_pause_total_days,
                    )
                )

    def _pause_clocks(self, reason, note, until, user):
        """Pause what may be paused, asked for by ``user`` and approved by whoever does
        it; no longer than the shop allows altogether."""
        timers = self._sla_pausable()
        self._check_pausable(timers)
        source = timers._source()
        for complaint, left in self._pause_left(source.now).items():
            latest = [until, left is not None and source.now + left]
            timers.filtered(lambda t, c=complaint: t.complaint_id == c)._pause(
                source,
                reason,
                note,
                min(filter(None, latest), default=None),
                user=user,
                approver=self.env.user,
            )
        self._sla_refresh(source.now)

    def _pause_left(self, now):
        """How much longer each complaint may be paused.

        A moment in which several of its clocks stand still counts once.

        :return: ``{complaint: timedelta}``, None where the shop sets no limit
        """
        left = dict.fromkeys(self)
        limited = self.filtered(lambda c: c.company_id.dealer_pause_total_days > 0)
        # whoever handles a complaint may know for how long it was paused
        known = limited.sudo()
        pauses = self.env["dealer.sla.segment"].sudo()
        ended = pauses.search_fetch(
            [("complaint_id", "in", limited.ids), ("kind", "=", "pause")],
            ["complaint_id", "date_from", "date_to"],
        ).grouped("complaint_id")
        for complaint in known:
            spans = [
                (row.date_from, row.date_to) for row in ended.get(complaint, pauses)
            ]
            spans += [
                (timer.date_pause, min(now, timer.date_pause_cap))
                for timer in complaint.timer_ids
                if timer.state == "paused"
            ]
            allowed = timedelta(days=complaint.company_id.dealer_pause_total_days)
            left[self.browse(complaint.id)] = allowed - covered(spans)
        return left

    def _pause_dialog(self):
        self.check_access("write")
        return open_dialog(
            self.env["dealer.complaint.pause"],
            self.env._("Pause"),
            complaint_ids=self.ids,
        )
