from datetime import datetime, timedelta

import pytz

from odoo import fields, models
from odoo.tools import format_date

from ...tools.files.moment import has_time, has_two_readings, is_no_day, read_moment
from ...tools.files.number import read_number
from ...tools.odometer import MAX_READING
from ...tools.past.verdict import Verdict
from ...tools.plate import plate_key
from ...tools.text_key import spelling_key
from ...tools.vin import vin_key
from ...tools.work_time import from_wall, local_date
from .dealer_takeover_row import HEAD, LINE

#: What all rows of a visit have to say alike; of the rest the first word counts.
_ALIKE = {
    "license_plate": plate_key,
    "vin": vin_key,
    "customer_name": spelling_key,
    "date_arrived": spelling_key,
    "date_delivered": spelling_key,
    "odometer": spelling_key,
}
#: Where a day has no time: neither early nor late.
_NOON = 12 * 60
#: No program of a dealer has visits of before.
_FIRST_DAY = datetime(1980, 1, 1)
#: A car is prepared for its sale before it is sold.
_BEFORE_SALE = timedelta(days=90)


class DealerTakeoverRow(models.Model):
    """Rows are judged: what visit they are, and why they cannot be one."""

    _name = "dealer.takeover.row"
    _inherit = "dealer.takeover.row"

    def _judge(self):
        """What these rows would become; all rows of each of their numbers are here.

        :return: list of :class:`.Verdict`
        """
        known = self._look_up()
        return [
            rows._verdict(number, known)
            for number, rows in self.grouped("number").items()
        ]

    def _verdict(self, number, known):
        verdict = Verdict(number)
        if not number:
            for row in self:
                verdict.refuse(row.id, self.env._("The row has no order number."))
            return verdict
        if number in known["visits"]:
            verdict.is_known = True
            return verdict
        self._refuse_doubles(verdict)
        head = self._head(verdict)
        moments = self._moments(verdict, head, known["tz"])
        car = self._car(verdict, head, known, moments)
        customer = self._customer(verdict, head, known, car, moments)
        km = self._kilometres(verdict, head)
        self._read_lines(verdict, known)
        if verdict.is_refused:
            return verdict
        arrived, delivered = moments
        visit = {
            "vehicle_id": car.id,
            "partner_id": customer.id,
            "contact_id": customer.id,
            "date_arrived": arrived,
            "date_delivered": delivered,
        }
        kind = self._visit_kind(verdict, known)
        if verdict.is_refused:
            return verdict
        is_service = kind == "maintenance" or any(
            line["system_id"] == known["service"] for line in verdict.lines
        )
        amounts = [line["amount"] for line in verdict.lines]
        paid = [line["amount"] for line in verdict.lines if line["payer"] == "customer"]
        verdict.vals = {
            **visit,
            "name": number,
            "past_number": number,
            "past_plate": head["license_plate"],
            "past_advisor": head["advisor"],
            "past_concern": head["concern"],
            "advisor_id": known["advisors"].get(spelling_key(head["advisor"]), False),
            "odometer": km,
            "is_maintenance": is_service,
            "settled_total": sum(amounts),
            "past_customer_total": sum(paid),
        }
        return verdict

    # ------------------------------------------------------------------
    # THE VISIT
    # ------------------------------------------------------------------

    def _refuse_doubles(self, verdict):
        """The same line in two files is one line that was loaded twice."""
        if len({row.source for row in self}) == 1:
            return
        seen = {}
        for row in self:
            words = tuple(row[name] or "" for name in (*HEAD, *LINE))
            twin = seen.setdefault(words, row)
            if twin.source != row.source and any(row[name] for name in LINE):
                verdict.refuse(
                    row.id,
                    self.env._(
                        "Row %(row)s of “%(file)s” says the same: the file was loaded "
                        "under two names. Remove the rows of one of them.",
                        row=twin.line,
                        file=twin.source,
                    ),
                )

    def _head(self, verdict):
        """What the rows say of the visit, by column: text, empty where nothing is."""
        head = {}
        for name in HEAD:
            said = [row for row in self if row[name]]
            head[name] = said[0][name] if said else ""
            key = _ALIKE.get(name)
            other = key and next(
                (row for row in said if key(row[name]) != key(head[name])), None
            )
            if other:
                verdict.refuse(
                    other.id,
                    self.env._(
                        "“%(column)s” is “%(value)s” here and “%(first)s” in row "
                        "%(row)s of the same order. Make both alike.",
                        column=self._field_label(name),
                        value=other[name],
                        first=head[name],
                        row=said[0].line,
                    ),
                )
        head["concern"] = "\n".join(
            dict.fromkeys(row.concern for row in self if row.concern)
        )
        return head

    def _moments(self, verdict, head, tz):
        """When the car came and went: UTC, or ``None``."""
        read = {
            name: self._moment(verdict, name, head[name], tz)
            for name in ("date_arrived", "date_delivered")
        }
        arrived = read["date_arrived"] or read["date_delivered"]
        delivered = read["date_delivered"] or read["date_arrived"]
        if arrived and delivered and delivered < arrived:
            arrived, delivered = self._on_one_day(head, arrived, delivered, tz)
        first = self[0].id
        if not arrived and not verdict.is_refused:
            verdict.refuse(
                first,
                self.env._(
                    "The order has no day: fill in the date of arrival, the date of "
                    "handover, or both."
                ),
            )
        if arrived and delivered and delivered < arrived:
            verdict.refuse(
                first, self.env._("The car was handed over before it arrived.")
            )
        if delivered:
            verdict.day = local_date(delivered, tz)
        return arrived, delivered

    @staticmethod
    def _on_one_day(head, arrived, delivered, tz):
        """Of two moments of a day one may have no time: it was when the other was."""
        if local_date(arrived, tz) == local_date(delivered, tz):
            if not has_time(head["date_arrived"]):
                return delivered, delivered
            if not has_time(head["date_delivered"]):
                return arrived, arrived
        return arrived, delivered

    def _moment(self, verdict, name, text, tz):
        """:return: UTC, or ``None`` for no day"""
        if not text or is_no_day(text):
            return None
        row = next(row for row in self if row[name] == text)
        moment = None if has_two_readings(text) else read_moment(text)
        if not moment:
            verdict.refuse(
                row.id,
                self.env._(
                    "“%(column)s”: “%(value)s” is not a date. Write the year first: "
                    "2026-03-01, or 2026-03-01 09:30.",
                    column=self._field_label(name),
                    value=text,
                ),
            )
            return None
        now = fields.Datetime.now()
        if moment.tzinfo:
            utc = moment.astimezone(pytz.utc).replace(tzinfo=None)
        else:
            minute = moment.hour * 60 + moment.minute
            utc = from_wall(moment.date(), minute or _NOON, tz)
            if not minute and moment.date() == local_date(now, tz):
                utc = min(utc, now)
        if utc > now or utc < _FIRST_DAY:
            verdict.refuse(
                row.id,
                self.env._(
                    "“%(column)s”: %(value)s is no day of the past.",
                    column=self._field_label(name),
                    value=text,
                ),
            )
            return None
        return utc

    def _kilometres(self, verdict, head):
        text = head["odometer"]
        if not text:
            return 0
        km = read_number(text)
        if km is None or not 0 <= km <= MAX_READING:
            row = next(row for row in self if row.odometer == text)
            verdict.refuse(
                row.id,
                self.env._(
                    "“%(value)s” is not an odometer reading. Leave the cell empty if "
                    "it is not known.",
                    value=text,
                ),
            )
            return 0
        return int(km)

    def _car(self, verdict, head, known, moments):
        """The car on record; by its VIN, else by its plate."""
        vin, plate = head["vin"], head["license_plate"]
        key = vin_key(vin)
        car = known["vins"].get(key) if key else None
        by_plate = known["plates"].get(plate_key(plate))
        if not car and by_plate and not (key and by_plate.vin_key):
            # its card does not say the VIN, or the file does not
            car = by_plate
            self._refuse_other_car(verdict, car, moments)
        if car:
            return car
        verdict.refuse(
            self[0].id,
            self.env._(
                "There is no car “%(car)s” on record. Import the cars first, or mend "
                "plate and VIN.",
                car=" ".join(filter(None, (plate, vin))),
            )
            if vin or plate
            else self.env._("The order names no car: fill in plate or VIN."),
        )
        return self.env["fleet.vehicle"]

    def _refuse_other_car(self, verdict, car, moments):
        """A plate goes from car to car: before it was sold, it was not this one."""
        sold, arrived = car.first_sale_date, moments[0]
        if sold and arrived and arrived.date() < sold - _BEFORE_SALE:
            verdict.refuse(
                self[0].id,
                self.env._(
                    "The car that has the plate %(plate)s today was sold on %(date)s, "
                    "after this visit: another one had the plate then. Fill in the "
                    "VIN.",
                    plate=car.license_plate,
                    date=format_date(self.env, sold),
                ),
            )

    def _customer(self, verdict, head, known, car, moments):
        """Who is named, else whoever owned the car on that day."""
        name, phone = head["customer_name"], head["customer_phone"]
        nobody = self.env["res.partner"]
        if not car:
            return nobody
        owners = known["owners"].get(car.id, ())
        key = phone and self._phone_key(phone)
        if key or name:
            wanted = spelling_key(name)
            people = known["people"].get(key, nobody) if key else nobody
            people |= nobody.union(*(owner for owner, _since, _until in owners))
            people |= car.owner_id | car.contact_id
            fitting = people.filtered(
                lambda person: (
                    (not wanted or spelling_key(person.name) == wanted)
                    and (not key or person.phone_key in (key, False))
                )
            )
            exact = fitting.filtered(lambda person: key and person.phone_key == key)
            if fitting:
                return (exact or fitting)[0]
            namesakes = nobody if key else known["names"].get(wanted, nobody)
            if len(namesakes) == 1:
                return namesakes
            verdict.refuse(
                self[0].id,
                self.env._(
                    "%(count)s customers are called “%(customer)s”, and none of them "
                    "has owned the car. Fill in the phone.",
                    count=len(namesakes),
                    customer=name,
                )
                if namesakes
                else self.env._(
                    "There is no customer “%(customer)s” on record. Import the "
                    "customers first, or empty the cells: then it was whoever owned "
                    "the car.",
                    customer=" ".join(filter(None, (name, phone))),
                ),
            )
            return nobody
        owner = self._owner_on(car, owners, verdict.day) if verdict.day else nobody
        if not owner and verdict.day:
            verdict.refuse(
                self[0].id,
                self.env._(
                    "%(car)s has no owner on record, and the row names no customer.",
                    car=car.display_name,
                ),
            )
        return owner

    def _phone_key(self, phone):
        return self.env["res.partner"]._phone_to_key(phone)

    @staticmethod
    def _owner_on(car, owners, day):
        """Who owned the car on ``day``, as far as that is on record.

        Before the first owner that is known, it was the first one.
        """
        for owner, _since, until in owners:
            if not until or day < until:
                return owner
        return car.owner_id

    def _visit_kind(self, verdict, known):
        """``maintenance`` when one of the rows says so."""
        kinds = {
            self._meaning(verdict, known, "visit", row, row.visit_kind)
            for row in self
            if row.visit_kind
        }
        return "maintenance" if "maintenance" in kinds else "other"
