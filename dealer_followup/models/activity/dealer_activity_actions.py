from odoo import fields, models
from odoo.exceptions import UserError

from ..call.dealer_followup import OPEN_STATES as OPEN_TASKS
from .dealer_activity_preparation import PREPARATION


class DealerActivity(models.Model):
    """The way of an activity: one action for each step."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    def action_plan(self):
        """Approve: the campaign exists, the preparation is given out (批准).

        :raise UserError: when purpose or place is missing
        """
        for activity in self:
            missing = [
                activity._fields[name]._description_string(self.env)
                for name in ("purpose", "user_id")
                if not activity[name]
            ]
            if not (activity._where() or activity.route or activity.stop_ids):
                missing.append(activity._fields["place"]._description_string(self.env))
            if missing:
                raise UserError(
                    self.env._(
                        "%(activity)s: before it is approved, enter %(fields)s.",
                        activity=activity.name,
                        fields=", ".join(missing),
                    )
                )
        self._set_state("planned")
        for activity in self:
            activity._make_campaign()
            activity._schedule_preparation()
        return True

    def action_draft(self):
        """Plan anew; the preparation that was given out is taken back."""
        self._set_state("draft")
        self._drop_preparation()
        return True

    def action_invite(self):
        """Customers may be invited and may reply from now on.

        :raise UserError: without anybody to invite, or after the end
        """
        for activity in self:
            if activity.date_end <= fields.Datetime.now():
                raise UserError(
                    self.env._("%s is already over: change its dates.", activity.name)
                )
            if not activity._rows("listed", "excluded"):
                activity._refresh_audience()
            if not activity._rows("listed"):
                raise UserError(
                    self.env._(
                        "%s: there is nobody left to invite. Check the exclusions, "
                        "or choose other cars.",
                        activity.name,
                    )
                )
        return self._set_state("inviting")

    def action_start(self):
        """The doors are open: check-in works."""
        return self._set_state("running")

    def action_finish(self):
        """It is over: who promised and did not come stayed away.

        The responsible is reminded of the evaluation when its effect is known.
        """
        self._set_state("done")
        for activity in self:
            if activity.has_seats:
                rows = activity._rows("coming")
                # nobody stayed away from a date to which nobody has agreed
                asked = rows.filtered("is_asked_again")
                asked._set_state("maybe")
                (rows - asked)._set_state("no_show")
            activity._close_tasks()
            reader = activity.with_context(lang=activity.user_id.lang or self.env.lang)
            activity.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=activity.effect_end,
                summary=reader.env._(
                    "Evaluate: what was the effect, what did we learn?"
                ),
                user_id=activity.user_id.id or self.env.uid,
            )
        return True

    def action_evaluate(self):
        """Close with what it brought and what was learnt.

        :raise UserError: while the effect is still counted, or without lessons
        """
        for activity in self:
            today = activity.company_id._dealer_today()
            if activity.effect_end >= today:
                raise UserError(
                    self.env._(
                        "The effect of %(activity)s is counted until %(day)s. "
                        "Evaluate it afterwards, or reduce the number of days.",
                        activity=activity.name,
                        day=activity.effect_end,
                    )
                )
            if not (activity.lessons or "").strip():
                raise UserError(
                    self.env._(
                        "%s: enter the lessons learnt. The next activity builds on "
                        "them.",
                        activity.name,
                    )
                )
            activity._set_state("evaluated", date_evaluated=today)
            # of every colleague
            activity.sudo().activity_ids.filtered(
                lambda todo: todo.activity_type_id.category != "upload_file"
            ).action_feedback()
        return True

    def action_reopen(self):
        """Correct the evaluation."""
        return self._set_state("done", date_evaluated=False)

    def action_cancel(self):
        """It does not take place: whoever counted on it is told, once."""
        self._set_state("cancelled")
        for activity in self:
            activity._close_tasks()
            activity._drop_preparation()
            activity._rows("coming", "waiting", "maybe")._notify("cancelled")
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _rows(self, *states):
        """The invitees in one of ``states``; the list may be very long."""
        return self.env["dealer.activity.invitee"].search(
            [("activity_id", "in", self.ids), ("state", "in", states)]
        )

    def _make_campaign(self):
        if not self.campaign_id:
            self._write_by_method(
                {
                    "campaign_id": self.env["utm.campaign"]
                    .create(
                        {
                            "title": self.name,
                            "company_id": self.company_id.id,
                            "user_id": self.user_id.id,
                        }
                    )
                    .id
                }
            )

    def _schedule_preparation(self):
        """Give out the tasks of the plan, counted back from the first day."""
        if not self.plan_id.template_ids:
            return
        schedule = self.env["mail.activity.schedule"].with_context(
            active_model=self._name, active_ids=self.ids
        )
        schedule.create(
            {
                "res_model": self._name,
                "res_ids": str(self.ids),
                "plan_id": self.plan_id.id,
                "plan_date": self.company_id._dealer_day(self.date_start),
                "plan_on_demand_user_id": self.user_id.id,
            }
        ).action_schedule_plan()
        responsible = self.with_context(lang=self.user_id.lang or self.env.lang)
        shipped = self.with_context(lang="en_US")
        known = {shipped.env._(term): responsible.env._(term) for term in PREPARATION}
        for todo in self.activity_ids.filtered(lambda todo: todo.summary in known):
            todo.summary = known[todo.summary]

    def _drop_preparation(self):
        # of every colleague
        self.sudo().activity_ids.unlink()

    def _close_tasks(self):
        """Nobody is invited any more."""
        # tasks of every caller end
        tasks = self.env["dealer.followup"].sudo()
        tasks.search(
            [
                ("activity_id", "in", self.ids),
                ("state", "in", OPEN_TASKS),
                ("anchor_key", "in", [activity._invite_key() for activity in self]),
            ]
        )._close("cancelled", "cause_gone")
        self._close_move_calls()

    def _invite_key(self):
        """Names the invitation as the cause of a follow-up."""
        return f"activity:{self.id}"
