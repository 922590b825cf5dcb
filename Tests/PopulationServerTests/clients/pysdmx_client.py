"""pysdmx against the pull: connector, registry client and readers, figures equal to the tables."""
import csv
import pathlib
import sys

from pysdmx.api.dc.rest import SdmxConnector
from pysdmx.api.fmr import RegistryClient
from pysdmx.api.qb import ApiVersion, DataFormat, DataQuery, RestService, StructureFormat
from pysdmx.api.qb import DataContext, StructureQuery, StructureType, StructureReference
from pysdmx.errors import NotFound
from pysdmx.io import get_datasets, read_sdmx

BASE, SCOPE = sys.argv[1:3]
TABLES = {path.stem.upper() for path in pathlib.Path("Reports/sample", SCOPE).glob("*.csv")}
HIDDEN = "[c]"


def rows(table):
    with open(f"Reports/sample/{SCOPE}/{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


connector = SdmxConnector(BASE + "/v2", timeout=60)
flows = connector.dataflows()
assert {flow.id for flow in flows} == TABLES and flows[0].agency == "POPSTAT", flows
flow = next(flow for flow in flows if flow.id == "URBANIZATION")
described = connector.dataflow(flow)
assert described.obs_count and described.series_count, described
components = described.structure.components
assert [c.id for c in components.dimensions][:3] == ["FREQ", "REF_AREA", "AREA_LEVEL"]
assert components["REF_AREA"].local_codes, components["REF_AREA"]
assert len(list(connector.data(flow))) == described.obs_count

condition = "REF_AREA = '4499' AND INDICATOR IN ('TOTAL', 'URBAN') AND TIME_PERIOD >= '2019'"
got = sorted(
    (o["CONCEPT"], o["INDICATOR"], o["TIME_PERIOD"], o["OBS_VALUE"], o["OBS_STATUS"])
    for o in connector.data(flow, condition))
want = sorted(
    (row["concept"], column.upper(), row["reference_date"], row[column], "A")
    for row in rows("urbanization") for column in ("total", "urban")
    if row["area_code"] == "4499" and row["reference_date"] >= "2019")
assert got == want and len(got) == 8, (got, want)
narrow = connector.dataflow(flow, condition)
assert narrow.obs_count == 8, narrow

try:
    list(connector.data(flow, "REF_AREA = '99'"))
    raise SystemExit("an area that is not there has figures")
except NotFound:
    pass

registry = RegistryClient(BASE + "/v2", StructureFormat.SDMX_JSON_2_0_0, timeout=60)
codes = registry.get_codes("POPSTAT", "CL_SEX", "1.0.0")
assert [code.id for code in codes.items] == ["F", "M"], codes
agencies = registry.get_agencies("SDMX")
assert [agency.id for agency in agencies] == ["POPSTAT"], agencies
schema = registry.get_schema("dataflow", "POPSTAT", "POPULATION", "1.0.0")
assert len(schema.components.dimensions) == 8, schema.components.dimensions
details = registry.get_dataflow_details("POPSTAT", "LAND", "1.0.0")
assert details.id == "LAND", details

first = RestService(BASE + "/rest", ApiVersion.V1_5_0,
                    data_format=DataFormat.SDMX_ML_2_1_STR, timeout=60)
answer = first.data(DataQuery(DataContext.DATAFLOW, "POPSTAT", "TRANSFER", "1.0"))
frame = read_sdmx(answer.decode(), validate=True).data[0].data
amounts = frame[frame["INDICATOR"] == "AMOUNT"]
found = {(a, t, r): v for a, t, r, v in zip(
    amounts["REF_AREA"], amounts["TIME_PERIOD"], amounts["REVISION"], amounts["OBS_VALUE"])}
wanted = {(row["county_code"], row["year"], row["revision"]): row["amount"]
          for row in rows("transfer")}
assert found.keys() == wanted.keys()
for place, text in wanted.items():
    if text != HIDDEN:
        assert float(found[place]) == float(text), (place, found[place], text)

sets = get_datasets(
    BASE + "/rest/data/HOUSEHOLDS",
    BASE + "/rest/dataflow/POPSTAT/HOUSEHOLDS/1.0?references=all", validate=True)
assert len(sets[0].data) == 2 * len(rows("households")), sets
print("pysdmx is content")
