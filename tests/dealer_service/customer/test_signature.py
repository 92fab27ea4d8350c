"""A signature is a picture that somebody has drawn."""

import base64
import io

from PIL import Image

from odoo.exceptions import UserError

from odoo.addons.dealer_service.tools.signature import MAX_LENGTH

from ...signature import SIGNATURE, drawn
from ..orders.test_consent import ConsentCase

NOT_SIGNED = {
    "a page": base64.b64encode(b"<html><script>1</script></html>").decode(),
    "one pixel": drawn((1, 1), strokes=False, ground="black"),
    "an empty pad": drawn(strokes=False),
    "a black pad": drawn(strokes=False, ground="black"),
    "a stamp": drawn((20, 10)),
    "too many pixels": drawn((3000, 2000)),
    "too much": "A" * (MAX_LENGTH + 4),
    "half a picture": SIGNATURE[:200],
    "no base64": "!" * 400,
    "another kind": "R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==",
    "a list": ["x"],
    "a number": 7,
    "nothing": b"",
}


class TestSignature(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception.odometer = 12000
        cls.reception._open_inspection()

    def test_sheet_and_delivery_need_a_signature(self):
        self.reception._write_by_method({"state": "settled"})
        for what, signature in NOT_SIGNED.items():
            with self.subTest(what), self.assertRaises(UserError):
                self.reception._sign_delivery(signature, "王建国")
            with self.subTest(what), self.assertRaises(UserError):
                self.reception.inspection_id.action_sign(signature, "王建国")
        self.assertFalse(self.reception.delivery_signature)
        self.assertEqual(self.reception.inspection_id.state, "draft")

    def test_consent_by_signature_needs_one(self):
        for what, signature in NOT_SIGNED.items():
            with self.subTest(what), self.assertRaises(UserError):
                self.order.action_record_consent(
                    "signature", "王建国", signature=signature
                )
        self.assertFalse(self.order.consent_date)

    def test_signature_afterwards_needs_one(self):
        self.order.action_record_consent("phone", "王建国")
        for what, signature in NOT_SIGNED.items():
            with self.subTest(what), self.assertRaises(UserError):
                self.order.action_record_signature("王建国", signature)
        self.assertFalse(self.order.signature)

    def test_strokes_are_kept_as_a_plain_picture(self):
        for kind in ("PNG", "JPEG"):
            visit = self.make_reception(state="arrived")
            visit._write_by_method({"state": "settled"})
            white = (255, 255, 255, 255)
            visit._sign_delivery(drawn(kind=kind, ground=white), "王建国")
            kept = base64.b64decode(visit.delivery_signature)
            with Image.open(io.BytesIO(kept)) as signed:
                self.assertEqual((signed.format, signed.size), ("PNG", (300, 100)))
