"""`python -m tests.scan_sheets SOURCE FOLDER [--dpi 200] [--kind clean]`: the drawn sheets of SOURCE as scans, with their truth.

Clean scans have a little grain; poor ones lean, are blurred, pale, stained and grainy; a fax is black or white, and leans; a
photo shows the sheet on a dark table, askew, in uneven light. `score_extraction FOLDER` then prints how much of what is read
from paths is read from a picture of the same sheet.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

Picture = NDArray[np.float32]
Matrix = NDArray[np.float64]
DRAWN = "AB"
KINDS = {"clean": "C", "poor": "D", "fax": "D", "photo": "D"}
GRAIN = {"clean": 2.0, "poor": 4.5, "fax": 12.0, "photo": 4.0}
MOST_LEAN_DEG = {"clean": 0.0, "poor": 0.9, "fax": 0.9, "photo": 2.0}
QUALITY = {"clean": 88, "poor": 70, "fax": 0, "photo": 75}
PAPER, CONTRAST, BLUR_PX = 240.0, 0.9, 0.5
BLACK = 195.0
STAINS, STAIN_DEPTH, STAIN_PX = 3, 22.0, (60.0, 300.0)
ASKEW, SHEET_SHARE, TABLE, DIMMEST = 0.02, 0.92, 70.0, 0.7


def scans(source: Path, folder: Path, *, dpi: int, kind: str) -> int:
    """Write the scans, their truth and a manifest into the folder; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    plans = [plan for plan in manifest["plans"] if plan["stratum"] in DRAWN]
    for number, plan in enumerate(plans):
        truth = json.loads((source / plan["truth"]).read_text(encoding="utf-8"))
        _scan(source / plan["pdf"], folder / plan["pdf"], truth, dpi=dpi, kind=kind, seed=number)
        truth["stratum"] = plan["stratum"] = KINDS[kind]
        (folder / plan["truth"]).write_text(json.dumps(truth), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({**manifest, "plans": plans}), encoding="utf-8")
    return len(plans)


def _scan(source: Path, out: Path, truth: dict[str, Any], *, dpi: int, kind: str, seed: int) -> None:
    rng = np.random.default_rng((seed, dpi, kind != "clean"))
    with pymupdf.open(source) as drawn, pymupdf.open() as made:
        for page in drawn:
            rotation = page.rotation
            page.set_rotation(0)
            lean = float(rng.uniform(-1, 1)) * MOST_LEAN_DEG[kind]
            turn = _turn(page.rect, lean)
            if kind == "photo":
                turn = _askew(page.rect, rng) @ turn
            picture = _picture(page, turn, dpi=dpi, kind=kind, rng=rng)
            sheet = made.new_page(width=page.rect.width, height=page.rect.height)
            sheet.insert_image(sheet.rect, stream=_encoded(picture, QUALITY[kind]))
            sheet.set_rotation(rotation)
            if kind != "clean":
                _move(truth, page.number + 1, turn, lean)
        made.save(out)


def _encoded(picture: NDArray[np.uint8], quality: int) -> bytes:
    """The picture as JPEG, or as PNG of two levels where the quality is 0."""
    if quality:
        return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])
    return bytes(cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_BILEVEL, 1])[1])


def _turn(rect: pymupdf.Rect, lean_deg: float) -> Matrix:
    """3×3 matrix that turns a page's points about its middle."""
    matrix = cv2.getRotationMatrix2D((rect.width / 2, rect.height / 2), lean_deg, 1.0)
    return np.vstack([np.asarray(matrix, dtype=np.float64), [0.0, 0.0, 1.0]])


def _askew(rect: pymupdf.Rect, rng: np.random.Generator) -> Matrix:
    """3×3 matrix of a sheet seen a little from the side, with some of the table around it."""
    size = np.array([rect.width, rect.height])
    corners = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
    seen = (corners - 0.5) * SHEET_SHARE + 0.5 + rng.uniform(-ASKEW, ASKEW, corners.shape)
    return np.asarray(
        cv2.getPerspectiveTransform((corners * size).astype(np.float32), (seen * size).astype(np.float32))
    )


def _picture(
    page: pymupdf.Page, turn: Matrix, *, dpi: int, kind: str, rng: np.random.Generator
) -> NDArray[np.uint8]:
    pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    levels = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    grey: NDArray[Any] = levels[:, : pixmap.width].astype(np.float32)
    if kind != "clean":
        grey = PAPER - (255 - cv2.GaussianBlur(grey, (0, 0), BLUR_PX)) * CONTRAST * (PAPER / 255)
        zoom = np.diag([dpi / 72, dpi / 72, 1.0])
        border = TABLE if kind == "photo" else PAPER
        shown = zoom @ turn @ np.linalg.inv(zoom)
        grey = cv2.warpPerspective(grey, shown, (grey.shape[1], grey.shape[0]), borderValue=border)
    if kind == "poor":
        grey -= _stains(grey.shape, rng)
    if kind == "photo":
        grey *= _light(grey.shape, rng)
    grey += rng.normal(0.0, GRAIN[kind], grey.shape)
    if kind == "fax":
        grey = np.where(grey < BLACK, 0.0, 255.0)
    return np.asarray(np.clip(grey, 0, 255), dtype=np.uint8)


def _light(shape: tuple[int, ...], rng: np.random.Generator) -> Picture:
    """Light that falls off from one side to the other."""
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    angle = rng.uniform(0, 2 * np.pi)
    along = np.cos(angle) * columns / shape[1] + np.sin(angle) * rows / shape[0]
    return np.asarray(DIMMEST + (1 - DIMMEST) * (along - along.min()) / np.ptp(along), dtype=np.float32)


def _stains(shape: tuple[int, ...], rng: np.random.Generator) -> Picture:
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    found = np.zeros(shape, dtype=np.float32)
    for _ in range(STAINS):
        x, y, reach = rng.uniform(0, shape[1]), rng.uniform(0, shape[0]), rng.uniform(*STAIN_PX)
        found += STAIN_DEPTH * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * reach**2))
    return found


def _move(truth: dict[str, Any], page: int, turn: Matrix, lean_deg: float) -> None:
    """The page's true points where the scan shows them."""

    def moved(point: list[float]) -> list[float]:
        x, y, depth = turn @ (*point, 1.0)
        return [float(x / depth), float(y / depth)]

    for room in (room for room in truth["rooms"] if room["page"] == page):
        room["polygon_pt"] = [moved(point) for point in room["polygon_pt"]]
        room["holes_pt"] = [[moved(point) for point in hole] for hole in room.get("holes_pt") or []]
    for opening in (opening for opening in truth["openings"] if opening["page"] == page):
        opening["center_pt"] = moved(opening["center_pt"])
    for viewport in (viewport for viewport in truth["viewports"] if viewport["page"] == page):
        viewport["skew_deg_ccw"] = lean_deg
        viewport["pt_per_ft"] *= _enlargement(viewport["bbox_pt"], moved)
        viewport["bbox_pt"] = _around(viewport["bbox_pt"], moved)


def _enlargement(bbox: list[float], moved: Any) -> float:
    """How much longer the diagonals of a box are in the picture."""
    x0, y0, x1, y1 = bbox
    diagonals = [((x0, y0), (x1, y1)), ((x1, y0), (x0, y1))]
    return sum(math.dist(moved(a), moved(b)) / math.dist(a, b) for a, b in diagonals) / 2


def _around(bbox: list[float], moved: Any) -> list[float]:
    x0, y0, x1, y1 = bbox
    corners = np.array([moved([x, y]) for x in (x0, x1) for y in (y0, y1)])
    return [*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--kind", choices=sorted(KINDS), default="clean")
    wanted = parser.parse_args()
    count = scans(wanted.source, wanted.folder, dpi=wanted.dpi, kind=wanted.kind)
    print(f"{count} sheets as {wanted.kind} scans of {wanted.dpi} dpi in {wanted.folder}")


if __name__ == "__main__":
    main()
