"""Instruction counts of the hot loops against the committed ones.

`make bench-counts` calls it; the README beside it says what is counted. Standard library only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from machine import first_line

ROOT = Path(__file__).resolve().parents[2]
POPSTAT = ROOT / ".build" / "release" / "popstat"
FOLDER = ROOT / ".build" / "bench-counts"
COMMITTED = Path(__file__).with_name("counts.json")

CITIZENS = 20_000
# More than this above the committed count is a regression.
TOLERANCE = 0.02
LINE = re.compile(r"\s*([\d,]+) \([ \d.]+%\)\s+[^$]*(\$s\w+)")


class CountsFailed(Exception):
    """A step failed or a function was not found; the message says which."""


@dataclass(frozen=True)
class HotLoop:
    """A function by a fragment of its mangled name, without what it calls of another one."""

    title: str
    function: str
    units: tuple[str, ...]
    without: str | None = None


HOT_LOOPS = (
    HotLoop("scanner", "10BlockIndexC4scan", ("byte", "row")),
    HotLoop("row check and packing", "11BlockWorkerC10decodeRows", ("row",)),
    HotLoop("deduplicate", "15PartitionWorkerV7process", ("citizen",), "11CubeCounterV4take"),
    HotLoop("cube add", "11CubeCounterV4take", ("citizen",), "10ZeroBlocksC4next"),
)


def run(command: list[str]) -> str:
    """Runs a command in the folder of the counts, and returns what it printed.

    Little of the environment goes with it: its size moves the stack, and dictionaries of Swift are
    in another order in every process unless their hash seed is fixed.
    """
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "SWIFT_DETERMINISTIC_HASHING": "1"}
    done = subprocess.run(command, cwd=FOLDER, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        tail = " / ".join(done.stderr.strip().splitlines()[-3:])
        raise CountsFailed(f"{command[0]} ended with {done.returncode}: {tail}")
    return done.stdout


def inclusive_counts() -> dict[str, int]:
    """Makes the data set, runs popstat under callgrind; instructions by mangled name."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    # valgrind 3.19 cannot read the debug information of Swift 6.3.
    run(["objcopy", "--strip-debug", str(POPSTAT), "popstat"])
    run(["./popstat", "sample", "--clean", "--citizens", str(CITIZENS), "--seed", "1",
         "--output", "data"])
    run(["valgrind", "--tool=callgrind", "--callgrind-out-file=callgrind.out",
         "./popstat", "run", "data/plan.yaml", "--threads", "1", "--work", "work",
         "--output", "output"])
    counts: dict[str, int] = {}
    for line in run(["callgrind_annotate", "--inclusive=yes", "--threshold=100",
                     "callgrind.out"]).splitlines():
        if found := LINE.match(line):
            counts.setdefault(found[2], int(found[1].replace(",", "")))
    return counts


def instructions(counts: dict[str, int], fragment: str) -> int:
    """Of the symbols that share the fragment the greatest: closures and thunks are less."""
    found = [count for name, count in counts.items() if fragment in name]
    if not found:
        raise CountsFailed(f"no function has {fragment} in its name: was it renamed or inlined?")
    return max(found)


def units() -> dict[str, int]:
    """How much there is of what counts are divided by; the extracts have one line per row."""
    extracts = [path.read_bytes() for source in ("registration", "residency")
                for path in sorted((FOLDER / "data").glob(f"{source}-*.csv"))]
    return {"byte": sum(map(len, extracts)),
            "row": sum(extract.count(b"\n") - 1 for extract in extracts), "citizen": CITIZENS}


def versions() -> dict[str, str]:
    """What changes counts without a change of ours: the runtime and libc are counted as well."""
    return {"Swift": first_line(["swift", "--version"]),
            "valgrind": first_line(["valgrind", "--version"]),
            "libc": " ".join(platform.libc_ver()), "machine": platform.machine()}


def measured() -> dict[str, dict[str, int]]:
    """What counts.json holds of one run."""
    counts = inclusive_counts()
    return {"units": units(), "instructions": {
        loop.title: instructions(counts, loop.function)
        - (instructions(counts, loop.without) if loop.without else 0) for loop in HOT_LOOPS}}


def table(found: dict[str, dict[str, int]], committed: dict[str, int]) -> str:
    """A line per function and unit."""
    lines = [f"{'function':<24}{'instructions':>14}  {'per unit':<18}{'committed':>14}{'ratio':>8}"]
    for loop in HOT_LOOPS:
        count, before = found["instructions"][loop.title], committed.get(loop.title)
        for unit in loop.units:
            per_unit = f"{count / found['units'][unit]:.1f} / {unit}"
            lines.append(f"{loop.title:<24}{count:>14,}  {per_unit:<18}" + (
                f"{before:>14,}{count / before:>8.3f}" if before else f"{'none':>14}"))
    return "\n".join(lines)


def faults(found: dict[str, dict[str, int]], before: dict[str, dict[str, int]]) -> list[str]:
    """Why the status is 1; nothing when all is well."""
    if not before:
        return [f"there is no {COMMITTED.name}"]
    if found["units"] != before["units"]:
        return ["the data set has changed: counts cannot be compared"]
    committed = before["instructions"]
    return [f"{title}: more than {TOLERANCE:.0%} above the committed count"
            for title, count in found["instructions"].items()
            if count > committed.get(title, 0) * (1 + TOLERANCE)]


def compare(record: bool) -> int:
    """Counts, prints the table; 1 when a count is too high, unless it is to be recorded."""
    found, now = measured(), versions()
    before = json.loads(COMMITTED.read_text()) if COMMITTED.exists() else {}
    print(table(found, before.get("instructions", {})))
    if record:
        COMMITTED.write_text(json.dumps({**found, "versions": now}, indent=2) + "\n")
        print(f"recorded in {COMMITTED.relative_to(ROOT)}")
        return 0
    wrong = faults(found, before)
    for name, version in before.get("versions", {}).items():
        if now[name] != version:
            print(f"{name} is {now[name]}, committed with {version}: counts may differ for that")
    for fault in wrong:
        print(f"FAULT: {fault}")
    print("To record these counts: make bench-counts RECORD=1")
    return 1 if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="write counts.json anew")
    try:
        return compare(parser.parse_args().record)
    except CountsFailed as failure:
        print(f"NOT COUNTED: {failure}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
