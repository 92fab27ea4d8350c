from odoo import fields, models
from odoo.tools import SQL


class DealerBookingDay(models.Model):
    """One row per shop and day: whoever books the day writes it.

    Why a row and not a mere lock. Odoo's transactions are REPEATABLE READ: what a
    transaction sees was fixed by its first query, long before it reaches any lock
    (the session, the user and the rights are read first). Whoever waits for an
    advisory lock would therefore still not see the visit the winner has committed,
    and would book the same slot. Two transactions that write the same row, however,
    cannot both commit: the second one fails with a serialization error, Odoo runs its
    request again from the beginning, and the second run sees the slot taken.
    """

    _name = "dealer.booking.day"
    _description = "Booking Day"
    _log_access = False
    _rec_name = "date"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    date = fields.Date(required=True)
    revision = fields.Integer(help="Counts the changes to the bookings of this day.")

    _day_uniq = models.UniqueIndex("(company_id, date)")

    def _claim(self, company, days):
        """Let no other transaction book these days at the same time.

        :param days: dates of the shop; claimed in order, so that two transactions
            never wait for each other
        """
        self.env.execute_query(
            SQL(
                """
                INSERT INTO dealer_booking_day AS day (company_id, date, revision)
                SELECT %(company)s, claimed, 1
                  FROM unnest(%(days)s::date[]) AS claimed ORDER BY claimed
                ON CONFLICT (company_id, date)
                DO UPDATE SET revision = day.revision + 1
                RETURNING id
                """,
                company=company.id,
                days=sorted(set(days)),
            )
        )
        self.invalidate_model(["revision"])
