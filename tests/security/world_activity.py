"""An activity of one side of the world of rights, with its marks."""

from .marks import Marks


class WorldActivity(Marks):
    """Makes the activity of a side, its guests and what belongs to it."""

    @classmethod
    def _make_activity(cls, world):
        """A customer activity with its budget and one invited customer."""
        side = world.side
        texts = ("name", "purpose", "message", "lessons")
        world.activity = cls.env["dealer.activity"].create(
            {
                "kind": "lecture",
                "date_start": "2026-03-09 06:00:00",
                "date_end": "2026-03-09 08:00:00",
                "user_id": cls.people[side]["care_manager"].id,
                "company_id": world.company.id,
                **{name: cls.mark(side, "care") for name in texts},
            }
        )
        world.budget = cls.env["dealer.activity.budget"].create(
            {
                "activity_id": world.activity.id,
                "kind": "gift",
                "name": cls.mark(side, "care"),
                "planned": cls.figure(side, "care"),
            }
        )
        world.invitee = cls.env["dealer.activity.invitee"].create(
            {
                "activity_id": world.activity.id,
                "company_id": world.company.id,
                "partner_id": world.customer.id,
                "vehicle_id": world.cars[0].id,
                "note": cls.mark(side, "care"),
            }
        )
        world.invitee._ensure_token()
        cls.keep(side, "link", world.invitee.access_token)
