"""`python -m tests.scan_sheets SOURCE FOLDER [--dpi 200] [--poor]`: the drawn sheets of SOURCE again as scans, with their truth.

Clean scans have a little grain; poor ones lean, are blurred, pale, stained and grainy. `score_extraction FOLDER` then prints how
much of what is read from paths is read from a picture of the same sheet.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

Picture = NDArray[np.float32]
DRAWN = "AB"
GRAIN, POOR_GRAIN = 2.0, 4.5
MOST_LEAN_DEG = 0.9
PAPER, CONTRAST, BLUR_PX = 240.0, 0.9, 0.5
STAINS, STAIN_DEPTH, STAIN_PX = 3, 22.0, (60.0, 300.0)
QUALITY = {False: 88, True: 70}


def scans(source: Path, folder: Path, *, dpi: int, poor: bool) -> int:
    """Write the scans, their truth and a manifest into the folder; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = json.loads((source / "manifest.json").read_text(encoding="utf-8"))
    plans = [plan for plan in manifest["plans"] if plan["stratum"] in DRAWN]
    for number, plan in enumerate(plans):
        truth = json.loads((source / plan["truth"]).read_text(encoding="utf-8"))
        _scan(source / plan["pdf"], folder / plan["pdf"], truth, dpi=dpi, poor=poor, seed=number)
        truth["stratum"] = plan["stratum"] = "D" if poor else "C"
        (folder / plan["truth"]).write_text(json.dumps(truth), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({**manifest, "plans": plans}), encoding="utf-8")
    return len(plans)


def _scan(source: Path, out: Path, truth: dict[str, Any], *, dpi: int, poor: bool, seed: int) -> None:
    rng = np.random.default_rng((seed, dpi, poor))
    with pymupdf.open(source) as drawn, pymupdf.open() as made:
        for page in drawn:
            rotation = page.rotation
            page.set_rotation(0)
            lean = float(rng.uniform(-MOST_LEAN_DEG, MOST_LEAN_DEG)) if poor else 0.0
            turn = _turn(page.rect, lean)
            jpeg = cv2.imencode(
                ".jpg",
                _picture(page, turn, dpi=dpi, poor=poor, rng=rng),
                [cv2.IMWRITE_JPEG_QUALITY, QUALITY[poor]],
            )[1]
            sheet = made.new_page(width=page.rect.width, height=page.rect.height)
            sheet.insert_image(sheet.rect, stream=jpeg.tobytes())
            sheet.set_rotation(rotation)
            if poor:
                _move(truth, page.number + 1, turn, lean)
        made.save(out)


def _turn(rect: pymupdf.Rect, lean_deg: float) -> NDArray[np.float64]:
    """2×3 matrix that turns a page's points about its middle."""
    matrix = cv2.getRotationMatrix2D((rect.width / 2, rect.height / 2), lean_deg, 1.0)
    return np.asarray(matrix, dtype=np.float64)


def _picture(
    page: pymupdf.Page, turn: NDArray[np.float64], *, dpi: int, poor: bool, rng: np.random.Generator
) -> NDArray[np.uint8]:
    pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    levels = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.stride)
    grey: NDArray[Any] = levels[:, : pixmap.width].astype(np.float32)
    if poor:
        scaled = turn.copy()
        scaled[:, 2] *= dpi / 72
        turned = cv2.warpAffine(grey, scaled, (grey.shape[1], grey.shape[0]), borderValue=255.0)
        grey = PAPER - (255 - cv2.GaussianBlur(turned, (0, 0), BLUR_PX)) * CONTRAST * (PAPER / 255)
        grey -= _stains(grey.shape, rng)
    grey += rng.normal(0.0, POOR_GRAIN if poor else GRAIN, grey.shape)
    return np.asarray(np.clip(grey, 0, 255), dtype=np.uint8)


def _stains(shape: tuple[int, ...], rng: np.random.Generator) -> Picture:
    rows, columns = np.ogrid[: shape[0], : shape[1]]
    found = np.zeros(shape, dtype=np.float32)
    for _ in range(STAINS):
        x, y, reach = rng.uniform(0, shape[1]), rng.uniform(0, shape[0]), rng.uniform(*STAIN_PX)
        found += STAIN_DEPTH * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * reach**2))
    return found


def _move(truth: dict[str, Any], page: int, turn: NDArray[np.float64], lean_deg: float) -> None:
    """The page's true points where the scan shows them."""

    def moved(point: list[float]) -> list[float]:
        at: list[float] = (turn[:, :2] @ np.asarray(point) + turn[:, 2]).tolist()
        return at

    for room in (room for room in truth["rooms"] if room["page"] == page):
        room["polygon_pt"] = [moved(point) for point in room["polygon_pt"]]
        room["holes_pt"] = [[moved(point) for point in hole] for hole in room.get("holes_pt") or []]
    for opening in (opening for opening in truth["openings"] if opening["page"] == page):
        opening["center_pt"] = moved(opening["center_pt"])
    for viewport in (viewport for viewport in truth["viewports"] if viewport["page"] == page):
        viewport["skew_deg_ccw"] = lean_deg
        viewport["bbox_pt"] = _around(viewport["bbox_pt"], moved)


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
    parser.add_argument("--poor", action="store_true")
    wanted = parser.parse_args()
    count = scans(wanted.source, wanted.folder, dpi=wanted.dpi, poor=wanted.poor)
    print(f"{count} sheets as scans of {wanted.dpi} dpi in {wanted.folder}")


if __name__ == "__main__":
    main()
