"""Extracts → checked rows in packed numbers, by DuckDB."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import duckdb

from reference import (
    AREA, CHECK_CHARACTERS, EVENTS, REGISTRATION_COLUMNS, RESIDENCY_COLUMNS, Reference, day_number,
)

DAY0 = "DATE '1850-01-01'"
CODES = 10 ** 12
NO_CODE = CODES - 1
# Errors are rare, so that trying is cheaper than testing month and day beforehand.
BIRTH = "TRY(make_date(b//10000,b//100%100,b%100))"


def padded(code: str) -> str:
    """A code of 6 to 12 digits, padded with zeros to 12."""
    factors = ",".join(str(10 ** (12 - digits)) for digits in range(6, 13))
    return f"(try_cast({code} AS BIGINT)*[{factors}][length({code})-5])"


class Rows:
    """The connection of a run, and the checked rows of both sources."""

    def __init__(self, folder: Path, dates: list[date], threads: int, scratch: Path) -> None:
        self.folder = folder
        self.scratch = scratch
        self.reference = Reference(folder, dates)
        self.dates = self.reference.dates
        self.last = len(self.dates)
        self.quality: dict[tuple[str, str, str], int] = {}
        self.connection = duckdb.connect()
        self.run(f"SET threads={threads}; SET preserve_insertion_order=false")
        self.started = time.perf_counter()

    def run(self, sql: str) -> list[tuple]:
        return self.connection.execute(sql).fetchall()

    def step(self, name: str) -> None:
        now = time.perf_counter()
        print(f"{name} {now - self.started:.2f}", file=sys.stderr)
        self.started = now

    def bucket(self, day: str) -> str:
        """The index of the first reference date that is not before a day."""
        days = [day_number(t) for t in self.dates]
        return "(" + "+".join(f"({day}>{number})::TINYINT" for number in days) + ")::TINYINT"

    def rows(self, source: str) -> str:
        """A scan of a source's files, every column as text."""
        files = sorted(str(path) for path in self.folder.glob(f"{source}-*.csv"))
        header = Path(files[0]).open("rb").readline().decode().strip().split(",")
        listed = ",".join(f"'{name}':'VARCHAR'" for name in header)
        return (
            f"read_csv({files}, header=true, auto_detect=false, delim=',', quote='\"', "
            f"escape='\"', new_line='\\n', columns={{{listed}}})"
        )

    def ingest(self) -> None:
        """Two tables of checked rows: v, reason, what the source says in packed numbers, h."""
        words = ",".join(f"'{word}'" for word in EVENTS)
        self.run(f"CREATE TYPE event_word AS ENUM ({words})")
        rest = ",".join(c for c in REGISTRATION_COLUMNS if c not in (
            "citizen_id", "division_code", "event", "event_date", "updated_at", "revoked"))
        reason = self.reason(
            "length(code_text)=12 AND d>=birth AND p IS NOT NULL",
            """WHEN code IS NULL OR length(code_text)<>12 THEN 5 WHEN event IS NULL THEN 6
            WHEN d IS NULL OR d<birth THEN 7""")
        self.run(f"""CREATE TEMP TABLE registration AS
            SELECT v, {reason} reason, p, epoch(u)::BIGINT u, rec, h, revoked
            FROM (SELECT *, ((d-{DAY0})*{CODES}+code)*16+enum_code(event) p, {BIRTH} birth FROM (
            SELECT *, (v//1000%100000000)::INT b FROM (
            SELECT citizen_id id, try_cast(substr(citizen_id,1,17) AS BIGINT) v,
              division_code code_text, try_cast(division_code AS BIGINT) code,
              try_cast(event AS event_word) event, try_cast(event_date AS DATE) d,
              try_cast(updated_at AS TIMESTAMP) u, try_cast(record_id AS BIGINT) rec,
              hash({rest}) h, revoked FROM {self.rows('registration')})))""")
        self.step("registration")
        rest = ",".join(c for c in RESIDENCY_COLUMNS if c not in (
            "citizen_id", "residence_code", "arrival_date", "updated_at", "revoked"))
        reason = self.reason(
            """s IS NOT NULL AND d>=birth AND (departure_text IS NULL OR coalesce(e>=d,false))""",
            """WHEN code IS NULL THEN 5 WHEN d IS NULL OR d<birth THEN 6
            WHEN departure_text IS NOT NULL AND (e IS NULL OR e<d) THEN 7""")
        self.run(f"""CREATE TEMP TABLE residency AS
            SELECT v, {reason} reason, s,
              coalesce(e-{DAY0},0)*{CODES}+coalesce(registered,{NO_CODE}) q, c,
              epoch(u)::BIGINT u, rec, h, revoked
            FROM (SELECT *, (d-{DAY0})*{CODES}+code s, {BIRTH} birth FROM (
            SELECT *, (v//1000%100000000)::INT b FROM (
            SELECT citizen_id id, try_cast(substr(citizen_id,1,17) AS BIGINT) v,
              CASE WHEN length(residence_code)=12 THEN try_cast(residence_code AS BIGINT)
                WHEN residence_code NOT LIKE '{AREA}%' THEN {padded('residence_code')} END code,
              try_cast(arrival_date AS DATE) d, departure_date departure_text,
              try_cast(departure_date AS DATE) e, {padded('registered_code')} registered,
              try_cast(count_from AS DATE)-{DAY0} c, try_cast(updated_at AS TIMESTAMP) u,
              try_cast(substr(record_id,2) AS BIGINT) rec, hash({rest}) h, revoked
            FROM {self.rows('residency')})))""")
        self.step("residency")

    def reason(self, fine: str, rules: str) -> str:
        """The number of the first rule that a row breaks; 0 out of scope, 9 accepted.

        Nearly all rows are accepted, so one conjunction is tried before the rules one by one.
        """
        terms = "+".join(f"{2 ** j}*(v//{10 ** (j + 1)})" for j in range(16))
        check = (
            f"substr('{CHECK_CHARACTERS}',((2*(v-8*({terms})))%11+1)::INT,1)=substr(id,18,1)")
        first = f"birth>={DAY0}"
        return f"""CASE WHEN coalesce({check} AND length(id)=18 AND {first} AND u>=birth AND {fine}
              AND v//{10 ** 16}<8,false) THEN 9 ELSE CASE WHEN id IS NULL THEN 1
              WHEN v IS NULL OR length(id)<>18 THEN 2 WHEN NOT {check} THEN 3
              WHEN NOT coalesce({first},false) OR u<birth THEN 4
              WHEN v//{10 ** 16}=9 OR v//{10 ** 15} IN (81,82,83) THEN 0 {rules}
              WHEN u IS NULL THEN 8 ELSE 9 END END::TINYINT"""

    def account_rows(self) -> None:
        reasons = {
            "registration": ("id-missing id-format id-check id-birth-date division-format "
                             "event-unknown event-date updated-at"),
            "residency": ("id-missing id-format id-check id-birth-date division-format "
                          "arrival-date departure-date updated-at"),
        }
        for source, words in reasons.items():
            counts = dict(self.run(f"SELECT reason, count(*) FROM {source} GROUP BY 1"))
            assert not self.run(f"SELECT 1 FROM {source} WHERE revoked IS NOT NULL LIMIT 1")
            self.quality[source, "read", ""] = sum(counts.values())
            self.quality[source, "out_of_scope", ""] = counts.get(0, 0)
            self.quality[source, "accepted", ""] = counts.get(9, 0)
            for number, word in enumerate(words.split(), 1):
                self.quality[source, "rejected", word] = counts.get(number, 0)
