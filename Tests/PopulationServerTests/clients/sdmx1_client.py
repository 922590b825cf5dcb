"""sdmx1 against the pull: flows, structure with both languages, figures equal to the tables."""
import csv
import pathlib
import sys

import sdmx

BASE, SCOPE = sys.argv[1:3]
TABLES = {path.stem.upper() for path in pathlib.Path("Reports/sample", SCOPE).glob("*.csv")}
HIDDEN = "[c]"


def rows(table):
    with open(f"Reports/sample/{SCOPE}/{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key_of(series, *names):
    return tuple(str(series[name].value) for name in names)


sdmx.add_source({"id": "POPSTAT", "url": BASE + "/rest", "name": "popstat"})
client = sdmx.Client("POPSTAT")

flows = client.dataflow().dataflow
assert set(flows) == TABLES and "URBANIZATION" in TABLES, sorted(flows)
assert flows["URBANIZATION"].name.localizations["zh"], flows["URBANIZATION"].name

message = client.dataflow("URBANIZATION")
dsd = message.structure["DSD_URBANIZATION"]
names = [dimension.id for dimension in dsd.dimensions.components]
assert names == ["FREQ", "REF_AREA", "AREA_LEVEL", "CONCEPT", "INDICATOR", "TIME_PERIOD"], names
concepts = message.codelist["CL_CONCEPT"]
assert concepts["resident"].name.localizations == {"en": "resident population", "zh": "常住人口"}
areas = message.codelist["CL_REF_AREA_URBANIZATION"]
assert areas["449901"].name.localizations["zh"] == "青岚区"
assert areas["449901"].parent.id == "4499"

everything = client.data("URBANIZATION")
found = {}
for series, observations in everything.data[0].series.items():
    for observation in observations:
        place = key_of(series, "REF_AREA", "CONCEPT", "INDICATOR")
        found[(*place, str(observation.dimension["TIME_PERIOD"].value))] = str(observation.value)
expected = {}
for row in rows("urbanization"):
    for column in ("total", "urban", "rural", "unclassified", "rate_percent", "target_percent",
                   "urban_short"):
        if row[column]:
            place = (row["area_code"], row["concept"], column.upper(), row["reference_date"])
            expected[place] = row[column]
# A hidden number has no value, whatever a client makes of that.
assert found.keys() == expected.keys()
for place, text in expected.items():
    if text == HIDDEN:
        assert found[place].lower() in ("", "nan", "none"), (place, found[place])
    else:
        assert float(found[place]) == float(text), (place, found[place], text)

part = client.data(
    "URBANIZATION", key={"REF_AREA": ["4499", "449901"], "CONCEPT": "resident",
                         "INDICATOR": "RATE_PERCENT"},
    params={"startPeriod": "2019", "endPeriod": "2020"})
got = sorted(
    (*key_of(series, "REF_AREA"), str(o.dimension["TIME_PERIOD"].value), float(o.value))
    for series, observations in part.data[0].series.items() for o in observations)
want = sorted(
    (row["area_code"], row["reference_date"], float(row["rate_percent"]))
    for row in rows("urbanization")
    if row["area_code"] in ("4499", "449901") and row["concept"] == "resident"
    and row["reference_date"] >= "2019")
assert got == want and len(got) == 4, (got, want)

specific = client.data("URBANIZATION", key="A.4499..resident.TOTAL", dsd=dsd)
assert len(sdmx.to_pandas(specific.data[0])) == 6

keys = client.series_keys("URBANIZATION")
assert len(keys) == len({k[:3] for k in expected}), len(keys)

draft = client.get(
    "data", "LAND",
    headers={"Accept": "application/vnd.sdmx.draft-sdmx-json+json;version=1.0.0"})
shown = sum(value not in ("", HIDDEN) for row in rows("land")
            for column, value in row.items() if column in ("settled", "land_per_head_m2",
                                                            "standard_m2", "quota_ha"))
assert sdmx.to_pandas(draft.data[0]).count() == shown

try:
    client.data("NOTHING")
    raise SystemExit("a flow that is not there was answered")
except Exception as error:
    assert "404" in str(error), error

# The id of a source is the agency that is asked for.
sdmx.add_source({"id": "POPSTAT", "url": BASE + "/v2", "name": "popstat", "versions": ["3.0.0"]},
                override=True)
third = sdmx.Client("POPSTAT")
assert "DSD_TRANSFER" in third.dataflow("TRANSFER").structure
money = third.data("TRANSFER")
total = len(rows("transfer"))
amounts = [
    o for series, observations in money.data[0].series.items() for o in observations
    if str(series["INDICATOR"].value) == "AMOUNT"]
assert len(amounts) == total, (len(amounts), total)
print("sdmx1 is content")
