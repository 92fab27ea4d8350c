"""Who follows a document, and who was told of it, is read with the document."""

from odoo.exceptions import AccessError

from .methods import MethodsCase

#: The models, and the field that says who.
ROWS = {"mail.followers": "partner_id", "mail.notification": "res_partner_id"}


class TestFollowers(MethodsCase):
    def test_followers_are_read_by_who_reads_the_document(self):
        told = self.make_partner(name="Told", email="told@example.com")
        world, tried = self.sides["own"], {True: 0, False: 0}
        documents = (world.complaint, world.visits["working"])
        for document in documents:
            document.message_subscribe(told.ids)
            document.message_post(body="As agreed", partner_ids=told.ids)
        for document in documents:
            rows = {
                "mail.followers": document.message_follower_ids,
                "mail.notification": document.message_ids.notification_ids,
            }
            for role, user in self.people["own"].items():
                may_read = document.with_user(user).has_access("read")
                for model, who in ROWS.items():
                    about = rows[model].filtered(lambda r, who=who: r[who] == told)
                    self.assertTrue(about)
                    tried[may_read] += 1
                    with self.subTest(document=document._name, model=model, role=role):
                        self.assert_read(about.with_user(user), who, may_read)
        self.assertTrue(all(tried.values()))

    def assert_read(self, rows, who, may_read):
        self.env.invalidate_all()
        found = rows.search([("id", "in", rows.ids)])
        self.assertEqual(found, rows if may_read else rows.browse())
        if may_read:
            rows.read([who])
        else:
            with self.assertRaises(AccessError):
                rows.read([who])

    def test_everybody_reads_what_is_about_himself(self):
        clerk = self.people["own"]["employee"]
        document = self.sides["own"].complaint
        document.message_subscribe(clerk.partner_id.ids)
        document.message_post(body="Look", partner_ids=clerk.partner_id.ids)
        for model, who in ROWS.items():
            rows = self.env[model].with_user(clerk)
            mine = rows.search([(who, "=", clerk.partner_id.id)])
            with self.subTest(model):
                self.assertTrue(mine)
                mine.read([who])
