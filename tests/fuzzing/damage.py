"""Kinds of damage: each takes a file's bytes and a random source and gives other bytes; the same source, the same bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import cache
from random import Random

Damage = Callable[[bytes, Random], bytes]
OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
STREAM = re.compile(rb"<<((?:(?!stream\b).)*?)>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]*")
BOX = re.compile(rb"/MediaBox\s*\[[^\]]*\]")
EXTREMES = (
    b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483648", b"4294967296", b"99999999999999999999", b"1e308",
    b"-0.0000001", b"nan", b"3.4028235E38",
)  # fmt: skip
NAMES = (
    b"/Page", b"/Pages", b"/Font", b"/XObject", b"/Length", b"/Kids", b"/Contents", b"/FlateDecode", b"/DCTDecode",
    b"/LZWDecode", b"/CCITTFaxDecode", b"/JBIG2Decode", b"/JPXDecode", b"/ASCII85Decode", b"/RunLengthDecode",
    b"/Crypt", b"/DeviceN", b"/Indexed", b"/ICCBased", b"/Pattern", b"/Type3", b"/Type0", b"/TrueType", b"/SMask",
    b"/Rotate", b"/UserUnit", b"/MediaBox", b"/CropBox", b"/Parent", b"/ObjStm", b"/XRef", b"/Root", b"/Encrypt",
)  # fmt: skip
BOXES = (
    b"[0 0 0 0]", b"[0 0 14400 14400]", b"[0 0 14401 14401]", b"[0 0 1e9 1e9]", b"[-99999 -99999 99999 99999]",
    b"[792 612 0 0]", b"[0 0 612]", b"[0 0 null 792]", b"[0 0 0.001 792]", b"[0 0 3 14000]", b"[(a) (b) (c) (d)]",
    b"[0 0 612 792]/UserUnit 75", b"[0 0 612 792]/UserUnit 0",
    b"[0 0 792 0.4]", b"[0 0 792 612]/CropBox[100 100 100.1 500]", b"[0 0 612 792]/Rotate 45",
    b"[0 0 612 792]/Rotate -2147483648",
    b"[nan nan nan nan]", b"[5000 5000 5612 5792]",
)  # fmt: skip
BOMB_MB = (1, 16, 64, 300)


def flip_bits(data: bytes, rng: Random) -> bytes:
    """One to a thousand bits turned over anywhere."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 4, 30, 200, 1000))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def truncate(data: bytes, rng: Random) -> bytes:
    """Broken off anywhere."""
    return data[: rng.randrange(1, len(data))]


def cut_out(data: bytes, rng: Random) -> bytes:
    """A piece is missing in the middle."""
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.choice((1, 40, 1000, 20_000)) :]


def repeat_piece(data: bytes, rng: Random) -> bytes:
    """A piece stands there many times."""
    start, size = rng.randrange(len(data)), rng.choice((1, 16, 300, 5000))
    return data[:start] + data[start : start + size] * rng.choice((2, 50, 400)) + data[start:]


def swap_objects(data: bytes, rng: Random) -> bytes:
    """Bodies of two numbered objects change places."""
    found = list(OBJECT.finditer(data))
    if len(found) < 2:
        return flip_bits(data, rng)
    first, second = sorted(rng.sample(found, 2), key=lambda m: m.start())
    return b"".join(
        (
            data[: first.start(2)],
            second[2],
            data[first.end(2) : second.start(2)],
            first[2],
            data[second.end(2) :],
        )
    )


def rewire(data: bytes, rng: Random) -> bytes:
    """References point to other objects, often in a ring."""
    numbers = [m[1] for m in OBJECT.finditer(data)] or [b"1"]
    for _ in range(rng.choice((1, 3, 10))):
        found = list(re.finditer(rb"\b\d+ 0 R", data))
        if not found:
            break
        data = _replaced(data, rng.choice(found), rng.choice(numbers) + b" 0 R")
    return data


def odd_numbers(data: bytes, rng: Random) -> bytes:
    """Numbers outside of streams become extreme."""
    return _spots(data, rng, NUMBER, EXTREMES)


def odd_names(data: bytes, rng: Random) -> bytes:
    """Names outside of streams become other names."""
    return _spots(data, rng, NAME, NAMES)


def huge_page(data: bytes, rng: Random) -> bytes:
    """The page has an impossible, giant, empty or turned box."""
    found = list(BOX.finditer(data))
    if not found:
        return odd_numbers(data, rng)
    return _replaced(data, rng.choice(found), b"/MediaBox" + rng.choice(BOXES))


def stream_bomb(data: bytes, rng: Random) -> bytes:
    """A stream unpacks to megabytes of strokes, blanks, pictures' bytes, or of packed blanks again."""
    filler = rng.choice((b"0 0 m 9 9 l S\n", b" ", b"q ", b"(A) Tj ", b"\0", b"0 0 m "))
    packed = _packed_bomb(filler, rng.choice(BOMB_MB) * 2**20)
    twice = rng.random() < 0.3
    filters = b"/Filter[/FlateDecode/FlateDecode]" if twice else b"/Filter/FlateDecode"
    return _with_stream(data, rng, zlib.compress(packed, 9) if twice else packed, filters)


@cache
def _packed_bomb(filler: bytes, size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = filler * (2**20 // len(filler))
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def deep_nesting(data: bytes, rng: Random) -> bytes:
    """Things within things: arrays and dictionaries, saved states, page trees, forms that draw themselves."""
    depth = rng.choice((50, 2000, 100_000))
    kind = rng.randrange(5)
    if kind == 0:
        return _in_dictionary(data, rng, b"/Deep" + b"[" * depth + b"]" * depth)
    if kind == 1:
        return _in_dictionary(data, rng, b"/Deep" + b"<</A" * depth + b" 1" + b">>" * depth)
    if kind == 2:
        content = b"q 1 0 0 1 1 1 cm " * depth + b"0 0 m 9 9 l S " + b"Q " * depth
        return _with_stream(data, rng, zlib.compress(content), b"/Filter/FlateDecode")
    if kind == 3:
        content = b"/F BDC " * depth + b"BT (A) Tj ET " + b"EMC " * depth
        return _with_stream(data, rng, zlib.compress(content), b"/Filter/FlateDecode")
    return _self_drawing_form(data, rng)


def broken_font(data: bytes, rng: Random) -> bytes:
    """Fonts with a wrong kind, wrong widths, a wrong encoding or a program of noise."""
    junk = rng.choice((
        b"/Subtype/Type3/FontMatrix[0 0 0 0 0 0]/CharProcs<<>>/FirstChar 0/LastChar -5",
        b"/Subtype/Type0/DescendantFonts[]",
        b"/Subtype/TrueType/FirstChar 0/LastChar 100000000/Widths[-1 1e30 nan]",
        b"/Encoding/Identity-V/Subtype/Type0",
        b"/ToUnicode 1 0 R/FontDescriptor 1 0 R",
    ))  # fmt: skip
    found = list(re.finditer(rb"/Type\s*/Font\b", data))
    if not found:
        return _with_stream(data, rng, rng.randbytes(500), b"/Length1 500")
    return _replaced(data, rng.choice(found), b"/Type/Font" + junk)


def broken_picture(data: bytes, rng: Random) -> bytes:
    """Pictures that lie about their size, depth, colours or packing."""
    found = list(re.finditer(rb"/(Width|Height|BitsPerComponent)\s*\d+", data))
    if not found:
        return _lying_header(data, rng)
    spot = rng.choice(found)
    if rng.random() < 0.3:
        return _replaced(data, spot, spot[0] + b"/ColorSpace[/Indexed/DeviceRGB 9999 (a)]/Decode[9 -9]")
    return _replaced(data, spot, b"/" + spot[1] + b" " + rng.choice((*EXTREMES, b"3", b"30000")))


def odd_strokes(data: bytes, rng: Random) -> bytes:
    """A page's own drawing orders with extreme numbers, unbalanced states and missing operands."""
    packed = [m for m in STREAM.finditer(data) if b"FlateDecode" in m[1] and b"/Subtype" not in m[1]]
    if not packed:
        return flip_bits(data, rng)
    spot = rng.choice(packed)
    try:
        content = zlib.decompress(spot[2])
    except zlib.error:
        return flip_bits(data, rng)
    for _ in range(rng.choice((1, 5, 40))):
        content = rng.choice((_odd_number, _odd_order, _doubled))(content, rng)
    return _with_this_stream(data, spot, zlib.compress(content), b"/Filter/FlateDecode")


KINDS: tuple[Damage, ...] = (
    flip_bits, truncate, cut_out, repeat_piece, swap_objects, rewire, odd_numbers, odd_names, huge_page, stream_bomb,
    deep_nesting, broken_font, broken_picture, odd_strokes,
)  # fmt: skip


def _odd_number(content: bytes, rng: Random) -> bytes:
    return _spots(content, rng, NUMBER, EXTREMES)


def _odd_order(content: bytes, rng: Random) -> bytes:
    orders = (
        b" Q ",
        b" q ",
        b" ET ",
        b" BT ",
        b" W n ",
        b" 0 0 0 0 0 0 cm ",
        b" 1e9 w ",
        b" [0] 0 d ",
        b" /X Do ",
    )
    place = rng.randrange(len(content) + 1)
    return content[:place] + rng.choice(orders) + content[place:]


def _doubled(content: bytes, rng: Random) -> bytes:
    start = rng.randrange(len(content) + 1)
    return content[:start] + content[start : start + 400] * 20 + content[start:]


def _spots(data: bytes, rng: Random, pattern: re.Pattern[bytes], values: tuple[bytes, ...]) -> bytes:
    """Some matches replaced; only the first and last 200 kB are looked at."""
    found = [*pattern.finditer(data, 0, 200_000), *pattern.finditer(data, max(200_000, len(data) - 200_000))]
    if not found:
        return flip_bits(data, rng)
    chosen = rng.sample(found, min(len(found), rng.choice((1, 1, 3, 12))))
    for spot in sorted(chosen, key=lambda m: -m.start()):
        data = _replaced(data, spot, rng.choice(values))
    return data


def _replaced(data: bytes, spot: re.Match[bytes], new: bytes) -> bytes:
    return data[: spot.start()] + new + data[spot.end() :]


def _with_stream(data: bytes, rng: Random, content: bytes, entries: bytes) -> bytes:
    found = list(STREAM.finditer(data))
    if not found:
        return flip_bits(data, rng)
    plain = [spot for spot in found if b"/Subtype" not in spot[1]]
    return _with_this_stream(data, rng.choice(plain or found), content, entries)


def _with_this_stream(data: bytes, spot: re.Match[bytes], content: bytes, entries: bytes) -> bytes:
    kept = re.sub(rb"/(Filter\s*(/\w+|\[[^\]]*\])|Length\s+\d+( 0 R)?)", b"", spot[1])
    body = b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (kept, entries, len(content), content)
    return _replaced(data, spot, body)


def _in_dictionary(data: bytes, rng: Random, entry: bytes) -> bytes:
    found = list(re.finditer(rb"0 obj\s*<<", data))
    if not found:
        return flip_bits(data, rng)
    spot = rng.choice(found)
    return _replaced(data, spot, spot[0] + entry)


def _self_drawing_form(data: bytes, rng: Random) -> bytes:
    numbers = [int(m[1]) for m in OBJECT.finditer(data)] or [1]
    form = max(numbers) + 1
    body = b"/F%d Do /F%d Do" % (form, form)
    made = (
        b"\n%d 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</F%d %d 0 R>>>>/Length %d>>"
        b"\nstream\n%s\nendstream\nendobj\n" % (form, form, form, len(body), body)
    )
    used = re.sub(rb"/Resources\s*<<", b"/Resources<</XObject<</F%d %d 0 R>>" % (form, form), data, count=1)
    place = used.rfind(b"xref")
    drawn = used[:place] + made + used[place:] if place > 0 else used + made
    return _with_stream(drawn, rng, body, b"")


def _lying_header(data: bytes, rng: Random) -> bytes:
    """Size fields in the first bytes of a PNG, JPEG or TIFF."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 6))):
        out[rng.randrange(min(len(out), 64))] = rng.choice((0, 1, 127, 255, rng.randrange(256)))
    return bytes(out)
