from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools import groups
from ...tools.actions import open_dialog, open_form
from ...tools.arguments import FLAG, TEXT, arguments
from ..orders.sale_order_consent import CONSENT_METHODS
from ..visit.dealer_reception_promise import ACTIVITY as ACTIVITY_DELAY
from .dealer_reception_parts import ACTIVITY_HERE

#: The work was agreed to and is not done: a part that is missing stops it.
AWAY_STATES = ("authorized", "working")


class DealerReception(models.Model):
    """The customer drives the car until the part has come, and comes back with it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    # a flag beside the state: the work goes on where it stopped
    is_away = fields.Boolean(
        "Car Away",
        copy=False,
        readonly=True,
        tracking=True,
        help="The customer drives the car until a part has come. The visit goes on "
        "when the car is back.",
    )
    away_ids = fields.One2many(
        "dealer.time.away",
        "reception_id",
        "Times Away",
        readonly=True,
        groups=groups.ADVISOR,
    )
    date_came_back = fields.Datetime(
        "Car Came Back On",
        copy=False,
        readonly=True,
        help="When the car came back with which the customer drove until its part "
        "had come. A new time is promised from then on.",
    )
    date_return = fields.Datetime(
        "Comes Back On",
        copy=False,
        help="When the customer comes back with the car, as agreed once the parts are "
        "here.",
    )

    _away_idx = models.Index("(vehicle_id) WHERE is_away")

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_ask_away(self):
        """Ask what the customer agrees to, then let the car go until the part comes."""
        self.ensure_one()
        self._check_may_drive_away()
        return open_dialog(
            self.env["dealer.drive.away"],
            self.env._("Drives Until the Part Comes"),
            reception_id=self.id,
            agreed_by=(self.contact_id or self.partner_id).name,
        )

    @arguments(agreed_by=TEXT, method=TEXT, note=TEXT, is_time_stopped=FLAG)
    def action_drive_away(
        self, agreed_by=None, method=None, note=None, is_time_stopped=False
    ):
        """The customer drives the car until its parts have come; the visit waits.

        What was promised ends, unless it was missed already: the customer is promised
        a new time when the car is back, and the figures measure that one.

        :param str agreed_by: who has agreed to it
        :param str method: how, a value of ``CONSENT_METHODS``
        :param str note: what was agreed
        :param bool is_time_stopped: the customer agrees that the days away are no days
            of repair
        :raise UserError: without the agreement, without a part on order, or while
            somebody works on the car
        """
        self._check_may_drive_away()
        if not (agreed_by or "").strip() or method not in dict(CONSENT_METHODS):
            raise UserError(
                self.env._(
                    "%(visits)s: say who has agreed to drive the car until the part "
                    "comes, and how.",
                    visits=", ".join(self.mapped("name")),
                )
            )
        now = fields.Datetime.now()
        for visit in self:
            awaited = visit._awaited_parts()
            # nobody writes these rows; the right was checked on the visit
            visit.env["dealer.time.away"].sudo()._create_by_method(
                [
                    {
                        "reception_id": visit.id,
                        "date_from": now,
                        "date_expected": visit.date_parts_expected,
                        "parts": ", ".join(awaited.mapped("name")),
                        "agreed_by": agreed_by.strip(),
                        "method": method,
                        "note": note,
                        "is_time_stopped": is_time_stopped,
                        **visit._promise_that_ends(),
                        "user_id": self.env.uid,
                    }
                ]
            )
            vals = {"is_away": True, "is_waiting": False, "date_promised": False}
            if not visit._is_first_promise_missed():
                vals["date_promised_first"] = False
            # the customer does not wait here, and was told another time than promised
            visit.sudo()._write_by_method(vals)
            # the task was asked for by the system, and may lie with a colleague
            visit.sudo().activity_unlink([ACTIVITY_DELAY])
            visit.message_post(
                body=self.env._(
                    "The customer drives the car until the parts are here "
                    "(%(parts)s, expected on %(date)s). Agreed by %(who)s.",
                    parts=", ".join(awaited.mapped("name")),
                    date=fields.Date.to_string(visit.date_parts_expected),
                    who=agreed_by.strip(),
                )
            )
        return True

    def action_come_back(self):
        """The car is back: the visit goes on where it stopped.

        :raise UserError: for a car that is not away
        """
        self.check_access("write")
        for visit in self:
            if not visit.is_away:
                raise UserError(
                    self.env._(
                        "%(visit)s: the car is not away. Reload the page.",
                        visit=visit.display_name,
                    )
                )
        for visit in self:
            promise = visit._promise_again()
            visit._end_time_away()
            visit._write_by_method({"date_came_back": fields.Datetime.now(), **promise})
            visit.message_post(body=self.env._("The car is back."))
        return open_form(self) if len(self) == 1 else True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _away_words(self):
        """What whoever receives the car is told of the visit that waits for it."""
        self.ensure_one()
        if self.parts_state in ("here", "laid_out"):
            return self.env._(
                "%(visit)s waits for this car, and its parts are here.",
                visit=self.name,
            )
        return self.env._(
            "%(visit)s waits for this car. Its parts are not here yet: %(parts)s, "
            "expected on %(date)s.",
            visit=self.name,
            parts=", ".join(self._awaited_parts().mapped("name")),
            date=fields.Date.to_string(self.date_parts_expected),
        )

    def _promise_that_ends(self):
        """What the time away keeps of the promise: whoever reads it sees what ended."""
        self.ensure_one()
        if not self.date_promised_first or self._is_first_promise_missed():
            return {}
        return {
            "date_promised": self.date_promised,
            "date_promised_first": self.date_promised_first,
        }

    def _promise_again(self):
        """What was promised, for a car that is back before that time.

        Nothing was moved by its absence; nobody gets rid of a promise by a short
        drive.
        """
        self.ensure_one()
        # see action_drive_away
        row = self.sudo().away_ids.filtered(lambda row: not row.date_to)
        first = row.date_promised_first
        if not first or first < fields.Datetime.now():
            return {}
        return {"date_promised": row.date_promised, "date_promised_first": first}

    def _portal_away(self):
        """What the customer's page says of a car that is away; nothing of any other."""
        self.ensure_one()
        if not self.is_away:
            return None
        # whoever may open the page may see what the own car waits for
        visit = self.sudo()
        shop = visit.company_id
        return {
            "parts": visit._awaited_parts().mapped("name"),
            "is_here": visit.parts_state in ("here", "laid_out"),
            "expected": visit.date_parts_expected
            and format_date(self.env, visit.date_parts_expected),
            "return": visit.date_return and shop._dealer_format(visit.date_return),
        }

    def _awaited_parts(self):
        return self.part_ids.filtered(lambda part: part.state in ("needed", "ordered"))

    def _check_may_drive_away(self):
        self.check_access("write")
        for visit in self:
            if visit.is_away or visit.state not in AWAY_STATES:
                raise UserError(
                    self.env._(
                        "%(visit)s: the customer drives away until a part comes once "
                        "the work is agreed to and before it is done.",
                        visit=visit.display_name,
                    )
                )
            awaited = visit._awaited_parts()
            if not awaited or "needed" in awaited.mapped("state"):
                raise UserError(
                    self.env._(
                        "%(visit)s: list the missing parts under “Preparation” and "
                        "order them first, so that the customer can be told when they "
                        "come.",
                        visit=visit.display_name,
                    )
                )
            # whoever lets the car go need not be allowed to read the jobs
            working = visit.sudo().job_ids.filtered(lambda job: job.state == "working")
            if working:
                raise UserError(
                    self.env._(
                        "%(visit)s: somebody is working on “%(job)s”. It has to be "
                        "paused before the car drives away.",
                        visit=visit.display_name,
                        job=working[0].name,
                    )
                )

    def _check_not_away(self, _target):
        for visit in self:
            if visit.is_away:
                raise UserError(
                    self.env._(
                        "%(visit)s: the car is away until its part comes. Press “Car "
                        "Is Back” first.",
                        visit=visit.display_name,
                    )
                )

    def _end_time_away(self):
        """The car is back, or will not come back to this visit."""
        away = self.filtered("is_away")
        if not away:
            return
        # see action_drive_away
        rows = away.sudo().away_ids.filtered(lambda row: not row.date_to)
        rows._write_by_method({"date_to": fields.Datetime.now()})
        away._write_by_method({"is_away": False, "date_return": False})
        # the system has asked, and maybe a colleague, to tell that the parts are here
        away.sudo().activity_unlink([ACTIVITY_HERE])

    def _seconds_not_counted(self):
        """Time away that is no time of repair, as the customer has agreed."""
        self.ensure_one()
        now = fields.Datetime.now()
        return sum(
            ((row.date_to or now) - row.date_from).total_seconds()
            for row in self.away_ids
            if row.is_time_stopped
        )
