"""Repeats the core tables of a snapshot to about so many million rows, as other filers, models, machines and companies.

    hundredfold.py SNAPSHOT FOLDER MILLIONS

Of each repetition keys, row ids and figures are its own; days stay, so that quarters and readings fit each other. The tables that
are not named here are copied as they are.
"""

import pathlib
import shutil
import sys

import duckdb

# Of each table its share in all rows, and what a repetition `n` has of its own.
REPEATED = {
    "core_xbrl_fact": (
        0.80,
        """(SELECT printf('%010d', 5000000000 + n * filers.filers + filer.place) FROM filer, filers WHERE filer.cik = base.cik) AS cik,
        printf('%010d', n) || substr(accession_number, 11) AS accession_number,
        CAST(value * (1 + n % 13) AS DECIMAL(38, 12)) AS value,
        CASE WHEN corrects_row_id IS NOT NULL THEN md5(corrects_row_id || n) END AS corrects_row_id""",
    ),
    "core_model_price": (0.08, "model_id || '-' || n AS model_id, CAST(price * (1 + n % 7) AS DECIMAL(38, 12)) AS price"),
    "core_gpu_price": (
        0.08,
        "sku || '-' || n AS sku, CAST(price_per_gpu_hour * (1 + n % 3) AS DECIMAL(38, 12)) AS price_per_gpu_hour",
    ),
    "core_funding_round": (0.04, "company_key || '-' || n AS company_key, mention_id || '-' || n AS mention_id"),
}

# Of the watched companies as many as the facts have filers.
COMPANY = """(SELECT printf('%010d', 5000000000 + n * filers.filers + filer.place) FROM filer, filers WHERE filer.cik = base.cik) AS cik,
    company_id || '-' || n AS company_id"""

# Rows of a file.
FILE_ROWS = 1_000_000


def repeat(connection, source, target, changes, first, last):
    """Writes the repetitions from the first to before the last as one file."""
    connection.execute(
        f"""COPY (
            SELECT * EXCLUDE (n) REPLACE ({changes})
            FROM (SELECT base.*, repetition.n FROM read_parquet('{source}/*.parquet') AS base, range({first}, {last}) AS repetition(n)) AS base
        ) TO '{target}/{first}.parquet' (FORMAT parquet, COMPRESSION zstd)"""
    )


def main(snapshot, folder, millions):
    snapshot, folder = pathlib.Path(snapshot).resolve(), pathlib.Path(folder)
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    facts = f"read_parquet('{snapshot}/core_xbrl_fact/*.parquet')"
    companies = f"read_parquet('{snapshot}/core_company/*.parquet')"
    connection.execute(
        f"""CREATE TABLE filer AS SELECT cik, row_number() OVER (ORDER BY cik) AS place
            FROM (SELECT cik FROM {facts} UNION SELECT cik FROM {companies})"""
    )
    connection.execute("CREATE TABLE filers AS SELECT count(*) AS filers FROM filer")
    total = 0
    for source in sorted(path for path in snapshot.glob("core_*")):
        name, target = source.name, folder / source.name
        rows = connection.execute(f"SELECT count(*) FROM read_parquet('{source}/*.parquet')").fetchone()[0]
        if name not in REPEATED:
            shutil.copytree(source, target)
            total += rows
            continue
        target.mkdir(parents=True)
        share, changes = REPEATED[name]
        times = max(1, round(share * float(millions) * 1e6 / rows))
        step = max(1, FILE_ROWS // rows)
        for first in range(0, times, step):
            repeat(connection, source, target, f"md5(row_id || n) AS row_id, {changes}", first, min(first + step, times))
        total += rows * times
        if name == "core_xbrl_fact":
            shutil.rmtree(folder / "core_company", ignore_errors=True)
            (folder / "core_company").mkdir()
            repeat(connection, snapshot / "core_company", folder / "core_company", COMPANY, 0, times)
    print(f"{total} core rows in {folder}")


if __name__ == "__main__":
    main(*sys.argv[1:])
