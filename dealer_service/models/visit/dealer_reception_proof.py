from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..common.dealer_reception_states import STAMPS, UNSERVED_STATES

#: What an evidence may ask of a visit, beside the stamps of its states.
_SEEN = (
    "vehicle_id",
    "is_waiting",
    "date_appointment",
    "date_reminded_day",
    "prepared_bay_id",
    "prepared_technician_id",
    "date_promised",
    "date_promised_first",
    "date_delay_told",
    "date_settlement_opened",
    "date_delivery_signed",
    "date_greet_from",
)


class Evidence(NamedTuple):
    """What the record shows by itself, and nobody types: a fact with its moment.

    Both expressions see a visit as ``v``: its stamps and what :data:`_SEEN` names, the
    moment ``v.now``, the zone ``v.tz`` of its shop, the ``v.round`` of inspections. A
    time of the visit that was entered by hand is empty.
    """

    name: str
    #: SQL of the moment at which the fact was complete; NULL: it is not.
    proof: str
    #: SQL: whether there was an occasion at all. Without one the standard falls away.
    occasion: str = "TRUE"
    #: The models it reads beside the visit, each with the names of the fields.
    reads: tuple = ()


class DealerReception(models.Model):
    """Standards that nobody ticks: facts of the visit prove them, or they are missed.

    They are looked at when the step ends, and earlier where that spares a question.
    See decision 0023.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    entered_times = fields.Char(
        "Times Entered by Hand",
        copy=False,
        readonly=True,
        help="Names of the times that no button has stamped. They prove nothing.",
    )

    # ------------------------------------------------------------------
    # TIMES THAT WERE TYPED
    # ------------------------------------------------------------------

    def _keep_entered_times(self, vals_list):
        """Which times of new visits were given, and not stamped on the way."""
        if not self._is_by_method():
            for vals in vals_list:
                vals["entered_times"] = _names(
                    name for name in STAMPS if vals.get(name)
                )

    def _mark_entered_times(self, vals):
        """Which times somebody writes over those that were stamped."""
        for name in STAMPS:
            if name in vals:
                for visit in self._would_change(vals, name):
                    known = (visit.entered_times or "").split(",")
                    visit._write_by_method({"entered_times": _names({*known, name})})

    # ------------------------------------------------------------------
    # PROOF
    # ------------------------------------------------------------------

    def _prove_known(self, _cause=None):
        """Something has just happened that may prove a standard of the present step."""
        self._prove()

    def _prove_step(self, target):
        """The step ends: what is proven now is proven, the rest is not met.

        What there was no occasion for is not asked for.
        """
        idle = self._prove()
        if target not in UNSERVED_STATES:
            # it comes back to this step and is inspected once more
            idle.filtered(
                lambda check: (
                    (check.reception_id.state, target) != ("quality", "working")
                )
            )._leave_out()

    def _prove(self):
        """Look at the facts behind the standards of the step each visit is in.

        :return: the open ones for which there was no occasion
        """
        steps = self.env["dealer.service.step"]
        # the record shows it, whichever part of it the user may see
        checks = self.sudo().check_ids.filtered(
            lambda check: (
                check.evidence
                and not check.is_lapse
                and steps._state_of(check.step_id.id) == check.reception_id.state
            )
        )
        if not checks:
            return checks
        facts = checks.reception_id._facts(set(checks.mapped("evidence")))
        idle = checks.browse()
        for check in checks:
            moment, is_asked = facts[check.evidence].get(
                check.reception_id.id, (None, True)
            )
            check._record_proof(moment if is_asked else None, self.env.user)
            if not is_asked and not check.is_done:
                idle += check
        return idle

    def _facts(self, names):
        """What the database shows of these visits.

        :param names: those of evidences
        :return: dict of name of the evidence: dict of id of the visit: tuple of the
            moment at which it was there, if it was, and whether there was an occasion
        """
        evidences = [row for row in self._evidences() if row.name in names]
        facts = {name: {} for name in names}
        if not evidences:
            return facts
        for row in evidences:
            for model, read in row.reads:
                self.env[model].flush_model(read)
        columns = SQL(", ").join(
            SQL("(%s), (%s)", SQL(row.proof), SQL(row.occasion)) for row in evidences
        )
        # whoever proves it, the visit is looked at whole
        known = [visit._known() for visit in self.sudo()]
        rows = self.env.execute_query(
            SQL(
                "SELECT v.id, %s FROM (VALUES %s) v (%s)",
                columns,
                SQL(", ").join(
                    SQL("(%s)", SQL(", ").join(row.values())) for row in known
                ),
                SQL(", ").join(map(SQL.identifier, known[0])),
            )
        )
        for visit, *values in rows:
            for row, moment, is_asked in zip(
                evidences, values[::2], values[1::2], strict=True
            ):
                # a row says to the microsecond when it was created
                moment = moment and moment.replace(microsecond=0)
                facts[row.name][visit] = (moment, bool(is_asked))
        return facts

    def _known(self):
        """What every evidence may ask of the visit, each as SQL of its type.

        It is given along and not read from the table: the visit is written once,
        with the state that follows.
        """
        self.ensure_one()
        company = self.company_id
        entered = set((self.entered_times or "").split(","))
        known = {"id": SQL("%s", self.id)}
        for name in sorted({*STAMPS, *_SEEN}):
            field = self._fields[name]
            value = None if name in entered else self[name]
            known[name] = SQL(
                "%s::%s",
                field.convert_to_column(field.convert_to_write(value, self), self),
                SQL(field.column_type[1]),
            )
        known["round"] = SQL("%s", (self.rework_count or 0) + (self.resume_count or 0))
        known["now"] = SQL("%s::timestamp", fields.Datetime.now())
        known["tz"] = SQL("%s::varchar", company.dealer_tz or "UTC")
        known["progress_minutes"] = SQL("%s::int", company.dealer_progress_minutes)
        return known

    @api.model
    def _evidences(self):
        """What can prove a standard.

        :return: tuple of :class:`Evidence`
        """
        return self._rows_of("_EVIDENCES")


def _names(names):
    return ",".join(sorted(filter(None, names))) or False


class DealerReceptionConcern(models.Model):
    """A concern in the customer's words is what a standard asks for."""

    _name = "dealer.reception.concern"
    _inherit = "dealer.reception.concern"

    @api.model_create_multi
    def create(self, vals_list):
        concerns = super().create(vals_list)
        visits = concerns.reception_id
        visits._prove_known()
        # the record of the process, whoever writes the customer's words down
        visits.sudo()._end_consultation()
        return concerns
