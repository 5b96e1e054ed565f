"""M10: values and schedule rows that are printed, read right, missed, or invented.

A value counts as read when its source is 'read'; it is right within half of the last printed place. The truth has no boxes, so
the place of a value is only required to be there. A field is one of those the truth knows; a value for one the set does
not print is invented.
"""

from __future__ import annotations

from blueprints.score.model import ScheduleRow
from blueprints.score.rooms import Case
from blueprints.score.samples import Ratio, Samples

PRECISION = {
    "wall_r": 0.5, "ceiling_r": 0.5, "floor_r": 0.5, "window_u": 0.005, "window_shgc": 0.005, "ach50": 0.05,
    "ceiling_height_ft": 1 / 24, "stated_area_sqft": 0.5,
}  # fmt: skip
HALF_INCH_FT, HALF_HUNDREDTH = 0.5 / 12, 0.005
SLACK = 1e-6


def field_samples(case: Case) -> Samples:
    """Precision, recall and invented values; schedule rows."""
    samples: Samples = {}
    if case.truth.specs is not None and case.reading.status == "read":
        samples = _values(case, case.truth.specs)
    if case.truth.schedule:
        rows = case.truth.schedule
        samples["M10.schedule_rows"] = Ratio(sum(_row_read(case, row) for row in rows), len(rows))
    return samples


def _values(case: Case, specs: dict[str, float]) -> Samples:
    printed = {name: value for name, value in specs.items() if name in PRECISION}
    read = {name: value for name, value in case.reading.facts.items() if name in PRECISION}
    right = [name for name in printed if name in read and _agrees(name, read[name], printed[name])]
    right = [name for name in right if name in case.reading.with_place or name == "ceiling_height_ft"]
    return {
        "M10.field_recall": Ratio(len(right), len(printed)),
        "M10.field_precision": Ratio(len(right), len(read)),
        "M10.invented": Ratio(len(read.keys() - printed.keys()), len(read)),
    }


def _agrees(name: str, read: float, printed: float) -> bool:
    return abs(read - printed) <= PRECISION[name] + SLACK


def _row_read(case: Case, row: ScheduleRow) -> bool:
    """A row with this mark and these values was read from the schedule."""
    return any(_carries(read, row) for read in case.reading.schedule if read.mark == row.mark)


def _carries(read: ScheduleRow, row: ScheduleRow) -> bool:
    wanted = (
        (read.width_ft, row.width_ft, HALF_INCH_FT),
        (read.height_ft, row.height_ft, HALF_INCH_FT),
        (read.u_factor, row.u_factor, HALF_HUNDREDTH),
        (read.shgc, row.shgc, HALF_HUNDREDTH),
    )
    return all(
        found is not None and abs(found - value) <= limit + SLACK
        for found, value, limit in wanted
        if value is not None
    )
