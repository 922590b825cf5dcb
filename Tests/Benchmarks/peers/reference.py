"""What every peer needs beside the extracts: dates, editions of the division table, changes.

These files have a few thousand lines and are read in plain Python. The extracts have millions and
are left to the engine of each peer.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

EPOCH = date(1850, 1, 1)
RESIDENCE_MONTHS = 6
AREA = "4499"

# Weights of the identity number's digits are powers of two. The weighted sum therefore is the
# number read as if its base were 2, and that is v - 8 * (v//10 + 2*(v//100) + 4*(v//1000) ...):
# sixteen divisions in place of seventeen divisions, remainders and products.
CHECK_CHARACTERS = "10X98765432"

EVENTS = [
    "initial", "birth", "move_in", "move_within", "correction", "supplement", "restore",
    "rezoning", "discharge", "return", "move_out", "death", "military", "emigration", "deletion",
]
LAST_ACTIVE = EVENTS.index("return")
CLOSED = [EVENTS.index(word) for word in ("death", "military", "emigration")]

REGISTRATION_COLUMNS = (
    "citizen_id record_id name sex birth_date household_no household_type relation division_code "
    "event event_date cause origin_code origin_class education title revoked updated_at"
).split()
RESIDENCY_COLUMNS = (
    "citizen_id record_id name sex birth_date revoked updated_at registered_code residence_code "
    "arrival_date departure_date count_from permit_no permit_issued permit_valid_to employed_since "
    "insured_since dwelling education title"
).split()


def arguments(about: str | None) -> argparse.Namespace:
    """The command line that all peers share; the folder of results is made."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("data", type=Path, help="folder of the extracts and the plan")
    parser.add_argument("out", type=Path, help="folder of the tables")
    parser.add_argument("dates", type=lambda text: [date.fromisoformat(t) for t in text.split(",")])
    parser.add_argument("--threads", type=int, default=2)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    return chosen


def day_number(day: date) -> int:
    """Days since the beginning of 1850, the first year that a date may have."""
    return (day - EPOCH).days


def add_months(day: date, months: int) -> date:
    """A date some calendar months later, its day clamped to the month's end."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def away_cutoff(day: date) -> int:
    """The last day that lies six calendar months or more before a date."""
    start = day - timedelta(days=RESIDENCE_MONTHS * 32)
    while add_months(start + timedelta(days=1), RESIDENCE_MONTHS) <= day:
        start += timedelta(days=1)
    return day_number(start)


class Edition:
    """One edition of the division table: classes of units, names of larger areas."""

    def __init__(self, path: Path) -> None:
        self.classes: dict[str, str] = {}
        self.names: dict[str, str] = {}
        with path.open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                code, unit_class, name = line.rstrip("\n").split(",", 2)
                if len(code) == 12:
                    self.classes[code] = unit_class
                else:
                    self.names[code] = name


class Reference:
    """The small files of a data folder, made ready for some reference dates."""

    def __init__(self, folder: Path, dates: list[date]) -> None:
        self.dates = sorted(dates)
        self.folder = folder
        plan = (folder / "plan.yaml").read_text(encoding="utf-8")
        listed = sorted(re.findall(r"edition: (\S+), file: (\S+) \}", plan))
        days = [date.fromisoformat(day) for day, _ in listed]
        used = [max(0, bisect_right(days, t) - 1) for t in self.dates]
        kept = sorted(set(used))
        self.edition_of_date = [kept.index(number) for number in used]
        self.edition_days = [days[number] for number in kept]
        self.editions = [Edition(folder / listed[number][1]) for number in kept]
        self.counties: dict[str, str] = {}
        self.districts: list[str] = []
        for line in (folder / "counties.csv").read_text(encoding="utf-8").splitlines()[1:]:
            code, name, _, kind = line.split(",")
            self.counties[code] = name
            if kind == "district":
                self.districts.append(code)
        # Month and day of the dates: with them a birth date shrinks to a year and a small number.
        self.month_days = sorted({t.month * 100 + t.day for t in self.dates})

    def place_rows(self) -> list[tuple[int, str, str, str]]:
        """Edition, code, the unit that stands for it, and its class, for every known code."""
        changes = []
        path = self.folder / "division-changes.csv"
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            old, new, day = line.split(",")
            changes.append((old, new, date.fromisoformat(day)))
        rows = []
        for number, edition in enumerate(self.editions):
            classes = edition.classes
            rows += [(number, code, code, unit_class) for code, unit_class in classes.items()]
            forward: dict[str, list[str]] = {}
            backward: dict[str, list[str]] = {}
            for old, new, day in changes:
                if day <= self.edition_days[number]:
                    forward.setdefault(old, []).append(new)
                backward.setdefault(new, []).append(old)
            for code in {code for old, new, _ in changes for code in (old, new)}:
                if code in classes:
                    continue
                unit = nearest(code, forward, classes) or nearest(code, backward, classes)
                if unit:
                    rows.append((number, code, unit, classes[unit]))
        return rows

    def write_places(self, path: Path) -> None:
        """The rows of `place_rows` as CSV, for an engine that reads CSV best."""
        lines = ["edition,code,unit,class"]
        lines += [",".join((str(row[0]), *row[1:])) for row in self.place_rows()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def area_name(self, code: str, date_index: int) -> str:
        """The name of an area, from the counties file or else from the edition."""
        edition = self.editions[self.edition_of_date[date_index]]
        return self.counties.get(code) or edition.names.get(code, "")


def nearest(code: str, links: dict[str, list[str]], known: dict[str, str]) -> str | None:
    """Breadth first: the smallest known code on the nearest level that holds one."""
    seen, level = {code}, [code]
    while level:
        following = []
        for current in level:
            for other in links.get(current, ()):
                if other not in seen:
                    seen.add(other)
                    following.append(other)
        found = [other for other in following if other in known]
        if found:
            return min(found)
        level = following
    return None
