"""Base case of customer activities: a running world of guests, seats and effects."""

from datetime import timedelta

from .followup_common import DealerFollowupCase, cn

__all__ = ["ActivityCase", "cn"]


class ActivityCase(DealerFollowupCase):
    """A lecture in Wuhu on 9 March 2026, 14 to 16 o'clock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Activity = cls.env["dealer.activity"]
        cls.Invitee = cls.env["dealer.activity.invitee"]
        # whom nobody has asked may be invited, unless a test says otherwise
        cls.company.dealer_marketing_needs_consent = False

    @classmethod
    def make_activity(cls, **values):
        """A draft for the Tiggo 8 of the tests, of the care manager; in another shop of
        nobody."""
        is_here = values.get("company_id", cls.company.id) == cls.company.id
        return cls.Activity.create(
            {
                "name": "冬季用车讲堂",
                "kind": "lecture",
                "purpose": "让新车主了解冬季用车",
                "place": "二楼培训厅",
                "date_start": cn(9, 14),
                "date_end": cn(9, 16),
                "user_id": is_here and cls.care_manager.id,
                "vehicle_domain": f"[('model_id', '=', {cls.model.id})]",
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def make_owner(cls, number, **values):
        """A customer with a car of his own.

        :return: the car
        """
        partner = cls.make_partner(
            name=f"车主{number}", phone=f"139 0553 {number:04}", **values
        )
        return cls.make_vehicle(owner_id=partner.id, license_plate=f"皖B·T{number:04}")

    @classmethod
    def make_inviting(cls, **values):
        """An activity whose customers may be invited now."""
        activity = cls.make_activity(**values)
        activity.action_plan()
        activity.action_refresh_audience()
        activity.action_invite()
        return activity

    def row(self, activity, car=None):
        """The invitee of a car (default: of the customer of all tests)."""
        car = car or self.vehicle
        return self.Invitee.search(
            [("activity_id", "=", activity.id), ("vehicle_id", "=", car.id)]
        )

    def visit_at(self, moment, car=None, **values):
        """A car arrives at a moment (naive UTC)."""
        car = car or self.vehicle
        return self.make_reception(
            vehicle_id=car.id,
            partner_id=car.owner_id.id,
            state="arrived",
            date_arrived=moment,
            **values,
        )

    @staticmethod
    def after(moment, **delta):
        return moment + timedelta(**delta)
