"""What the public gets: hidden numbers have a status and no value, and nothing else is told."""
import csv
import io
import sys

import httpx

BASE = sys.argv[1]
CSV = {"Accept": "application/vnd.sdmx.data+csv;version=2.0.0"}
text = httpx.get(BASE + "/v2/data/dataflow/POPSTAT/PERMITS/1.0.0", headers=CSV, timeout=60).text
lines = list(csv.DictReader(io.StringIO(text)))
with open("Reports/sample/public/permits.csv", newline="") as file:
    cells = [row[column] for row in csv.DictReader(file) for column in ("valid", "suspended")]
assert len(lines) == len(cells)
for line, cell in zip(lines, cells):
    shown = ("", "Q") if cell == "[c]" else (cell, "A")
    assert (line["OBS_VALUE"], line["OBS_STATUS"]) == shown, line
assert any(line["OBS_STATUS"] == "Q" for line in lines)
assert "[c]" not in text
specific = httpx.get(BASE + "/rest/data/PERMITS", timeout=60).text
assert specific.count('value="Q"') == sum(line["OBS_STATUS"] == "Q" for line in lines)
both = httpx.get(
    BASE + "/v2/data/dataflow/POPSTAT/HOUSEHOLDS/1.0.0?c[REF_AREA]=449901&limit=1",
    headers={"Accept": CSV["Accept"] + ";labels=both", "Accept-Language": "zh-CN,zh;q=0.9"}).text
assert "HOUSEHOLD_TYPE: 户类型" in both and "collective: 集体户" in both, both
print("the public is served")
