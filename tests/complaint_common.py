"""Base case of the complaint desk: people, opening hours, and a factory."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.fields import Command

from .common import DealerServiceCase

SHANGHAI = ZoneInfo("Asia/Shanghai")
UTC = ZoneInfo("UTC")
#: What a complaint is proposed and resolved with.
WORDS = {"proposal": "New pads", "decision": "New pads"}
#: Monday to Saturday 8:00–12:00 and 13:00–17:30, Shanghai time.
HOURS = ((8, 12, "morning"), (12, 13, "lunch"), (13, 17.5, "afternoon"))


def cn(day, hour=0, minute=0, second=0):
    """Naive UTC of a Shanghai time in March 2026 (``day`` 2 is a Monday), or of any
    ``datetime.date``."""
    if not isinstance(day, date):
        day = date(2026, 3, day)
    local = datetime(
        day.year, day.month, day.day, hour, minute, second, tzinfo=SHANGHAI
    )
    return local.astimezone(UTC).replace(tzinfo=None)


class DealerComplaintCase(DealerServiceCase):
    """A handler, a colleague, an officer and a manager; hours Monday to Saturday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.make_calendar()
        cls.company.dealer_calendar_id = cls.calendar
        cls.handler = cls.make_complaint_user("handler", "user")
        cls.colleague = cls.make_complaint_user("colleague", "user")
        cls.officer = cls.make_complaint_user("officer", "officer")
        cls.complaint_manager = cls.make_complaint_user("complaint_manager", "manager")
        cls.policy = cls.env.ref("dealer_complaint.sla_policy_default")
        cls.contact_target = cls.env.ref("dealer_complaint.sla_target_contact")
        cls.feedback_target = cls.env.ref("dealer_complaint.sla_target_feedback")
        cls.tick_cron = cls.env.ref("dealer_complaint.ir_cron_dealer_complaint_tick")

    @classmethod
    def make_calendar(cls, tz="Asia/Shanghai", days=6, **values):
        return cls.env["resource.calendar"].create(
            {
                "name": "Service hours",
                "tz": tz,
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": f"{day} {period}",
                                "dayofweek": str(day),
                                "hour_from": start,
                                "hour_to": end,
                                "day_period": period,
                            }
                        )
                        for day in range(days)
                        for start, end, period in HOURS
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def make_complaint_user(cls, login, role, **values):
        """:param str role: ``user`` (handler), ``officer`` or ``manager``"""
        groups = f"dealer_complaint.group_dealer_complaint_{role}"
        return cls.make_users({"login": login, "groups": groups, **values})

    @classmethod
    def make_complaint(cls, **values):
        """A complaint of the handler, received now unless told otherwise; in another
        shop of nobody."""
        is_here = values.get("company_id", cls.company.id) == cls.company.id
        return cls.env["dealer.complaint"].create(
            {
                "subject": "Brake noise after service",
                "partner_id": cls.customer.id,
                "user_id": is_here and cls.handler.id,
                **values,
            }
        )

    @classmethod
    def make_contact(cls, complaint, **values):
        """A connected call of the responsible person, now."""
        return cls.env["dealer.complaint.contact"].create(
            {"complaint_id": complaint.id, "user_id": complaint.user_id.id, **values}
        )

    @classmethod
    def timer(cls, complaint, metric="contact", **where):
        """The newest timer of a metric."""
        return complaint.timer_ids.filtered(lambda t: t.metric == metric).sorted(
            "cycle"
        )[-1:]

    def run_engine(self, moment):
        """The engine at ``moment``: facts, then notices. As the cron does, without
        its commits."""
        with freeze_time(moment):
            while self.env["dealer.sla.timer"]._process_due(moment):
                pass
            self.env["dealer.sla.notice"]._send_all(moment)

    def kinds(self, timer):
        """The events of a timer, in order."""
        events = self.env["dealer.sla.event"].search(
            [("timer_id", "=", timer.id)], order="id"
        )
        return events.mapped("kind")
