"""Where there is one shop, nobody notices that there could be a group of them."""

from odoo.exceptions import AccessError

from ..followup_common import DealerFollowupCase
from .test_group_rows import group_models


class TestOneShop(DealerFollowupCase):
    """A database with one shop works as if there were no groups of shops."""

    def test_managers_write_what_belongs_to_no_company(self):
        users = {
            "manager": self.manager,
            "complaint_manager": self.complaint_manager,
            "care_manager": self.care_manager,
        }
        tried = set()
        for name in group_models(self.env):
            rows = self.env[name].with_context(active_test=False).search([], limit=3)
            for role, user in users.items():
                if self.env[name].with_user(user).has_access("write"):
                    with self.subTest(model=name, role=role):
                        rows.with_user(user).check_access("write")
                    tried.add(name)
        self.assertGreater(len(tried), 15, tried)

    def test_new_rows_belong_to_no_company_and_look_as_before(self):
        Policy = self.env["dealer.sla.policy"].with_user(self.complaint_manager)
        policy = Policy.create({"name": "For the shop"})
        self.assertFalse(policy.company_id)
        self.assertFalse(policy.is_of_group)

    def test_second_shop_makes_them_those_of_the_group(self):
        policy = self.policy.with_user(self.complaint_manager)
        policy.check_access("write")
        self.env["res.company"].create({"name": "Second shop"})
        with self.assertRaises(AccessError):
            policy.check_access("write")
        policy.invalidate_recordset(["is_of_group"])
        self.assertTrue(policy.is_of_group)
