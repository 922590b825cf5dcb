"""Attacks public tables as somebody would who has read what the tables mean.

He knows the published numbers of one release or of several, the published list of divisions with
its classes, the finance factors and weights, and the threshold; he knows that hidden counts are
whole and not negative. Every equation and bound that follows goes into one linear programme, and
for every hidden cell he asks how small and how large it can be.

    small_cells.py --threshold 5 --divisions 2015-06-30=divisions.csv ... PUBLIC [PUBLIC ...]

The last line printed is a JSON object: the cells asked about, and those that are pinned down (the
bounds are less than 1 apart) or known to be small (the upper bound is below the threshold). With
`--truth` a judge, who has the exact tables, adds the true count to each: the attacker does not see
them.
"""

import argparse
import csv
import json
import pathlib

import highspy
import numpy

HIDDEN = "[c]"
TIERS = ["own_prefecture", "own_province", "other_province", "unknown"]
GROUPS = ["children_0_6", "children_6_11", "children_12_14", "women_15_49", "working_16_59",
          "aged_60_plus", "aged_65_plus"]
CAUSES = ["student", "employment", "business", "investment", "housing", "kin_spouse", "kin_child",
          "kin_parent", "kin_other", "talent", "resettlement", "redevelopment", "reclassification",
          "other"]
FORM_58 = {12: ["student"], 13: ["employment", "talent"], 14: ["business"], 15: ["investment"],
           16: ["housing"], 17: ["kin_spouse", "kin_child", "kin_parent", "kin_other"],
           18: ["resettlement"], 19: ["redevelopment"], 21: ["reclassification", "other"]}
AGES = [f"{5 * index}-{5 * index + 4}" for index in range(20)] + ["100+"]


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Knowledge:
    """What is known: numbers, unknowns that are not negative, equations and bounds."""

    def __init__(self):
        self.numbers = {}
        self.asked = {}
        self.indexes = {}
        self.rows = []
        self.contradictions = 0
        # Equations between numbers that are all seen, and do not hold.
        self.broken = []

    def see(self, name, text, table):
        """A cell of a table; its number, or that it is hidden."""
        if text == HIDDEN:
            self.asked.setdefault(name, table)
        elif name in self.numbers and self.numbers[name] != int(text):
            self.contradictions += 1
        else:
            self.numbers[name] = int(text)

    def term(self, name, coefficient):
        """A number as a constant, anything else as an unknown."""
        if name in self.numbers:
            return None, coefficient * self.numbers[name]
        return self.indexes.setdefault(name, len(self.indexes)), coefficient

    def bound(self, terms, low, high):
        """low <= sum of coefficient x name <= high."""
        constant, unknowns = 0, {}
        for name, coefficient in terms:
            index, value = self.term(name, coefficient)
            if index is None:
                constant += value
            else:
                unknowns[index] = unknowns.get(index, 0) + value
        if unknowns:
            self.rows.append((unknowns, low - constant, high - constant))
        elif not low - 1e-6 <= constant <= high + 1e-6:
            self.broken.append(" ".join(map(str, terms[0][0])))

    def equal(self, whole, parts):
        self.bound([(whole, -1)] + [(part, 1) for part in parts], 0, 0)

    def at_most(self, least, parts):
        self.bound([(least, -1)] + [(part, 1) for part in parts], 0, highspy.kHighsInf)

    def absent(self, name):
        """A row that is left out is 0."""
        if name not in self.numbers and name not in self.asked:
            self.numbers[name] = 0


class Attacker:
    def __init__(self, folders, divisions, factors, rule):
        self.known = Knowledge()
        self.divisions = divisions
        self.factors = factors
        self.rule = rule
        self.tables = {}
        for folder in folders:
            for path in sorted(pathlib.Path(folder).glob("*.csv")):
                self.tables.setdefault(path.stem, []).append(read(path))
        self.counties = sorted({row["county_code"] for row in self.all("migration")})
        self.dates = sorted({row["reference_date"] for row in self.all("urbanization")})

    def all(self, name):
        """The rows of every release."""
        return [row for table in self.tables.get(name, []) for row in table]

    def look(self):
        """What the tables say, without what follows from it."""
        for step in (self.urbanization, self.population, self.migration, self.households,
                     self.permits, self.settlement, self.services, self.balance58, self.ladder,
                     self.eligibility, self.transfer, self.land, self.rates, self.official,
                     self.tasks, self.quality):
            step("see")

    def learn(self):
        self.look()
        for step in (self.urbanization, self.population, self.migration, self.households,
                     self.permits, self.settlement, self.services, self.balance58, self.ladder,
                     self.eligibility, self.transfer, self.land, self.rates, self.official,
                     self.tasks, self.quality):
            step("think")

    def urbanization(self, phase):
        known = self.known
        measures = ("total", "urban", "rural", "unclassified")
        areas = {}
        for row in self.all("urbanization"):
            key = (row["reference_date"], row["concept"])
            areas.setdefault(key, set()).add(row["area_code"])
            if phase == "see":
                for measure in measures:
                    known.see((*key, row["area_code"], measure), row[measure], "urbanization")
        if phase == "see":
            return
        for (date, concept), codes in areas.items():
            for code in codes:
                known.equal((date, concept, code, "total"),
                            [(date, concept, code, m) for m in measures[1:]])
                children = [c for c in codes if len(c) == len(code) + 2 and c.startswith(code)
                            and len(code) < 6]
                if children:
                    for measure in measures:
                        known.equal((date, concept, code, measure),
                                    [(date, concept, c, measure) for c in children])
            self.classes(date, concept, codes)

    def classes(self, date, concept, codes):
        """Every township has the classes of its units, and the unclassified."""
        editions = [edition for edition in sorted(self.divisions) if edition <= date]
        units = self.divisions[editions[-1] if editions else min(self.divisions)]
        of_township = {}
        for code, unit_class in units.items():
            of_township.setdefault(code[:9], set()).add(unit_class)
        by_county = {}
        for township in [c for c in codes if len(c) == 9]:
            classes = of_township.get(township, set()) | {"000"}
            for measure in ("urban", "rural", "unclassified"):
                parts = [c for c in classes if self.measure(c) == measure]
                names = [("class", date, concept, township, c) for c in sorted(parts)]
                self.known.equal((date, concept, township, measure), names)
            for c in sorted(classes):
                by_county.setdefault((township[:6], c), []).append(
                    ("class", date, concept, township, c))
        for county in self.counties:
            if county not in codes:
                continue
            for measure in ("urban", "rural", "unclassified"):
                names = [("class", date, concept, county, c) for c in
                         ("000", "111", "112", "121", "122", "123", "210", "220")
                         if self.measure(c) == measure]
                self.known.equal((date, concept, county, measure), names)
        for (county, c), names in by_county.items():
            self.known.equal(("class", date, concept, county, c), names)

    @staticmethod
    def measure(unit_class):
        if unit_class == "000":
            return "unclassified"
        return "urban" if unit_class[0] == "1" else "rural"

    def population(self, phase):
        known = self.known
        if phase == "see":
            for row in self.all("population"):
                known.see(("pop", row["reference_date"], row["concept"], row["county_code"],
                           row["class"], row["sex"], row["age_group"]), row["persons"],
                          "population")
            return
        classes = ("000", "111", "112", "121", "122", "123", "210", "220")
        for date in self.dates:
            for county in self.counties:
                for concept in ("registered", "resident"):
                    for c in classes:
                        names = [("pop", date, concept, county, c, sex, age)
                                 for sex in ("female", "male") for age in AGES]
                        for name in names:
                            known.absent(name)
                        known.equal(("class", date, concept, county, c), names)
                for sex in ("female", "male"):
                    for age in AGES:
                        known.equal(("age", date, county, sex, age),
                                    [("pop", date, "resident", county, c, sex, age)
                                     for c in classes])

    def migration(self, phase):
        known = self.known
        tiers = ["own_county", "own_prefecture", "own_province", "other_province", "unknown"]
        for row in self.all("migration"):
            date, county = row["reference_date"], row["county_code"]
            names = {column: (date, county, column) for column in row}
            names["registered"] = (date, "registered", county, "total")
            names["resident"] = (date, "resident", county, "total")
            if phase == "see":
                for column in list(row)[2:-1]:
                    known.see(names[column], row[column], "migration")
                continue
            known.equal(names["registered"], [names["registered_resident"],
                                              names["registered_elsewhere"], names["away"]])
            known.equal(names["resident"], [names["registered_resident"], names["separated"],
                                            names["resident_unregistered_local"]])
            known.equal(names["separated"], [names["intra_district"], names["floating"]])
            known.equal(names["floating"], [names[f"floating_{tier}"] for tier in tiers])

    def households(self, phase):
        known = self.known
        types = ("collective", "community", "family", "unknown")
        if phase == "see":
            for row in self.all("households"):
                key = (row["reference_date"], row["county_code"], row["household_type"])
                known.see(("households", *key), row["households"], "households")
                known.see(("household persons", *key), row["persons"], "households")
            return
        for date in self.dates:
            for county in self.counties:
                for kind in types:
                    known.absent(("households", date, county, kind))
                    known.absent(("household persons", date, county, kind))
                    known.at_most(("households", date, county, kind),
                                  [("household persons", date, county, kind)])
                known.equal((date, "registered", county, "total"),
                            [("household persons", date, county, kind) for kind in types])

    def permits(self, phase):
        known = self.known
        if "permits" not in self.tables:
            return
        if phase == "see":
            for row in self.all("permits"):
                key = (row["reference_date"], row["county_code"], row["residence_years"],
                       row["insured_years"])
                for column in ("valid", "suspended"):
                    known.see((column, *key), row[column], "permits")
            return
        for date in self.dates:
            for county in self.counties:
                for column in ("valid", "suspended"):
                    names = [(column, date, county, years, insured)
                             for years in ("0", "1", "2", "3", "4", "5+")
                             for insured in ("0", "1", "2", "3+")]
                    for name in names:
                        known.absent(name)
                    known.equal((date, county, column), names)

    def settlement(self, phase):
        known = self.known
        columns = ("persons", "with_family", "with_college_or_title")
        if phase == "see":
            for row in self.all("settlement"):
                key = (row["year"], row["county_code"], row["place"], row["cause"],
                       row["origin_tier"])
                for column in columns:
                    known.see((column, *key), row[column], "settlement")
            return
        if "settlement" not in self.tables:
            return
        for year in self.pair_years():
            for county in self.counties:
                for tier in TIERS:
                    names = []
                    for place in ("central_city", "county_city", "town", "other"):
                        for cause in CAUSES:
                            key = (year, county, place, cause, tier)
                            for column in columns:
                                known.absent((column, *key))
                            known.at_most(("with_family", *key), [("persons", *key)])
                            known.at_most(("with_college_or_title", *key), [("persons", *key)])
                            names.append(("persons", *key))
                    known.equal(("settled", year, county, tier), names)
                known.equal(("settled", year, county), [("settled", year, county, tier)
                                                        for tier in TIERS])

    def pair_years(self):
        """Years for which a release tells who settled."""
        return sorted({row["year"] for row in self.all("balance58") if row["c2"] != ""})

    def services(self, phase):
        known = self.known
        columns = ("resident", "floating", "permit_holders", "settled")
        if phase == "see":
            for row in self.all("services"):
                key = (row["reference_date"], row["county_code"], row["group"])
                for column in columns:
                    if row[column] != "":
                        known.see((column, *key), row[column], "services")
            return
        if "services" not in self.tables:
            return
        years = self.pair_years()
        for date in self.dates:
            for county in self.counties:
                for column in columns:
                    if column == "settled" and not (date[4:] == "-12-31" and date[:4] in years):
                        continue
                    for group in GROUPS:
                        known.absent((column, date, county, group))
                    self.groups(date, county, column)
                for group in GROUPS:
                    known.at_most(("floating", date, county, group),
                                  [("resident", date, county, group)])

    def groups(self, date, county, column):
        known = self.known

        def part(name):
            return ("part", column, date, county, name)

        def group(name):
            return (column, date, county, name)

        known.equal(group("children_0_6"), [part("0-4"), part("5"), part("6")])
        known.equal(group("children_6_11"), [part("6"), part("7-9"), part("10-11")])
        known.equal(group("women_15_49"), [part("w15"), part("w16-19"), part("w20-49")])
        known.equal(group("working_16_59"), [part("w16-19"), part("m16-19"), part("w20-49"),
                                             part("o20-59")])
        known.equal(group("aged_60_plus"), [part("60-64"), group("aged_65_plus")])
        every = [part("0-4"), part("5"), part("6"), part("7-9"), part("10-11"),
                 group("children_12_14"), part("w15"), part("m15"), group("working_16_59"),
                 group("aged_60_plus")]
        totals = {"resident": (date, "resident", county, "total"),
                  "floating": (date, county, "floating"),
                  "permit_holders": (date, county, "valid"),
                  "settled": ("settled", date[:4], county)}
        known.equal(totals[column], every)
        if column != "resident":
            return

        def ages(sex, *groups):
            return [("age", date, county, sex, group) for group in groups]

        def both(*groups):
            return ages("female", *groups) + ages("male", *groups)

        def equal(parts, others):
            known.bound([(name, 1) for name in parts] + [(name, -1) for name in others], 0, 0)

        equal(both("0-4"), [part("0-4")])
        equal(both("5-9"), [part("5"), part("6"), part("7-9")])
        equal(both("10-14"), [part("10-11"), group("children_12_14")])
        equal(ages("female", "15-19"), [part("w15"), part("w16-19")])
        equal(ages("male", "15-19"), [part("m15"), part("m16-19")])
        equal(ages("female", *AGES[4:10]), [part("w20-49")])
        equal(ages("female", *AGES[10:12]) + ages("male", *AGES[4:12]), [part("o20-59")])
        equal(both("60-64"), [part("60-64")])
        equal(both(*AGES[13:]), [group("aged_65_plus")])

    def balance58(self, phase):
        known = self.known
        for row in self.all("balance58"):
            year, county = row["year"], row["county_code"]

            def c(column):
                if column == 1:
                    return (f"{year}-12-31", "registered", county, "urban")
                return ("58", year, county, column)

            if phase == "see":
                for column in range(1, 29):
                    if row[f"c{column}"] != "":
                        known.see(c(column), row[f"c{column}"], "balance58")
                continue
            if row["c2"] == "":
                continue
            known.equal(c(2), [c(k) for k in (3, 4, 5, 6, 7, 8, 22)])
            known.equal(c(8), [c(k) for k in (9, 10, 11)])
            known.equal(c(8), [c(k) for k in range(12, 22)])
            known.equal(c(23), [c(k) for k in range(24, 29)])
            before = (f"{int(year) - 1}-12-31", "registered", county, "urban")
            if self.is_stable(year, county) and (before in known.numbers or before in known.asked):
                known.bound([(c(1), 1), (before, -1), (c(2), -1), (c(23), 1)], 0, 0)
            if "settlement" not in self.tables:
                continue
            known.equal(c(9), [("settled", year, county, "own_prefecture"), c(20)])
            known.equal(c(10), [("settled", year, county, "own_province")])
            known.equal(c(11), [("settled", year, county, "other_province")])
            known.at_most(("settled", year, county, "unknown"), [c(22)])
            for column, causes in FORM_58.items():
                known.equal(c(column), [
                    ("persons", year, county, place, cause, tier)
                    for place in ("central_city", "county_city", "town", "other")
                    for cause in causes for tier in TIERS[:3]])

    def is_stable(self, year, county):
        """Whether the county has the same units at both ends of a year."""
        def units(date):
            editions = [edition for edition in sorted(self.divisions) if edition <= date]
            return {code for code in self.divisions[editions[-1] if editions
                                                    else min(self.divisions)]
                    if code[:6] == county}
        return units(f"{year}-12-31") == units(f"{int(year) - 1}-12-31")

    def ladder(self, phase):
        known = self.known
        tiers = sorted({row["tier"] for row in self.all("ladder")})
        if phase == "see":
            for row in self.all("ladder"):
                known.see(("ladder", row["reference_date"], row["county_code"], row["tier"]),
                          row["persons"], "ladder")
            return
        if not tiers or "permits" not in self.tables:
            return
        for date in self.dates:
            for county in self.counties:
                names = [("ladder", date, county, tier) for tier in tiers]
                for name in names:
                    known.absent(name)
                known.bound([(name, 1) for name in names] + [((date, county, "valid"), -1),
                                                            ((date, county, "suspended"), -1)],
                            0, highspy.kHighsInf)

    def eligibility(self, phase):
        known = self.known
        channels = ["town", "central_city_work", "central_city_property", "talent"]
        if phase == "see":
            for row in self.all("eligibility"):
                known.see(("eligible", row["reference_date"], row["county_code"],
                           row["channel"]), row["eligible_not_settled"], "eligibility")
            return
        if "eligibility" not in self.tables:
            return
        for date in self.dates:
            for county in self.counties:
                names = [("eligible", date, county, channel) for channel in channels]
                any_channel = ("eligible", date, county, "any")
                for name in names + [any_channel]:
                    known.absent(name)
                for name in names:
                    known.at_most(name, [any_channel])
                known.at_most(any_channel, names)
                known.at_most(any_channel, [(date, "resident", county, "total")])

    def transfer(self, phase):
        known = self.known
        for row in self.all("transfer"):
            year, county = row["year"], row["county_code"]
            date = f"{year}-12-31"
            names = {
                "resident": (date, "resident", county, "total"),
                "resident_urban": (date, "resident", county, "urban"),
                "registered": (date, "registered", county, "total"),
                "registered_urban": (date, "registered", county, "urban"),
                "floating": (date, county, "floating"),
                "permit_holders": (date, county, "valid"),
                "children_6_14": (date, county, "floating 6-14"),
                "residents_0_14": (date, county, "residents 0-14"),
                "residents_65_plus": ("resident", date, county, "aged_65_plus"),
            }
            names.update({f"settled_{tier}": ("settled", year, county, tier) for tier in TIERS})
            if phase == "see":
                for column, name in names.items():
                    known.see(name, row[column], "transfer")
                continue
            known.equal(names["children_6_14"],
                        [("floating", date, county, group)
                         for group in ("children_6_11", "children_12_14")])
            known.equal(names["residents_0_14"],
                        [("age", date, county, sex, age) for sex in ("female", "male")
                         for age in AGES[:3]])
            self.money(row, names)

    def money(self, row, names):
        """Scores are exact sums; amounts and shares stand to each other as scores do."""
        known, rule = self.known, self.rule
        if not rule:
            return
        year, county = row["year"], row["county_code"]
        weights = [(("settled", year, county, tier), rule["weights"].get(tier, 0))
                   for tier in TIERS]
        weight = ("weight", year, county)
        known.bound([(weight, -1)] + weights, 0, 0)
        prior = ("prior", year, county)
        if row["settled_prior"] != HIDDEN:
            known.bound([(prior, 1)], float(row["settled_prior"]), float(row["settled_prior"]))
        lags = [(("weight", str(int(year) - j), county), rule["decay"] ** j)
                for j in range(1, rule["years_back"] + 1)
                if self.row("transfer", int(year) - j, county)]
        if lags:
            known.bound([(prior, -1)] + lags, -highspy.kHighsInf, 1e-9)
        factor = self.factors.get((county, year))
        score, total = ("score", year, county), ("scores", year)
        if factor is None:
            known.bound([(score, 1)], 0, 0)
        else:
            known.bound([(score, -1), (weight, factor), (prior, factor),
                         (names["permit_holders"], rule["permit_weight"]),
                         (names["children_6_14"], rule["children_weight"])], 0, 0)
        if row["score"] != HIDDEN:
            known.bound([(score, 1)], float(row["score"]), float(row["score"]))
        if row["amount"] != HIDDEN:
            share = int(row["amount"]) / rule["pool"]
            step = 1 / rule["pool"]
            known.bound([(score, 1), (total, -share - step)], -highspy.kHighsInf, 0)
            known.bound([(score, 1), (total, -share + step)], 0, highspy.kHighsInf)
        counties = [r["county_code"] for r in self.all("transfer") if r["year"] == year]
        if county == min(counties):
            known.equal(total, [("score", year, c) for c in sorted(set(counties))])

    def row(self, table, year, county):
        return any(r["year"] == str(year) and r["county_code"] == county for r in self.all(table))

    def land(self, phase):
        known = self.known
        for row in self.all("land"):
            name = ("settled", row["year"], row["county_code"])
            if phase == "see":
                known.see(name, row["settled"], "land")
            elif row["quota_ha"] not in ("", HIDDEN) and row["standard_m2"] not in ("", HIDDEN):
                settled = float(row["quota_ha"]) * 10000 / float(row["standard_m2"])
                known.bound([(name, 1)], settled * 0.9 - 1, settled * 1.1 + 1)

    def rates(self, phase):
        """A rate that is shown holds the urban between two lines."""
        if phase == "see":
            return

        def hold(date, concept, area, text, half):
            names = (date, concept, area, "urban"), (date, concept, area, "total")
            if text in ("", HIDDEN):
                return
            if any(n not in self.known.numbers and n not in self.known.asked for n in names):
                return
            rate = float(text)
            self.known.bound([(names[0], 100), (names[1], -(rate + half))], -highspy.kHighsInf, 0)
            self.known.bound([(names[0], 100), (names[1], -(rate - half))], 0, highspy.kHighsInf)

        for row in self.all("urbanization"):
            hold(row["reference_date"], row["concept"], row["area_code"], row["rate_percent"],
                 0.00500001)
            self.short(row)
        for row in self.all("progress"):
            hold(row["reference_date"], row["concept"], row["area_code"], row["latest_percent"],
                 0.00500001)
            hold(row["base_date"], row["concept"], row["area_code"], row["base_percent"],
                 0.00500001)
        for row in self.all("decomposition"):
            if self.is_stable(row["year"], row["area_code"]):
                hold(f"{row['year']}-12-31", "resident", row["area_code"], row["rate_end"],
                     0.0000005001)

    def short(self, row):
        if row["urban_short"] in ("", HIDDEN, "0") or row["target_percent"] in ("", HIDDEN):
            return
        key = (row["reference_date"], row["concept"], row["area_code"])
        share = float(row["target_percent"]) / 100
        short = int(row["urban_short"])
        self.known.bound([((*key, "total"), share), ((*key, "urban"), -1)], short - 1, short)

    def official(self, phase):
        for row in self.all("official"):
            key = (row["date"], row["concept"], row["area_code"])
            for column in ("total", "urban"):
                if row[column] == "":
                    continue
                if phase == "see":
                    self.known.see((*key, column), row[column], "official")
            if phase == "think" and row["difference_total"] not in ("", HIDDEN):
                total = int(row["difference_total"]) + int(row["official_total"])
                self.known.bound([((*key, "total"), 1)], total, total)

    def tasks(self, phase):
        known = self.known
        for row in self.all("tasks"):
            date, indicator = row["reference_date"], row["indicator"]
            name = ("task", date, indicator)
            if row["unit"] == "percent" and phase == "think":
                self.task_rate(row)
            if row["value"] == "" or row["unit"] != "persons":
                continue
            if phase == "see":
                known.see(name, row["value"], "tasks")
                continue
            parts = self.task_parts(date, indicator)
            if parts:
                known.equal(name, parts)

    def task_rate(self, row):
        area = min((r["area_code"] for r in self.all("urbanization")), key=len)
        date = row["reference_date"]
        total = (date, "resident", area, "total")
        others = {"residents_per_registered": (total, (date, "registered", area, "total")),
                  "resident_urbanization_rate": ((date, "resident", area, "urban"), total)}
        if row["value"] in ("", HIDDEN) or row["indicator"] not in others:
            return
        upper, lower = others[row["indicator"]]
        rate = float(row["value"])
        self.known.bound([(upper, 100), (lower, -(rate + 0.00500001))], -highspy.kHighsInf, 0)
        self.known.bound([(upper, 100), (lower, -(rate - 0.00500001))], 0, highspy.kHighsInf)

    def task_parts(self, date, indicator):
        year = date[:4]

        def settled(column="persons", places=None, causes=CAUSES):
            return [(column, year, county, place, cause, tier) for county in self.counties
                    for place in places or ("central_city", "county_city", "town", "other")
                    for cause in causes for tier in TIERS]

        def services(column, *groups):
            return [(column, date, county, group) for county in self.counties for group in groups]

        parts = {
            "settled_county_city_and_town": lambda: settled(places=("county_city", "town")),
            "settled_central_city": lambda: settled(places=("central_city",)),
            "settled_joining_relatives": lambda: settled(causes=CAUSES[5:9]),
            "settled_with_college_or_title": lambda: settled("with_college_or_title"),
            "settled_with_family": lambda: settled("with_family"),
            "community_household_persons": lambda: [
                ("household persons", date, county, "community") for county in self.counties],
            "permit_holders_residence_3_years": lambda: [
                ("valid", date, county, years, insured) for county in self.counties
                for years in ("3", "4", "5+") for insured in ("0", "1", "2", "3+")],
            "settled_aged_16_plus": lambda: services("settled", "working_16_59", "aged_60_plus"),
            "resident_women_15_49": lambda: services("resident", "women_15_49"),
            "settled_working_16_59": lambda: services("settled", "working_16_59"),
            "permit_holders_working_16_59": lambda: services("permit_holders", "working_16_59"),
            "floating_children_6_14": lambda: services("floating", "children_6_11",
                                                       "children_12_14"),
            "permit_holders": lambda: [(date, county, "valid") for county in self.counties],
            "floating_population": lambda: [(date, county, "floating")
                                            for county in self.counties],
        }
        return parts[indicator]() if indicator in parts else []

    def quality(self, phase):
        known = self.known
        groups = {}
        for row in self.all("quality"):
            name = ("quality", row["source"], row["measure"], row["reason"])
            if phase == "see":
                known.see(name, row["rows"], "quality")
            groups.setdefault((row["source"], row["measure"]), set()).add(name)
        if phase == "see":
            return
        for source in ("registration", "residency"):
            for whole, parts in (
                    ("read", ("rejected", "out_of_scope", "revoked", "accepted")),
                    ("accepted", ("exact_duplicate", "voided", "superseded", "in_force"))):
                for name in groups.get((source, whole), ()):
                    known.equal(name, [n for part in parts
                                       for n in sorted(groups.get((source, part), ()))])


class Programme:
    """The unknowns that hang together, with bounds of each found by one warm solver."""

    def __init__(self, members, rows):
        self.position = {index: place for place, index in enumerate(members)}
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        infinity = highspy.kHighsInf
        count = len(members)
        # A ceiling keeps every question finite; nobody can tell counts above it apart anyway.
        self.solver.addVars(count, numpy.zeros(count), numpy.full(count, 1e7))
        for unknowns, low, high in rows:
            self.solver.addRow(low, high, len(unknowns),
                               numpy.array([self.position[i] for i in unknowns], dtype=numpy.int32),
                               numpy.array(list(unknowns.values()), dtype=float))
        self.low = numpy.full(count, infinity)
        self.high = numpy.full(count, -infinity)

    def push(self, place, sign):
        """Makes an unknown as large or as small as it can be; every answer teaches about all."""
        self.solver.changeColCost(place, -sign)
        self.solver.run()
        status = self.solver.getModelStatus()
        self.solver.changeColCost(place, 0)
        if status != highspy.HighsModelStatus.kOptimal:
            return False
        values = numpy.array(self.solver.getSolution().col_value)
        numpy.minimum(self.low, values, out=self.low)
        numpy.maximum(self.high, values, out=self.high)
        return True


def components(known):
    """Unknowns by the equations that they share."""
    parent = list(range(len(known.indexes)))

    def root(index):
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for unknowns, _, _ in known.rows:
        first = next(iter(unknowns))
        for index in unknowns:
            parent[root(index)] = root(first)
    members, rows = {}, {}
    for index in range(len(parent)):
        members.setdefault(root(index), []).append(index)
    for row in known.rows:
        rows.setdefault(root(next(iter(row[0]))), []).append(row)
    return [(members[key], rows.get(key, [])) for key in sorted(members)]


def attack(known, threshold):
    names = {index: name for name, index in known.indexes.items()}
    found, asked, infeasible = [], 0, 0
    for members, rows in components(known):
        targets = [index for index in members if names[index] in known.asked]
        if not targets:
            continue
        asked += len(targets)
        programme = Programme(members, rows)
        for index in targets:
            place = programme.position[index]
            wide = programme.high[place] - programme.low[place] >= 1 - 1e-6
            if wide and programme.high[place] >= threshold - 1e-6:
                continue
            if not programme.push(place, 1) or not programme.push(place, -1):
                infeasible += 1
                break
            low, high = programme.low[place], programme.high[place]
            if high - low < 1 - 1e-6 or high < threshold - 1e-6:
                found.append({"table": known.asked[names[index]],
                              "cell": " ".join(map(str, names[index])),
                              "low": round(float(low), 6), "high": round(float(high), 6)})
    # A cell that no equation names may be anything.
    asked += sum(1 for name in known.asked
                 if name not in known.indexes and name not in known.numbers)
    # One release shows what another hides.
    for name in known.asked:
        if name in known.numbers and 0 < known.numbers[name] < threshold:
            found.append({"table": known.asked[name], "cell": " ".join(map(str, name)),
                          "low": known.numbers[name], "high": known.numbers[name]})
    return {"asked": asked, "found": found, "infeasible": infeasible,
            "contradictions": known.contradictions}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threshold", type=int, default=5)
    parser.add_argument("--divisions", action="append", required=True, metavar="EDITION=FILE")
    parser.add_argument("--factors", metavar="FILE", help="the finance factors")
    parser.add_argument("--rule", metavar="JSON", help="weights, decay, pool of the transfer")
    parser.add_argument("--truth", metavar="FOLDER", help="the exact tables, for the judge")
    parser.add_argument("folders", nargs="+")
    arguments = parser.parse_args()
    divisions = {}
    for text in arguments.divisions:
        edition, path = text.split("=", 1)
        divisions[edition] = {row["code"]: row["class"] for row in read(path)
                              if len(row["code"]) == 12}
    factors = {}
    if arguments.factors:
        for row in read(arguments.factors):
            factors[(row["county_code"], row["year"])] = (
                float(row["hardship"]) * float(row["cost"]))
    rule = json.loads(arguments.rule) if arguments.rule else None
    attacker = Attacker(arguments.folders, divisions, factors, rule)
    attacker.learn()
    answer = attack(attacker.known, arguments.threshold)
    if arguments.truth:
        judge = Attacker([arguments.truth], divisions, factors, rule)
        judge.learn()
        # What the attacker believes and the exact tables do not bear out.
        answer["broken"] = judge.known.broken
        truth = {" ".join(map(str, name)): number for name, number in judge.known.numbers.items()}
        for cell in answer["found"]:
            # What no exact table has a row for is 0.
            cell["true"] = truth.get(cell["cell"], 0)
    # The solver may have said something before.
    print("\n" + json.dumps(answer))


if __name__ == "__main__":
    main()
