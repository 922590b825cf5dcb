"""The four tables by chdb, the ClickHouse engine in a process.

`chdb_job.py DATA OUT DATES [--threads N]`. What was tried, and what each form costs, stands in the
README. Nulls are dear here: an empty field stays the empty text, and -1 or 0 stands for none.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

from chdb import session

import reference as known
from reference import (
    AREA, CHECK_CHARACTERS, CLOSED, EVENTS, LAST_ACTIVE, REGISTRATION_COLUMNS, RESIDENCY_COLUMNS,
    Reference, arguments, away_cutoff, day_number,
)
from tables import (
    AT_HOME, AWAY, FLOATING, INTRA_DISTRICT, LOCAL, SHORT_STAY, refuse_unknown_units,
    write_tables,
)

CODES = 10 ** 12
EPOCH_DAYS = (known.EPOCH - date(1970, 1, 1)).days


class Job:
    """One run: the session, the reference dates, and the statements in order."""

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

    def group(self) -> None:
        """Citizens with one row of a source at most, and all rows of the others."""
        run = self.run
        run("""CREATE TABLE person ENGINE=Memory AS
            SELECT v, countIf(p0>=0) AS nr, countIf(s0>=0) AS ns, max(p0) AS p, max(s0) AS s,
              max(q0) AS q, max(c0) AS c FROM (
              SELECT v, p AS p0, toInt64(-1) AS s0, toInt64(-1) AS q0, toInt64(-1) AS c0
              FROM registration WHERE reason=9
              UNION ALL SELECT v, toInt64(-1), s, q, c FROM residency WHERE reason=9)
            GROUP BY v""")
        self.step("group")
        run("CREATE TABLE many ENGINE=Set AS SELECT v FROM person WHERE nr>1 OR ns>1")
        run("""CREATE TABLE several ENGINE=Memory AS SELECT v, rec, u, p, h, count() AS n
            FROM registration WHERE reason=9 AND v IN many GROUP BY v, rec, u, p, h""")
        run("""CREATE TABLE several_stays ENGINE=Memory AS
            SELECT v, rec, u, s, q, c, h, count() AS n
            FROM residency WHERE reason=9 AND v IN many GROUP BY v, rec, u, s, q, c, h""")
        self.step("several")

    def order(self) -> None:
        """Rows that count, of citizens with several, as spells between reference dates."""
        run, last = self.run, self.last
        window = ("(PARTITION BY v ORDER BY {} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED "
                  "FOLLOWING)")
        run("""CREATE TABLE counting ENGINE=Memory AS SELECT v, m.1 AS u, m.2 AS p FROM (
            SELECT v, max((u,p)) AS m FROM several GROUP BY v, rec)""")
        run("""CREATE TABLE counting_stays ENGINE=Memory AS
            SELECT v, m.1 AS u, m.2 AS s, m.3 AS q, m.4 AS c FROM (
            SELECT v, max((u,s,q,c)) AS m FROM several_stays GROUP BY v, rec)""")
        run(f"""CREATE TABLE ordered ENGINE=Memory AS
            SELECT v, p, u, d, b, leadInFrame(b,1,toInt8({last})) OVER w AS nb,
              min(b) OVER w AS least FROM (
              SELECT v, p, u, intDiv(p,{16 * CODES}) AS d, {self.bucket('d')} AS b FROM counting)
            WINDOW w AS {window.format('d, u, p')}""")
        self.step("order registrations")
        run(f"""CREATE TABLE ordered_stays ENGINE=Memory AS
            SELECT *, leadInFrame(b,1,toInt8({last})) OVER w AS nb, row_number() OVER w AS i,
              min(b) OVER w AS least FROM (
              SELECT v, s, m.1 AS u, m.2 AS q, m.3 AS c, intDiv(s,{CODES}) AS d,
                {self.bucket('d')} AS b
              FROM (SELECT v, s, max((u,q,c)) AS m FROM counting_stays GROUP BY v, s))
            WINDOW w AS {window.format('d, u, s')}""")
        self.step("order stays")

    def account(self) -> None:
        """What became of the accepted rows of each source."""
        run, last, q = self.run, self.last, self.quality
        for source, several, counting, ordered, key, count, unit in (
            ("registration", "several", "counting", "ordered", "p", "nr", 16 * CODES),
            ("residency", "several_stays", "counting_stays", "ordered_stays", "s", "ns", CODES),
        ):
            distinct, total = run(f"SELECT count(), sum(n) FROM {several}")[0]
            counted, future = run(f"""SELECT count(), countIf(
                {self.bucket(f'intDiv({key},{unit})')}={last}) FROM {counting}""")[0]
            people, = run(f"SELECT uniqExact(v) FROM {ordered} WHERE b<{last}")[0]
            ones, ones_dated = run(f"""SELECT count(), countIf(
                {self.bucket(f'intDiv({key},{unit})')}<{last}) FROM person
                WHERE {count}=1 AND nr<2 AND ns<2""")[0]
            q[source, "exact_duplicate", ""] = total - distinct
            q[source, "voided", ""] = distinct - counted
            q[source, "superseded", "future"] = future + ones - ones_dated
            q[source, "in_force", ""] = people + ones_dated
            q[source, "superseded", ""] = counted - future - people
            q[source, "conflict", ""], = run(f"""SELECT count() FROM (
                SELECT v FROM (SELECT v, {key}%{unit} AS y, d*100000000000+u AS k, max(k) OVER (PARTITION BY v)
                AS top FROM {ordered} WHERE b<{last}) WHERE k=top
                GROUP BY v HAVING min(y)<>max(y))""")[0]
        self.step("account")

    def spells(self) -> None:
        """Spells of citizens: `home` without a stay, already counted, and `away` with one."""
        last, ref, code16 = self.last, self.reference, 16 * CODES
        # x: sex and what the age follows from at every date: the year of birth, and how many of
        # the dates' months and days lie before the birthday.
        mds = "+".join(f"(intDiv(v,1000)%10000>{md})" for md in ref.month_days)
        x = f"toInt32(((intDiv(v,10000000)%10000)*8+({mds}))*2+v%2)"
        simple = f"""SELECT v, {x} AS x, p%{code16} AS r, s, q,
            least(intDiv(s,{CODES}),c) AS a, toInt8({last}) AS e,
            if(nr=1,{self.bucket(f'intDiv(p,{code16})')},e) AS f,
            if(ns=1,{self.bucket(f'intDiv(s,{CODES})')},e) AS g
            FROM person WHERE nr<2 AND ns<2"""
        self.run(f"""CREATE TABLE r ENGINE=Memory AS SELECT v, {x} AS x, p%{code16} AS r, b AS f,
            nb AS e, b=least AS first FROM ordered WHERE b<nb""")
        self.run(f"""CREATE TABLE s ENGINE=Memory AS SELECT v, {x} AS x, s, q, least(d,c) AS a, i,
            b AS g, nb AS e, b=least AS first FROM ordered_stays WHERE b<nb""")
        self.run(f"""CREATE TABLE home ENGINE=Memory AS SELECT r, f, e, x, count() AS n FROM (
            SELECT r, f, g AS e, x FROM ({simple}) WHERE f<g
            UNION ALL SELECT r, f, least(e,begin), x FROM (
              SELECT r.r AS r, r.f AS f, r.e AS e, r.x AS x, if(b.v=0,toInt8({last}),b.g) AS begin
              FROM r LEFT JOIN (SELECT v, g FROM s WHERE first) AS b ON r.v=b.v)
            WHERE f<begin)
            WHERE r%16<={LAST_ACTIVE} GROUP BY r, f, e, x""")
        self.step("home")
        self.run(f"""CREATE TABLE away ENGINE=Memory AS
            SELECT v, x, r, s, q, a, toUInt64(1) AS i, greatest(f,g) AS f, e
            FROM ({simple}) WHERE f<e AND g<e
            UNION ALL SELECT v, x, toInt64(-1), s, q, a, toUInt64(1), g, f FROM ({simple})
            WHERE g<f
            UNION ALL SELECT s.v, s.x, r.r, s.s, s.q, s.a, s.i, greatest(r.f,s.g) AS begin,
              least(r.e,s.e) AS end FROM s JOIN r ON r.v=s.v WHERE begin<end
            UNION ALL SELECT s.v, s.x, toInt64(-1), s.s, s.q, s.a, s.i, s.g AS begin,
              least(s.e,if(b.v=0,toInt8({last}),b.f)) AS end
              FROM s LEFT JOIN (SELECT v, f FROM r WHERE first) AS b ON s.v=b.v WHERE begin<end""")
        self.step("away")

    def places(self) -> None:
        """One dictionary per edition: township and class of the unit that stands for a code."""
        path = self.scratch / "places.csv"
        self.reference.write_places(path)
        schema = "edition UInt8, code UInt64, unit Int64, class Int32"
        for edition in range(len(self.reference.editions)):
            self.run(f"""CREATE TABLE zones{edition} ENGINE=Memory AS
                SELECT code, intDiv(unit,1000)*1000+class AS zone
                FROM file('{path}', CSVWithNames, '{schema}') WHERE edition={edition}""")
            self.run(f"""CREATE DICTIONARY place{edition} (code UInt64, zone Int64)
                PRIMARY KEY code SOURCE(CLICKHOUSE(TABLE 'zones{edition}' DB 'w'))
                LAYOUT(HASHED()) LIFETIME(0)""")
        self.step("places")

    def moment(self, i: int) -> None:
        """Sums of the citizens at one reference date.

        A zone is a township and a class; beyond that nothing is asked of a unit.
        """
        t, edition = self.dates[i], self.reference.edition_of_date[i]
        after = self.reference.month_days.index(t.month * 100 + t.day)
        age = f"toInt8(intDiv(least({t.year}-intDiv(x,16)-(intDiv(x,2)%8>{after}),100),5))"
        inside = lambda code: f"intDiv({code},100000000)={AREA}"
        zone = lambda code: (f"dictGetOrDefault('w.place{edition}','zone',toUInt64({code}),"
                             f"intDiv({code},1000)*1000)")
        districts = ",".join(self.reference.districts)
        closed = ",".join(map(str, CLOSED))
        self.run(f"""CREATE TABLE settled{i} ENGINE=Memory AS
            SELECT zone, sex, age, sum(n) AS n FROM (
            SELECT intDiv(r,16) AS code, {zone('code')} AS zone, toInt8(x%2) AS sex, {age} AS age, n
            FROM home WHERE f<={i} AND {i}<e) WHERE {inside('zone')} GROUP BY zone, sex, age""")
        present = f"""SELECT v, toInt8(x%2) AS sex, {age} AS age, if(r<0,-1,r%16) AS event,
            intDiv(greatest(r,0),16) AS r0, s%{CODES} AS s0, q%{CODES} AS q0,
            if(event BETWEEN 0 AND {LAST_ACTIVE},{zone('r0')},0) AS registered,
            {zone('s0')} AS here, if(registered<>0,registered,{zone('q0')}) AS home,
            if({inside('registered')},registered,-1) AS r1,
            intDiv(q,{CODES}) AS departure, departure=0 OR departure>{day_number(t)} AS present,
            a, i FROM away WHERE f<={i} AND {i}<e"""
        if i == self.last - 1:
            self.quality["all", "closed_but_present", ""], = self.run(
                f"SELECT countIf(present AND event IN ({closed})) FROM ({present})")[0]
        chain = f"""SELECT v, minIf(d,o>broken) AS since FROM (
            SELECT v, o, d, maxIf(o, o<i AND (intDiv(home,1000)=intDiv(stop,1000)
              OR (left<>0 AND following-left>31))) OVER (PARTITION BY v) AS broken
            FROM (SELECT p.v AS v, o.i AS o, p.i AS i, o.d AS d, p.home AS home,
                o.s%{CODES} AS code, {zone('code')} AS stop, intDiv(o.q,{CODES}) AS left,
                leadInFrame(d) OVER (PARTITION BY v ORDER BY o ROWS BETWEEN UNBOUNDED PRECEDING
                AND UNBOUNDED FOLLOWING) AS following
              FROM (SELECT * FROM ordered_stays WHERE v IN (
                SELECT v FROM away WHERE i>1)) AS o
              JOIN (SELECT v, i, home FROM ({present}) WHERE i>1) AS p ON o.v=p.v
              WHERE o.i<=p.i)) GROUP BY v"""
        self.run(f"""CREATE TABLE stayed{i} ENGINE=Memory AS SELECT r1 AS r,
              multiIf(status={AT_HOME} AND NOT near,r1, status={AWAY},-1,here) AS s, status, sex,
              age FROM (
            SELECT r1, here, home, sex, age,
              if(chain.v=0,p.a,least(p.a,chain.since)) AS away_since,
              present AND {inside('here')} AND intDiv(here,1000)=intDiv(home,1000) AS near,
              intDiv(here,10000000000) AS province,
              province IN (71,81,82) OR province>=90 OR here<1000000 AS abroad,
              toInt8(multiIf(near,if(r1<0,{LOCAL},{AT_HOME}), NOT present OR abroad,{AT_HOME},
                away_since<={away_cutoff(t)},multiIf(NOT ({inside('here')}),{AWAY},
                  home=0,{FLOATING + 4},
                  intDiv(here,100000000)=intDiv(home,100000000)
                    AND intDiv(here,1000000) IN ({districts})
                    AND intDiv(home,1000000) IN ({districts}),{INTRA_DISTRICT},
                  intDiv(here,1000000)=intDiv(home,1000000),{FLOATING},
                  intDiv(here,100000000)=intDiv(home,100000000),{FLOATING + 1},
                  province=intDiv(home,10000000000),{FLOATING + 2},{FLOATING + 3}),
                r1>=0,{AT_HOME}, {inside('here')},{SHORT_STAY},{AWAY})) AS status
            FROM ({present}) AS p LEFT JOIN ({chain}) AS chain ON p.v=chain.v
            WHERE event NOT IN ({closed}))
            WHERE r1>=0 OR status NOT IN ({AT_HOME},{AWAY})""")
        for concept, column in enumerate("rs"):
            self.run(f"""INSERT INTO sums SELECT {i}, {concept}, zone, sex, age, sum(n) FROM (
                SELECT zone, sex, age, n FROM settled{i}
                UNION ALL SELECT {column}, sex, age, 1 FROM stayed{i}
                WHERE {column}>=0 AND ({concept}=0 OR status<>{SHORT_STAY}))
                GROUP BY zone, sex, age""")
        self.migration += self.run(f"""SELECT {i}, a, b, status, sum(n) FROM (
            SELECT intDiv(zone,1000000) AS a, a AS b, {AT_HOME} AS status, n FROM settled{i}
            UNION ALL SELECT if(r<0,-1,intDiv(r,1000000)), if(s<0,-1,intDiv(s,1000000)), status, 1
            FROM stayed{i}) GROUP BY a, b, status""")

    def states(self) -> None:
        """Every citizen at every date: where registered, where resident, how."""
        self.run("""CREATE TABLE sums (t Int8, concept Int8, zone Int64, sex Int8, age Int8,
            n UInt64) ENGINE=Memory""")
        self.migration: list[list[int]] = []
        for i in range(self.last):
            self.moment(i)
        self.step("states")

    def publish(self, out: Path) -> None:
        run = self.run
        refuse_unknown_units(bool(run(
            f"SELECT 1 FROM sums WHERE zone%1000=0 AND t={self.last - 1} LIMIT 1")))
        write_tables(
            out, self.reference,
            run("SELECT t, intDiv(zone,1000000) AS a, zone%1000 AS b, concept, sex, age, sum(n) "
                "FROM sums GROUP BY t, a, b, concept, sex, age"),
            run("SELECT t, intDiv(zone,1000) AS a, zone%1000 AS b, concept, sum(n) FROM sums "
                "GROUP BY t, a, b, concept"),
            self.migration, self.quality)
        self.step("tables")


def main() -> None:
    chosen = arguments(__doc__)
    job = Job(chosen.data.resolve(), chosen.dates, chosen.threads, chosen.out.resolve())
    job.ingest()
    job.account_rows()
    job.group()
    job.order()
    job.account()
    job.spells()
    job.places()
    job.states()
    job.publish(chosen.out)


main()
