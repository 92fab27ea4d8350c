"""The workshop: jobs begin, stop and go on, on a telephone."""

import random

from locust import task

from .people import TECHNICIANS
from .screens import InFront
from .staff import Staff
from .stage import STAGE

JOB = "dealer.job"
MY_JOBS = "dealer_service.dealer_job_action_mine"


class Technician(Staff):
    """A technician with jobs of their own."""

    fixed_count = TECHNICIANS
    role = "technicians"

    def first_screen(self):
        self.running = None
        self.begun = set()
        self.remarks = {}
        return self.my_jobs()

    def my_jobs(self):
        """The cards of the own jobs."""
        screen = self.web.screen(MY_JOBS)
        return InFront(
            lambda: self.web.read_list(screen, "technician: my jobs", view="kanban"),
            boards=("workshop",),
        )

    @task(2)
    def look(self):
        self.show(self.my_jobs())

    @task(4)
    def work(self):
        """Begin a job or go on with it; stop the one that runs."""
        if self.running:
            with self.hands:
                self.web.button(
                    JOB,
                    "action_pause",
                    self.running,
                    "technician: pause",
                    {"dealer_pause_reason": "tool"},
                )
            self.running = None
        else:
            job = random.choice(self.person["jobs"])
            method = "action_resume" if job in self.begun else "action_start"
            with self.hands, STAGE.ledger.write("start", job):
                self.web.button(JOB, method, job, "technician: start or resume")
            self.running = job
            self.begun.add(job)
        self.show(self.my_jobs())

    @task(2)
    def remark(self):
        """What the advisor should know of a job."""
        job = random.choice(self.person["jobs"])
        screen = self.web.form_of(JOB)
        self.show(InFront(lambda: self.web.read_form(screen, job, "technician: job")))
        self.wait()
        words = self.token("remark")
        with self.hands, STAGE.ledger.write("remark", job, words):
            self.web.save_form(screen, job, {"note": words}, "technician: remark saved")
