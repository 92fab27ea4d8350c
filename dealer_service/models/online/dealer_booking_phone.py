import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, consteq, hmac

#: How long a code is good.
CODE_MINUTES = 5
#: Wrong codes after which a new one is needed.
MAX_TRIES = 5
#: Seconds until another code is sent to a number, and how many it gets in a day.
RESEND_SECONDS = 60
MAX_A_DAY = 5
#: Numbers that get a code from one address within an hour. Loose: carriers in China
#: share an address among thousands of phones.
MAX_FROM_ADDRESS = 60


class DealerBookingPhone(models.Model):
    """A telephone on which somebody books: the code that proves it, as a hash.

    One row for each number. Whoever books with a number writes its row, as whoever
    books a day writes the row of the day: see :class:`DealerBookingDay`. A day after
    the last code the row goes.
    """

    _name = "dealer.booking.phone"
    _description = "Telephone of an Online Booking"
    _rec_name = "phone"

    phone = fields.Char(required=True, readonly=True)
    revision = fields.Integer(
        readonly=True, help="Counts what was done with this number."
    )
    code_hash = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    source = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Where the last code was asked from, as a hash.",
    )
    browser = fields.Char(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="Which browser the last code is good in, as a hash.",
    )
    tries = fields.Integer(readonly=True, help="Wrong codes from that browser.")
    sent_count = fields.Integer("Codes Sent", readonly=True)
    date_first = fields.Datetime("First Code On", readonly=True)
    date_sent = fields.Datetime("Last Code On", readonly=True)
    code = fields.Char(
        compute="_compute_code",
        help="Known only while the message that carries it is written.",
    )

    _phone_uniq = models.UniqueIndex("(phone)")
    _source_idx = models.Index("(source, date_sent)")

    @api.depends_context("dealer_booking_code")
    def _compute_code(self):
        self.code = self.env.context.get("dealer_booking_code") or False

    @api.model
    def _claim(self, phone):
        """The row of a number; nobody else does anything with it at the same time."""
        [[row_id]] = self.env.execute_query(
            SQL(
                """
                INSERT INTO dealer_booking_phone AS row (phone, revision)
                VALUES (%s, 1)
                ON CONFLICT (phone) DO UPDATE SET revision = row.revision + 1
                RETURNING id
                """,
                phone,
            )
        )
        row = self.browse(row_id)
        row.invalidate_recordset()
        return row

    # ------------------------------------------------------------------
    # CODES
    # ------------------------------------------------------------------

    @api.model
    def _send_code(self, company, phone, browser, address):
        """Send a code to a number that asks for one.

        :param str phone: in its international form
        :param str browser: a secret of the browser that asks: the code is good there
            and nowhere else
        :param str address: where the browser is
        :return: ``sent``, or why not: ``wait``, ``enough``, ``unsent``
        """
        row = self._claim(phone)
        now = fields.Datetime.now()
        if row.date_sent and now < row.date_sent + timedelta(seconds=RESEND_SECONDS):
            return "wait"
        is_new_day = not row.date_first or row.date_first < now - timedelta(days=1)
        source = self._hash("source", address)
        if not is_new_day and row.sent_count >= MAX_A_DAY or row._is_flood(source):
            return "enough"
        code = f"{secrets.randbelow(10**6):06d}"
        told = row.with_company(company).with_context(dealer_booking_code=code)
        if not told._tell_code(company):
            # nothing went out: it counts for nothing, and may be tried again at once
            return "unsent"
        row.write(
            {
                "code_hash": row._hash("code", phone, browser, code),
                "source": source,
                "browser": row._hash("browser", browser),
                "tries": 0,
                "sent_count": 1 if is_new_day else row.sent_count + 1,
                "date_first": now if is_new_day else row.date_first,
                "date_sent": now,
            }
        )
        return "sent"

    def _tell_code(self, company):
        """Have the code sent; whether it will be."""
        messages = self.env["dealer.customer.message"]
        return bool(messages._tell("booking_code", self, number=self.phone))

    def _is_flood(self, source):
        """Whether too many numbers were tried from there."""
        hour_ago = fields.Datetime.now() - timedelta(hours=1)
        asked = [("source", "=", source), ("date_sent", ">", hour_ago)]
        return self.search_count(asked, limit=MAX_FROM_ADDRESS) >= MAX_FROM_ADDRESS

    @api.model
    def _check_code(self, phone, browser, code):
        """Whether it is the code of this number, asked for by this browser. Once.

        :return: ``right``, ``wrong``, or ``over`` when a new one is needed
        """
        row = self._claim(phone)
        end = row.date_sent and row.date_sent + timedelta(minutes=CODE_MINUTES)
        if not row.code_hash or row.tries >= MAX_TRIES or fields.Datetime.now() > end:
            return "over"
        if not consteq(row.browser or "", row._hash("browser", browser)):
            # what others try cannot be right, and takes no try from who waits for it
            return "wrong"
        if not consteq(row.code_hash, row._hash("code", phone, browser, code)):
            row.tries += 1
            return "over" if row.tries >= MAX_TRIES else "wrong"
        row.code_hash = False
        return "right"

    @api.model
    def _hash(self, what, *words):
        return hmac(self.env(su=True), f"dealer-booking-{what}", words)

    @api.autovacuum
    def _gc_phones(self):
        """Nobody's number is kept for having asked for a code."""
        day_ago = fields.Datetime.now() - timedelta(days=1)
        self.search(
            ["|", ("date_sent", "<", day_ago), ("date_sent", "=", False)]
        ).unlink()
