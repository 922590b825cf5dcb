"""The four tables by chdb, the ClickHouse engine in a process.

`chdb_job.py DATA OUT DATES [--threads N]`. What was tried, and what each form costs, stands in the
README. Nulls are dear here: an empty field stays the empty text, and -1 or 0 stands for none.
"""

from __future__ import annotations

from pathlib import Path

from chdb_rows import CODES, Rows
from reference import AREA, CLOSED, LAST_ACTIVE, arguments, away_cutoff, day_number
from tables import (
    AT_HOME, AWAY, FLOATING, INTRA_DISTRICT, LOCAL, SHORT_STAY, refuse_unknown_units, write_tables,
)


class Job(Rows):
    """One run: what becomes of the rows, in order."""

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
                SELECT v FROM (SELECT v, {key}%{unit} AS y, d*100000000000+u AS k,
                max(k) OVER (PARTITION BY v) AS top FROM {ordered} WHERE b<{last}) WHERE k=top
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
