"""The four tables by Spark SQL: `spark_job.py DATA OUT DATES [--threads N]`.

What was tried, and what each form costs, stands in the README.
"""

from __future__ import annotations

from pathlib import Path

from spark_rows import CODES, NO_CODE, Rows
from reference import AREA, CLOSED, LAST_ACTIVE, arguments, away_cutoff, day_number
from tables import (
    AT_HOME, AWAY, FLOATING, INTRA_DISTRICT, LOCAL, SHORT_STAY, refuse_unknown_units, write_tables,
)


class Job(Rows):
    """One run: what becomes of the rows, in order."""

    def group(self) -> None:
        """Citizens with one row of a source at most, and all rows of the others."""
        self.view("person", """SELECT v, count(p) nr, count(s) ns, max(p) p, max(s) s, max(q) q,
              max(c) c FROM (
            SELECT v, p, cast(NULL AS BIGINT) s, cast(NULL AS BIGINT) q, cast(NULL AS BIGINT) c
            FROM registration WHERE reason=9
            UNION ALL SELECT v, NULL, s, q, c FROM residency WHERE reason=9) GROUP BY v""")
        self.step("group")
        many = "(SELECT v FROM person WHERE nr>1 OR ns>1)"
        self.view("several", f"""SELECT v, rec, u, p, h, count(*) n FROM registration
            WHERE reason=9 AND v IN {many} GROUP BY ALL""")
        self.view("several_stays", f"""SELECT v, rec, u, s, q, c, h, count(*) n
            FROM residency WHERE reason=9 AND v IN {many} GROUP BY ALL""")
        self.step("several")

    def order(self) -> None:
        """Rows that count, of citizens with several, as spells between reference dates."""
        last = self.last
        self.view("counting", """SELECT v, m.u, m.p FROM (
            SELECT v, max(struct(u,p)) m FROM several GROUP BY v, rec)""")
        self.view("ordered", f"""SELECT *, lead(b,1,{last}) OVER w nb,
            min(b) OVER (PARTITION BY v) least_b FROM (
            SELECT v, u, p, p div {16 * CODES}L d, {self.bucket('d')} b FROM counting)
            WINDOW w AS (PARTITION BY v ORDER BY d, u, p)""")
        self.view("counting_stays", """SELECT v, m.* FROM (
            SELECT v, max(struct(u,s,q,c)) m FROM several_stays GROUP BY v, rec)""")
        self.view("ordered_stays", f"""SELECT *, lead(b,1,{last}) OVER w nb,
            row_number() OVER w i, min(b) OVER (PARTITION BY v) least_b FROM (
            SELECT v, s, m.*, s div {CODES}L d, {self.bucket('d')} b FROM (
              SELECT v, s, max(struct(u,q,c)) m FROM counting_stays GROUP BY v, s))
            WINDOW w AS (PARTITION BY v ORDER BY d, u, s)""")
        self.step("order")

    def account(self) -> None:
        """What became of the accepted rows of each source."""
        run, last, q = self.run, self.last, self.quality
        for source, several, counting, ordered, key, count, unit in (
            ("registration", "several", "counting", "ordered", "p", "nr", 16 * CODES),
            ("residency", "several_stays", "counting_stays", "ordered_stays", "s", "ns", CODES),
        ):
            distinct, total = run(f"SELECT count(*), coalesce(sum(n),0) FROM {several}")[0]
            counted, future = run(f"""SELECT count(*), count(*) FILTER (WHERE
                {self.bucket(f'{key} div {unit}')}={last}) FROM {counting}""")[0]
            people, = run(f"SELECT count(DISTINCT v) FROM {ordered} WHERE b<{last}")[0]
            ones, ones_dated = run(f"""SELECT count(*), count(*) FILTER (WHERE
                {self.bucket(f'{key} div {unit}')}<{last}) FROM person
                WHERE {count}=1 AND nr<2 AND ns<2""")[0]
            q[source, "exact_duplicate", ""] = total - distinct
            q[source, "voided", ""] = distinct - counted
            q[source, "superseded", "future"] = future + ones - ones_dated
            q[source, "in_force", ""] = people + ones_dated
            q[source, "superseded", ""] = counted - future - people
            q[source, "conflict", ""], = run(f"""SELECT count(*) FROM (SELECT v FROM (
                SELECT v, {key}%{unit} x, k, max(k) OVER (PARTITION BY v) top FROM (
                SELECT *, d*100000000000L+u k FROM {ordered} WHERE b<{last}))
                WHERE k=top GROUP BY v HAVING min(x)<>max(x))""")[0]
        self.step("account")

    def spells(self) -> None:
        """Spells of citizens: `home` without a stay, already counted, and `away` with one.

        f is the first reference date that a row holds at, e the first one after it; a citizen
        without a row has f = e = the number of dates.
        """
        ref, last = self.reference, self.last
        # x: sex and what the age follows from at every date: the year of birth, and how many of
        # the dates' months and days lie before the birthday.
        mds = "+".join(f"cast(v div 1000%10000>{md} AS INT)" for md in ref.month_days)
        x = f"cast(((v div 10000000%10000)*8+({mds}))*2+v%2 AS INT)"
        end = str(last)
        simple = f"""SELECT v, p, s, q, c, CASE WHEN nr=1 THEN
            {self.bucket(f'p div {16 * CODES}L')} ELSE {end} END f,
            CASE WHEN ns=1 THEN {self.bucket(f's div {CODES}L')} ELSE {end} END g
            FROM person WHERE nr<2 AND ns<2"""
        self.view("r", f"""SELECT v, p%{16 * CODES}L r, b f, nb e,
            b=least_b first FROM ordered WHERE b<nb""")
        self.view("s", f"""SELECT v, s, q, least(d,c) a, i, b g, nb e,
            b=least_b first FROM ordered_stays WHERE b<nb""")
        self.view("home", f"""SELECT r, f, e, x, count(*) n FROM (
            SELECT p%{16 * CODES}L r, f, g e, {x} x FROM ({simple}) WHERE f<g
            UNION ALL SELECT r, f, least(r.e,coalesce(g,{end})), {x} FROM r
              LEFT JOIN (SELECT v, g FROM s WHERE first) USING (v) WHERE f<coalesce(g,{end}))
            WHERE r%16<={LAST_ACTIVE} GROUP BY ALL""")
        self.step("home")
        self.view("away", f"""SELECT v, {x} x, p%{16 * CODES}L r, greatest(f,g) f, {end} e, s, q,
              least(s div {CODES}L,c) a, 1 i FROM ({simple}) WHERE f<{last} AND g<{last}
            UNION ALL SELECT v, {x}, NULL, g, f, s, q, least(s div {CODES}L,c), 1
              FROM ({simple}) WHERE g<f
            UNION ALL SELECT v, {x}, r, greatest(f,g), least(r.e,s.e), s, q, a, i
              FROM s JOIN r USING (v) WHERE greatest(f,g)<least(r.e,s.e)
            UNION ALL SELECT v, {x}, NULL, g, least(s.e,coalesce(f,{end})), s, q, a, i
              FROM s LEFT JOIN (SELECT v, f FROM r WHERE first) USING (v)
              WHERE g<least(s.e,coalesce(f,{end}))""")
        self.step("away")

    def places(self) -> None:
        """One table per edition: township and class of the unit that stands for a code."""
        path = self.scratch / "places.csv"
        self.reference.write_places(path)
        self.spark.read.csv(
            str(path), header=True, schema="edition INT, code BIGINT, unit BIGINT, class INT"
        ).createOrReplaceTempView("places")
        for edition in range(len(self.reference.editions)):
            self.view(f"place{edition}", f"""SELECT code,
                unit div 1000*1000+class zone FROM places WHERE edition={edition}""")
        self.step("places")

    def moment(self, i: int) -> None:
        """Sums of the citizens at one reference date.

        A zone is a township and a class; beyond that nothing is asked of a unit.
        """
        t = self.dates[i]
        place = f"place{self.reference.edition_of_date[i]}"
        after = self.reference.month_days.index(t.month * 100 + t.day)
        age = f"(least({t.year}-x div 16-cast((x div 2%8)>{after} AS INT),100) div 5)"
        sex = "(x%2)"
        districts = ",".join(self.reference.districts)
        closed = ",".join(map(str, CLOSED))

        def inside(zone: str) -> str:
            return f"{zone} div 100000000={AREA}"

        def zone(table: str, code: str) -> str:
            return f"coalesce({table}.zone,{code} div 1000*1000)"

        self.view("settled", f"""SELECT zone, sex, age, sum(n) n
            FROM (SELECT {zone(place, 'r div 16')} zone, {sex} sex, {age} age, n
            FROM home LEFT JOIN {place} ON code=r div 16 WHERE f<={i} AND {i}<e)
            WHERE {inside('zone')} GROUP BY ALL""")
        self.view("present", f"""SELECT v, {sex} sex, {age} age, event,
            CASE WHEN {inside('registered')} THEN registered END r, coalesce(registered,known) home,
            here, departure=0 OR departure>{day_number(t)} present, a, i
            FROM (SELECT v, x, r%16 event, q div {CODES}L departure, a, i,
              CASE WHEN r%16<={LAST_ACTIVE} THEN {zone('pr', 'r div 16')} END registered,
              {zone('ps', f's%{CODES}L')} here,
              CASE WHEN q%{CODES}L<>{NO_CODE}L THEN {zone('pq', f'q%{CODES}L')} END known
              FROM away LEFT JOIN {place} pr ON pr.code=r div 16
              LEFT JOIN {place} ps ON ps.code=s%{CODES}L
              LEFT JOIN {place} pq ON pq.code=q%{CODES}L
              WHERE f<={i} AND {i}<e)""")
        if i == self.last - 1:
            self.quality["all", "closed_but_present", ""], = self.run(
                f"SELECT count(*) FROM present WHERE present AND event IN ({closed})")[0]
        self.view("chain", f"""SELECT v, min(d) FILTER (WHERE i>broken) a FROM (
              SELECT v, i, d, coalesce(max(CASE WHEN i<top AND (home div 1000=here div 1000
                OR (departure<>0 AND following-departure>31)) THEN i END) OVER (PARTITION BY v),0) broken
              FROM (SELECT p.v, o.i, o.d, p.i top, p.home, {zone(place, f'(o.s%{CODES}L)')} here,
                o.q div {CODES}L departure, lead(o.d) OVER (PARTITION BY o.v ORDER BY o.i) following
                FROM present p JOIN ordered_stays o ON o.v=p.v AND o.i<=p.i
                LEFT JOIN {place} ON code=o.s%{CODES}L WHERE p.i>1)) GROUP BY v""")
        self.view("stayed", f"""SELECT r,
            CASE WHEN status={AT_HOME} AND NOT near THEN r WHEN status<>{AWAY} THEN here END s,
            status, sex, age FROM (SELECT *, CASE
              WHEN near THEN CASE WHEN r IS NULL THEN {LOCAL} ELSE {AT_HOME} END
              WHEN NOT present OR abroad THEN {AT_HOME}
              WHEN since<={away_cutoff(t)} THEN CASE
                WHEN NOT {inside('here')} THEN {AWAY}
                WHEN home IS NULL THEN {FLOATING + 4}
                WHEN here div 100000000=home div 100000000 AND here div 1000000 IN ({districts})
                  AND home div 1000000 IN ({districts}) THEN {INTRA_DISTRICT}
                WHEN here div 1000000=home div 1000000 THEN {FLOATING}
                WHEN here div 100000000=home div 100000000 THEN {FLOATING + 1}
                WHEN here div 10000000000=home div 10000000000 THEN {FLOATING + 2}
                ELSE {FLOATING + 3} END
              WHEN r IS NOT NULL THEN {AT_HOME}
              WHEN {inside('here')} THEN {SHORT_STAY} ELSE {AWAY} END status
            FROM (SELECT r, here, home, present, sex, age, least(present.a,chain.a) since,
              coalesce(present AND {inside('here')} AND here div 1000=home div 1000,false) near,
              here div 10000000000 IN (71,81,82) OR here div 10000000000>=90 OR here<1000000 abroad
              FROM present LEFT JOIN chain USING (v)
              WHERE event IS NULL OR event NOT IN ({closed})))
            WHERE r IS NOT NULL OR status NOT IN ({AT_HOME},{AWAY})""")
        self.view(f"sums{i}", f"""SELECT {i} i, 0 concept, zone, sex, age, sum(n) n FROM (
            SELECT zone, sex, age, n FROM settled
            UNION ALL SELECT r, sex, age, 1 FROM stayed WHERE r IS NOT NULL) GROUP BY ALL
            UNION ALL SELECT {i}, 1, zone, sex, age, sum(n) FROM (
            SELECT zone, sex, age, n FROM settled
            UNION ALL SELECT s, sex, age, 1 FROM stayed
            WHERE s IS NOT NULL AND status<>{SHORT_STAY}) GROUP BY ALL""")
        self.migration += self.run(f"""SELECT {i}, r, s, status, sum(n) FROM (
            SELECT zone div 1000000 r, r s, {AT_HOME} status, n FROM settled
            UNION ALL SELECT coalesce(r div 1000000,-1), coalesce(s div 1000000,-1), status, 1
            FROM stayed) GROUP BY ALL""")

    def states(self) -> None:
        """Every citizen at every date: where registered, where resident, how."""
        self.migration: list[tuple] = []
        for i in range(self.last):
            self.moment(i)
        self.view("sums", " UNION ALL ".join(f"SELECT * FROM sums{i}" for i in range(self.last)),
                  is_kept=False)
        self.step("states")

    def publish(self, out: Path) -> None:
        unknown = self.run(f"SELECT 1 FROM sums WHERE zone%1000=0 AND i={self.last - 1} LIMIT 1")
        refuse_unknown_units(bool(unknown))
        write_tables(
            out, self.reference,
            self.run("SELECT i, zone div 1000000, zone%1000, concept, sex, age, sum(n) "
                     "FROM sums GROUP BY ALL"),
            self.run("SELECT i, zone div 1000, zone%1000, concept, sum(n) FROM sums "
                     "GROUP BY ALL"),
            self.migration, self.quality)
        self.step("tables")


def main() -> None:
    chosen = arguments(__doc__)
    job = Job(chosen.data, chosen.dates, chosen.threads, chosen.out)
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
