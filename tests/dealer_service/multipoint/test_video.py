"""Videos: H.264 alone is kept, and of it the picture alone."""

import base64
import struct

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.dealer_service.tools.inspection.video import VideoRefused, clean_video

from .multipoint_case import MultipointCase

PLACE = b"+31.3333+118.3667/"
PICTURES = [b"picture-one", b"picture-two!", b"third"]
SOUND = b"what the technician said"


def box(kind, *content):
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind, *content):
    return box(kind, bytes(4), *content)


def numbers(*values):
    return struct.pack(f">{len(values)}I", *values)


def track(handler, codec, sizes, start, seconds):
    return box(
        b"trak",
        full(b"tkhd", numbers(3_900_000_000, 3_900_000_000, 1, 0, seconds), bytes(60)),
        box(b"udta", PLACE),
        box(
            b"mdia",
            full(
                b"mdhd",
                numbers(3_900_000_000, 3_900_000_000, 1000, seconds * 1000),
                bytes(4),
            ),
            full(b"hdlr", bytes(4), handler, bytes(12), b"Core Media\0"),
            box(
                b"minf",
                full(b"vmhd", bytes(8)),
                box(
                    b"stbl",
                    full(b"stsd", numbers(1), box(codec, bytes(78))),
                    full(b"stts", numbers(1, len(sizes), 33)),
                    full(b"stsc", numbers(1, 1, len(sizes), 1)),
                    full(b"stsz", numbers(0, len(sizes), *sizes)),
                    full(b"stco", numbers(1, start)),
                ),
            ),
        ),
    )


def video(codec=b"avc1", seconds=5, brand=b"qt  ", extra=b""):
    """A film as a phone writes it: pictures, sound, and where it was taken."""
    head = box(b"ftyp", brand, bytes(4), brand)
    media = b"".join(PICTURES) + SOUND
    start = len(head) + 8
    sound = start + len(b"".join(PICTURES))
    return b"".join(
        (
            head,
            box(b"mdat", media),
            box(
                b"moov",
                full(
                    b"mvhd",
                    numbers(3_900_000_000, 3_900_000_000, 1000, seconds * 1000),
                    bytes(80),
                ),
                track(b"vide", codec, [len(p) for p in PICTURES], start, seconds),
                track(b"soun", b"mp4a", [len(SOUND)], sound, seconds),
                box(b"meta", b"com.apple.quicktime.location.ISO6709", PLACE),
            ),
            extra,
        )
    )


@tagged("standard", "post_install", "-at_install")
class TestVideoFile(BaseCase):
    def refused(self, content, reason, seconds=30):
        with self.assertRaises(VideoRefused) as refusal:
            clean_video(content, seconds)
        self.assertEqual(refusal.exception.args[0], reason)

    def test_the_picture_stays_and_nothing_else(self):
        sent = video(extra=box(b"uuid", PLACE))
        kept = clean_video(sent)
        self.assertEqual(len(kept), len(sent))
        self.assertIn(b"".join(PICTURES), kept)
        for secret in (SOUND, PLACE, b"location", b"mp4a", b"soun"):
            self.assertNotIn(secret, kept)
        self.assertNotIn(struct.pack(">I", 3_900_000_000), kept)

    def test_tables_of_the_picture_are_as_they_were(self):
        sent, kept = video(), clean_video(video())
        for part in (b"stco", b"stsz", b"stsd", b"hdlr"):
            place = sent.index(part)
            self.assertEqual(kept[place : place + 16], sent[place : place + 16])

    def test_quicktime_is_called_mp4(self):
        kept = clean_video(video())
        self.assertEqual(kept[8:12], b"mp42")
        self.assertNotIn(b"qt  ", kept)
        self.assertEqual(clean_video(video(brand=b"isom"))[8:12], b"isom")

    def test_clean_is_clean_already(self):
        kept = clean_video(video())
        self.assertEqual(clean_video(kept), kept)

    def test_what_no_browser_plays_is_refused(self):
        for codec in (b"hvc1", b"hev1", b"dvh1", b"mp4v", b"av01"):
            self.refused(video(codec), "codec")

    def test_long_is_refused(self):
        self.refused(video(seconds=40), "long")
        clean_video(video(seconds=30))

    def test_whatever_else_is_refused_and_never_an_error(self):
        whole = video()
        self.refused(b"", "kind")
        self.refused(b"\x1aE\xdf\xa3 webm", "kind")
        self.refused(box(b"ftyp", b"isom") + box(b"moof") + box(b"moov"), "kind")
        for end in range(0, len(whole), 7):
            try:
                clean_video(whole[:end])
            except VideoRefused:
                continue
            self.fail(f"{end} bytes of {len(whole)} were taken")

    def test_broken_tables_are_refused_and_never_an_error(self):
        whole = bytearray(video())
        start = whole.index(b"moov")
        for place in range(start, len(whole)):
            for value in (0, 0x7F, 0xFF):
                broken = bytearray(whole)
                broken[place] = value
                try:
                    clean_video(bytes(broken))
                except VideoRefused:
                    pass


@tagged("standard", "post_install", "-at_install")
class TestVideo(MultipointCase):
    def send(self, sheet, content):
        return sheet.action_video(
            self.items["joints"].id, base64.b64encode(content).decode()
        )

    def test_video_of_a_finding(self):
        sheet = self.begin()
        with self.assertRaises(UserError):
            # nothing was judged
            self.send(sheet, video())
        self.judge(sheet, joints="red")
        self.assertTrue(self.send(sheet, video())["has_video"])
        finding = self.found(sheet, "joints").with_context(bin_size=False)
        self.assertEqual(base64.b64decode(finding.video), clean_video(video()))
        sheet.action_video(self.items["joints"].id, False)
        self.assertFalse(finding.has_video)

    def test_refusals_say_the_way_out(self):
        sheet = self.begin()
        self.judge(sheet, joints="red")
        self.company.dealer_video_seconds = 10
        for content, words in (
            (video(b"hvc1"), "Most Compatible"),
            (video(seconds=20), "10 seconds"),
            (b"<html/>", "camera"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.send(sheet, content)
        self.company.dealer_video_mb = 1
        with self.assertRaisesRegex(UserError, "1 MB"):
            self.send(sheet, video() + box(b"free", bytes(1_500_000)))
        with self.assertRaises(UserError):
            sheet.action_video(self.items["joints"].id, ["x"])
