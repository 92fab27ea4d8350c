from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.files.number import read_number
from ...tools.files.rows import NoTable, read_rows

#: How many wrong rows are told at once.
_TOLD = 20


class _RowRefused(Exception):
    """A row of an answer that cannot be taken over; its text says why."""


class DealerWarrantyClaim(models.Model):
    """The manufacturer's answer, read back from its file line by line.

    All of a file or nothing: whoever mends a row reads the whole file again. What was
    taken over before is found to be so, and left alone.
    """

    _name = "dealer.warranty.claim"
    _inherit = "dealer.warranty.claim"

    @api.model
    def _take_answers(self, profile, data):
        """Take over a file of answers.

        :param profile: the ``dealer.factory.export`` whose headings it has
        :param bytes data: the file
        :return: tuple: the claims that are answered by it, the number of lines taken
            over, the number of lines that were known
        :raise UserError: with every row that cannot be; nothing is stored then
        """
        rows = self._answer_rows(profile, data)
        claims = self._answered_claims(profile, rows)
        answers, refused = {}, []
        for number, row in rows:
            try:
                answers.update(self._answers_of(profile, row, claims, answers))
            except _RowRefused as refusal:
                refused.append(
                    self.env._(
                        "Line %(number)s: %(why)s", number=number, why=str(refusal)
                    )
                )
        if refused:
            raise UserError(
                self.env._(
                    "Nothing was taken over. Mend the file, or the claims, and read it "
                    "again:\n%s",
                    "\n".join(refused[:_TOLD]),
                )
            )
        return self._enter_answers(answers)

    # ------------------------------------------------------------------
    # THE FILE
    # ------------------------------------------------------------------

    def _answer_rows(self, profile, data):
        named = (
            profile.answer_claim,
            profile.answer_line,
            profile.answer_amount,
            profile.answer_reason,
        )
        named = list(filter(None, named))
        try:
            headings, rows = read_rows(data, named)
        except NoTable as wrong:
            raise UserError(
                self.env._(
                    "The file is no table that can be read here. Save it as a workbook "
                    "(xlsx) or as CSV."
                )
            ) from wrong
        for heading in named:
            if heading not in headings:
                raise UserError(
                    self.env._(
                        "The file has no column “%(heading)s”, which “%(profile)s” "
                        "names. It has: %(headings)s.",
                        heading=heading,
                        profile=profile.name,
                        headings=", ".join(filter(None, headings)),
                    )
                )
        if not rows:
            raise UserError(
                self.env._("The file has headings, and no answer stands below them.")
            )
        return rows

    def _answered_claims(self, profile, rows):
        """The claims that the file names, by our number and by the manufacturer's, in
        capital letters."""
        given = {row.get(profile.answer_claim) for _number, row in rows} - {"", None}
        names = {way(name) for name in given for way in (str, str.upper, str.lower)}
        shop = Domain("company_id", "=", self.env.company.id)
        found = self.search(
            shop & (Domain("name", "in", names) | Domain("factory_number", "in", names))
        )
        claims = {}
        for claim in found:
            for name in filter(None, (claim.name, claim.factory_number)):
                key = name.upper()
                claims[key] = claims.get(key, self.browse()) | claim
        return claims

    # ------------------------------------------------------------------
    # THE ROWS
    # ------------------------------------------------------------------

    def _answers_of(self, profile, row, claims, known):
        """What one row answers.

        :return: dict: line of a claim: values
        :raise _RowRefused: for what is not to be understood, or answers twice
        """
        claim = self._claim_of_row(profile, row, claims)
        amount = self._amount_of_row(profile, row)
        reason = (row.get(profile.answer_reason) or "") if profile.answer_reason else ""
        if profile.answer_line:
            lines = self._line_of_row(profile, row, claim)
        else:
            lines = claim.line_ids
        twice = lines.filtered(lambda line: line in known)
        if twice:
            raise _RowRefused(
                self.env._("“%s” is answered twice.", twice[0].display_name)
            )
        whole = sum(lines.mapped("amount_claimed"))
        compare = claim.currency_id.compare_amounts
        low, high = sorted((0.0, whole))
        if compare(amount, low) < 0 or compare(amount, high) > 0:
            raise _RowRefused(
                self.env._(
                    "%(amount)s is approved of %(claimed)s claimed.",
                    amount=claim.currency_id.format(amount),
                    claimed=claim.currency_id.format(whole),
                )
            )
        if not compare(amount, whole):
            answer = "approved"
        elif not compare(amount, 0.0):
            answer = "refused"
        elif len(lines) > 1:
            raise _RowRefused(
                self.env._(
                    "%(claim)s was cut from %(claimed)s to %(amount)s: enter by hand "
                    "of which lines.",
                    claim=claim.name,
                    claimed=claim.currency_id.format(whole),
                    amount=claim.currency_id.format(amount),
                )
            )
        else:
            answer = "cut"
        values = {"answer": answer, "answer_reason": reason or False}
        if answer == "cut":
            values["amount_approved"] = amount
        return dict.fromkeys(lines, values)

    def _claim_of_row(self, profile, row, claims):
        name = row.get(profile.answer_claim) or ""
        if not name:
            raise _RowRefused(self.env._("there is no number of a claim."))
        claim = claims.get(name.upper(), self.browse())
        if len(claim) != 1:
            raise _RowRefused(
                self.env._("there is no claim “%s” in this shop.", name)
                if not claim
                else self.env._("several claims have the number “%s”.", name)
            )
        if claim.state == "draft":
            raise _RowRefused(self.env._("%s was never submitted.", claim.name))
        return claim

    def _amount_of_row(self, profile, row):
        text = row.get(profile.answer_amount) or ""
        if not text:
            raise _RowRefused(
                self.env._(
                    "there is no amount. A formula has one when a spreadsheet program "
                    "has saved the file."
                )
            )
        amount = read_number(text)
        if amount is None:
            raise _RowRefused(self.env._("“%s” is no amount.", text))
        return amount

    def _line_of_row(self, profile, row, claim):
        text = row.get(profile.answer_line) or ""
        # 01 is line 1
        number = int(text) if text.isdecimal() and len(text) < 9 else 0
        line = claim.line_ids.filtered(
            lambda line: line.number == number or line.operation_code == text
        )
        if len(line) != 1:
            raise _RowRefused(
                self.env._(
                    "%(claim)s has no line “%(line)s”.", claim=claim.name, line=text
                )
            )
        return line

    # ------------------------------------------------------------------
    # TAKEN OVER
    # ------------------------------------------------------------------

    def _enter_answers(self, answers):
        """
        :raise UserError: for another answer than the one that is worked on already
        """
        taken, known = 0, 0
        done = self.browse()
        for line, values in answers.items():
            if line.state != "submitted":
                line._check_same_answer(values)
                known += 1
                continue
            line.write(values)
            done |= line.claim_id
            taken += 1
        done = done.filtered(lambda claim: all(claim.line_ids.mapped("answer")))
        done.action_answer()
        return done, taken, known


class DealerWarrantyClaimLine(models.Model):
    """A line that is answered once more."""

    _name = "dealer.warranty.claim.line"
    _inherit = "dealer.warranty.claim.line"

    def _check_same_answer(self, values):
        """:raise UserError: for another answer than the one on record"""
        self.ensure_one()
        amount = values.get("amount_approved", self.amount_approved)
        if values["answer"] != self.answer or self.currency_id.compare_amounts(
            amount, self.amount_approved
        ):
            raise UserError(
                self.env._(
                    "%(claim)s, “%(line)s”: the file says something else than was "
                    "answered before. Use “Appeal” on the claim, then read the file "
                    "again.",
                    claim=self.claim_id.name,
                    line=self.display_name,
                )
            )
