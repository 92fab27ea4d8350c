"""Several technicians on one job: a clock each, and the hours sold shared."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .workshop_case import NINE, WorkshopCase


@tagged("standard", "post_install", "-at_install")
class TestTeam(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_visit()
        cls.job = cls.make_job(
            cls.visit, technician_id=cls.mechanic.id, helper_ids=cls.colleague.ids
        )
        cls.mine = cls.job.with_user(cls.technician)
        cls.theirs = cls.job.with_user(cls.colleague_user)

    def at(self, hours, method, *args):
        with freeze_time(NINE + timedelta(hours=hours)):
            return method(*args)

    def logs(self, technician):
        return self.job.log_ids.filtered(lambda log: log.technician_id == technician)

    def test_each_has_a_clock(self):
        self.at(0, self.mine.action_start)
        self.theirs.invalidate_recordset()
        self.assertTrue(self.theirs.can_join)
        self.assertFalse(self.mine.can_join)
        self.at(1, self.theirs.action_join)
        self.assertFalse(self.theirs.can_join)
        self.at(2, self.theirs.action_pause)
        self.assertEqual(self.job.state, "working")
        self.at(3, self.mine.action_done)
        self.assertEqual(self.job.hours_worked, 4.0)
        self.assertEqual(sum(self.logs(self.colleague).mapped("hours")), 1.0)
        self.assertEqual(sum(self.logs(self.mechanic).mapped("hours")), 3.0)

    def test_hours_sold_are_shared_by_the_clock(self):
        self.job._write_by_method({"hours_sold": 2.0})
        self.at(0, self.mine.action_start)
        self.at(1, self.theirs.action_join)
        self.at(2, self.theirs.action_pause)
        self.at(3, self.mine.action_done)
        self.assertAlmostEqual(self.logs(self.mechanic).hours_sold, 1.5)
        self.assertAlmostEqual(self.logs(self.colleague).hours_sold, 0.5)

    def test_helper_begins_and_the_other_joins(self):
        self.at(0, self.theirs.action_start)
        self.assertEqual(self.job.log_ids.technician_id, self.colleague)
        self.mine.invalidate_recordset()
        self.assertTrue(self.mine.can_join)
        self.at(1, self.mine.action_join)
        self.assertEqual(len(self.job.log_ids), 2)
        with self.assertRaises(UserError):
            # the own clock runs already
            self.at(1, self.mine.action_join)

    def test_with_the_last_one_the_job_is_paused(self):
        self.at(0, self.theirs.action_start)
        self.at(1, self.theirs.action_pause)
        self.assertEqual(self.job.state, "paused")

    def test_who_leads_pauses_it_for_all(self):
        self.at(0, self.mine.action_start)
        self.at(1, self.theirs.action_join)
        self.at(2, self.mine.action_pause, "parts")
        self.assertEqual(self.job.state, "paused")
        self.assertTrue(all(self.job.log_ids.mapped("date_stop")))

    def test_a_helper_who_is_not_at_work_stops_nobody(self):
        self.at(0, self.mine.action_start)
        with self.assertRaises(UserError):
            self.at(1, self.theirs.action_pause)
        with self.assertRaises(UserError):
            self.at(1, self.theirs.action_done)
        self.assertEqual(self.job.state, "working")

    def test_nobody_works_on_two_jobs(self):
        other = self.make_job(
            self.make_visit(), name="Oil change", technician_id=self.colleague.id
        )
        self.at(0, other.with_user(self.colleague_user).action_start)
        self.at(0, self.mine.action_start)
        self.theirs.invalidate_recordset()
        self.assertEqual(self.theirs.running_job_id.id, other.id)
        with self.assertRaisesRegex(UserError, "Oil change"):
            self.at(1, self.theirs.action_join)

    def test_switching_away_leaves_the_colleague_at_work(self):
        other = self.make_job(
            self.make_visit(), name="Oil change", technician_id=self.colleague.id
        )
        self.at(0, self.mine.action_start)
        self.at(1, self.theirs.action_join)
        self.at(2, other.with_user(self.colleague_user).action_switch)
        self.assertEqual((self.job.state, other.state), ("working", "working"))
        self.assertTrue(self.logs(self.colleague).date_stop)
        self.assertFalse(self.logs(self.mechanic).date_stop)

    def test_who_may_help(self):
        with self.assertRaises(ValidationError):
            self.job.helper_ids = self.mechanic
        with self.assertRaises(ValidationError):
            self.job.helper_ids = self.bay
        with self.assertRaises(AccessError):
            self.mine.helper_ids = False

    def test_helper_sees_the_car_and_nobody_else_does(self):
        self.assertTrue(self.visit.with_user(self.colleague_user).name)
        stranger = self.make_user("third", "technician")
        self.make_technician(stranger)
        for record in (self.job, self.visit):
            with self.assertRaises(AccessError):
                record.with_user(stranger).check_access("read")
        self.job.with_user(self.advisor).helper_ids = False
        with self.assertRaises(AccessError):
            self.visit.with_user(self.colleague_user).check_access("read")

    def test_my_jobs_show_those_in_which_i_help(self):
        action = self.env.ref("dealer_service.dealer_job_action_mine")
        domain = self.env["dealer.job"].with_user(self.colleague_user)
        self.assertIn(
            "helper_ids.user_id", action.domain, "the list of own jobs has them"
        )
        self.assertIn(
            self.job, domain.search([("helper_ids.user_id", "=", domain.env.uid)])
        )

    def test_rework_has_no_share(self):
        self.job._write_by_method({"hours_sold": 2.0})
        self.at(0, self.mine.action_start)
        self.at(1, self.mine.action_done)
        self.job._reopen()
        self.at(2, self.mine.action_start)
        self.at(3, self.mine.action_done)
        self.assertEqual(sorted(self.job.log_ids.mapped("hours_sold")), [0.0, 2.0])
