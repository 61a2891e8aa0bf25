"""Runs SQL in DuckDB: reads {"sql": [statements]} from standard input, prints the rows of the last one as JSON."""

import datetime
import decimal
import json
import sys

import duckdb


def plain(cell):
    if isinstance(cell, decimal.Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, (datetime.date, datetime.datetime)):
        return cell.isoformat()
    return cell


connection = duckdb.connect()
for statement in json.load(sys.stdin)["sql"]:
    connection.execute(statement)
print(json.dumps([[plain(cell) for cell in row] for row in connection.fetchall()]))
