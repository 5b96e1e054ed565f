"""Makes real bad files: what people, scanners and attackers upload instead of a sound plan.

Each function writes one file into a folder and returns its path.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def sound_pdf(folder: Path, *, name: str = "sound.pdf", pages: int = 1) -> Path:
    """A small plan that must be accepted."""
    return _saved(_plan(pages=pages), folder / name)


def empty_file(folder: Path) -> Path:
    """No bytes at all."""
    return _written(folder / "empty.pdf", b"")


def text_named_pdf(folder: Path) -> Path:
    """A text file whose name ends in .pdf."""
    return _written(folder / "notes.pdf", b"Please find the plan attached.\n" * 20)


def web_page_named_pdf(folder: Path) -> Path:
    """What a failed download leaves behind."""
    return _written(folder / "plan.pdf", b"<!doctype html><html><body>404 Not Found</body></html>")


def archive_named_pdf(folder: Path) -> Path:
    """A zip archive whose name ends in .pdf."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("plan.dwg", b"AC1027")
    return _written(folder / "plans.pdf", stream.getvalue())


def header_only_pdf(folder: Path) -> Path:
    """A PDF header followed by nothing a reader can use."""
    return _written(folder / "header.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 4)


def truncated_pdf(folder: Path, *, keep: float = 0.5) -> Path:
    """An upload that broke off: the first `keep` of a PDF with one compressed object store."""
    whole = _plan(pages=3).tobytes(deflate=True, use_objstms=1)
    return _written(folder / "truncated.pdf", whole[: int(len(whole) * keep)])


def broken_xref_pdf(folder: Path) -> Path:
    """A sound PDF whose cross-reference table points nowhere; readers can rebuild it."""
    whole = _plan(pages=1).tobytes()
    start = whole.rindex(b"startxref")
    return _written(folder / "xref.pdf", whole[:start] + b"startxref\n7\n%%EOF\n")


def junk_before_header_pdf(folder: Path) -> Path:
    """A sound PDF as some mail programs leave it: a few lines before its header."""
    whole = _plan(pages=1).tobytes()
    return _written(folder / "junk.pdf", b"Content-Type: application/pdf\r\n\r\n" + whole)


def pdf_named_png(folder: Path) -> Path:
    """A sound PDF under a wrong name."""
    return _saved(_plan(pages=1), folder / "plan.png")


def encrypted_pdf(folder: Path) -> Path:
    """A PDF that asks for a password."""
    return _encrypted(folder / "encrypted.pdf", user_password="secret")


def owner_locked_pdf(folder: Path) -> Path:
    """A PDF that anyone may open and nobody may print: opens without a password."""
    return _encrypted(folder / "owner.pdf", user_password="")


def no_pages_pdf(folder: Path) -> Path:
    """A well-formed PDF with an empty page tree."""
    return _written(
        folder / "nopages.pdf", _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
    )


def looping_page_tree_pdf(folder: Path) -> Path:
    """A page tree that contains itself."""
    tree = b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"
    return _written(folder / "loop.pdf", _pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree]))


def lying_page_count_pdf(folder: Path) -> Path:
    """A page tree that claims two thousand million pages and has one."""
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>"
    return _written(folder / "count.pdf", _pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page]))


def many_pages_pdf(folder: Path, *, pages: int) -> Path:
    """More pages than a plan set has."""
    return sound_pdf(folder, name="many.pdf", pages=pages)


def huge_page_pdf(folder: Path, *, side_pt: float = 20000.0) -> Path:
    """A page larger than any plotter's paper."""
    document = pymupdf.open()
    document.new_page(width=side_pt, height=side_pt)
    return _saved(document, folder / "huge.pdf")


def sizeless_page_pdf(folder: Path) -> Path:
    """A page of letter size in units of zero."""
    document = _plan(pages=1)
    document.xref_set_key(document.page_xref(0), "UserUnit", "0")
    return _saved(document, folder / "zero.pdf")


def javascript_pdf(folder: Path) -> Path:
    """Runs a script when it is opened."""
    return _with_open_action(folder / "script.pdf", "<</S/JavaScript/JS(app.alert\\(1\\))>>")


def hidden_javascript_pdf(folder: Path) -> Path:
    """The same with the name written in escapes, and inside an annotation's additional actions."""
    document = _plan(pages=1)
    xref = document[0].add_text_annot((50, 50), "note").xref
    document.xref_set_key(xref, "AA", "<</E<</S/JavaScript/JS(this.print\\(\\))>>>>")
    path = _saved(document, folder / "hidden.pdf")
    return _written(path, path.read_bytes().replace(b"/JavaScript", b"/J#61vaScrip#74"))


def launch_pdf(folder: Path) -> Path:
    """Starts a program when it is opened."""
    return _with_open_action(folder / "launch.pdf", "<</S/Launch/F(calc.exe)>>")


def form_pdf(folder: Path) -> Path:
    """Carries an XFA form: a second document inside, with scripts."""
    document = _plan(pages=1)
    document.xref_set_key(document.pdf_catalog(), "AcroForm", "<</Fields[]/XFA(<xdp/>)>>")
    return _saved(document, folder / "xfa.pdf")


def attached_program_pdf(folder: Path) -> Path:
    """Carries a program by its name."""
    document = _plan(pages=1)
    document.embfile_add("setup.exe", b"MZ" + bytes(200))
    return _saved(document, folder / "attached.pdf")


def disguised_program_pdf(folder: Path) -> Path:
    """Carries a program that calls itself a text."""
    document = _plan(pages=1)
    document.embfile_add("readme.txt", b"MZ\x90\x00" + bytes(200))
    return _saved(document, folder / "disguised.pdf")


def attached_drawing_pdf(folder: Path) -> Path:
    """Carries a harmless attachment."""
    document = _plan(pages=1)
    document.embfile_add("notes.txt", b"Verify all dimensions on site.")
    return _saved(document, folder / "drawing.pdf")


def linked_pdf(folder: Path) -> Path:
    """Opens at its second page and links to a web page: harmless."""
    document = _plan(pages=2)
    document[0].insert_link(
        {"kind": pymupdf.LINK_URI, "uri": "https://example.org", "from": pymupdf.Rect(9, 9, 99, 29)}
    )
    document.xref_set_key(document.pdf_catalog(), "OpenAction", f"[{document.page_xref(1)} 0 R /Fit]")
    return _saved(document, folder / "linked.pdf")


def talks_of_javascript_pdf(folder: Path) -> Path:
    """Only its title and a comment speak of /JavaScript and /Launch: harmless."""
    document = _plan(pages=1)
    document.set_metadata({"title": "How to remove /JavaScript and /Launch from plans (and /JS)"})
    document[0].add_text_annot((50, 50), "no /JS here")
    return _saved(document, folder / "talk.pdf")


def picture_bomb_pdf(folder: Path, *, side_px: int = 60000) -> Path:
    """A page with a picture of a few kilobytes that unpacks to gigabytes."""
    row = zlib.compressobj(9)
    data = b"".join(row.compress(bytes(side_px)) for _ in range(8)) + row.flush()
    image = (
        (
            f"<</Type/XObject/Subtype/Image/Width {side_px}/Height {side_px}/BitsPerComponent 8/ColorSpace/DeviceGray"
            f"/Filter/FlateDecode/Length {len(data)}>>\nstream\n"
        ).encode()
        + data
        + b"\nendstream"
    )
    content = b"q 612 0 0 792 0 0 cm /I Do Q"
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
    )
    stream = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return _written(folder / "bomb.pdf", _pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream, image]))


def stroke_bomb_pdf(folder: Path, *, strokes: int) -> Path:
    """A page of `strokes` strokes that compress to almost nothing."""
    content = zlib.compress(b"0 0 m 9 9 l S\n" * strokes, 9)
    return _written(folder / "strokes.pdf", _page_of_flate(content))


def stroke_flood_pdf(folder: Path) -> Path:
    """A file of half a megabyte with a page of 300 MB of strokes: past the default limit, before any is drawn."""
    block, packer = b"0 0 m 9 9 l S\n" * 75_000, zlib.compressobj(1)
    content = b"".join(packer.compress(block) for _ in range(300)) + packer.flush()
    return _written(folder / "flood.pdf", _page_of_flate(content))


def letter_pdf(folder: Path) -> Path:
    """A sound PDF that shows no drawing: the letter that came with the plan."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    for line in range(24):
        page.insert_text(
            (72, 90 + 20 * line), "Dear Sir, please find our offer for the heating of your house."
        )
    return _saved(document, folder / "letter.pdf")


def plan_without_rooms_pdf(folder: Path) -> Path:
    """A sheet that calls itself a floor plan, names rooms and prints its scale, and draws no closed wall."""
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_text((230, 700), "FIRST FLOOR PLAN", fontsize=16)
    page.insert_text((230, 720), 'SCALE: 1/4" = 1\'-0"', fontsize=9)
    for number, name in enumerate(("KITCHEN", "LIVING ROOM", "BEDROOM 1", "BEDROOM 2", "BATH", "GARAGE")):
        page.insert_text((120 + 180 * (number % 3), 250 + 180 * (number // 3)), name)
    for number in range(12):
        page.draw_line((90 + 40 * number, 120), (100 + 40 * number, 560), width=1)
    return _saved(document, folder / "open.pdf")


def _page_of_flate(content: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<>>>>"
    stream = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return _pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream])


def picture_bomb_png(folder: Path, *, side_px: int = 40000) -> Path:
    """A PNG whose header promises more pixels than memory holds."""
    body = _chunk(b"IHDR", struct.pack(">IIBBBBB", side_px, side_px, 1, 0, 0, 0, 0))
    body += _chunk(b"IDAT", zlib.compress(bytes(1000), 9)) + _chunk(b"IEND", b"")
    return _written(folder / "bomb.png", PNG_SIGNATURE + body)


def corrupt_png(folder: Path) -> Path:
    """A PNG with bytes changed in the middle."""
    data = bytearray(_picture_bytes("PNG"))
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    return _written(folder / "corrupt.png", bytes(data))


def truncated_jpeg(folder: Path) -> Path:
    """A photo whose second half never arrived."""
    data = _picture_bytes("JPEG")
    return _written(folder / "half.jpg", data[: len(data) // 2])


def signature_only_tiff(folder: Path) -> Path:
    """Four right bytes and nothing behind them."""
    return _written(folder / "short.tif", b"II*\0")


def sound_picture(folder: Path, *, name: str, dpi: float | None = None) -> Path:
    """A picture of a square room that must be accepted; the format follows from the name."""
    picture = _picture()
    picture.save(folder / name, **({"dpi": (dpi, dpi)} if dpi else {}))
    return folder / name


def paged_tiff(folder: Path, *, pages: int) -> Path:
    """A TIFF of several pages, as scanners write them."""
    frames = [_picture() for _ in range(pages)]
    frames[0].save(folder / "scan.tif", save_all=True, append_images=frames[1:], dpi=(150, 150))
    return folder / "scan.tif"


def animated_png(folder: Path) -> Path:
    """A moving PNG: only its first picture is a plan."""
    frames = [_picture(), _picture(shift=9)]
    frames[0].save(folder / "moving.png", save_all=True, append_images=frames[1:])
    return folder / "moving.png"


def storage_on_a_file(settings: Any, folder: Path) -> None:
    """A storage whose folder is a file: nothing can be read or written there, by root neither."""
    target = folder / "not-a-folder"
    target.write_bytes(b"")
    options = {"location": str(target / "files"), "allow_overwrite": True}
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": default}


def _plan(*, pages: int) -> pymupdf.Document:
    document = pymupdf.open()
    for number in range(pages):
        page = document.new_page(width=612, height=792)
        page.draw_rect(pymupdf.Rect(100, 100, 400, 300), width=3)
        page.insert_text((200, 200), f"BEDROOM {number + 1}")
    return document


def _with_open_action(path: Path, action: str) -> Path:
    document = _plan(pages=1)
    document.xref_set_key(document.pdf_catalog(), "OpenAction", action)
    return _saved(document, path)


def _encrypted(path: Path, *, user_password: str) -> Path:
    _plan(pages=1).save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=user_password, owner_pw="owner")
    return path


def _saved(document: pymupdf.Document, path: Path) -> Path:
    document.save(path)
    document.close()
    return path


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _pdf(objects: list[bytes]) -> bytes:
    """A PDF file of numbered objects with a right cross-reference table; the first is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _picture(*, shift: int = 0) -> Image.Image:
    picture = Image.effect_noise((300, 240), 20).convert("RGB")
    picture.paste((0, 0, 0), (40 + shift, 40, 48 + shift, 200))
    return picture


def _picture_bytes(kind: str) -> bytes:
    stream = io.BytesIO()
    _picture().save(stream, kind)
    return stream.getvalue()
