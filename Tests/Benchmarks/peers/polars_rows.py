"""Extracts → checked rows in packed numbers, by Polars."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
from polars import col, lit, when

import reference as known
from reference import AREA, EVENTS, REGISTRATION_COLUMNS, RESIDENCY_COLUMNS, Reference, day_number

CODES = 10 ** 12
NO_CODE = CODES - 1
EPOCH_DAYS = (known.EPOCH - date(1970, 1, 1)).days


def days(column: str) -> pl.Expr:
    """Days since 1850 of a date in ISO form; null when it is none."""
    return col(column).str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32).cast(pl.Int64) - (
        EPOCH_DAYS)


def whole(text: pl.Expr) -> pl.Expr:
    return text.str.to_integer(strict=False, dtype=pl.Int64)


def padded(column: str) -> pl.Expr:
    """A code of 6 to 12 digits, padded with zeros to 12."""
    length = col(column).str.len_bytes().cast(pl.Int64)
    factor = when(length == 12).then(1).when(length == 9).then(10 ** 3).when(
        length == 6).then(10 ** 6).otherwise(lit(10, pl.Int64).pow(12 - length))
    return when(length.is_between(6, 12)).then(whole(col(column)) * factor)


def registration_columns() -> dict[str, pl.Expr]:
    return {"event": col("event").cast(pl.Enum(EVENTS), strict=False).to_physical()}


def residency_columns() -> dict[str, pl.Expr]:
    return {
        "departure": col("departure_date"), "e": days("departure_date"),
        "c": days("count_from"), "registered": padded("registered_code")}


class Rows:
    """The checked rows of both sources, and what became of the others."""

    def __init__(self, folder: Path, dates: list[date]) -> None:
        self.folder = folder
        self.reference = Reference(folder, dates)
        self.dates = self.reference.dates
        self.last = len(self.dates)
        self.quality: dict[tuple[str, str, str], int] = {}
        self.started = time.perf_counter()

    def step(self, name: str) -> None:
        now = time.perf_counter()
        print(f"{name} {now - self.started:.2f}", file=sys.stderr)
        self.started = now

    def bucket(self, day: pl.Expr) -> pl.Expr:
        """The index of the first reference date that is not before a day."""
        later = [(day > day_number(t)).cast(pl.Int8) for t in self.dates]
        return pl.sum_horizontal(later).cast(pl.Int8)

    def scan(self, source: str) -> pl.LazyFrame:
        files = sorted(self.folder.glob(f"{source}-*.csv"))
        header = files[0].open("rb").readline().decode().strip().split(",")
        return pl.scan_csv(files, schema={name: pl.String for name in header})

    def ingest(self, source: str) -> pl.DataFrame:
        """Checked rows: v, reason, what the source says in packed numbers, and h for the rest."""
        is_registration = source == "registration"
        place = "division_code" if is_registration else "residence_code"
        day = "event_date" if is_registration else "arrival_date"
        columns = REGISTRATION_COLUMNS if is_registration else RESIDENCY_COLUMNS
        rest = [c for c in columns if c not in (
            "citizen_id", place, "event", day, "updated_at", "revoked")]
        v = col("v")
        rows = self.scan(source).select(
            "revoked", id="citizen_id", text=place, d=days(day),
            v=whole(col("citizen_id").str.slice(0, 17)),
            birth=col("citizen_id").str.slice(6, 8).str.to_date("%Y%m%d", strict=False)
            .cast(pl.Int32).cast(pl.Int64) - EPOCH_DAYS,
            code=padded(place) if not is_registration else whole(col(place)),
            u=col("updated_at").str.to_datetime(
                "%Y-%m-%d %H:%M:%S", strict=False, time_unit="ms").cast(pl.Int64) // 1000,
            rec=whole(col("record_id").str.slice(0 if is_registration else 1)),
            h=sum((col(c).hash(seed) for seed, c in enumerate(rest)), start=lit(0, pl.UInt64)),
            **(registration_columns() if is_registration else residency_columns()))
        weighted = v - 8 * sum((2 ** j * (v // 10 ** (j + 1)) for j in range(1, 16)), v // 10)
        # What has to be added to the weighted sum to leave 1; 10 is written X.
        wanted = (12 - (2 * weighted) % 11) % 11
        check = col("id").str.slice(17)
        found = when(check == "X").then(10).otherwise(whole(check))
        # Days before 1850 were no fault of the calendar, but are none of a living person.
        no_birth = col("birth").is_null() | (col("birth") < 0) | (
            col("u") // 86_400 < col("birth") + EPOCH_DAYS).fill_null(False)
        no_code = col("code").is_null() | (
            col("text").str.len_bytes() != 12
            if is_registration else
            (col("text").str.len_bytes() != 12) & col("text").str.starts_with(AREA))
        no_day = col("d").is_null() | (col("d") < col("birth"))
        no_time = col("u").is_null()
        reason = (
            when(col("id").is_null()).then(1)
            .when(v.is_null() | (col("id").str.len_bytes() != 18)).then(2)
            .when((wanted != found).fill_null(True)).then(3)
            .when(no_birth).then(4)
            .when((v // 10 ** 16 == 9) | (v // 10 ** 15).is_in([81, 82, 83])).then(0)
            .when(no_code).then(5))
        if is_registration:
            reason = reason.when(col("event").is_null()).then(6).when(no_day).then(7)
            kept = {"p": (col("d") * CODES + col("code")) * 16 + col("event")}
        else:
            bad = col("departure").is_not_null() & (
                col("e").is_null() | (col("e") < col("d")))
            reason = reason.when(no_day).then(6).when(bad).then(7)
            kept = {
                "s": col("d") * CODES + col("code"),
                "q": col("e").fill_null(0) * CODES + col("registered").fill_null(NO_CODE),
                "c": col("c"),
            }
        reason = reason.when(no_time).then(8).otherwise(9).cast(pl.Int8)
        frame = rows.select(
            "v", "u", "rec", "h", "revoked", reason=reason, **kept).collect(engine="streaming")
        self.account_rows(source, frame)
        self.step(source)
        return frame.filter(col("reason") == 9).drop("reason", "revoked")

    def account_rows(self, source: str, frame: pl.DataFrame) -> None:
        words = {
            "registration": ("id-missing id-format id-check id-birth-date division-format "
                             "event-unknown event-date updated-at"),
            "residency": ("id-missing id-format id-check id-birth-date division-format "
                          "arrival-date departure-date updated-at"),
        }[source]
        counts = dict(frame.group_by("reason").len().rows())
        assert frame["revoked"].null_count() == frame.height
        self.quality[source, "read", ""] = frame.height
        self.quality[source, "out_of_scope", ""] = counts.get(0, 0)
        self.quality[source, "accepted", ""] = counts.get(9, 0)
        for number, word in enumerate(words.split(), 1):
            self.quality[source, "rejected", word] = counts.get(number, 0)
