"""A month of calls of the demo dealership, made by the process itself.

Only the loading of the demo data calls this. The rules plan the calls, the callers
record how they ended; then the times are moved to the days on which they were due.
"""

import random
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.demo.notices import forget_notices

from ..models.call.dealer_followup import OPEN_STATES

#: Result, share of the calls, what the customer said.
ENDINGS = (
    ("reached", 34, ("都挺好的，谢谢回访。", "服务热情，没问题。", "")),
    ("reached", 12, ("洗车再仔细点就更好了。", "讲解很清楚，满意。")),
    ("appointment", 12, ("约这个周末过来。", "下周三上午来做保养。")),
    ("no_answer", 10, ("",)),
    ("busy", 4, ("",)),
    ("call_later", 6, ("在开车，下午再打。", "在开会，晚点联系。")),
    ("not_interested", 8, ("已经在别处买了。", "暂时不需要。")),
    ("wrong_number", 3, ("",)),
    ("unhappy", 4, ("异响修完两天又响了，很不满意。", "说好两小时，等了四小时。")),
    ("refused", 3, ("以后别再打这种电话。",)),
)
#: So many follow-ups were reached by nobody on five days.
UNREACHED = 4
#: So many were left until they were of no use any more.
FORGOTTEN = 3
DAYS = 30
#: How content and how unhappy customers answer from 0 to 10, each as often as listed.
CONTENT = (7, 8, 8, 9, 9, 9, 10, 10)
UNHAPPY = (3, 4, 4, 5, 6)


class DealerFollowup(models.Model):
    """Loading of the demo calls."""

    _name = "dealer.followup"
    _inherit = "dealer.followup"

    @api.model
    def _load_demo(self):
        """Calls of the last month, and those of today. Loads once."""
        calls = self.env["dealer.followup.attempt"]
        callers = [
            self.env.ref(f"dealer_followup.demo_user_caller{number}")
            for number in (1, 2, 3)
        ]
        if calls.search_count([("user_id", "in", [user.id for user in callers])]):
            return
        self = self.with_context(lang=self.env.company.partner_id.lang)
        dice = random.Random(5)
        self._demo_decisions()
        self.env["fleet.vehicle"].search(
            [("is_customer_vehicle", "=", True)]
        )._update_life_cycle()
        self._demo_nights()
        today = self.env.company._dealer_today()
        due = self.search(
            [
                ("state", "=", "todo"),
                ("channel", "=", "call"),
                ("due_date", "<", today),
                ("contact_phone", "!=", False),
            ],
            order="due_date, id",
        )
        # the calls of today are still to be made
        last = today - timedelta(days=1)
        due = self.browse(dice.sample(due.ids, int(len(due) * 0.9))).sorted("due_date")
        # one whom no message is sent to in the end
        lost = due[FORGOTTEN:].filtered(
            lambda task: (
                not task.rule_id.unreached_channel
                and task.due_date <= last - timedelta(days=task.rule_id.max_attempts)
            )
        )[:1]
        for number, task in enumerate(due):
            if task.state != "todo":
                continue  # settled together with another one, or not wanted any more
            caller = callers[number % len(callers)]
            if number < FORGOTTEN:
                task._demo_forget(today)
            elif task in lost or number < FORGOTTEN + UNREACHED:
                task._demo_unreached(caller, last, dice)
            else:
                task._demo_call(caller, last, dice)
        self._expire()
        forget_notices(self.env)

    def _demo_nights(self):
        """What the nights of the last month would have planned."""
        rules = self.env["dealer.care.rule"].search([("source", "!=", "manual")])
        of_use = {rule: rule.expire_days for rule in rules}
        for rule in rules:
            rule.expire_days = max(rule.expire_days, DAYS)
        rules._run()
        for rule, days in of_use.items():
            rule.expire_days = days
            for task in self.search([("rule_id", "=", rule.id)]):
                task._write_by_method(
                    {"expire_date": task.due_date + timedelta(days=days)}
                )

    def _demo_decisions(self):
        """Two customers have withdrawn their consent, one car is not to be called."""
        cars = self.env["fleet.vehicle"]
        for number, words in ((41, "短信回复 T 退订。"), (43, "到店时口头要求。")):
            self.env["dealer.consent"].create(
                {
                    "partner_id": cars._demo_car(number).owner_id.id,
                    "purpose": "marketing",
                    "decision": "withdrawn",
                    "origin": "短信" if "短信" in words else "前台",
                    "evidence": words,
                    "date": fields.Datetime.now() - timedelta(days=9, hours=number),
                }
            )
        self.env["dealer.care.optout"].create(
            {
                "vehicle_id": cars._demo_car(46).id,
                "source": "next_service",
                "reason": "公司车，保养由公司统一安排。",
            }
        )

    def _demo_at(self, day, dice):
        """A moment of the calling hours of a day."""
        hour = dice.choice((9, 10, 11, 14, 15, 16, 17))
        local = datetime.combine(day, time(hour, dice.randrange(60)))
        return self.company_id._dealer_to_utc(local)

    def _demo_call(self, caller, last, dice):
        """One call, a day or two after it was due; some need a second one."""
        day = min(self.due_date + timedelta(days=dice.randrange(3)), last)
        code, words = self._demo_ending(dice)
        if code in ("no_answer", "busy") and day < last:
            self._demo_record(caller, code, "", self._demo_at(day, dice), dice)
            day = min(day + timedelta(days=1), last)
            code, words = "reached", "第二次打通了，一切正常。"
        if self.state not in OPEN_STATES or self.channel != "call":
            return  # one try was all, or a message goes out now
        self._demo_record(caller, code, words, self._demo_at(day, dice), dice)

    def _demo_ending(self, dice):
        """By the shares of :data:`ENDINGS`, as far as it fits this follow-up."""
        weights = [weight for _code, weight, _words in ENDINGS]
        while True:
            [(code, _weight, words)] = dice.choices(ENDINGS, weights)
            if code == "appointment" and self.rule_id.source in ("visit", "sale"):
                continue  # nobody books when asked whether he was content
            if code == "not_interested" and self.purpose != "marketing":
                continue
            return code, dice.choice(words)

    def _demo_unreached(self, caller, last, dice):
        """Nobody answers on as many days as the rule tries."""
        for days in reversed(range(self.rule_id.max_attempts)):
            if self.state in OPEN_STATES and self.channel == "call":
                self._demo_record(
                    caller,
                    dice.choice(("no_answer", "switched_off")),
                    "",
                    self._demo_at(last - timedelta(days=days), dice),
                    dice,
                )

    def _demo_forget(self, today):
        """Nobody has called in time."""
        self._write_by_method({"expire_date": today - timedelta(days=1)})

    def _demo_record(self, caller, code, words, moment, dice):
        """The caller records the call, which was made at ``moment``."""
        self.ensure_one()
        result = self.env.ref(f"dealer_followup.result_{code}")
        promised = False
        if result.needs_time:
            promised = self._demo_promise()
        self._write_by_method({"user_id": caller.id})
        task = self.with_user(caller)
        call = task._record(result, note=words, promised_at=promised, started=moment)
        call.flush_recordset()
        # a recorded call is a fact, so the demo moves it behind the back of the rules
        self.env.cr.execute(
            SQL(
                "UPDATE dealer_followup_attempt SET date_end = %s WHERE id = %s",
                moment + timedelta(minutes=3),
                call.id,
            )
        )
        call.invalidate_recordset()
        if code in ("reached", "unhappy") and self.has_survey:
            task._demo_answer(CONTENT if code == "reached" else UNHAPPY, moment, dice)
        if self.date_closed:
            self._write_by_method({"date_closed": moment + timedelta(minutes=3)})

    def _demo_answer(self, marks, moment, dice):
        """The customer answers the questions with a mark each."""
        questions = self.rule_id.survey_id.sudo().question_ids  # callers manage none
        scales = questions.filtered(lambda q: q.question_type == "scale")
        self._answer_by_phone({str(q.id): str(dice.choice(marks)) for q in scales})
        # callers manage no answers; these were given while talking
        self.survey_input_id.sudo().write(
            {"start_datetime": moment, "end_datetime": moment + timedelta(minutes=3)}
        )

    def _demo_promise(self):
        """This afternoon, or tomorrow when that is over."""
        shop = self.company_id
        today = shop._dealer_today()
        for day in (today, today + timedelta(days=1)):
            moment = shop._dealer_to_utc(datetime.combine(day, time(15, 30)))
            if moment > fields.Datetime.now() + timedelta(minutes=10):
                return moment
        return moment
