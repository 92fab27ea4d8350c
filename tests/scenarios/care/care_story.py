"""Customer relations from morning to evening: the shipped rules, real calls."""

from contextlib import contextmanager

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn


class CareStory(DealerFollowupCase):
    """The rules are those that are shipped; everybody acts as himself."""

    #: Codes of the shipped rules of the story.
    codes = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = {code: cls.shipped(code) for code in cls.codes}

    @classmethod
    def shipped(cls, code, **values):
        rule = cls.env.ref(f"dealer_followup.care_rule_{code}")
        rule.write({"active": True, **values})
        return rule

    def task(self, code):
        """The follow-up of a shipped rule; the newest, when there are several."""
        rule = self.env.ref(f"dealer_followup.care_rule_{code}")
        return self.tasks(rule)[-1:]

    @contextmanager
    def at(self, day, hour=10, minute=0):
        """A moment in the shop: what was cached of another one is forgotten."""
        with freeze_time(cn(day, hour, minute)):
            self.env.invalidate_all()
            yield

    def night(self, day):
        """Two in the morning: what the cron does."""
        with self.at(day, 2):
            self.run_rules(cn(day, 2))

    def next_call(self, user=None):
        return self.open_sheet(user=user)

    def save(self, sheet, code, **values):
        """Dial, record how it ended."""
        sheet.action_dial()
        sheet.write({"result_id": self.result(code).id, **values})
        sheet.action_save()

    def score(self, survey, **scores):
        """Answers as the call sheet keeps them."""
        return {
            str(self.env.ref(f"dealer_followup.survey_{survey}_{code}").id): str(score)
            for code, score in scores.items()
        }


__all__ = ["CareStory", "cn"]
