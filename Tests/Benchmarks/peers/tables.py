"""Counts of an engine → the four tables, in popstat's form.

The engines hand over sums by township and class, by county, and by age group: some thousand rows.
What is left is naming, rates, targets and rows of zeros.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from reference import AREA, Reference

MIGRATION = (
    "registered registered_resident registered_elsewhere away resident resident_unregistered_local "
    "separated intra_district floating floating_own_county floating_own_prefecture "
    "floating_own_province floating_other_province floating_unknown short_stay"
).split()
RESIDENT_MEASURES = (
    "", "resident_unregistered_local", "", "short_stay", "intra_district", *MIGRATION[9:14]
)
CONCEPTS = ("registered", "resident")
SEXES = {0: "female", 1: "male"}

# (date index, county, class, concept, sex, age group, persons)
PopulationRow = tuple[int, int, int, int, int, int, int]
# (date index, township, class, concept, persons)
TownshipRow = tuple[int, int, int, int, int]
# (date index, county of registration or -1, county of residence or -1, status, persons)
MigrationRow = tuple[int, int, int, int, int]

# What an engine decides about one citizen at one date. Of a short stay the county of residence is
# the county of the stay.
AT_HOME, LOCAL, AWAY, SHORT_STAY, INTRA_DISTRICT, FLOATING = range(6)
# FLOATING + 0 … 4: own county, own prefecture, own province, other province, unknown.


def refuse_unknown_units(are_there: bool) -> None:
    """Peers count by township and class; units without a class would have to be listed by code.

    Clean data have none, so that no peer spends time on what never comes.
    """
    if are_there:
        raise SystemExit("there are citizens of class 000 at the last date, which clean data lack")


def write_tables(
    out: Path,
    reference: Reference,
    population: Iterable[PopulationRow],
    townships: Iterable[TownshipRow],
    migration: Iterable[MigrationRow],
    quality: dict[tuple[str, str, str], int],
) -> None:
    """Writes the four files into a folder, which is made."""
    out.mkdir(parents=True, exist_ok=True)
    write(
        out / "population.csv",
        "reference_date,county_code,class,concept,sex,age_group,persons",
        population_lines(reference, population),
    )
    write(
        out / "urbanization.csv",
        "reference_date,area_level,area_code,concept,area_name,total,urban,rural,unclassified,"
        "rate_percent,target_percent,reached,urban_short",
        urbanization_lines(reference, townships),
    )
    write(
        out / "migration.csv",
        "reference_date,county_code," + ",".join(MIGRATION),
        migration_lines(reference, migration),
    )
    write(
        out / "quality.csv",
        "source,measure,reason,rows",
        [",".join((*key, str(rows))) for key, rows in sorted(quality.items()) if rows],
    )


def write(path: Path, header: str, lines: Iterable[str]) -> None:
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def population_lines(reference: Reference, rows: Iterable[PopulationRow]) -> list[str]:
    days = [t.isoformat() for t in reference.dates]
    groups = [f"{5 * g}-{5 * g + 4}" for g in range(20)] + ["100+"]
    lines = []
    for row in sorted(rows, key=lambda r: (r[0], r[1], r[2], CONCEPTS[r[3]], r[4], r[5])):
        t, county, unit_class, concept, sex, group, persons = row
        lines.append(
            f"{days[t]},{county:06},{unit_class:03},{CONCEPTS[concept]},{SEXES[sex]},"
            f"{groups[group]},{persons}"
        )
    return lines


def urbanization_lines(reference: Reference, rows: Iterable[TownshipRow]) -> list[str]:
    levels = (("county", 6), ("prefecture", 4), ("township", 9))
    # By date, level and area: for each concept total, urban, rural, unclassified.
    sums: dict[tuple[int, str, str], list[list[int]]] = defaultdict(
        lambda: [[0, 0, 0, 0], [0, 0, 0, 0]]
    )
    with_zeros = set()
    for t in range(len(reference.dates)):
        edition = reference.editions[reference.edition_of_date[t]]
        inside = {code[:9] for code in edition.classes if code.startswith(AREA)}
        for level, digits in levels:
            with_zeros |= {(t, level, code[:digits]) for code in inside}
        with_zeros.add((t, "prefecture", AREA))
    for t, township, unit_class, concept, persons in rows:
        code = f"{township:09}"
        for level, digits in levels:
            counts = sums[t, level, code[:digits]][concept]
            counts[0] += persons
            counts[{1: 1, 2: 2}.get(unit_class // 100, 3)] += persons
    targets = read_targets(reference)
    lines = []
    for key in sorted(with_zeros | set(sums)):
        t, level, code = key
        day = reference.dates[t]
        for concept, counts in zip(CONCEPTS, sums[key]):
            if counts[0] == 0 and key not in with_zeros:
                continue
            own = targets.get((concept, code), [])
            target = next((p for d, p in own if d >= day), own[-1][1] if own else None)
            lines.append(
                f"{day},{level},{code},{concept},{reference.area_name(code, t)},"
                + ",".join(map(str, counts))
                + ","
                + rate_cells(counts[0], counts[1], target)
            )
    return lines


def rate_cells(total: int, urban: int, target: int | None) -> str:
    """rate_percent, target_percent, reached and urban_short; the target in hundredths."""
    rate = ""
    if total:
        hundredths = (2 * urban * 10_000 + total) // (2 * total)
        rate = f"{hundredths // 100}.{hundredths % 100:02}"
    if target is None:
        return f"{rate},,,"
    reached = "" if not total else "yes" if urban * 10_000 >= target * total else "no"
    short = max(0, -(-target * total // 10_000) - urban)
    return f"{rate},{target // 100}.{target % 100:02},{reached},{short}"


def read_targets(reference: Reference) -> dict[tuple[str, str], list[tuple[date, int]]]:
    """Targets by concept and area, each list ascending by date."""
    targets: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    text = (reference.folder / "targets.csv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        concept, code, percent, day, _ = line.split(",", 4)
        whole, _, part = percent.partition(".")
        hundredths = int(whole) * 100 + int((part + "00")[:2])
        targets[concept, code].append((date.fromisoformat(day), hundredths))
    for own in targets.values():
        own.sort()
    return targets


def migration_lines(reference: Reference, rows: Iterable[MigrationRow]) -> list[str]:
    sums: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for t in range(len(reference.dates)):
        edition = reference.editions[reference.edition_of_date[t]]
        for county in {code[:6] for code in edition.classes if code.startswith(AREA)}:
            sums[t, county]
    for t, registered, resident, status, persons in rows:
        if registered >= 0:
            counts = sums[t, f"{registered:06}"]
            counts["registered"] += persons
            way = {AT_HOME: "registered_resident", AWAY: "away"}
            # A short stay has no registration here; everyone else is separated.
            counts[way.get(status, "registered_elsewhere")] += persons
        if resident >= 0:
            counts = sums[t, f"{resident:06}"]
            counts["resident"] += persons if status != SHORT_STAY else 0
            counts[RESIDENT_MEASURES[status]] += persons
    lines = []
    for (t, county), counts in sorted(sums.items()):
        counts["floating"] = sum(
            counts[name] for name in MIGRATION if name.startswith("floating_")
        )
        counts["separated"] = counts["intra_district"] + counts["floating"]
        cells = ",".join(str(counts[name]) for name in MIGRATION)
        lines.append(f"{reference.dates[t]},{county},{cells}")
    return lines
