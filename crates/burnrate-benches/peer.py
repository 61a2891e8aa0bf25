"""The same work in Python with orjson and pyarrow: companyfacts JSON to a Parquet file of the same columns.

Usage: peer.py DOCUMENT OUR_PARQUET CRITERION_FOLDER. Times itself, checks that both files hold the same
rows (hashes included), and prints both times and their ratio.
"""

import datetime
import decimal
import hashlib
import json
import os
import pathlib
import statistics
import struct
import sys
import tempfile
import time

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

SOURCE_ID = "sec_companyfacts"
URL = "https://data.sec.gov/api/xbrl/companyfacts/CIK0001640147.json"
EPOCH = datetime.date(1970, 1, 1)
DECIMAL = pa.decimal128(38, 12)
SCALE = 10**12
RUNS = 15

SCHEMA = pa.schema([
    pa.field("row_id", pa.string(), False), pa.field("source_id", pa.string(), False),
    pa.field("capture_id", pa.string(), False), pa.field("locator", pa.string(), False),
    pa.field("known_on", pa.date32(), False), pa.field("corrects_row_id", pa.string()),
    pa.field("cik", pa.string(), False), pa.field("taxonomy", pa.string(), False),
    pa.field("concept", pa.string(), False), pa.field("unit", pa.string(), False),
    pa.field("dimensions", pa.string()), pa.field("period_start", pa.date32()),
    pa.field("period_end", pa.date32(), False), pa.field("period_days", pa.int64()),
    pa.field("value", DECIMAL), pa.field("decimals", pa.string()), pa.field("is_rounded", pa.bool_(), False),
    pa.field("also_stated", pa.string()), pa.field("accession_number", pa.string(), False),
    pa.field("form_type", pa.string(), False), pa.field("filed_date", pa.date32(), False),
])


def text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def days(day):
    return struct.pack("<i", (day - EPOCH).days)


def convert(body, path):
    document = orjson.loads(body)
    cik = f"{int(document['cik']):010d}"
    capture_id = hashlib.sha256(URL.encode() + b"\0" + body).hexdigest()[:32]
    columns = [[] for _ in SCHEMA]
    start_of_hash = text("core_xbrl_fact") + text(SOURCE_ID) + b"\1" + text(cik)
    parse_date = datetime.date.fromisoformat
    for taxonomy, concepts in document["facts"].items():
        of_taxonomy = start_of_hash + b"\1" + text(taxonomy)
        for concept, details in concepts.items():
            of_concept = of_taxonomy + b"\1" + text(concept)
            for unit, facts in details["units"].items():
                of_unit = of_concept + b"\1" + text(unit) + b"\0"  # no dimensions
                pointer = f"/facts/{taxonomy}/{concept}/units/{unit.replace('~', '~0').replace('/', '~1')}"
                for index, fact in enumerate(facts):
                    start = fact.get("start")
                    start = parse_date(start) if start else None
                    end = parse_date(fact["end"])
                    filed = parse_date(fact["filed"])
                    value = decimal.Decimal(str(fact["val"]))
                    key = of_unit + (b"\1" + days(start) if start else b"\0") + b"\1" + days(end)
                    key += b"\1" + text(fact["accn"])
                    key += b"\1" + int(value * SCALE).to_bytes(16, "little", signed=True) + b"\0"  # no decimals
                    key += b"\1" + text(fact["form"]) + b"\1" + days(filed)
                    row = (
                        hashlib.sha256(key).hexdigest()[:32], SOURCE_ID, capture_id, f"{pointer}/{index}", filed, None,
                        cik, taxonomy, concept, unit, None, start, end, (end - start).days + 1 if start else None,
                        value, None, False, None, fact["accn"], fact["form"], filed,
                    )
                    for column, cell in zip(columns, row):
                        column.append(cell)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA), path, compression="zstd")


def main():
    document, ours, criterion = sys.argv[1:]
    body = pathlib.Path(document).read_bytes()
    theirs = os.path.join(tempfile.mkdtemp(), "facts.parquet")
    times = []
    for _ in range(RUNS + 1):
        begun = time.perf_counter()
        convert(body, theirs)
        times.append(time.perf_counter() - begun)
    same = pq.read_table(ours).cast(SCHEMA).equals(pq.read_table(theirs).cast(SCHEMA))
    peer = statistics.median(times[1:]) * 1000
    estimates = pathlib.Path(criterion) / "companyfacts/json_to_parquet/new/estimates.json"
    burnrate = json.loads(estimates.read_text())["median"]["point_estimate"] / 1e6
    print(f"same rows, hashes included: {'yes' if same else 'NO'}")
    print(f"companyfacts JSON to Parquet, {len(body) / 1e6:.1f} MB, median: burnrate {burnrate:.1f} ms, "
          f"orjson + pyarrow {peer:.1f} ms: {peer / burnrate:.1f} times as fast")
    sys.exit(0 if same else 1)


main()
