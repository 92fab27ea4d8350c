"""What users of other systems reported about links to customers, tried here."""

from ..security.common import SecurityCase


class TestLinksInTheField(SecurityCase):
    def test_a_scanner_that_opens_every_link_has_decided_nothing(self):
        """freescout#1743: a program that looks for viruses follows the links of a
        mail, and the customer has rated."""
        side = self.sides["own"]
        visit, complaint = side.visits["ready"], side.complaint
        orders = visit.order_ids
        pages = [
            f"/rate/{record._rating_get_access_token()}/{value}"
            for record in (visit, complaint)
            for value in (1, 5)
        ]
        pages += [record.get_portal_url() for record in (visit, complaint, *orders)]
        watched = {
            "rating.rating": ["rating", "consumed", "feedback"],
            "dealer.reception": ["state", "rating_last_value"],
            "dealer.complaint": ["state", "rating_last_value"],
            "sale.order": ["state", "amount_total"],
            "dealer.consent": ["display_name"],
        }

        def facts():
            self.env.invalidate_all()
            return {
                name: self.env[name].search([], order="id").read(fields)
                for name, fields in watched.items()
            }

        self.env.flush_all()
        before = facts()
        for address in pages:
            for method in ("GET", "HEAD", "OPTIONS"):
                with self.subTest(address, method=method):
                    answer = self.url_open(
                        address, method=method, headers={"User-Agent": "LinkScanner"}
                    )
                    self.assertLess(answer.status_code, 500)
        self.assertEqual(facts(), before)
