"""Build the one compact weather file from the three tables of the source folder.

    python -m calculations.weather.build SRC_DIR [OUT]

The file is gzipped text in three sections (`[stations]`, `[counties]`, `[zips]`), each a header and CSV rows,
only the columns the lookup uses, only stations some ZIP points at. Same tables, same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
from collections.abc import Iterable
from pathlib import Path

OUT = Path(__file__).parent / "data" / "design_weather.csv.gz"

STATIONS = (
    "station_id", "name", "elevation_ft", "heating_99_db_f", "cooling_1_db_f", "cooling_1_mcwb_f",
    "design_grains_75f_50rh_gr_lb", "daily_range_f", "daily_range_class", "humidity_and_range_basis", "grade",
)  # fmt: skip
COUNTIES = ("county_fips", "county", "es2015_heating_99_db_f", "es2015_cooling_1_db_f")
ZIPS = (
    "zip", "place", "state", "county_fips", "lat_deg", "lon_deg", "elevation_ft", "iecc_zone_2021",
    "station_id", "station_distance_mi", "site_minus_station_elevation_ft", "site_estimate_heating_99_db_f",
    "site_estimate_cooling_1_db_f", "confidence",
)  # fmt: skip

Row = dict[str, str]


def table_rows(path: Path) -> list[Row]:
    """All rows of a CSV table with a header."""
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def section_text(*, name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> str:
    """One section: `[name]`, header, rows sorted by their key; line feeds only."""
    text = io.StringIO()
    text.write(f"[{name}]\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted([row[column] for column in columns] for row in rows))
    return text.getvalue()


def weather_text(source: Path) -> str:
    """The three sections as text, from `stations.csv`, `counties.csv` and `zips.csv` in `source`."""
    zips = table_rows(source / "zips.csv")
    used = {row["station_id"] for row in zips}
    stations = [row for row in table_rows(source / "stations.csv") if row["station_id"] in used]
    return (
        section_text(name="stations", columns=STATIONS, rows=stations)
        + section_text(name="counties", columns=COUNTIES, rows=table_rows(source / "counties.csv"))
        + section_text(name="zips", columns=ZIPS, rows=zips)
    )


def packed(text: str) -> bytes:
    """Gzip with no name and no time in it: equal text gives equal bytes."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as stream:
        stream.write(text.encode())
    return buffer.getvalue()


def main() -> None:
    """Command line: read the tables of SRC_DIR, write the data file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=OUT)
    options = parser.parse_args()
    options.out.write_bytes(packed(weather_text(options.source)))


if __name__ == "__main__":
    main()
