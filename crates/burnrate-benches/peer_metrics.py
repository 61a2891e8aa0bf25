"""Runs the printed metrics in DuckDB beside burnrate's own run of them, and compares time, memory and every row.

    peer_metrics.py METRICS_LOAD FOLDER

METRICS_LOAD is the program, FOLDER holds core tables. Each of the two runs in a process of its own, on two threads.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

import duckdb


def peak_mib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))


def run_script(script, folder):
    """The peer: the script as it is, and the tables as Parquet, as burnrate writes them."""
    connection = duckdb.connect(config={"threads": 2})
    script = pathlib.Path(script).read_text(encoding="utf-8")
    each = []
    for statement in script.split(";\n"):
        begun = time.monotonic()
        connection.execute(statement)
        name = next((word for word in statement.split() if word.startswith(("mart_", "lineage_of_"))), None)
        each.append((time.monotonic() - begun, " ".join(statement.split()[:6])))
        if statement.lstrip().startswith("CREATE OR REPLACE TABLE"):
            connection.execute(f"COPY {name} TO '{folder}/{name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    if "METRICS_LOAD_STATEMENTS" in os.environ:
        for seconds, words in sorted(each, reverse=True)[:15]:
            print(f"  {seconds:8.1f} s  {words}", file=sys.stderr)
    print(peak_mib())


def differing(connection, ours, theirs):
    """Rows that are not in the other table, of doubles those off by more than a billionth."""
    columns = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{ours}')").fetchall()
    names = ", ".join(name for name, _ in columns)
    if not any(name == "row_id" for name, _ in columns):
        one, other = f"SELECT {names} FROM '{ours}'", f"SELECT {names} FROM '{theirs}'"
        query = f"(({one}) EXCEPT ALL ({other})) UNION ALL (({other}) EXCEPT ALL ({one}))"
        return connection.execute(f"SELECT count(*) FROM ({query})").fetchone()[0]
    equal = []
    for name, of in columns:
        same = f"ours.{name} IS NOT DISTINCT FROM theirs.{name}"
        near = f"coalesce(abs(ours.{name} - theirs.{name}) <= 1e-9 * abs(theirs.{name}), FALSE)"
        equal.append(f"({same} OR {near})" if of == "DOUBLE" else same)
    query = f"FROM '{ours}' AS ours FULL JOIN '{theirs}' AS theirs ON ours.row_id = theirs.row_id"
    return connection.execute(f"SELECT count(*) {query} WHERE NOT ({' AND '.join(equal)})").fetchone()[0]


def timed(command, **options):
    begun = time.monotonic()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout
    return time.monotonic() - begun, int(output.split()[-1])


def main(program, folder):
    with tempfile.TemporaryDirectory(dir=folder) as out:
        ours, theirs = pathlib.Path(out, "ours"), pathlib.Path(out, "theirs")
        ours.mkdir()
        theirs.mkdir()
        script = pathlib.Path(out, "script.sql")
        script.write_bytes(subprocess.run([program, "script", folder], check=True, stdout=subprocess.PIPE).stdout)
        environment = os.environ | {"POLARS_MAX_THREADS": "2"}
        own, own_mib = timed([program, "marts", folder, str(ours)], env=environment)
        peer, peer_mib = timed([sys.executable, __file__, "--script", str(script), str(theirs)])
        print(f"burnrate: {own:.1f} s, {own_mib} MiB")
        print(f"DuckDB {duckdb.__version__}: {peer:.1f} s, {peer_mib} MiB")
        print(f"burnrate takes {own / peer:.2f} times as long, {own_mib / peer_mib:.2f} times the memory")
        connection = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
        wrong = 0
        for path in sorted(ours.glob("*.parquet")):
            rows = connection.execute(f"SELECT count(*) FROM '{path}'").fetchone()[0]
            count = differing(connection, path, theirs / path.name)
            wrong += count
            print(f"{path.stem}: {rows} rows, {count} differ")
        return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1] == "--script":
        run_script(*sys.argv[2:])
    else:
        sys.exit(main(*sys.argv[1:]))
