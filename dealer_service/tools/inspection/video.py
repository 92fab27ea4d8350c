"""Short videos that show what was found: the picture, and nothing else. No ORM.

A phone writes a film into a box of boxes (ISO 14496-12, QuickTime): the pictures, the
sound, the place, the hour, the model of the phone, sometimes a track of sensors.
Browsers play H.264; an iPhone's HEVC most of them do not.

:func:`clean_video` keeps one track of H.264 and makes everything else zero, in place:
no box moves, so no table of positions has to be written anew, and no program beside
Python is needed. The sound goes as well: what is said in a workshop is not the
customer's to hear.
"""

import struct

#: Of each box that is walked into, what a player needs of it. The rest is emptied.
_KEPT = {
    b"moov": {b"mvhd", b"trak"},
    b"trak": {b"tkhd", b"edts", b"mdia"},
    b"edts": {b"elst"},
    b"mdia": {b"mdhd", b"hdlr", b"minf"},
    b"minf": {b"vmhd", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {
        b"stsd",
        b"stts",
        b"stss",
        b"ctts",
        b"cslg",
        b"sdtp",
        b"stsc",
        b"stsz",
        b"stco",
        b"co64",
    },
}
#: Boxes that begin with the hours of their making.
_DATED = (b"mvhd", b"tkhd", b"mdhd")
#: What every browser plays.
_CODECS = (b"avc1", b"avc3")


class VideoRefused(ValueError):
    """A video that is not kept; ``args[0]`` says why: ``kind`` (no such file),
    ``codec`` (no browser plays it) or ``long``."""


class _Box:
    """A part of the file: where it begins, what it is, and where its content is."""

    def __init__(self, data, start, end):
        if end - start < 8:
            raise VideoRefused("kind")
        size, self.kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1:
            if end - start < 16:
                raise VideoRefused("kind")
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise VideoRefused("kind")
        self.start, self.content, self.end = start, start + head, start + size

    def __iter__(self):
        return iter((self.content, self.end))


def _boxes(data, start, end):
    """The boxes between two places, one after the other."""
    found = []
    while start < end:
        if end - start == 4 and data[start:end] == b"\0\0\0\0":
            break  # QuickTime ends a list of boxes with four zeros
        box = _Box(data, start, end)
        found.append(box)
        start = box.end
    return found


def _inside(data, box, *path):
    """The first box that a path of kinds leads to."""
    for kind in path:
        box = next((b for b in _boxes(data, *box) if b.kind == kind), None)
        if box is None:
            raise VideoRefused("kind")
    return box


def _number(data, box, offset, form=">I"):
    if box.content + offset + struct.calcsize(form) > box.end:
        raise VideoRefused("kind")
    return struct.unpack_from(form, data, box.content + offset)[0]


def _numbers(data, box, offset, count, form="I"):
    size = struct.calcsize(f">{form}") * count
    if count < 0 or box.content + offset + size > box.end:
        raise VideoRefused("kind")
    return struct.unpack_from(f">{count}{form}", data, box.content + offset)


def clean_video(content, seconds=30):
    """A video without sound, place, hour and all else that is not the picture.

    :param bytes content: the file as it was sent
    :param int seconds: how long it may be
    :return: bytes of an MP4 with H.264, as long as what was sent
    :raise VideoRefused: saying why

    >>> clean_video(b"<html>")
    Traceback (most recent call last):
        ...
    odoo.addons.dealer_service.tools.inspection.video.VideoRefused: kind
    """
    data = bytearray(content)
    tops = _boxes(data, 0, len(data))
    kinds = [box.kind for box in tops]
    if kinds[:1] != [b"ftyp"] or kinds.count(b"moov") != 1 or b"moof" in kinds:
        raise VideoRefused("kind")
    moov = tops[kinds.index(b"moov")]
    film = _film(data, moov)
    if _seconds(data, film) > seconds + 1:
        raise VideoRefused("long")
    pictures = [
        (start, bytes(data[start:stop])) for start, stop in _samples(data, film, tops)
    ]
    _call_mp4(data, tops[0])
    for box in tops[1:]:
        if box is moov:
            _empty_rest(data, box, film)
        elif box.kind == b"mdat":
            data[box.content : box.end] = bytes(box.end - box.content)
        else:
            _empty(data, box)
    for start, picture in pictures:
        data[start : start + len(picture)] = picture
    return bytes(data)


def _film(data, moov):
    """The track with the pictures."""
    tracks = [box for box in _boxes(data, *moov) if box.kind == b"trak"]
    for track in tracks:
        handler = _inside(data, track, b"mdia", b"hdlr")
        if _number(data, handler, 8, ">4s") != b"vide":
            continue
        kinds = _inside(data, track, b"mdia", b"minf", b"stbl", b"stsd")
        entries = _boxes(data, kinds.content + 8, kinds.end)
        if not entries or any(entry.kind not in _CODECS for entry in entries):
            raise VideoRefused("codec")
        return track
    raise VideoRefused("kind")


def _seconds(data, track):
    head = _inside(data, track, b"mdia", b"mdhd")
    is_long = _number(data, head, 0, ">B") == 1
    scale = _number(data, head, 20 if is_long else 12)
    length = _number(data, head, 24, ">Q") if is_long else _number(data, head, 16)
    if not scale:
        raise VideoRefused("kind")
    return length / scale


def _samples(data, track, tops):
    """Where the pictures of a track are: pairs of begin and end, within the media."""
    table = _inside(data, track, b"mdia", b"minf", b"stbl")
    parts = {box.kind: box for box in _boxes(data, *table)}
    if not {b"stsz", b"stsc"} <= parts.keys() or not {b"stco", b"co64"} & parts.keys():
        raise VideoRefused("kind")
    size, count = _numbers(data, parts[b"stsz"], 4, 2)
    if size and count > len(data) // size:
        raise VideoRefused("kind")
    sizes = [size] * count if size else _numbers(data, parts[b"stsz"], 12, count)
    places, form = (parts[b"stco"], "I") if b"stco" in parts else (parts[b"co64"], "Q")
    starts = _numbers(data, places, 8, _number(data, places, 4), form)
    runs = _number(data, parts[b"stsc"], 4)
    rows = _numbers(data, parts[b"stsc"], 8, runs * 3)
    runs = dict(zip(rows[0::3], rows[1::3], strict=True))
    media = [tuple(box) for box in tops if box.kind == b"mdat"]
    spans, done, each = [], 0, 0
    for number, start in enumerate(starts, 1):
        each = runs.get(number, each)
        length = sum(sizes[done : done + each])
        done += each
        if not any(low <= start and start + length <= high for low, high in media):
            raise VideoRefused("kind")
        spans.append((start, start + length))
    if done < count:
        raise VideoRefused("kind")
    return spans


def _call_mp4(data, box):
    """QuickTime's box is the same as MP4's; players ask for the name."""
    for place in (box.content, *range(box.content + 8, box.end - 3, 4)):
        if data[place : place + 4] == b"qt  ":
            data[place : place + 4] = b"mp42"


def _empty(data, box):
    data[box.start + 4 : box.start + 8] = b"free"
    data[box.content : box.end] = bytes(box.end - box.content)


def _empty_rest(data, box, film):
    """Make zero what a player does not need of a box, and the hours of its making."""
    for part in _boxes(data, *box):
        is_other = part.kind == b"trak" and part.start != film.start
        if part.kind not in _KEPT[box.kind] or is_other:
            _empty(data, part)
            continue
        if part.kind in _DATED:
            wide = data[part.content] == 1
            begin = part.content + 4
            data[begin : begin + (16 if wide else 8)] = bytes(16 if wide else 8)
        elif part.kind in _KEPT:
            _empty_rest(data, part, film)
