"""Extracts → checked rows in packed numbers, by Spark SQL."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from reference import (
    AREA, CHECK_CHARACTERS, EVENTS, REGISTRATION_COLUMNS, RESIDENCY_COLUMNS, Reference, day_number,
)

DAY0 = "DATE '1850-01-01'"
CODES = 10 ** 12
NO_CODE = CODES - 1
BIRTH = "make_date(b div 10000,b div 100%100,b%100)"
# Spark casts what is no number to NULL only without ANSI, which also spares checks of overflow.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.memory": "12g",
    "spark.driver.extraJavaOptions": "-XX:+UseParallelGC",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",
    "spark.shuffle.compress": "false",
    "spark.sql.parquet.compression.codec": "uncompressed",
}


def padded(code: str) -> str:
    """A code of 6 to 12 digits, padded with zeros to 12."""
    return f"cast(rpad({code},12,'0') AS BIGINT)"


class Rows:
    """The session of a run, and the checked rows of both sources."""

    def __init__(self, folder: Path, dates: list[date], threads: int, scratch: Path) -> None:
        self.started = time.perf_counter()
        self.folder = folder
        self.scratch = scratch
        self.reference = Reference(folder, dates)
        self.dates = self.reference.dates
        self.last = len(self.dates)
        self.quality: dict[tuple[str, str, str], int] = {}
        builder = SparkSession.builder.master(f"local[{threads}]")
        settings = SETTINGS | {
            "spark.sql.shuffle.partitions": str(4 * threads),
            "spark.local.dir": str(scratch / "spark"),
            "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        }
        for key, value in settings.items():
            builder = builder.config(key, value)
        self.spark = builder.getOrCreate()
        self.spark.sparkContext.setLogLevel("ERROR")
        self.step("session")

    def run(self, sql: str) -> list[tuple]:
        return [tuple(row) for row in self.spark.sql(sql).collect()]

    def view(self, name: str, sql: str, is_kept: bool = True) -> None:
        """Names a result; a kept one is computed once, and now, into a table of its own."""
        if is_kept:
            self.spark.sql(f"DROP TABLE IF EXISTS {name}")
            self.spark.sql(f"CREATE TABLE {name} USING parquet AS {sql}")
        else:
            self.spark.sql(sql).createOrReplaceTempView(name)

    def step(self, name: str) -> None:
        now = time.perf_counter()
        print(f"{name} {now - self.started:.2f}", file=sys.stderr)
        self.started = now

    def bucket(self, day: str) -> str:
        """The index of the first reference date that is not before a day."""
        days = [day_number(t) for t in self.dates]
        return "(" + "+".join(f"cast({day}>{number} AS INT)" for number in days) + ")"

    def rows(self, source: str) -> DataFrame:
        """A scan of a source's files, every column as text."""
        files = sorted(str(path) for path in self.folder.glob(f"{source}-*.csv"))
        header = Path(files[0]).open("rb").readline().decode().strip().split(",")
        return self.spark.read.csv(
            files, schema=",".join(f"{name} STRING" for name in header), header=True,
            quote='"', escape='"', enforceSchema=True)

    def ingest(self) -> None:
        """Two tables of checked rows: v, reason, what the source says in packed numbers, h."""
        for source in ("registration", "residency"):
            self.rows(source).createOrReplaceTempView(f"{source}_text")
        rest = ",".join(f"coalesce({c},'')" for c in REGISTRATION_COLUMNS if c not in (
            "citizen_id", "division_code", "event", "event_date", "updated_at", "revoked"))
        reason = self.reason(
            "length(code_text)=12 AND d>=birth AND p IS NOT NULL",
            """WHEN code IS NULL OR length(code_text)<>12 THEN 5 WHEN event=0 OR event IS NULL
            THEN 6 WHEN d IS NULL OR d<birth THEN 7""")
        self.view("registration", f"""
            SELECT v, {reason} reason, p, unix_seconds(u) u, rec, h, revoked
            FROM (SELECT *, CASE WHEN event>0 THEN
              (datediff(d,{DAY0})*{CODES}L+code)*16+event-1 END p, {BIRTH} birth FROM (
            SELECT *, cast(v div 1000%100000000 AS INT) b FROM (
            SELECT citizen_id id, cast(substr(citizen_id,1,17) AS BIGINT) v,
              division_code code_text, cast(division_code AS BIGINT) code,
              find_in_set(event,'{','.join(EVENTS)}') event, cast(event_date AS DATE) d,
              cast(updated_at AS TIMESTAMP) u, cast(record_id AS BIGINT) rec,
              xxhash64({rest}) h, revoked FROM registration_text)))""")
        rest = ",".join(f"coalesce({c},'')" for c in RESIDENCY_COLUMNS if c not in (
            "citizen_id", "residence_code", "arrival_date", "updated_at", "revoked"))
        reason = self.reason(
            """s IS NOT NULL AND d>=birth AND (departure_text IS NULL OR coalesce(e>=d,false))""",
            """WHEN code IS NULL THEN 5 WHEN d IS NULL OR d<birth THEN 6
            WHEN departure_text IS NOT NULL AND (e IS NULL OR e<d) THEN 7""")
        self.view("residency", f"""SELECT v, {reason} reason, s,
              coalesce(datediff(e,{DAY0}),0)*{CODES}L+coalesce(registered,{NO_CODE}L) q, c,
              unix_seconds(u) u, rec, h, revoked
            FROM (SELECT *, datediff(d,{DAY0})*{CODES}L+code s, {BIRTH} birth FROM (
            SELECT *, cast(v div 1000%100000000 AS INT) b FROM (
            SELECT citizen_id id, cast(substr(citizen_id,1,17) AS BIGINT) v,
              CASE WHEN length(residence_code)=12 THEN cast(residence_code AS BIGINT)
                WHEN residence_code NOT LIKE '{AREA}%' THEN {padded('residence_code')} END code,
              cast(arrival_date AS DATE) d, departure_date departure_text,
              cast(departure_date AS DATE) e, {padded('registered_code')} registered,
              datediff(cast(count_from AS DATE),{DAY0}) c, cast(updated_at AS TIMESTAMP) u,
              cast(substr(record_id,2) AS BIGINT) rec, xxhash64({rest}) h, revoked
            FROM residency_text)))""")

    def reason(self, fine: str, rules: str) -> str:
        """The number of the first rule that a row breaks; 0 out of scope, 9 accepted.

        Nearly all rows are accepted, so one conjunction is tried before the rules one by one.
        """
        terms = "+".join(f"{2 ** j}*(v div {10 ** (j + 1)}L)" for j in range(16))
        check = (f"substr('{CHECK_CHARACTERS}',cast((2*(v-8*({terms})))%11+1 AS INT),1)="
                 "substr(id,18,1)")
        first = f"birth>={DAY0}"
        return f"""CASE WHEN coalesce({check} AND length(id)=18 AND {first} AND u>=birth AND {fine}
              AND v div {10 ** 16}L<8,false) THEN 9 ELSE CASE WHEN id IS NULL THEN 1
              WHEN v IS NULL OR length(id)<>18 THEN 2 WHEN NOT {check} THEN 3
              WHEN NOT coalesce({first},false) OR u<birth THEN 4
              WHEN v div {10 ** 16}L=9 OR v div {10 ** 15}L IN (81,82,83) THEN 0 {rules}
              WHEN u IS NULL THEN 8 ELSE 9 END END"""

    def account_rows(self) -> None:
        reasons = {
            "registration": ("id-missing id-format id-check id-birth-date division-format "
                             "event-unknown event-date updated-at"),
            "residency": ("id-missing id-format id-check id-birth-date division-format "
                          "arrival-date departure-date updated-at"),
        }
        for source, words in reasons.items():
            found = self.run(f"SELECT reason, count(*), count(revoked) FROM {source} GROUP BY 1")
            counts = {reason: rows for reason, rows, _ in found}
            assert not any(revoked for _, _, revoked in found)
            self.quality[source, "read", ""] = sum(counts.values())
            self.quality[source, "out_of_scope", ""] = counts.get(0, 0)
            self.quality[source, "accepted", ""] = counts.get(9, 0)
            for number, word in enumerate(words.split(), 1):
                self.quality[source, "rejected", word] = counts.get(number, 0)
            self.step(source)
