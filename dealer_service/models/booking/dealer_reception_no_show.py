from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.savepoints import each_in_savepoint
from ..common.dealer_reception_states import BOOKED_STATES, UNSERVED_STATES

ACTIVITY = "dealer_service.mail_activity_type_no_show"


class DealerReception(models.Model):
    """Who did not come: proposed after the grace period, closed by a person."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    is_overdue = fields.Boolean(
        "Not Arrived Yet",
        compute="_compute_is_overdue",
        search="_search_is_overdue",
        help="Booked, and the grace period after the appointment has passed. Bookings "
        "that were entered even later are history: nobody was expected.",
    )
    is_show = fields.Boolean(
        "Came",
        compute="_compute_is_show",
        store=True,
        precompute=True,
        help="The customer came to the appointment.",
    )
    # the number of the contact is tracked on the contact
    contact_phone = fields.Char("Phone", related="contact_id.phone", tracking=False)
    date_no_show_proposed = fields.Datetime(copy=False, readonly=True)
    rebooked_from_id = fields.Many2one(
        "dealer.reception",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )
    rebooked_to_id = fields.Many2one(
        "dealer.reception",
        "Rebooked As",
        copy=False,
        readonly=True,
        index="btree_not_null",
        check_company=True,
    )

    _no_show_due_idx = models.Index(
        "(date_appointment) WHERE state IN ('booked', 'prepared')"
        " AND date_no_show_proposed IS NULL"
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    def _date_grace_end(self):
        """Until when the customer may come without being missed (UTC)."""
        self.ensure_one()
        return self.date_appointment and self.date_appointment + timedelta(
            minutes=self.company_id.dealer_grace_minutes
        )

    @api.depends(
        "date_appointment", "date_booked", "state", "company_id.dealer_grace_minutes"
    )
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for reception in self:
            end = reception._date_grace_end()
            reception.is_overdue = bool(
                reception.state in BOOKED_STATES
                and end
                and end < now
                and not (reception.date_booked and end < reception.date_booked)
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        # the grace of every shop counts, also of those the user does not work for
        shops = self.env["res.company"].sudo()
        by_grace = shops._read_group([], ["dealer_grace_minutes"], ["id:array_agg"])
        return Domain("state", "in", BOOKED_STATES) & Domain.OR(
            Domain("company_id", "in", companies)
            & Domain("date_appointment", "<", now - timedelta(minutes=grace))
            & self._booked_within(grace)
            for grace, companies in by_grace
        )

    @api.model
    def _booked_within(self, grace):
        """Those that were known before the grace period (minutes) was over."""

        def is_known(model, alias, query):
            booked = model._field_to_sql(alias, "date_booked", query)
            appointment = model._field_to_sql(alias, "date_appointment", query)
            return SQL(
                "(%s - %s <= make_interval(mins => %s)) IS NOT FALSE",
                booked,
                appointment,
                grace,
            )

        return Domain.custom(to_sql=is_known)

    @api.depends("date_appointment", "date_arrived")
    def _compute_is_show(self):
        for reception in self:
            reception.is_show = bool(
                reception.date_appointment and reception.date_arrived
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_no_show(self):
        """The customer did not come. The slot becomes free.

        :raise UserError: before the grace period is over
        """
        now = fields.Datetime.now()
        for reception in self:
            grace_end = reception._date_grace_end()
            if grace_end and now < grace_end:
                raise UserError(
                    self.env._(
                        "%(visit)s: the customer has until %(time)s to arrive. If "
                        "the customer has called it off, cancel the visit.",
                        visit=reception.name,
                        time=reception.company_id._dealer_format(grace_end),
                    )
                )
        return super().action_no_show()

    def action_rebook(self):
        """Open the booking dialog for a visit that did not take place."""
        self.ensure_one()
        if self.state not in UNSERVED_STATES:
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: only a visit that did not take place "
                    "can be rebooked. Move the appointment instead.",
                    visit=self.name,
                    state=self._state_label(),
                )
            )
        if self.rebooked_to_id:
            return self.rebooked_to_id._get_records_action()
        return self._open_booking_dialog(
            {**self._booking_dialog_values(), "rebooked_from_id": self.id}
        )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _forget_no_show(self, _change):
        """Nobody is missed at an appointment that was moved."""
        missed = self.filtered("date_no_show_proposed")
        missed._close_no_show_activity()
        missed._write_by_method({"date_no_show_proposed": False})

    def _close_no_show_activity(self):
        missed = self.filtered("date_no_show_proposed")
        if missed:
            # the proposal was made by the system and may lie with a colleague
            missed.sudo().activity_unlink([ACTIVITY])

    def _propose_no_show(self):
        """Ask the advisor, once, to call whoever did not come."""
        self.ensure_one()
        user = self._caretaker()
        visit = self._for_reader(user)
        visit.activity_schedule(
            ACTIVITY,
            summary=visit.env._("Did not come: call, then rebook or close"),
            note=visit.env._(
                "Appointment at %(time)s.",
                time=visit.company_id._dealer_format(visit.date_appointment),
            ),
            user_id=user.id,
        )
        self._write_by_method({"date_no_show_proposed": fields.Datetime.now()})

    @api.model
    def _cron_propose_no_show(self, batch_size=200):
        """Propose, never set: a person decides whether it is a no-show."""
        domain = Domain("is_overdue", "=", True) & Domain(
            "date_no_show_proposed", "=", False
        )
        self._each_due(domain, "_propose_no_show", batch_size)

    @api.model
    def _each_due(self, domain, method, batch_size):
        """Call a method on all visits that are due, and commit after each batch.

        Those that fail wait for the next run and stand in nobody's way until then.
        """
        failed = self.browse()
        order = "date_appointment, id"
        while due := self.search(domain, order=order, limit=batch_size):
            done = each_in_savepoint(due.try_lock_for_update(), methodcaller(method))
            failed |= due - done
            domain &= Domain("id", "not in", failed.ids)
            is_time_left = self.env["ir.cron"]._commit_progress(
                len(done), remaining=self.search_count(domain)
            )
            if not is_time_left:
                break
