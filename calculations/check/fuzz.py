"""Bad input to the load engine: `python -m calculations.check.fuzz [--buildings N] [--seed S]`.

Each building is the made-up house with some of its values, keys, ids or parts changed at random, mild or absurd.
Every one must end as finite loads in both readings or as one InvalidHouse that names field, value and what is
allowed. Printed are the counts; exit code 1 if anything else happened.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from calculations.check.lines import METHODS
from calculations.check.sample import sample_house
from calculations.manualj.checks import parse_house
from calculations.manualj.engine import calculate
from calculations.manualj.errors import InvalidHouse
from calculations.manualj.loads import Loads

BUILDINGS: Final = 10_000
MOST_CHANGES: Final = 4
ROOMS: Final = 7
MILD_SHARE: Final = 0.8
SHOWN: Final = 10

Json = Any  # a JSON document: any nesting of dicts, lists and plain values
Place = tuple[Json, str | int]  # the container and the key in it

ABSURD: Final[tuple[Json, ...]] = (
    math.nan, math.inf, -math.inf, -1, 0, -0.0, 1e-300, 1e308, 10**400, True, None, "", "12", "x" * 300, [], {},
    [None], {"a": 1}, "outdoors", "ground", "other_unit", "attic", "cellar", "crawl", "room0", "wall0",
)  # fmt: skip
WORDS: Final = (
    "outdoors", "ground", "other_unit", "attic", "garage", "crawl", "cellar", "porch", "room0", "room7", "up",
    "wall0", "ceiling_room0", "dark", "white", "tile", "metal", "vented", "unvented", "low", "high", "hrv",
    "cfis", "supply", "very_leaky", "block", "log", "7A-AE", "7K", "7I", "under_slab", "inside", "light_dry",
    "peak", "boiler", "blinds", "open",
)  # fmt: skip


# --- changing a document ---


def places(node: Json) -> Iterator[Place]:
    """Every place in a document, containers and leaves."""
    items: Sequence[tuple[str | int, Json]] = ()
    if isinstance(node, dict):
        items = list(node.items())
    elif isinstance(node, list):
        items = list(enumerate(node))
    for key, value in items:
        yield node, key
        yield from places(value)


def change(document: Json, *, chance: random.Random) -> None:
    """One change at one place."""
    holder, key = chance.choice(list(places(document)))
    if chance.random() < MILD_SHARE:
        _mild(holder, key, chance=chance)
    else:
        _absurd(holder, key, chance=chance)


def _mild(holder: Json, key: str | int, *, chance: random.Random) -> None:
    """A value that could be meant: another number, another word, a part more or less."""
    value = holder[key]
    if isinstance(value, bool):
        holder[key] = not value
    elif isinstance(value, (int, float)):
        holder[key] = value * chance.choice((0.0, 0.01, 0.5, 1.5, 4.0, 30.0)) + chance.choice((0, 0, 1, -1))
    elif isinstance(value, str):
        holder[key] = chance.choice(WORDS)
    elif value is None:
        holder[key] = chance.choice((chance.uniform(0, 1), chance.uniform(0, 100), chance.choice(WORDS)))
    elif isinstance(value, list) and value:
        chance.choice((value.clear, value.pop, lambda: value.append(copy.deepcopy(value[0]))))()


def _absurd(holder: Json, key: str | int, *, chance: random.Random) -> None:
    """What nobody means: gone, unknown, of another kind, out of all proportion."""
    deeds: list[Callable[[], Json]] = [
        lambda: holder.__setitem__(key, copy.deepcopy(chance.choice(ABSURD)))
    ] * 3
    deeds.append(lambda: holder.pop(key))
    if isinstance(holder, dict):
        deeds.append(lambda: holder.__setitem__("unknown", 1))
    chance.choice(deeds)()


def buildings(count: int, *, seed: int) -> Iterator[Json]:
    """Changed documents, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    plain = json.dumps(sample_house(ROOMS).model_dump(mode="json"))
    for _ in range(count):
        document = json.loads(plain)
        for _ in range(chance.randint(1, MOST_CHANGES)):
            change(document, chance=chance)
        yield document


# --- what comes of one ---


def outcome(document: Json) -> str:
    """Either "loads" or "refused", or what went wrong instead."""
    try:
        house = parse_house(document)
        results = [calculate(house, method=method) for method in METHODS]
    except InvalidHouse as error:
        return "refused" if error.field and error.allowed else f"error without facts: {error}"
    except Exception as fault:  # whatever it is, it is what this run looks for
        return f"{type(fault).__name__}: {fault}"
    return "loads" if all(map(is_finite, results)) else "loads that are not finite"


def is_finite(loads: Loads) -> bool:
    """Whether every figure of block, rooms, curves and trace is a finite number."""
    whole = [loads.block, *loads.rooms]
    figures = [value for part in whole for value in numbers(part.model_dump())]
    figures += [*loads.aed_curve, *(line.value_btuh for line in loads.trace)]
    return all(map(math.isfinite, figures))


def numbers(node: Json) -> Iterator[float]:
    """All numbers of a document."""
    if isinstance(node, (int, float)):
        yield float(node)
    elif isinstance(node, (dict, list, tuple)):
        for value in node.values() if isinstance(node, dict) else node:
            yield from numbers(value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: print the counts, and the first of whatever else happened."""
    parser = argparse.ArgumentParser(prog="python -m calculations.check.fuzz", description=__doc__)
    parser.add_argument("--buildings", type=int, default=BUILDINGS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    counts = Counter(outcome(document) for document in buildings(options.buildings, seed=options.seed))
    loads, refused = counts.pop("loads", 0), counts.pop("refused", 0)
    others = sum(counts.values())
    head = f"{options.buildings} buildings, seed {options.seed}: {loads} with loads, {refused} refused with"
    print(f"{head} field, value and what is allowed, {others} otherwise")
    for text, count in counts.most_common(SHOWN):
        print(f"{count:6d} {text[:300]}")
    return 0 if others == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
