from odoo import api, models
from odoo.tools import format_date

from ..common.dealer_reception_states import BOOKED_STATES


class DealerOnlineBooking(models.Model):
    """What the pages of online booking show: plain values, and no record."""

    _name = "dealer.online.booking"
    _inherit = "dealer.online.booking"

    def _page_values(self):
        """The own booking, for whoever has its link."""
        self.ensure_one()
        visit, company = self.reception_id, self.company_id
        moment = visit.date_appointment
        is_open = visit.state in BOOKED_STATES and bool(moment)
        return {
            "name": visit.name,
            "when": moment and company._dealer_format(moment) or "",
            "advisor": visit.advisor_id.name or "",
            "package": visit.package_id.name or "",
            # what came of it, and of the car, is nobody's who has the link alone
            "plate": is_open and visit._plate_for_customer() or "",
            "wish": is_open and self._own_words() or [],
            "is_waiting": visit.is_waiting,
            "is_open": is_open,
            "is_cancelled": visit.state == "cancelled",
            "may_change": self._may_change(),
            "change_words": is_open
            and self.env._(
                "You can change it here until %(time)s. Keep this page, or the link of "
                "our message.",
                time=company._dealer_format(self._date_change_end()),
            ),
        }

    def _own_words(self):
        """What the customer wrote; what the shop has noted since is the shop's."""
        return self.reception_id.concern_ids.filtered(
            lambda concern: concern.create_date <= self.create_date
        ).mapped("name")

    @api.model
    def _slot_pages(self, company, slots, day):
        """The days with a free slot, and the slots of one of them.

        :param dict slots: as ``res.company._online_slots`` gives them
        :param str day: the day that is asked for, maybe
        """
        shown = next((one for one in slots if str(one) == day), next(iter(slots), None))
        tz = company._dealer_tz()
        return {
            "days": [
                {
                    "date": str(one),
                    "label": self._day_label(one),
                    "count": len(starts),
                    "is_shown": one == shown,
                }
                for one, starts in slots.items()
            ],
            "slots": [
                {"utc": str(start), "label": self._clock(start, tz)}
                for start in slots.get(shown, ())
            ],
        }

    def _day_label(self, day):
        is_chinese = (self.env.lang or "").startswith("zh")
        pattern = "M月d日 EEE" if is_chinese else "EEE d MMM"
        return format_date(self.env, day, date_format=pattern)

    @staticmethod
    def _clock(moment, tz):
        local = moment.replace(tzinfo=None)
        return tz.normalize(tz.fromutc(local)).strftime("%H:%M")
