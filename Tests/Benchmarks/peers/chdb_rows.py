"""Extracts → checked rows in packed numbers, by chdb."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from chdb import session

import reference as known
from reference import (
    AREA, CHECK_CHARACTERS, EVENTS, REGISTRATION_COLUMNS, RESIDENCY_COLUMNS, Reference, day_number,
)

CODES = 10 ** 12
EPOCH_DAYS = (known.EPOCH - date(1970, 1, 1)).days


class Rows:
    """The connection of a run, and the checked rows of both sources."""

    def __init__(self, folder: Path, dates: list[date], threads: int, scratch: Path) -> None:
        self.folder = folder
        self.scratch = scratch
        self.reference = Reference(folder, dates)
        self.dates = self.reference.dates
        self.last = len(self.dates)
        self.quality: dict[tuple[str, str, str], int] = {}
        self.session = session.Session()
        self.run("CREATE DATABASE w ENGINE=Atomic")
        self.run("USE w")
        # With short circuits every branch is a pass of its own over the rows that are left.
        self.run(f"SET max_threads={threads}, short_circuit_function_evaluation='disable'")
        self.started = time.perf_counter()

    def run(self, sql: str) -> list[list[int]]:
        """Numbers only: texts stay in the engine."""
        text = str(self.session.query(sql, "TSV"))
        return [list(map(int, line.split("\t"))) for line in text.splitlines()]

    def step(self, name: str) -> None:
        now = time.perf_counter()
        print(f"{name} {now - self.started:.2f}", file=sys.stderr)
        self.started = now

    def bucket(self, day: str) -> str:
        """The index of the first reference date that is not before a day."""
        return "toInt8(" + "+".join(f"({day}>{day_number(t)})" for t in self.dates) + ")"

    def rows(self, source: str) -> str:
        """A scan of a source's files, every column as text."""
        first = next(self.folder.glob(f"{source}-*.csv"))
        header = first.open("rb").readline().decode().strip().split(",")
        columns = ",".join(f"{name} String" for name in header)
        return f"file('{self.folder}/{source}-*.csv', CSVWithNames, '{columns}')"

    def ingest(self) -> None:
        terms = "+".join(f"{2 ** j}*intDiv(v,{10 ** (j + 1)})" for j in range(16))
        check = f"substring('{CHECK_CHARACTERS}',(2*(v-8*({terms})))%11+1,1)=substring(id,18,1)"
        # Dates and times are read loosely here: 30 February is 1 March, 25 o'clock is tomorrow. So
        # the day of the month is compared with what was written.
        def bad(day: str, text: str) -> str:
            return f"toDayOfMonth({day})<>toUInt8OrZero(substring({text},9,2))"

        def day(date32: str) -> str:
            return f"toInt64(toInt32({date32}))-({EPOCH_DAYS})"

        birth_ok = (
            "y BETWEEN 1850 AND 2099 AND m BETWEEN 1 AND 12 AND dom BETWEEN 1 AND "
            "multiIf(m=2,28+(y%4=0 AND (y%100<>0 OR y%400=0)),m IN (4,6,9,11),30,31)")
        # The day of birth by the calendar's arithmetic: years begin in March.
        birth = ("365*(y-(m<=2))+intDiv(y-(m<=2),4)-intDiv(y-(m<=2),100)+intDiv(y-(m<=2),400)+"
                 f"intDiv(153*(m+if(m<=2,9,-3))+2,5)+dom-1-719468-({EPOCH_DAYS})")
        common = f"""citizen_id AS id, toInt64(toUInt64OrZero(substring(id,1,17))) AS v,
            toUInt32(intDiv(v,1000)%100000000) AS b, toInt32(intDiv(b,10000)) AS y,
            toInt32(intDiv(b,100)%100) AS m, toInt32(b%100) AS dom, {birth} AS birth,
            toDateTimeOrZero(updated_at,'UTC') AS time, toInt64(time) AS u,
            {bad('time', 'updated_at')} OR substring(updated_at,15,2)>='60' OR
              substring(updated_at,18,2)>='60' OR length(updated_at)<>19 AS no_time,
            NOT ({check}) AS bad_check, NOT ({birth_ok}) AS no_birth,
            NOT no_time AND intDiv(u,86400)-({EPOCH_DAYS})<birth AS unborn"""
        start = f"""multiIf(id='',1, length(id)<>18 OR v=0,2, bad_check,3, no_birth OR unborn,4,
            intDiv(v,{10 ** 16})=9 OR intDiv(v,{10 ** 15}) IN (81,82,83),0,"""
        events = ",".join(f"'{word}'" for word in EVENTS)
        rest = ",".join(c for c in REGISTRATION_COLUMNS if c not in (
            "citizen_id", "division_code", "event", "event_date", "updated_at", "revoked"))
        self.run(f"""CREATE TABLE registration ENGINE=Memory AS WITH {common},
            toInt64(toUInt64OrZero(division_code)) AS code,
            toInt64(transform(event,[{events}],{list(range(15))},-1)) AS e,
            toDate32OrZero(event_date) AS date, {day('date')} AS d,
            length(division_code)<>12 OR code=0 AS no_code,
            {bad('date', 'event_date')} OR d<birth AS no_date,
            {start} no_code,5, e<0,6, no_date,7, no_time,8, 9) AS why
            SELECT v, toInt8(why) AS reason, (d*{CODES}+code)*16+e AS p, u,
              toInt64(toUInt64OrZero(record_id)) AS rec, cityHash64({rest}) AS h, revoked<>'' AS x
            FROM {self.rows('registration')}""")
        self.step("registration")
        rest = ",".join(c for c in RESIDENCY_COLUMNS if c not in (
            "citizen_id", "residence_code", "arrival_date", "updated_at", "revoked"))

        def padded(code: str) -> str:
            return (f"(toInt64(toUInt64OrZero({code}))*[0,1000000,100000,10000,1000,100,10,1]"
                    f"[greatest(toInt8(length({code}))-4,1)])")

        self.run(f"""CREATE TABLE residency ENGINE=Memory AS WITH {common},
            {padded('residence_code')} AS code,
            toDate32OrZero(arrival_date) AS date, {day('date')} AS d,
            toDate32OrZero(departure_date) AS left, {day('left')} AS e,
            residence_code='' OR (length(residence_code)<>12 AND
              startsWith(residence_code,'{AREA}')) AS no_code,
            {bad('date', 'arrival_date')} OR d<birth AS no_date,
            departure_date<>'' AND ({bad('left', 'departure_date')} OR e<d) AS no_departure,
            {start} no_code,5, no_date,6, no_departure,7, no_time,8, 9) AS why
            SELECT v, toInt8(why) AS reason, d*{CODES}+code AS s,
              if(departure_date='',0,e)*{CODES}+{padded('registered_code')} AS q,
              if(count_from='',1000000,{day('toDate32OrZero(count_from)')}) AS c, u,
              toInt64(toUInt64OrZero(substring(record_id,2))) AS rec, cityHash64({rest}) AS h,
              revoked<>'' AS x
            FROM {self.rows('residency')}""")
        self.step("residency")

    def account_rows(self) -> None:
        reasons = {
            "registration": ("id-missing id-format id-check id-birth-date division-format "
                             "event-unknown event-date updated-at"),
            "residency": ("id-missing id-format id-check id-birth-date division-format "
                          "arrival-date departure-date updated-at"),
        }
        for source, words in reasons.items():
            counts = dict(self.run(f"SELECT reason, count() FROM {source} GROUP BY 1"))
            assert self.run(f"SELECT countIf(x) FROM {source}") == [[0]]
            self.quality[source, "read", ""] = sum(counts.values())
            self.quality[source, "out_of_scope", ""] = counts.get(0, 0)
            self.quality[source, "accepted", ""] = counts.get(9, 0)
            for number, word in enumerate(words.split(), 1):
                self.quality[source, "rejected", word] = counts.get(number, 0)
