"""A withdrawal belongs to the person; consent to the words that were shown."""

from freezegun import freeze_time

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestConsentFollows(DealerFollowupCase):
    def decision(self, partner=None, purpose="marketing"):
        phone = (partner or self.customer).phone_key
        return (
            self.env["dealer.consent"]
            ._current(self.company, purpose, "call", [phone])
            .get(phone)
        )

    def test_a_withdrawal_follows_to_the_new_number(self):
        self.consent("withdrawn")
        self.customer.phone = "139 0000 1111"
        self.assertEqual(self.decision(), "withdrawn")
        line = self.env["dealer.consent"].search([("phone", "=", "+8613900001111")])
        self.assertIn("+8613805531234", line.evidence)

    def test_also_when_the_number_was_unknown_for_a_time(self):
        self.consent("withdrawn")
        self.customer.phone = False
        self.customer.phone = "139 0000 1111"
        self.assertEqual(self.decision(), "withdrawn")

    def test_also_a_withdrawal_of_the_number_alone(self):
        self.consent("withdrawn", partner_id=False, phone="138 0553 1234")
        self.customer.phone = "139 0000 1111"
        self.assertEqual(self.decision(), "withdrawn")

    def test_consent_stays_with_its_number(self):
        self.consent("given")
        self.customer.phone = "139 0000 1111"
        self.assertFalse(self.decision())

    def test_who_gave_it_again_has_not_withdrawn(self):
        self.consent("withdrawn")
        self.consent("given", date=cn(1))
        self.customer.phone = "139 0000 1111"
        self.assertFalse(self.decision())

    def test_the_same_number_in_another_spelling_adds_no_line(self):
        self.consent("withdrawn")
        self.customer.phone = "+86 138 0553 1234"
        self.assertEqual(self.env["dealer.consent"].search_count([]), 1)

    def test_merged_cards_keep_what_either_has_withdrawn(self):
        self.consent("withdrawn")
        other = self.make_partner(name="王建国", phone="139 0000 1111")
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer | other).ids, other, extra_checks=False
        )
        self.assertEqual(self.decision(other), "withdrawn")

    def test_the_ledger_keeps_the_words_that_were_shown(self):
        card = self.customer
        version = card._consent_version(self.company, "marketing")
        card._decide_consent(self.company.id, "marketing", "given", "Own page", version)
        line = self.env["dealer.consent"].search([("partner_id", "=", card.id)])
        self.assertIn(self.company.name, line.wording)
        self.assertEqual(line.wording_version, version)

    def test_consent_to_words_that_have_changed_is_none(self):
        decided = self.customer._decide_consent(
            self.company.id, "marketing", "given", "Own page", "0123456789ab"
        )
        self.assertFalse(decided)
        self.assertFalse(self.decision())

    def test_a_withdrawal_needs_no_words(self):
        self.consent("given")
        self.customer._decide_consent(
            self.company.id, "marketing", "withdrawn", "Own page", "0123456789ab"
        )
        self.assertEqual(self.decision(), "withdrawn")
