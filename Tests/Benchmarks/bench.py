"""The benchmark of popstat. `make bench` calls it; the README beside it says what it measures."""

from __future__ import annotations

import argparse
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import machine
import races
import report
from compare import AnswersDiffer
from contenders import Stable
from data import DataFolder
from measures import Measure
from process import RunFailed
from rounds import Race, Referee

ROOT = Path(__file__).resolve().parents[2]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, about two minutes")
    parser.add_argument("--data", type=Path, default=ROOT / ".build" / "bench-data",
                        help="folder of the data sets and runs; 8 GB, with --quick 1 GB")
    parser.add_argument("--output", type=Path,
                        help="folder of the results (default: Reports/benchmarks, with --only a "
                        "folder in it, with --quick the data folder)")
    parser.add_argument("--popstat", type=Path, default=ROOT / ".build" / "release" / "popstat")
    parser.add_argument("--only", metavar="WORDS", help="only races whose title holds these words")
    parser.add_argument("--plant-wrong-row", metavar="CONTENDER",
                        help="spoil one row of this contender's answer: the benchmark must fail")
    return parser.parse_args()


def place_and_form(chosen: argparse.Namespace) -> tuple[Path, str]:
    """The folder of the results and what they are called; a part never replaces the whole."""
    reports = ROOT / "Reports" / "benchmarks"
    if chosen.quick:
        form = "quick form: only the race of 1 M has the size that its floors are for"
        return chosen.output or chosen.data, form
    if chosen.only:
        folder = re.sub("[^a-z0-9]+", "-", chosen.only.lower()).strip("-")
        return chosen.output or reports / folder, f"races of {chosen.only} alone"
    return chosen.output or reports, "whole form"


def run(chosen: argparse.Namespace) -> int:
    stable = Stable(DataFolder(chosen.data.resolve(), chosen.popstat.resolve()))
    sizes = races.QUICK if chosen.quick else races.WHOLE
    planned = races.planned(sizes, stable)
    if chosen.only:
        planned = [entry for entry in planned if chosen.only in entry[0].title]
    for data in races.data_sets(planned):
        stable.data.make(data)
    referee = Referee(stable, chosen.plant_wrong_row)
    measures: list[Measure] = []
    done: list[Race] = []
    for race, take in planned:
        referee.run(race)
        done.append(race)
        if race.samples:
            # Floors are for the sizes of the whole form; the quick one shares only this race.
            held = not chosen.quick or race.title == races.size(races.WHOLE.small)
            measures += [replace(measure, is_held=held) for measure in take(race)]
        races.remove_runs(stable.runs)
    if chosen.plant_wrong_row:
        print(f"no contender is named {chosen.plant_wrong_row}: nothing was planted")
        return 1
    if measures:
        print(f"\n{report.text_table(measures)}\n")
    print(f"{referee.compared} answers were compared with another contender's, all are equal; "
          "a planted wrong row was found")
    if measures:
        output, form = place_and_form(chosen)
        guide = os.path.relpath(ROOT / "Tests" / "Benchmarks" / "README.md", output)
        report.write(
            output, machine.facts(chosen.popstat, ROOT), measures, done, form, guide)
        print(f"results: {output / 'README.md'}")
    return verdict(measures)


def verdict(measures: list[Measure]) -> int:
    """1 when a floor is missed."""
    missed = [measure.title for measure in measures if measure.verdict == "BELOW THE FLOOR"]
    if missed:
        print("below the floor: " + "; ".join(missed))
    return 1 if missed else 0


def main() -> int:
    chosen = options()
    try:
        return run(chosen)
    except AnswersDiffer as difference:
        print(f"ANSWERS DIFFER: {difference}", file=sys.stderr)
    except RunFailed as failure:
        print(f"A CONTENDER FAILED: {failure}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
