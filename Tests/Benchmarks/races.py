"""The races of the whole benchmark and of the quick one, and the measures taken from them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import measures as m
from contenders import Contender, Stable
from data import EARLY_DATES, SIX_DATES, DataSet
from rounds import Race

MILLION = 1_000_000
PEER_NAMES = {"duckdb": "DuckDB", "polars": "Polars", "chdb": "chdb"}
# Options that leave out what the peers do not make. Checksums of the partitions stay: whatever goes from stage
# to stage is checked.
SAME_TABLES = ["--skip-input-digests", "--only-main-tables"]
# In the title of what popstat is measured at with all that a night asks for.
ALL_WORK = ", all tables and SHA-256"


@dataclass(frozen=True)
class Sizes:
    """Citizens and rounds of the races."""

    small: int
    middle: int
    large: int
    variants: int
    rounds: int
    small_rounds: int
    # Statistical units where there are many.
    units: int


WHOLE = Sizes(MILLION, 10 * MILLION, 30 * MILLION, 3 * MILLION, 4, 7, 700_000)
QUICK = Sizes(MILLION, 200_000, 600_000, 200_000, 2, 2, 70_000)

# A race, and what it shows once it is run.
Planned = tuple[Race, Callable[[Race], list[m.Measure]]]


def size(citizens: int) -> str:
    return f"{citizens // MILLION} M" if citizens >= MILLION else f"{citizens // 1_000} k"


def planned(sizes: Sizes, stable: Stable) -> list[Planned]:
    return [
        answers(sizes),
        small(sizes),
        middle(sizes),
        checksums(sizes),
        # Spark takes a minute for the smallest question: too long for the quick form.
        *([on_spark(sizes, stable)] if sizes is WHOLE else []),
        variants(sizes),
        nightly(sizes, stable),
        large(sizes),
    ]


def answers(sizes: Sizes) -> Planned:
    """Nothing is timed: dates before the last rows, where some rows are of the future."""
    data = DataSet(200_000)
    race = Race("early dates", [
        Contender(f"{program} early", program, data, EARLY_DATES, answers_only=True)
        for program in ("popstat", *PEER_NAMES, *(["spark"] if sizes is WHOLE else []))
    ], rounds=0)
    return race, lambda race: []


def small(sizes: Sizes) -> Planned:
    data, name = DataSet(sizes.small), size(sizes.small)
    own = f"popstat {name}"
    contenders = [
        Contender(f"{program} {name}", program, data) for program in ("popstat", *PEER_NAMES)
    ]
    contenders.append(Contender(f"{own} same tables", "popstat", data, options=SAME_TABLES))
    peers = [f"{peer} {name}" for peer in PEER_NAMES]

    def take(race: Race) -> list[m.Measure]:
        def fastest(which: str, base: str) -> m.Measure:
            title = f"{name}, start included{which}: faster than the fastest peer"
            return m.fastest(race, title, base, peers, 8, 5)

        return [
            fastest("", f"{own} same tables"),
            replace(fastest(ALL_WORK, own), is_like_for_like=False),
        ]

    return Race(name, contenders, sizes.small_rounds), take


def middle(sizes: Sizes) -> Planned:
    data, name = DataSet(sizes.middle), size(sizes.middle)
    six, one = f"popstat {name} six dates", f"popstat {name}"
    contenders = [
        Contender(f"cat {name}", "cat", data),
        Contender(f"wc -l {name}", "wc", data),
        Contender(one, "popstat", data),
        Contender(f"{one} one thread", "popstat", data, threads=1),
        Contender(f"{one} 128 MiB", "popstat", data, options=["--memory-limit", "128MiB"]),
        Contender(f"{one} all by libcsv", "popstat", data, options=["--parser", "libcsv"]),
        Contender(six, "popstat", data, SIX_DATES),
        Contender(f"{six} main tables", "popstat", data, SIX_DATES,
                  options=["--only-main-tables"]),
        Contender(f"{one} no digests", "popstat", data, options=["--skip-input-digests"]),
        Contender(f"{one} same tables", "popstat", data, options=SAME_TABLES),
        Contender(f"{six} same tables", "popstat", data, SIX_DATES, options=SAME_TABLES),
    ]
    for peer in PEER_NAMES:
        contenders.append(Contender(f"{peer} {name}", peer, data))
        contenders.append(Contender(f"{peer} {name} six dates", peer, data, SIX_DATES))

    def take(race: Race) -> list[m.Measure]:
        bounds = {"duckdb": (10, 7), "chdb": (10, 7), "polars": (7, 5)}

        def against_peers(which: str, options: str) -> list[m.Measure]:
            return [
                m.faster(race, f"{name}{which}: faster than {PEER_NAMES[peer]}, {dates}",
                         f"{own}{options}", f"{peer} {name}{suffix}", goal, floor)
                for peer, (goal, floor) in bounds.items()
                for dates, own, suffix in (("one date", one, ""), ("six dates", six, " six dates"))
            ]

        shown = against_peers("", " same tables")
        shown += [
            replace(measure, is_like_for_like=False) for measure in against_peers(ALL_WORK, "")]
        libcsv = f"{one} all by libcsv"
        shown += [
            m.faster(race, f"{name}, every row by libcsv: faster than Polars", libcsv,
                     f"polars {name}", 1.5, 1.2),
            m.faster(race, f"{name}, every row by libcsv: faster than DuckDB", libcsv,
                     f"duckdb {name}", 2, 1.5),
            m.cost(race, f"{name}: six dates against one", six, one, 1.5, 2),
            m.faster(race, f"{name}: two threads against one", one, f"{one} one thread", 1.8, 1.6),
            m.memory(race, f"{name}: peak memory with a limit of 128 MiB", f"{one} 128 MiB",
                     128, 256),
            m.cost(race, f"{name}: time with a limit of 128 MiB", f"{one} 128 MiB", one, 1.3, 1.5),
            m.cost(race, f"{name}, six dates: all tables against the main ones", six,
                   f"{six} main tables", 2, 2),
            m.cost(race, f"{name}: SHA-256 of the inputs", one, f"{one} no digests", 1.5, 2),
            m.reported(race, f"{name}: time against cat", one, f"cat {name}"),
            m.reported(race, f"{name}: time against wc -l", one, f"wc -l {name}"),
        ]
        return shown

    return Race(name, contenders, sizes.rounds), take


def checksums(sizes: Sizes) -> Planned:
    """A race of two, each right behind the other: what is asked for is a few per cent."""
    data, name = DataSet(sizes.middle), size(sizes.middle)
    one = f"popstat {name} checksums"
    race = Race(f"{name} checksums", [
        Contender(one, "popstat", data),
        Contender(f"popstat {name} no checksums", "popstat", data, options=["--skip-checksums"]),
    ], 4 * sizes.rounds)
    return race, lambda race: [m.cost(
        race, f"{name}: checksums of the partitions", one, f"popstat {name} no checksums",
        1.05, 1.05)]


def on_spark(sizes: Sizes, stable: Stable) -> Planned:
    """popstat on Spark against Spark's own SQL, each from the start of Java to its end."""
    data, name = DataSet(sizes.middle), size(sizes.middle)
    alone, popstat, sql = (
        f"popstat {name} alone", f"popstat {name} on Spark", f"spark {name}")
    race = Race(f"{name} Spark", [
        Contender(alone, "popstat", data),
        Contender(popstat, "popstat", data, on_spark=True),
        Contender(sql, "spark", data),
    ], max(1, sizes.rounds // 2),
        begin=lambda: shutil.rmtree(stable.java, ignore_errors=True))

    def take(race: Race) -> list[m.Measure]:
        return [
            m.faster(race, f"{name}, local[2]: popstat on Spark, faster than Spark SQL", popstat,
                     sql, 10, 10),
            m.reported(race, f"{name}: popstat on Spark against popstat alone", popstat, alone),
            m.reported(race, f"{name}: popstat alone, faster than Spark SQL", sql, alone),
        ]

    return race, take


def variants(sizes: Sizes) -> Planned:
    name = size(sizes.variants)
    plain = f"popstat {name} plain"
    quoted = DataSet(sizes.variants, "quoted-text")
    ends = DataSet(sizes.variants, "line-ends")
    units = DataSet(sizes.variants, units=sizes.units)
    nation = DataSet(sizes.variants, foreign_units=sizes.units)
    contenders = [
        Contender(plain, "popstat", DataSet(sizes.variants)),
        Contender(f"popstat {name} quoted text", "popstat", quoted),
        Contender(f"popstat {name} gb18030", "popstat", DataSet(sizes.variants, "gb18030")),
        Contender(f"popstat {name} line ends", "popstat", ends),
        Contender(f"popstat {name} many units", "popstat", units),
        Contender(f"popstat {name} nation", "popstat", nation),
        Contender(f"duckdb {name} quoted text", "duckdb", quoted, answers_only=True),
        Contender(f"duckdb {name} line ends", "duckdb", ends),
        Contender(f"duckdb {name} many units", "duckdb", units),
    ]

    def take(race: Race) -> list[m.Measure]:
        return [
            m.cost(race, f"{name}: text always quoted against unquoted",
                   f"popstat {name} quoted text", plain, 2, 3),
            m.cost(race, f"{name}: GB18030 against UTF-8, the same rows",
                   f"popstat {name} gb18030", plain, 1.1, 1.3),
            m.reported(race, f"{name}: rows with line ends in quotes, against without",
                       f"popstat {name} line ends", plain),
            m.reported(race, f"{name}, line ends in quotes: faster than DuckDB",
                       f"duckdb {name} line ends", f"popstat {name} line ends"),
            m.reported(race, f"{name}: {sizes.units:,} units against 3,000",
                       f"popstat {name} many units", plain),
            m.reported(race, f"{name}: {sizes.units:,} units of other cities in the tables",
                       f"popstat {name} nation", plain),
            m.reported(race, f"{name}, {sizes.units:,} units: faster than DuckDB",
                       f"duckdb {name} many units", f"popstat {name} many units"),
        ]

    return Race(f"{name} variants", contenders, max(2, sizes.rounds - 1)), take


class NextNight:
    """Two more extracts that come and go beside those of a data set."""

    def __init__(self, stable: Stable, data: DataSet) -> None:
        self.data = stable.data
        self.folder = stable.data.root / data.name
        self.staging = stable.data.root / f"{data.name}-next-night"
        self.options = data.options

    def make(self) -> None:
        shutil.rmtree(self.staging, ignore_errors=True)
        self.data.sample([*self.options, "--delta", "1", "--output", str(self.staging)])

    def arrive(self) -> None:
        """Copies the files anew: another inode, so that a run takes them for new ones."""
        self.leave()
        for path in self.staging.glob("re*.csv"):
            shutil.copyfile(path, self.folder / path.name)

    def leave(self) -> None:
        for path in self.staging.glob("re*.csv"):
            (self.folder / path.name).unlink(missing_ok=True)


def nightly(sizes: Sizes, stable: Stable) -> Planned:
    """A kept work folder and one per cent more, against a run from nothing.

    The dropped round ingests everything; from then on only the new files are ingested. They are
    copied anew before every run, and what they gave the night before is not used.
    """
    data, name = DataSet(sizes.middle), size(sizes.middle)
    night = NextNight(stable, data)
    whole, delta = f"popstat {name} whole", f"popstat {name} next night"

    def begin() -> None:
        night.make()
        night.arrive()

    race = Race(f"{name} next night", [
        Contender(whole, "popstat", data, SIX_DATES),
        Contender(delta, "popstat", data, SIX_DATES, keeps_work=True, prepare=night.arrive,
                  must_say="2 ingested, 12 unchanged"),
        Contender(f"duckdb {name} next night", "duckdb", data, SIX_DATES, answers_only=True),
    ], sizes.rounds, begin=begin, end=night.leave, is_shuffled=False)
    return race, lambda race: [m.cost(
        race, f"{name}: one per cent more, the rest ingested before, against a full run",
        delta, whole, 0.5, 0.7)]


def large(sizes: Sizes) -> Planned:
    big, base = DataSet(sizes.large), DataSet(sizes.middle)
    name, base_name = size(sizes.large), size(sizes.middle)
    limit = ["--memory-limit", "128MiB"]
    race = Race(name, [
        Contender(f"popstat {base_name} beside", "popstat", base),
        Contender(f"popstat {name}", "popstat", big),
        Contender(f"popstat {name} 128 MiB", "popstat", big, options=limit),
    ], max(2, sizes.rounds - 1))

    def take(race: Race) -> list[m.Measure]:
        own = f"popstat {name}"
        return [
            m.cost(race, f"{name} against {base_name}", own, f"popstat {base_name} beside", 3.5, 4),
            m.memory(race, f"{name}: peak memory with a limit of 128 MiB", f"{own} 128 MiB",
                     128, 256),
            m.cost(race, f"{name}: time with a limit of 128 MiB", f"{own} 128 MiB", own, 1.3, 1.5),
        ]

    return race, take


def data_sets(races: list[Planned]) -> list[DataSet]:
    """Every data set that the races need, each once."""
    return list(dict.fromkeys(
        contender.data for race, _ in races for contender in race.contenders))


def remove_runs(runs: Path) -> None:
    shutil.rmtree(runs, ignore_errors=True)
