import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .dealer_takeover import WORKING

_logger = logging.getLogger(__name__)

#: Visits that are checked or taken over in one transaction.
BATCH = 500


class DealerTakeover(models.Model):
    """The check and the take-over: a job, in batches that are kept one by one."""

    _name = "dealer.takeover"
    _inherit = "dealer.takeover"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_check(self):
        """Have all rows checked: nothing is taken over yet.

        :raise UserError: without rows
        """
        self.check_access("write")
        self._check_move("checking")
        for takeover in self:
            if not takeover.row_count:
                raise UserError(
                    self.env._(
                        "“%(takeover)s” has no rows. Load a file first.",
                        takeover=takeover.name,
                    )
                )
            takeover._forget_findings()
            takeover._set_state("checking")
        self._work_soon()
        return True

    def action_take_over(self):
        """Have visits made of the rows that are ready. Refused rows stay.

        :raise UserError: when no row is ready
        """
        self.check_access("write")
        self._check_move("taking")
        for takeover in self:
            if not (takeover.ready_count or takeover.double_count):
                raise UserError(
                    self.env._(
                        "“%(takeover)s”: no row is ready. Mend the refused rows, and "
                        "check again.",
                        takeover=takeover.name,
                    )
                )
            takeover._set_state("taking")
        self._work_soon()
        return True

    def action_stop(self):
        """Stop the job after its batch. What was taken over stays."""
        self.check_access("write")
        for takeover in self:
            takeover._set_state("open")
        return True

    def action_take_back(self):
        """Remove the visits of this take-over again: it was the wrong file, or columns
        were mixed up. Those that something refers to by now stay.

        :raise UserError: when no visit came of it
        """
        self.check_access("write")
        self._check_move("returning")
        for takeover in self:
            if not takeover.visit_count:
                raise UserError(
                    self.env._(
                        "“%(takeover)s” has brought no visit.", takeover=takeover.name
                    )
                )
            takeover._set_state("returning", returned_id=0)
        self._work_soon()
        return True

    def action_remove_rows(self):
        """Give up the rows that are left: they stay in the old system."""
        self.check_access("write")
        self._check_idle()
        for takeover in self:
            takeover._drop_rows()
            takeover._reopen()
        return True

    # ------------------------------------------------------------------
    # THE JOB
    # ------------------------------------------------------------------

    def _set_state(self, target, **vals):
        self._check_move(target)
        return self._write_by_method({"state": target, **vals})

    def _work_soon(self):
        self.env.ref("dealer_service.ir_cron_dealer_service_takeover")._trigger()

    @api.model
    def _cron_work(self, batch_size=BATCH):
        """Check and take over what was asked for; whatever was cut off goes on."""
        cron = self.env["ir.cron"]
        waiting = self.search(Domain("state", "in", WORKING), order="id")
        left = cron._commit_progress(remaining=len(waiting))
        for takeover in waiting:
            while takeover._work(batch_size):
                if not cron._commit_progress():
                    # time is up: the next run goes on where this one stopped
                    return
            left = cron._commit_progress(1)
            if not left:
                return

    def _work(self, batch_size):
        """One batch.

        :return: whether there may be more
        """
        self.ensure_one()
        if self.state not in WORKING:
            # somebody has stopped it
            return False
        mine = self._for_reader(self.user_id).with_company(self.company_id)
        if self.state == "returning":
            return mine._give_back(batch_size)
        is_check = self.state == "checking"
        numbers = mine._next_numbers("unread" if is_check else "ready", batch_size)
        if not numbers:
            mine._finish()
            return False
        rows = mine._rows_of_numbers(numbers)
        if is_check:
            rows._keep_findings(rows._judge())
        else:
            mine._take(rows)
        # the next batch finds the memory as this one did
        self.env.flush_all()
        self.env.invalidate_all()
        return True

    def _give_back(self, limit):
        """Remove a batch of visits.

        :return: whether there may be more
        """
        # visits are the process's; archived ones go, too
        visits = self.env["dealer.reception"].sudo().with_context(active_test=False)
        batch = visits.search(
            [("takeover_id", "=", self.id), ("id", ">", self.returned_id)],
            order="id",
            limit=limit,
        )
        if not batch:
            self._set_state("open")
            return False
        self._write_by_method({"returned_id": batch[-1].id})
        batch._take_back_past()
        self.env.flush_all()
        self.env.invalidate_all()
        return True

    def _take(self, rows):
        """Make visits of these rows; together when they can, else one by one."""
        try:
            with self.env.cr.savepoint():
                return rows._take_over()
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            # another transaction was faster: Odoo runs the job again
            raise
        except Exception:  # noqa: BLE001 one visit must not keep the others out
            _logger.info("Take-over %s: a batch is tried visit by visit", self.id)
            self.env.invalidate_all()
        for number, mine in rows.exists().grouped("number").items():
            try:
                with self.env.cr.savepoint():
                    mine._take_over()
            except psycopg2.OperationalError:
                raise
            except Exception as error:  # noqa: BLE001 as above
                _logger.info("Take-over %s: %s is refused", self.id, number)
                self.env.invalidate_all()
                mine._refuse(str(error))
        return None

    def _next_numbers(self, state, limit):
        """Numbers of the old system whose rows are in ``state``."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT number FROM dealer_takeover_row
                WHERE takeover_id = %s AND state = %s ORDER BY number LIMIT %s""",
                self.id,
                state,
                limit,
            )
        )
        return [number for [number] in rows]

    def _rows_of_numbers(self, numbers):
        return self.env["dealer.takeover.row"].search(
            [("takeover_id", "=", self.id), ("number", "in", numbers)],
            order="number, source, line, id",
        )

    def _forget_findings(self):
        """All rows are to be checked anew."""
        self.ensure_one()
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """UPDATE dealer_takeover_row SET state = 'unread', problem = NULL
                WHERE takeover_id = %s AND state != 'unread' RETURNING 1""",
                self.id,
            )
        )
        self.env["dealer.takeover.row"].invalidate_model(["state", "problem"])

    def _finish(self):
        """No row is left to do."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.state == "checking":
            self._set_state("checked", date_checked=now)
            self._tell_finished(
                self.env._(
                    "Checked: %(visits)s visits can be taken over, %(rows)s rows are "
                    "refused.",
                    visits=self.ready_count,
                    rows=self.refused_count,
                )
            )
            return
        # visits are the process's; who pressed the button may bring them
        self.env["dealer.reception"].sudo()._tell_repaired_cars(self)
        count = self._drop_rows("known")
        rows = self.env["dealer.takeover.row"]
        is_left = rows.search_count([("takeover_id", "=", self.id)], limit=1)
        target = "checked" if is_left else "done"
        self._set_state(target, date_done=now, known_count=self.known_count + count)
        self._tell_finished(
            self.env._(
                "Taken over: %(visits)s visits. Rows that are left: %(rows)s.",
                visits=self.visit_count,
                rows=self.row_count,
            )
        )

    def _drop_rows(self, *states):
        """Remove rows, all unless their states are named, in one statement.

        :return: how many orders they were
        """
        self.ensure_one()
        self.env.flush_all()
        [(count,)] = self.env.execute_query(
            SQL(
                """WITH gone AS (
                    DELETE FROM dealer_takeover_row WHERE takeover_id = %s AND %s
                    RETURNING number)
                SELECT COUNT(DISTINCT number) FROM gone""",
                self.id,
                SQL("state IN %s", states) if states else SQL("TRUE"),
            )
        )
        self.env["dealer.takeover.row"].invalidate_model()
        self.invalidate_recordset()
        return count

    def _tell_finished(self, words):
        """Who began it need not look at the page again and again."""
        self.user_id._bus_send(
            "simple_notification",
            {"type": "info", "sticky": True, "title": self.name, "message": words},
        )
