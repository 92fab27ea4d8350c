from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...tools import groups
from ...tools.past.verdict import QUIET
from ...tools.plate import format_plate, plate_key

# An object of this process: no remote caller can put it into a context.
_PAST = object()
#: Declined work of the old system that nobody has done anything about.
_UNTOUCHED_WORK = Domain("state", "=", "open") & Domain("past_number", "!=", False)


class DealerReception(models.Model):
    """A visit of before, as the old system knew it. See decision 0036."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    #: What follows once visits of the past have been created: names of methods.
    _PAST_INTAKE = ("_tell_cars_of_past",)

    past_number = fields.Char(
        "Number in the Old System",
        readonly=True,
        copy=False,
        help="The visit was taken over: nothing of it was measured here.",
    )
    takeover_id = fields.Many2one(
        "dealer.takeover",
        "Take-over",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    past_advisor = fields.Char("Advisor in the Old System", readonly=True, copy=False)
    past_customer_total = fields.Monetary(
        "Paid by the Customer in the Old System",
        readonly=True,
        copy=False,
        groups=groups.ADVISOR,
        help="Taxes included. What the others paid is in the settled total, too.",
    )
    # a visit of today has none: nobody asks the database for them
    past_line_ids = fields.One2many(
        "dealer.past.line", "reception_id", "Work in the Old System", readonly=True
    )

    _past_number_uniq = models.UniqueIndex(
        "(company_id, past_number) WHERE past_number IS NOT NULL",
        "This visit of the old system has been taken over already.",
    )

    # ------------------------------------------------------------------
    # BESIDE THE PROCESS
    # ------------------------------------------------------------------

    def _is_from_past(self):
        """Whether visits of the past are being created."""
        return self.env.context.get("dealer_past") is _PAST

    @api.model
    def _completions(self):
        return ("_complete_past",) if self._is_from_past() else super()._completions()

    @api.model
    def _intake(self):
        return () if self._is_from_past() else super()._intake()

    @api.model
    def _create_past(self, vals_list):
        """Create visits of before: nobody hears of them, nothing is measured.

        :param vals_list: values of each, with ``past_number``; ``past_plate`` and
            ``past_concern`` are what the old system says of plate and concern
        :return: the visits; :meth:`_follow_past` is called once they have lines
        """
        told = [
            (vals.pop("past_plate", ""), vals.pop("past_concern", ""))
            for vals in vals_list
        ]
        for vals, (_plate, concern) in zip(vals_list, told, strict=True):
            if concern:
                vals["concern_ids"] = [Command.create({"name": concern})]
        quiet = self.with_context(dealer_past=_PAST, **QUIET)
        visits = quiet._by_method().create(vals_list).with_env(self.env)
        visits._keep_past_plates([plate for plate, _concern in told])
        return visits

    @api.model
    def _complete_past(self, vals_list):
        """It was handed over, and the shop was asked for nothing else."""
        for vals in vals_list:
            vals.update(state="delivered", wash=False, is_first_visit=False)

    def _keep_past_plates(self, plates):
        """The plate the car came with, where it has another by now."""
        for visit, plate in zip(self, plates, strict=True):
            if plate and plate_key(plate) != plate_key(visit.license_plate):
                plate = format_plate(plate)
                parts = (plate, visit.vehicle_id.model_id.name)
                visit._write_by_method(
                    {"license_plate": plate, "car_name": " ".join(filter(None, parts))}
                )

    def _follow_past(self):
        """Let everybody learn who lives by visits: cars, and what is above them."""
        if self:
            # what is asked below is asked of the database
            self.env.flush_all()
            for method in self._rows_of("_PAST_INTAKE"):
                getattr(self, method)()

    def _take_back_past(self):
        """Remove these visits of the old system, as if they had not come.

        One that something refers to by now stays.
        """
        cars = self.vehicle_id.sudo()  # the card may belong to another shop
        gone = self - self._referred()
        # what was declined goes with its order
        works = self.env["dealer.declined.work"].sudo()
        works.search(Domain("reception_id", "in", gone.ids) & _UNTOUCHED_WORK).unlink()
        gone.with_context(dealer_past=_PAST).unlink()
        cars._relearn_visits()

    def _referred(self):
        """Those of these visits that records refer to, and not only their own rows."""
        found = set()
        for model in self.env.values():
            if model._abstract or model._transient or not model._auto:
                continue
            for field in model._fields.values():
                if (
                    field.type != "many2one"
                    or field.comodel_name != self._name
                    or not field.store
                    or field.compute
                    or field.ondelete == "cascade"
                ):
                    continue
                domain = Domain(field.name, "in", self.ids)
                if model._name == "dealer.declined.work":
                    domain &= ~_UNTOUCHED_WORK
                # whoever they belong to, and archived ones too
                rows = model.sudo().with_context(active_test=False)
                for [visit] in rows._read_group(domain, [field.name]):
                    found.add(visit.id)
        return self.filtered(lambda visit: visit.id in found)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if self._is_from_past() and all(visit.past_number for visit in self):
            return None
        return super()._unlink_except_begun()

    # ------------------------------------------------------------------
    # NEVER HERE
    # ------------------------------------------------------------------

    def _check_undo(self, state, reason):
        for visit in self:
            if visit.past_number:
                raise UserError(
                    self.env._(
                        "%(visit)s is a visit of the old system: it was over before "
                        "it came here.",
                        visit=visit.display_name,
                    )
                )
        return super()._check_undo(state, reason)

    def _greet_from(self):
        """Nobody asks when its customer was to be greeted; opening hours are not
        looked up for each of a hundred thousand visits."""
        return self.date_arrived if self.past_number else super()._greet_from()

    def _is_rating_open(self):
        # asked by customers, who read no more of a visit than their page shows
        return not self.sudo().past_number and super()._is_rating_open()

    def _treated_systems(self):
        systems = super()._treated_systems()
        # systems tell nothing of money or people, whoever may read the lines
        past = self.filtered("past_number").sudo()
        return systems | past.past_line_ids.system_id if past else systems
