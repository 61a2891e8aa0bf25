"""Runs a script of `burnrate sql --dialect spark` in Apache Spark, and compares every derived table with the snapshot's.

    compare.py SCRIPT SNAPSHOT

Equal are the same rows, of doubles those within a billionth. Exits with 1 where a row differs.
"""

import pathlib
import sys
import tempfile
import time

import duckdb
from pyspark.sql import SparkSession

SHOWN = 5


def spark_tables(script, names, folder):
    """Runs the script in a cluster of two workers on this machine, and writes the tables as Parquet."""
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", False)
        .config("spark.ui.showConsoleProgress", False)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", 4)
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for statement in script.split(";\n"):
        if statement.strip():
            session.sql(statement)
    for name in names:
        session.table(name).write.parquet(str(folder / name))
    session.stop()


def condition(column, of):
    equal = f"ours.{column} IS NOT DISTINCT FROM theirs.{column}"
    if of != "DOUBLE":
        return equal
    return f"({equal} OR coalesce(abs(ours.{column} - theirs.{column}) <= 1e-9 * abs(theirs.{column}), FALSE))"


def differences(connection, name, ours, theirs):
    """The number of published rows, and the rows that differ: those of lineage have no other key than themselves."""
    for alias, folder in (("ours", ours), ("theirs", theirs)):
        connection.execute(f"CREATE OR REPLACE VIEW {alias} AS SELECT * FROM read_parquet('{folder}/{name}/*.parquet')")
    columns = connection.execute("SELECT column_name, column_type FROM (DESCRIBE theirs)").fetchall()
    count = connection.execute("SELECT count(*) FROM theirs").fetchone()[0]
    if name == "mart_lineage":
        names = ", ".join(column for column, _ in columns)
        one, other = f"SELECT {names} FROM ours", f"SELECT {names} FROM theirs"
        query = f"({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})"
    else:
        equal = " AND ".join(condition(*column) for column in columns)
        query = f"SELECT ours, theirs FROM ours FULL JOIN theirs ON ours.row_id = theirs.row_id WHERE NOT ({equal})"
    return count, connection.execute(query).fetchall()


def main(script, snapshot):
    snapshot = pathlib.Path(snapshot).resolve()
    names = sorted(path.name for path in snapshot.glob("mart_*"))
    script = pathlib.Path(script).read_text(encoding="utf-8")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        begun = time.monotonic()
        spark_tables(script, names, folder)
        print(f"{len(names)} tables in {time.monotonic() - begun:.0f} s")
        connection = duckdb.connect()
        for name in names:
            count, differing = differences(connection, name, folder, snapshot)
            print(f"{name}: {count} rows, {len(differing)} differ")
            for row in differing[:SHOWN]:
                print("  Spark, and as published:", *row, sep="\n    ")
            failed |= bool(differing)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
