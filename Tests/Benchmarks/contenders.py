"""Who runs: popstat in its variants, the peers, and the physical floor."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from data import ONE_DATE, DataFolder, DataSet

PEERS_FOLDER = Path(__file__).resolve().parent / "peers"
PEERS = ("duckdb", "polars", "chdb", "spark")
# Half a gigabyte that the tests need as well, so in an environment of its own.
SPARK = Path(__file__).resolve().parents[2] / ".build" / "test-spark" / "bin"
THREADS = 2
# Citizens of a data set whose runs may all be kept until their race ends.
SMALL = 1_000_000
# What popstat writes for a citizen, about.
BYTES_WRITTEN = 100


@dataclass
class Contender:
    """A program with its options on one data set."""

    name: str
    program: str
    data: DataSet
    dates: tuple[str, ...] = ONE_DATE
    options: list[str] = field(default_factory=list)
    threads: int = THREADS
    # Runs in the first round only, which is dropped: it answers, and is not timed.
    answers_only: bool = False
    # popstat on Spark, in place of popstat alone.
    on_spark: bool = False
    # Keeps its work folder from round to round.
    keeps_work: bool = False
    # What a timed run must print, or else something other than meant was measured.
    must_say: str = ""
    # Called before a run, outside of its time.
    prepare: Callable[[], None] | None = None

    @property
    def has_answer(self) -> bool:
        return self.program not in ("cat", "wc")

    @property
    def is_counted(self) -> bool:
        """Whether the kernel tells processor time and memory: those of Spark's processes it does not,
        since nobody waits for them all."""
        return not self.is_on_spark

    @property
    def is_on_spark(self) -> bool:
        return self.on_spark or self.program == "spark"

    @property
    def question(self) -> tuple[object, ...]:
        """Contenders of one question must give one answer.

        Spellings do not change what the rows say.
        """
        return (self.data.citizens, self.data.units, self.dates)


class Stable:
    """Makes a contender ready, and knows its command and where its answer lies."""

    def __init__(self, data: DataFolder) -> None:
        self.data = data
        self.runs = data.root / "runs"
        # Archives of classes.
        self.java = data.root / "java"

    def folder(self, contender: Contender) -> Path:
        return self.runs / contender.name.replace(" ", "-")

    def answer_folder(self, contender: Contender) -> Path:
        folder = self.folder(contender) / "out"
        return folder / "internal" if contender.program == "popstat" else folder

    def ready(self, contender: Contender) -> None:
        """Takes away what an earlier run left, so that nothing is used again by mistake, and has written
        to disk what is still to be written, so that it is not in the time of this one."""
        folder = self.folder(contender)
        self.take_away(folder / "out" if contender.keeps_work else folder, contender)
        folder.mkdir(parents=True, exist_ok=True)
        if contender.prepare:
            contender.prepare()
        os.sync()
        self.warm(contender)
        self.warm_memory(contender)

    def leave(self, contender: Contender) -> None:
        """Takes away what is not needed once the answer is compared, before it is written to disk while
        another runs."""
        if not contender.keeps_work:
            self.take_away(self.folder(contender), contender)

    def take_away(self, left: Path, contender: Contender) -> None:
        """Moves a small run aside until the race ends; removes a large one, whose files would fill the disk.

        For some minutes ext4 gives no inode out again that was removed, and asks each one of them when a
        file is made: after some rounds that is a part of a run that itself takes a part of a second.
        Aside the files are empty, so that their memory goes back as it does when they are removed: a run
        that must write on memory never used before pays for it once more than one that follows another.
        """
        if not left.exists():
            return
        if contender.data.citizens > SMALL:
            shutil.rmtree(left, ignore_errors=True)
            return
        aside = self.runs / "aside"
        aside.mkdir(exist_ok=True)
        for path in left.rglob("*"):
            if path.is_file() and not path.is_symlink():
                os.truncate(path, 0)
        left.rename(aside / str(len(list(aside.iterdir()))))

    def warm(self, contender: Contender) -> None:
        """Reads what the contender is about to read, whatever the kernel kept of it while another ran
        for minutes."""
        files = [Path(path) for path in self.data.extracts(contender.data)]
        if contender.is_on_spark:
            files += [*SPARK.parent.glob("lib/python*/site-packages/pyspark/jars/*.jar"),
                      *self.java.glob("*.jsa")]
        for path in files:
            with path.open("rb") as file:
                while file.read(1 << 22):
                    pass

    def warm_memory(self, contender: Contender) -> None:
        """Writes as much as popstat will, and gives the memory back.

        On a virtual machine a page that the kernel has not written to for a while may cost a trip to the
        host, two millionths of a second: which pages a run gets is a matter of who ran before, and popstat,
        whose records are files, took up to 1.4 times as long behind a peer of 3 GB.
        """
        piece = bytes(1 << 20)
        with (self.runs / "memory").open("wb", buffering=0) as file:
            for _ in range(contender.data.citizens * BYTES_WRITTEN // len(piece)):
                file.write(piece)
            file.truncate(0)

    def java_option(self, contender: Contender) -> str:
        """By which Java starts from an archive of the classes that the contender loaded the first
        time (AppCDS), as an administrator sets it up for a job of every night."""
        if not contender.is_on_spark or contender.answers_only:
            return ""
        self.java.mkdir(parents=True, exist_ok=True)
        archive = self.java / f"{contender.name.replace(' ', '-')}.jsa"
        return f"-XX:{'SharedArchiveFile' if archive.exists() else 'ArchiveClassesAtExit'}={archive}"

    def environment(self, contender: Contender) -> dict[str, str]:
        option = self.java_option(contender)
        if contender.program != "spark" or not option:
            return {}
        conf = f"--conf spark.driver.defaultJavaOptions={option}"
        return {"PYSPARK_SUBMIT_ARGS": f"{conf} pyspark-shell"}

    def command(self, contender: Contender) -> list[str]:
        folder = self.folder(contender)
        if contender.program == "popstat":
            return [
                str(self.data.popstat), "run",
                str(self.data.plan(
                    contender.data, contender.dates, SPARK if contender.on_spark else None,
                    self.java_option(contender))),
                "--work", str(folder / "work"), "--output", str(folder / "out"),
                "--threads", str(contender.threads), *contender.options,
            ]
        if contender.program in PEERS:
            python = str(SPARK / "python3") if contender.program == "spark" else sys.executable
            return [
                python, str(PEERS_FOLDER / f"{contender.program}_job.py"),
                str(self.data.root / contender.data.name), str(folder / "out"),
                ",".join(contender.dates), "--threads", str(contender.threads),
            ]
        program = {"cat": ["cat"], "wc": ["wc", "-l"]}[contender.program]
        return [*program, *self.data.extracts(contender.data)]
