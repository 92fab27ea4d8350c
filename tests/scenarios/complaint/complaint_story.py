"""The complaint desk in which the stories happen, at moments of a week in March."""

from contextlib import contextmanager

from freezegun import freeze_time

from ...complaint_common import DealerComplaintCase


class ComplaintStoryCase(DealerComplaintCase):
    """Everybody acts as himself, at the time the story says."""

    @contextmanager
    def at(self, moment):
        """Go on at a moment of the story; the engine has done what is due by then."""
        self.run_engine(moment)
        with freeze_time(moment):
            self.env.invalidate_all()
            yield

    def open_complaint(self, user, **values):
        """``user`` types in what a customer says."""
        return (
            self.env["dealer.complaint"]
            .with_user(user)
            .create(
                {
                    "subject": "刹车异响",
                    "partner_id": self.customer.id,
                    "vehicle_id": self.vehicle.id,
                    **values,
                }
            )
        )

    def say(self, complaint, user, kind="contact", **values):
        """``user`` notes a talk with the customer; a call that got through unless
        told otherwise."""
        contact = (
            self.env["dealer.complaint.contact"]
            .with_user(user)
            .create({"complaint_id": complaint.id, "kind": kind, **values})
        )
        complaint.invalidate_recordset()
        return contact

    def told(self, complaint):
        """Who has something about the time limits on the list of things to do."""
        kind = self.env.ref("dealer_complaint.mail_activity_type_sla")
        return complaint.activity_ids.filtered(
            lambda activity: activity.activity_type_id == kind
        ).user_id
