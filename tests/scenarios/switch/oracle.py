"""What has to follow from the files of the old shop, reckoned from them alone.

By the words of the handbook and of the law, with none of our queries.
"""

from collections import Counter
from datetime import timedelta
from math import ceil

from dateutil.relativedelta import relativedelta

from .old_shop import PAYERS, SWITCH

#: The shop's own settings, as shipped.
MONTHS, KM = 6, 10_000
#: 三包, SAMR Order 43: two years or 50,000 km, whichever comes first.
LAW_MONTHS, LAW_KM = 24, 50_000
#: Administrative Provisions on Motor Vehicle Repair, Article 37: a minor repair.
REPAIR_DAYS, REPAIR_KM = 10, 2_000
GRACE_DAYS = 90


class Car:
    """One car of the old shop, and what the new one has to know of it."""

    def __init__(self, shop, car):
        self.car = car
        self.visits = [visit for visit in shop.visits if visit["car"] is car]
        self.start = car.get("since") or car["sold"]

    @property
    def services(self):
        return [visit for visit in self.visits if visit["is_service"]]

    def next_service(self):
        """Date and kilometres; ``None`` where they are not asked."""
        if self.car["due"]:
            return self.car["due"]
        last = self.services[-1:] or [
            visit
            for visit in self.visits[-1:]
            if visit["km"] > KM and self.car["first"] < SWITCH - timedelta(days=400)
        ]
        if not last:
            return None
        day = last[0]["delivered"].date() + relativedelta(months=MONTHS)
        return day, last[0]["km"] + KM

    def stage(self, dormant, lost):
        """The life cycle on the day of the switch; ``False`` for none.

        :param dormant, lost: months
        """
        dormant, lost = relativedelta(months=dormant), relativedelta(months=lost)
        days = self.days()
        if not days:
            return False
        # of a car whose sale alone is known, months count from the day of the file
        told = {
            day: SWITCH if day == self.start and day + dormant <= SWITCH else day
            for day in days
        }
        reach = told[days[-1]]
        if reach + lost <= SWITCH:
            return "lost"
        if reach + dormant <= SWITCH:
            return "dormant"
        if reach > days[-1]:
            return False
        if len(days) == 1:
            return "new"
        return "won_back" if told[days[-2]] + lost <= days[-1] else "active"

    def days(self):
        """The days of the present owner's relation."""
        days = {visit["delivered"].date() for visit in self.visits}
        if self.start:
            days = {day for day in days if day >= self.start} | {self.start}
        return sorted(days)

    def letter(self, stage, for_a, for_b):
        """The class, by the days on which the customer paid something this year."""
        if not stage:
            return False
        paid = {
            visit["delivered"].date()
            for visit in self.visits
            if any(PAYERS[line["payer"]] == "customer" for line in visit["lines"])
            and visit["delivered"].date() + relativedelta(years=1) > SWITCH
            and visit["delivered"].date() >= (self.start or self.car["first"])
        }
        if len(paid) >= for_a:
            return "a"
        if len(paid) >= for_b:
            return "b"
        if paid:
            return "c"
        return self.days()[0] + relativedelta(years=1) <= SWITCH and "d"

    def statutory(self):
        """Days in repair, repairs of one fault, replacements of one assembly."""
        end = self.car["first"] + relativedelta(months=LAW_MONTHS)
        days, faults, assemblies = 0, Counter(), Counter()
        for visit in self.visits:
            free = [
                line
                for line in visit["lines"]
                if PAYERS[line["payer"]] in ("warranty", "goodwill")
            ]
            is_late = visit["arrived"].date() > end or visit["km"] > LAW_KM
            if not free or is_late or visit["arrived"].date() < self.car["first"]:
                continue
            hours = (visit["delivered"] - visit["arrived"]).total_seconds() / 3600
            days += max(1, ceil(hours / 24))
            faults.update({line["system"] for line in free})
            assemblies.update(
                {"engine" for line in free if line["code"] == "E4T16C-1000010"}
            )
        return days, max(faults.values(), default=0), assemblies["engine"]

    def comeback(self, system, day, km):
        """The number of the visit that a repair of ``system`` came back from."""
        for visit in reversed(self.visits):
            if any(line["system"] == system for line in visit["lines"]):
                age = (day - visit["delivered"].date()).days
                if age <= REPAIR_DAYS and km - visit["km"] <= REPAIR_KM:
                    return visit["number"]
        return False

    def retention(self):
        """``{number of a service: whether it was done}`` of those that were due."""
        if not self.car["sold"]:
            return {}
        done = len(self.services)
        due = {
            n: self.car["sold"] + relativedelta(months=MONTHS * n) for n in range(1, 10)
        }
        return {
            n: done >= n
            for n, day in due.items()
            if done >= n or day + timedelta(days=GRACE_DAYS) <= SWITCH
        }


def sums(visits):
    """Amounts by (month, who paid)."""
    found = Counter()
    for visit in visits:
        for line in visit["lines"]:
            found[f"{visit['delivered']:%Y-%m}", PAYERS[line["payer"]]] += round(
                line["amount"] * 100
            )
    return {key: cents / 100 for key, cents in found.items()}


def by_month(visits):
    """Number of visits and their amount, by month of arrival."""
    found = {}
    for visit in visits:
        count, amount = found.get(f"{visit['arrived']:%Y-%m}", (0, 0.0))
        mine = sum(line["amount"] for line in visit["lines"])
        found[f"{visit['arrived']:%Y-%m}"] = count + 1, round(amount + mine, 2)
    return found
