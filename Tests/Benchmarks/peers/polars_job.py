"""The four tables by Polars, lazy frames on the streaming engine.

`polars_job.py DATA OUT DATES [--threads N]`. What was tried, and what each form costs, stands in
the README.
"""

from __future__ import annotations

import os
from pathlib import Path

from reference import AREA, CLOSED, LAST_ACTIVE, arguments, away_cutoff, day_number
from tables import (
    AT_HOME, AWAY, FLOATING, INTRA_DISTRICT, LOCAL, SHORT_STAY, refuse_unknown_units, write_tables,
)

chosen = arguments(__doc__)
# Polars makes its threads when it is imported.
os.environ["POLARS_MAX_THREADS"] = str(chosen.threads)
import polars as pl  # noqa: E402
from polars import col, lit, when  # noqa: E402

from polars_rows import CODES, NO_CODE, Rows, days  # noqa: E402


class Job(Rows):
    """One run: what becomes of the rows, in order."""

    def registrations(self) -> pl.DataFrame:
        """Spells of registration: which row is in force from one date to before another."""
        rows, last = self.ingest("registration"), self.last
        first = rows.lazy().group_by("v").agg(n=pl.len(), p=col("p").first()).collect(
            engine="streaming")
        self.step("group registration")
        day = col("p") // (16 * CODES)
        ones = first.lazy().filter(col("n") == 1).select(
            "v", r=col("p") % (16 * CODES), f=self.bucket(day), e=lit(last, pl.Int8),
            first=lit(True)).collect()
        several = rows.lazy().join(
            first.lazy().filter(col("n") > 1).select("v"), on="v", how="semi").collect(
            engine="streaming")
        distinct = several.unique()
        counting = distinct.sort("v", "rec", "u", "p").unique(
            ["v", "rec"], keep="last", maintain_order=True)
        ordered = counting.with_columns(d=day, b=self.bucket(day)).sort("v", "d", "u", "p")
        ordered = with_spells(ordered, last)
        dated = ordered.filter(col("b") < last)
        people = dated["v"].n_unique()
        # The last row at the last date, and those of the same day and time.
        tops = dated.join(
            dated.unique("v", keep="last", maintain_order=True), on=["v", "d", "u"], suffix="_top")
        conflict = tops.filter(
            col("p") % (16 * CODES) != col("p_top") % (16 * CODES))["v"].n_unique()
        self.account("registration", ones, several, distinct, counting, people,
                     counting.height - dated.height, conflict)
        spells = pl.concat([
            ones.filter(col("f") < last),
            ordered.filter(col("b") < col("nb")).select(
                "v", r=col("p") % (16 * CODES), f="b", e="nb", first="first"),
        ])
        self.step("spells of registration")
        return spells

    def account(
        self, source: str, ones: pl.DataFrame, several: pl.DataFrame, distinct: pl.DataFrame,
        counting: pl.DataFrame, people: int, future: int, conflict: int,
    ) -> None:
        """The balance of a source: `ones` are the citizens with one row."""
        ones_dated = ones.filter(col("f") < self.last).height
        q = self.quality
        q[source, "exact_duplicate", ""] = several.height - distinct.height
        q[source, "voided", ""] = distinct.height - counting.height
        q[source, "superseded", "future"] = future + ones.height - ones_dated
        q[source, "in_force", ""] = people + ones_dated
        q[source, "superseded", ""] = counting.height - future - people
        q[source, "conflict", ""] = conflict

    def stays(self) -> pl.DataFrame:
        rows, last = self.ingest("residency"), self.last
        first = rows.lazy().group_by("v").agg(
            n=pl.len(), s=col("s").first(), q=col("q").first(), c=col("c").first()).collect(
            engine="streaming")
        self.step("group residency")
        day = col("s") // CODES
        ones = first.lazy().filter(col("n") == 1).select(
            "v", "s", "q", a=pl.min_horizontal(day, "c"), f=self.bucket(day),
            e=lit(last, pl.Int8), i=lit(1, pl.Int64), first=lit(True)).collect()
        several = rows.lazy().join(
            first.lazy().filter(col("n") > 1).select("v"), on="v", how="semi").collect(
            engine="streaming")
        distinct = several.unique()
        counting = distinct.sort("v", "rec", "u", "s", "q", "c").unique(
            ["v", "rec"], keep="last", maintain_order=True)
        kept = counting.sort("v", "s", "u", "q", "c").unique(
            ["v", "s"], keep="last", maintain_order=True)
        ordered = with_spells(
            kept.with_columns(d=day, b=self.bucket(day)).sort("v", "d", "u", "s"), last)
        self.ordered_stays = ordered.with_columns(
            i=pl.int_range(pl.len(), dtype=pl.Int64).over("v") + 1)
        dated = ordered.filter(col("b") < last)
        tops = dated.join(
            dated.unique("v", keep="last", maintain_order=True), on=["v", "d", "u"], suffix="_top")
        self.account(
            "residency", ones, several, distinct, counting, dated["v"].n_unique(),
            counting.filter(self.bucket(day) == last).height,
            tops.filter(col("s") != col("s_top"))["v"].n_unique())
        spells = pl.concat([
            ones.filter(col("f") < last),
            self.ordered_stays.filter(col("b") < col("nb")).select(
                "v", "s", "q", a=pl.min_horizontal("d", "c"), f="b", e="nb", i="i",
                first="first"),
        ])
        self.step("spells of stay")
        return spells

    def spells(self) -> None:
        """Spells of citizens: `home` without a stay, already counted, and `away` with one."""
        registrations, stays = self.registrations(), self.stays()
        # x: sex and what the age follows from at every date: the year of birth, and how many of
        # the dates' months and days lie before the birthday.
        v = col("v")
        after = pl.sum_horizontal(
            [(v // 1000 % 10_000 > md).cast(pl.Int64) for md in self.reference.month_days])
        x = (((v // 10 ** 7 % 10_000) * 8 + after) * 2 + v % 2).cast(pl.Int32)
        pair = registrations.lazy().join(
            stays.lazy(), on="v", how="full", coalesce=True, suffix="_s").with_columns(
            x=x).collect(engine="streaming")
        self.step("join")
        e = pl.min_horizontal("e", "f_s")
        self.home = pair.lazy().filter(
            col("r").is_not_null() & (col("r") % 16 <= LAST_ACTIVE) & (
                col("s").is_null() | (col("first_s") & (col("f") < col("f_s"))))
        ).select("r", "f", "x", e=e).group_by("r", "f", "e", "x").agg(
            n=pl.len().cast(pl.Int64)).collect(engine="streaming")
        stayed = pair.lazy().filter(col("s").is_not_null())
        both = stayed.filter(col("r").is_not_null()).select(
            "v", "x", "r", "s", "q", "a", "i",
            f=pl.max_horizontal("f", "f_s"), e=pl.min_horizontal("e", "e_s"))
        only = stayed.filter(col("f").is_null() | (col("first") & (col("f_s") < col("f")))).select(
            "v", "x", lit(None, pl.Int64).alias("r"), "s", "q", "a", "i",
            f="f_s", e=pl.min_horizontal("e_s", "f"))
        self.away = pl.concat([both, only]).filter(col("f") < col("e")).collect(
            engine="streaming")
        self.step("home and away")

    def moment(self, number: int) -> None:
        """Sums of the citizens at one reference date.

        A zone is a township and a class; beyond that nothing is asked of a unit.
        """
        t, last_date = self.dates[number], number == self.last - 1
        places = self.places[self.reference.edition_of_date[number]].lazy()
        after = self.reference.month_days.index(t.month * 100 + t.day)
        x = col("x")
        years = t.year - x // 16 - ((x // 2 % 8) > after).cast(pl.Int32)
        person = {
            "sex": (x % 2).cast(pl.Int8),
            "age": (pl.min_horizontal(years, lit(100, pl.Int32)) // 5).cast(pl.Int8)}
        now = (col("f") <= number) & (col("e") > number)

        def mapped(frame: pl.LazyFrame, code: str, zone: str) -> pl.LazyFrame:
            named = places.select(col("code").alias(code), col("zone").alias(zone))
            return frame.join(named, on=code, how="left").with_columns(
                pl.coalesce(zone, col(code) // 1000 * 1000).alias(zone))

        settled = mapped(
            self.home.lazy().filter(now).select("n", code=col("r") // 16, **person), "code", "r"
        ).filter(inside("r")).group_by("r", "sex", "age").agg(col("n").sum())
        frame = self.away.lazy().filter(now).select(
            "v", "a", "i", event=col("r") % 16, departure=col("q") // CODES,
            r0=when(col("r") % 16 <= LAST_ACTIVE).then(col("r") // 16),
            s0=col("s") % CODES,
            q0=when(col("q") % CODES != NO_CODE).then(col("q") % CODES), **person)
        frame = mapped(mapped(mapped(frame, "r0", "registered"), "s0", "here"), "q0", "known")
        frame = frame.with_columns(
            r=when(inside("registered")).then(col("registered")),
            home=pl.coalesce("registered", "known"),
            present=(col("departure") == 0) | (col("departure") > day_number(t))).collect()
        closed = col("event").is_in(CLOSED)
        if last_date:
            self.quality["all", "closed_but_present", ""] = frame.filter(
                closed & col("present")).height
        chain = self.chain(frame.filter(col("i") > 1), places)
        here, at = col("here"), col("home")
        near = (col("present") & inside("here") & (here // 1000 == at // 1000)).fill_null(False)
        abroad = (here // 10 ** 10).is_in([71, 81, 82]) | (here // 10 ** 10 >= 90) | (
            here < 10 ** 6)
        districts = [int(code) for code in self.reference.districts]
        status = (
            when(near).then(when(col("r").is_null()).then(LOCAL).otherwise(AT_HOME))
            .when(~col("present") | abroad).then(AT_HOME)
            .when(pl.min_horizontal("a", "since") <= away_cutoff(t)).then(
                when(~inside("here")).then(AWAY)
                .when(at.is_null()).then(FLOATING + 4)
                .when((here // 10 ** 8 == at // 10 ** 8) & (here // 10 ** 6).is_in(districts)
                      & (at // 10 ** 6).is_in(districts)).then(INTRA_DISTRICT)
                .when(here // 10 ** 6 == at // 10 ** 6).then(FLOATING)
                .when(here // 10 ** 8 == at // 10 ** 8).then(FLOATING + 1)
                .when(here // 10 ** 10 == at // 10 ** 10).then(FLOATING + 2)
                .otherwise(FLOATING + 3))
            .when(col("r").is_not_null()).then(AT_HOME)
            .when(inside("here")).then(SHORT_STAY).otherwise(AWAY)).cast(pl.Int8)
        stayed = frame.lazy().filter(~closed.fill_null(False)).join(
            chain.lazy(), on="v", how="left").select(
            "r", "sex", "age", "here", near=near, status=status).select(
            "r", s=when((col("status") == AT_HOME) & ~col("near")).then(col("r"))
            .when(col("status") != AWAY).then(col("here")), status="status", sex="sex", age="age")
        stayed = stayed.filter(
            col("r").is_not_null() | ~col("status").is_in([AT_HOME, AWAY]))
        # One collection, so that what all sums begin with is computed once.
        settled, stayed = pl.collect_all([settled, stayed], engine="streaming")
        one = lit(1, pl.Int64).alias("n")
        resident = stayed.lazy().filter(
            col("s").is_not_null() & (col("status") != SHORT_STAY))
        registered = stayed.lazy().filter(col("r").is_not_null())
        sums = [
            pl.concat([settled.lazy().select(zone="r", sex="sex", age="age", n="n"),
                       part.select("sex", "age", one, zone=column).select(
                           "zone", "sex", "age", "n")])
            .group_by("zone", "sex", "age").agg(col("n").sum())
            .select(lit(number).alias("t"), lit(concept).alias("concept"), "zone", "sex", "age",
                    "n")
            for concept, (part, column) in enumerate(((registered, "r"), (resident, "s")))]
        county, other = col("r") // 10 ** 6, col("s") // 10 ** 6
        ways = pl.concat([
            settled.lazy().select(a=county, b=county, status=lit(AT_HOME, pl.Int8), n="n"),
            stayed.lazy().select(
                one, a=county.fill_null(-1), b=other.fill_null(-1), status="status").select(
                "a", "b", "status", "n"),
        ]).group_by("a", "b", "status").agg(col("n").sum()).select(
            lit(number).alias("t"), "a", "b", "status", "n")
        *sums, ways = pl.collect_all([*sums, ways], engine="streaming")
        self.sums += sums
        self.migration += ways.rows()

    def chain(self, frame: pl.DataFrame, places: pl.LazyFrame) -> pl.DataFrame:
        """Since when those with several stays are away from home without a break."""
        rows = frame.select("v", "home", top="i").join(
            self.ordered_stays.select("v", "i", "d", departure=col("q") // CODES,
                                      code=col("s") % CODES), on="v"
        ).filter(col("i") <= col("top")).sort("v", "i").join(
            places.select("code", "zone").collect(), on="code", how="left", maintain_order="left")
        township = pl.coalesce("zone", "code") // 1000
        gap = col("d").shift(-1) - col("departure")
        broken = (col("i") < col("top")) & (
            (township == col("home") // 1000).fill_null(False)
            | ((col("departure") != 0) & (gap > 31)))
        return rows.with_columns(
            broken=when(broken).then(col("i")).otherwise(0).max().over("v")
        ).filter(col("i") > col("broken")).group_by("v").agg(since=col("d").min())

    def publish(self, out: Path) -> None:
        schema = {"edition": pl.Int8, "code": pl.Int64, "unit": pl.Int64, "class": pl.Int32}
        path = out / "places.csv"
        self.reference.write_places(path)
        listed = pl.read_csv(path, schema=schema).select(
            "edition", "code", zone=col("unit") // 1000 * 1000 + col("class"))
        self.places = [
            listed.filter(col("edition") == edition)
            for edition in range(len(self.reference.editions))]
        self.step("places")
        self.sums: list[pl.DataFrame] = []
        self.migration: list[tuple] = []
        for number in range(self.last):
            self.moment(number)
        self.step("states")
        sums, zone = pl.concat(self.sums), col("zone")
        refuse_unknown_units(not sums.filter(
            (zone % 1000 == 0) & (col("t") == self.last - 1)).is_empty())

        def total(*keys: pl.Expr | str) -> list[tuple]:
            return sums.group_by(keys).agg(col("n").sum()).rows()

        unit_class = (zone % 1000).alias("class")
        write_tables(
            out, self.reference,
            total("t", zone // 10 ** 6, unit_class, "concept", "sex", "age"),
            total("t", zone // 1000, unit_class, "concept"),
            self.migration, self.quality)
        self.step("tables")


def with_spells(ordered: pl.DataFrame, last: int) -> pl.DataFrame:
    """Adds the bucket of a citizen's next row, and whether a row is of his first bucket."""
    return ordered.with_columns(
        nb=when(col("v") == col("v").shift(-1)).then(col("b").shift(-1)).otherwise(
            lit(last, pl.Int8)),
        first=col("b") == col("b").min().over("v"))


def inside(column: str) -> pl.Expr:
    return (col(column) // 10 ** 8 == int(AREA)).fill_null(False)


def main() -> None:
    job = Job(chosen.data, chosen.dates)
    job.spells()
    job.publish(chosen.out)


main()
