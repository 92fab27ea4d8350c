"""A dealer group of two shops, with everything in it that somebody must not see.

Three *sides* hold the same records: ``own`` (of the users of ``cls.people["own"]``),
``colleague`` (of their colleagues in the same shop) and ``other`` (of the other shop).
Every word and figure worth hiding is a *mark* (``marks.py``): a text that exists once,
so that it is recognised in whatever comes out of a method, a page, a mail or a paper.
"""

from contextlib import contextmanager
from copy import copy

from odoo.fields import Command
from odoo.sql_db import Savepoint
from odoo.tests import HttpCase

from ..followup_common import DealerFollowupCase
from .marks import KINDS, SIDES
from .world import World

__all__ = ["KINDS", "ROLES", "SIDES", "SecurityCase", "password"]

#: Every role of the three addons, and those beside them.
ROLES = {
    "technician": "dealer_service.group_dealer_service_technician",
    "advisor": "dealer_service.group_dealer_service_user",
    "manager": "dealer_service.group_dealer_service_manager",
    "handler": "dealer_complaint.group_dealer_complaint_user",
    "officer": "dealer_complaint.group_dealer_complaint_officer",
    "complaint_manager": "dealer_complaint.group_dealer_complaint_manager",
    "caller": "dealer_followup.group_dealer_followup_user",
    "care_manager": "dealer_followup.group_dealer_followup_manager",
    "cashier": "base.group_user,account.group_account_invoice",
    "employee": "base.group_user",
}


def password(user):
    """The password of a user of this world, for ``authenticate``."""
    return user.login + "x" * (8 - len(user.login))


class SecurityCase(World, DealerFollowupCase, HttpCase):
    """``sides[side].<name>``: a record (see :meth:`_make_side`).

    ``people[side][role]``: a user; ``portal_user`` is the shared customer,
    ``portal_stranger`` a customer of nobody, ``public_user`` has no login at all.

    The classes that a worker tries one after another share one world, in one
    transaction: each finds it as it was made, and leaves no trace of its own.
    """

    _is_open = False

    @classmethod
    def setUpClass(cls):
        if not cls.is_shared():
            cls._make_world()
            return
        if not SecurityCase._is_open:
            SecurityCase._is_open = True
            SecurityCase._make_world()
        cls.marks = {key: list(marks) for key, marks in cls.marks.items()}
        cls.sides = {side: copy(world) for side, world in cls.sides.items()}
        savepoint = Savepoint(cls.cr)
        cls.addClassCleanup(cls.muted_registry_logger(cls.registry.clear_all_caches))
        cls.addClassCleanup(cls.cr.clear)
        cls.addClassCleanup(savepoint.close)

    @classmethod
    def is_shared(cls):
        """A class with a time of its own has a world of its own."""
        return not cls.freeze_time

    @classmethod
    def leave_world(cls, following):
        """Nobody else can work beside the open transaction: it is for ``conftest.py``
        to say which class of tests is next, or None."""
        shares = following and issubclass(following, SecurityCase)
        if SecurityCase._is_open and not (shares and following.is_shared()):
            SecurityCase._is_open = False
            SecurityCase.doClassCleanups()
            for _kind, error, _trace in SecurityCase.tearDown_exceptions:
                raise error

    @classmethod
    def _make_world(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "mail_notrack": True})
        cls.marks = {(side, kind): [] for side in SIDES for kind in KINDS}
        cls.other_company = cls.env["res.company"].create(
            {
                "name": "Other shop",
                "country_id": cls.company.country_id.id,
                "currency_id": cls.company.currency_id.id,
            }
        )
        cls._make_people()
        cls.customer.write({"email": "wang@example.com"})
        cls.customer.habits = cls.mark("own", "person")
        cls.sides = {}
        for side in SIDES:
            company = cls.other_company if side == "other" else cls.company
            with cls.in_shop(company, cls.people[side]):
                cls.sides[side] = cls._make_side(side)
        cls.env.flush_all()
        cls.cr.clear()

    # ------------------------------------------------------------------
    # PEOPLE
    # ------------------------------------------------------------------

    @classmethod
    def _make_people(cls):
        """One user of each role on each side; the colleagues are the four who own."""
        made = cls.make_users(
            cls._person("cashier", "cashier"),
            cls._person("employee", "employee"),
            cls._person("technician_2", "technician"),
            cls._person("advisor_2", "advisor"),
            cls._person("portal_owner", "base.group_portal"),
            cls._person("portal_stranger", "base.group_portal"),
            *(cls._person(f"{role}_b", role, cls.other_company) for role in ROLES),
        )
        people = {user.login: user for user in made}
        own = {
            "technician": cls.technician,
            "advisor": cls.advisor,
            "manager": cls.manager,
            "handler": cls.handler,
            "officer": cls.officer,
            "complaint_manager": cls.complaint_manager,
            "caller": cls.caller,
            "care_manager": cls.care_manager,
            "cashier": people["cashier"],
            "employee": people["employee"],
        }
        colleague = {
            "technician": people["technician_2"],
            "advisor": people["advisor_2"],
            "handler": cls.colleague,
            "caller": cls.other_caller,
        }
        cls.people = {
            "own": own,
            # whoever sees the whole shop is one person on both sides of it
            "colleague": {**own, **colleague},
            "other": {role: people[f"{role}_b"] for role in ROLES},
        }
        cls.portal_user = people["portal_owner"]
        cls.portal_user.partner_id = cls.customer
        cls.portal_stranger = people["portal_stranger"]
        cls.public_user = cls.env.ref("base.public_user")

    @classmethod
    def make_person(cls, login, role, company=None):
        """A user of one role (or of groups by XML id) and one shop."""
        return cls.make_users(cls._person(login, role, company))

    @classmethod
    def _person(cls, login, role, company=None):
        """The values of such a user, for :meth:`make_users`."""
        company = company or cls.company
        return {
            "login": login,
            "groups": ROLES.get(role, role),
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }

    # ------------------------------------------------------------------
    # SHOPS
    # ------------------------------------------------------------------

    @classmethod
    @contextmanager
    def in_shop(cls, company, people):
        """The factories of the base cases, for another shop and its people."""
        kept = {
            name: getattr(cls, name)
            for name in ("env", "company", "advisor", "technician", "handler", "caller")
        }
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": company.ids}
        )
        cls.company = company.with_env(cls.env)
        for role in ("advisor", "technician", "handler", "caller"):
            setattr(cls, role, people[role])
        try:
            yield
        finally:
            for name, value in kept.items():
                setattr(cls, name, value)
