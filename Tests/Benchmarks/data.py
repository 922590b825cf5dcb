"""The data sets: made once by `popstat sample --clean`, used again by the next benchmark."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SIX_DATES = tuple(f"{year}-12-31" for year in range(2015, 2021))
ONE_DATE = SIX_DATES[-1:]
# Rows dated after the last date exist, and the first edition holds by mapping codes backwards.
EARLY_DATES = ("2014-06-30", "2017-02-28")


@dataclass(frozen=True)
class DataSet:
    """Extracts of so many citizens, spelled in one way."""

    citizens: int
    spelling: str = "plain"
    units: int = 0
    # Units of other prefectures in its division tables, as a table of the nation has them.
    foreign_units: int = 0

    @property
    def name(self) -> str:
        size = f"{self.citizens // 1_000_000}m" if self.citizens >= 1_000_000 else (
            f"{self.citizens // 1_000}k")
        parts = [size] + ([self.spelling] if self.spelling != "plain" else [])
        parts += [f"{self.units}-units"] if self.units else []
        return "-".join(parts + ([f"{self.foreign_units}-foreign"] if self.foreign_units else []))

    @property
    def options(self) -> list[str]:
        options = ["--clean", "--citizens", str(self.citizens), "--spelling", self.spelling]
        return options + (["--units", str(self.units)] if self.units else [])


def add_foreign_units(table: Path, count: int) -> None:
    """Puts units of other prefectures before and behind those of a division table."""
    header, *own = table.read_text(encoding="utf-8").splitlines(keepends=True)
    prefectures = [f"{province}{number:02}" for province in range(11, 66) for number in range(1, 7)]
    before = [prefecture for prefecture in prefectures if prefecture < own[0][:4]]
    each = count // len(prefectures)
    with table.open("w", encoding="utf-8") as file:
        file.write(header)
        file.writelines(unit_rows(before, each))
        file.writelines(own)
        file.writelines(unit_rows(prefectures[len(before):], each))


def unit_rows(prefectures: list[str], each: int) -> Iterator[str]:
    """So many rows of units for each prefecture, ascending by code.

    One at a time: a contender is seen to take no less memory than this process.
    """
    for prefecture in prefectures:
        for number in range(each):
            township, unit = divmod(number, 12)
            county, township = divmod(township, 18)
            yield (f"{prefecture}{county + 1:02}{township + 1:03}{unit + 201:03},"
                   f"{(112, 121, 122, 220, 220)[number % 5]},第{unit + 1}村民委员会\n")


class DataFolder:
    """Where data sets lie, and the folders that runs leave behind."""

    def __init__(self, root: Path, popstat: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.popstat = popstat

    def make(self, data: DataSet) -> Path:
        """The folder of a data set; a set that is not whole is made anew."""
        folder = self.root / data.name
        mark = folder / "whole"
        made_by = " ".join(data.options + ([data.name] if data.foreign_units else []))
        for left_over in folder.glob("*-next-night.csv"):
            left_over.unlink()
        if mark.exists() and mark.read_text() == made_by:
            return folder
        print(f"making data: {data.name}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        self.sample([*data.options, "--output", str(folder)])
        if data.foreign_units:
            for table in folder.glob("divisions-*.csv"):
                add_foreign_units(table, data.foreign_units)
        mark.write_text(made_by)
        return folder

    def sample(self, options: list[str]) -> None:
        subprocess.run(
            [str(self.popstat), "sample", *options], check=True, stdout=subprocess.DEVNULL)

    def plan(
        self, data: DataSet, dates: tuple[str, ...], spark: Path | None = None, java: str = "",
    ) -> Path:
        """A plan of the data set for some reference dates; `spark` is where Spark's programs lie,
        `java` an option of its Java."""
        folder = self.root / data.name
        text = (folder / "plan.yaml").read_text(encoding="utf-8")
        text, count = re.subn(
            r"(?m)^reference-dates: .*$", f"reference-dates: [{', '.join(dates)}]", text)
        # What the peers do not do either: public tables, the workbook that goes with them, a database.
        text = re.sub(r"(?m)^  protection: .*\n", "", text)
        text = re.sub(r"(?m)^publish:\n", "publish:\n  store: none\n", text)
        assert count == 1, "the sample's plan has another form"
        name = f"plan-{len(dates)}-{dates[-1]}"
        if spark:
            name += "-spark"
            text += (
                f'engine:\n  spark: {{ master: "local[2]", submit: ["{spark}/spark-submit"], '
                f'python: "{spark}/python3", '
                f'settings: {{ spark.driver.defaultJavaOptions: "{java}" }} }}\n')
        path = folder / f"{name}.yaml"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
        return path

    def extracts(self, data: DataSet) -> list[str]:
        folder = self.root / data.name
        return sorted(
            str(path) for source in ("registration", "residency")
            for path in folder.glob(f"{source}-*.csv"))
