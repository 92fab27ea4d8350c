from odoo import models
from odoo.tools import SQL

from ...tools.files.number import read_number
from ...tools.past.verdict import read_yes
from ...tools.text_key import spelling_key

#: No amount, price or quantity of a workshop is larger: a longer one is a number of
#: something else.
_LARGEST = 100_000_000
#: In which column the words of a topic stand.
_COLUMN = {"payer": "payer", "line": "line_kind", "visit": "visit_kind"}


class DealerTakeoverRow(models.Model):
    """Lines of a visit, what is found about rows, and the visits they become."""

    _name = "dealer.takeover.row"
    _inherit = "dealer.takeover.row"

    # ------------------------------------------------------------------
    # LINES
    # ------------------------------------------------------------------

    def _read_lines(self, verdict, known):
        """Add to ``verdict`` what was done, and what was declined."""
        for row in self:
            if not row._is_line(verdict):
                continue
            is_declined = read_yes(row.is_declined)
            if is_declined is None:
                verdict.refuse(
                    row.id,
                    self.env._(
                        "“%(column)s” says neither yes nor no: “%(value)s”.",
                        column=self._field_label("is_declined"),
                        value=row.is_declined,
                    ),
                )
                continue
            line = row._line(verdict, known, is_declined)
            (verdict.declined if is_declined else verdict.lines).append(line)

    def _is_line(self, verdict):
        """Whether the row tells of work, and not of the visit alone."""
        self.ensure_one()
        if self.description or self.code:
            return True
        if self.amount or self.price:
            verdict.refuse(
                self.id,
                self.env._(
                    "The amount has no description: write what it was for, or leave "
                    "the sum of the order out."
                ),
            )
        return False

    def _line(self, verdict, known, is_declined):
        """Values of the line."""
        self.ensure_one()
        quantity = self._number_of(verdict, "quantity", 1.0)
        price = self._number_of(verdict, "price", None)
        amount = self._number_of(verdict, "amount", None)
        if amount is None:
            amount = (price or 0.0) * quantity
        if price is None:
            price = amount / quantity if quantity else 0.0
        product = known["products"].get(self.code) or self.env["product.product"]
        money = self.currency_id.round
        line = {
            "row_id": self.id,
            "name": self.description or product.name or self.code,
            "code": self.code or False,
            "product_id": product.id,
            "system_id": self._system(verdict, known) or product.system_id.id,
            "quantity": quantity,
            "unit": self.unit or False,
            "price": money(price),
            "amount": money(amount),
            "technician": self.technician or False,
            "reason": self.reason or False,
            "payer": "customer",
            "kind": self._line_kind(verdict, known, product),
        }
        if not is_declined:
            line["payer"] = self._payer(verdict, known)
        return line

    def _number_of(self, verdict, name, default):
        text = self[name]
        if not text:
            return default
        number = read_number(text)
        if number is None:
            verdict.refuse(
                self.id,
                self.env._(
                    "“%(column)s”: “%(value)s” is not a number.",
                    column=self._field_label(name),
                    value=text,
                ),
            )
            return default
        if abs(number) > _LARGEST:
            verdict.refuse(
                self.id,
                self.env._(
                    "“%(column)s”: %(value)s is too large. Is it in the right column?",
                    column=self._field_label(name),
                    value=text[:40],
                ),
            )
            return default
        return number

    def _system(self, verdict, known):
        if not self.system:
            return False
        system = known["systems"].get(spelling_key(self.system))
        if not system:
            verdict.refuse(
                self.id,
                self.env._(
                    "There is no vehicle system “%(value)s”. Choose one of "
                    "Configuration → Vehicle Systems, or empty the cell.",
                    value=self.system,
                ),
            )
        return system

    def _payer(self, verdict, known):
        if self.payer:
            return self._meaning(verdict, known, "payer", self, self.payer)
        default = self.takeover_id.default_payer
        if not default:
            verdict.refuse(
                self.id,
                self.env._(
                    "The row does not say who paid. Fill it in, or choose on the "
                    "take-over who paid where none is named."
                ),
            )
        return default

    def _line_kind(self, verdict, known, product):
        if self.line_kind:
            return self._meaning(verdict, known, "line", self, self.line_kind)
        if product:
            return "labour" if product.type == "service" else "part"
        return "sundry"

    def _meaning(self, verdict, known, topic, row, word):
        """What a word of the old system means here."""
        meaning = known["words"].get((topic, spelling_key(word)))
        if not meaning:
            verdict.words.add((topic, word))
            verdict.refuse(
                row.id,
                self.env._(
                    "“%(column)s”: nobody has said yet what “%(word)s” means. Say it "
                    "under “Words to Explain”, and check again.",
                    column=self._field_label(_COLUMN[topic]),
                    word=word,
                ),
            )
        return meaning

    # ------------------------------------------------------------------
    # WHAT WAS FOUND
    # ------------------------------------------------------------------

    def _keep_findings(self, verdicts):
        """Write what was found on the rows, and ask for the words that are missing."""
        words = set().union(*(verdict.words for verdict in verdicts))
        if words:
            self.env["dealer.takeover.word"]._list_unknown(self.company_id[:1], words)
        by_number = {verdict.number: verdict for verdict in verdicts}
        found = [row._finding(by_number[row.number or ""]) for row in self]
        self._write_findings(found)

    def _finding(self, verdict):
        """(id, state, problem, day, payer, amount) of this row."""
        self.ensure_one()
        nothing = None, None, None
        if verdict.is_known:
            return (self.id, "known", None, *nothing)
        if verdict.is_refused:
            problem = verdict.problems.get(self.id) or self.env._(
                "Another row of this order has to be mended first."
            )
            return (self.id, "refused", problem, *nothing)
        line = next((one for one in verdict.lines if one["row_id"] == self.id), None)
        payer, amount = (line["payer"], line["amount"]) if line else (None, None)
        return self.id, "ready", None, verdict.day, payer, amount

    def _write_findings(self, found):
        if not found:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """UPDATE dealer_takeover_row row SET state = said.state,
                    problem = said.problem, date = said.date::date,
                    payer_meant = said.payer, amount_read = said.amount::numeric
                FROM (VALUES %s) said(id, state, problem, date, payer, amount)
                WHERE row.id = said.id RETURNING 1""",
                SQL(", ").join(
                    SQL("(%s, %s, %s::text, %s, %s::text, %s)", *values)
                    for values in found
                ),
            )
        )
        self.invalidate_recordset()

    def _refuse(self, sentence):
        """The program itself refuses these rows."""
        self._write_findings(
            [(row.id, "refused", sentence, None, None, None) for row in self]
        )

    # ------------------------------------------------------------------
    # THE VISITS
    # ------------------------------------------------------------------

    def _take_over(self):
        """Make visits of these rows, all of whole numbers. What is refused stays.

        They are judged again: a car may have been sold, a word been explained.
        """
        verdicts = self._judge()
        ready = [
            verdict
            for verdict in verdicts
            if not verdict.is_refused and not verdict.is_known
        ]
        self._make_visits(ready)
        taken = {verdict.number for verdict in ready}
        gone = self.filtered(lambda row: row.number in taken)
        rest = [verdict for verdict in verdicts if verdict.number not in taken]
        (self - gone)._keep_findings(rest)
        gone._by_method().unlink()

    def _make_visits(self, verdicts):
        """Visits, their lines, and what was declined in them."""
        takeover = self.takeover_id
        # visits are the process's; who presses the button may bring them
        visits = self.env["dealer.reception"].sudo()
        wanted = [
            verdict for verdict in verdicts if verdict.lines or not verdict.declined
        ]
        created = visits._create_past(
            [
                {
                    **verdict.vals,
                    "company_id": takeover.company_id.id,
                    "takeover_id": takeover.id,
                }
                for verdict in wanted
            ]
        )
        by_number = {visit.past_number: visit for visit in created}
        names = ("reason", "row_id")
        lines = self.env["dealer.past.line"].sudo()  # as above
        lines._create_by_method(
            [
                {
                    **{name: line[name] for name in line if name not in names},
                    "reception_id": by_number[verdict.number].id,
                    "company_id": takeover.company_id.id,
                    "date": verdict.vals["date_delivered"],
                    "sequence": sequence,
                }
                for verdict in wanted
                for sequence, line in enumerate(verdict.lines, 1)
            ]
        )
        works = self.env["dealer.declined.work"].sudo()  # as above
        works._create_past(verdicts, takeover.company_id, by_number)
        created._follow_past()
