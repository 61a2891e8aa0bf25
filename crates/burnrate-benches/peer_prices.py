"""The same HTML price pages in Python: selectolax on lexbor, which parses them and takes the text of every table,
row and cell; no amounts, units, contexts, places or rows.

Usage: peer_prices.py CAPTURES CRITERION_FOLDER. Times itself and prints the times beside burnrate's. The pages are the
HTML documents that a `captures.toml` lists and its source does not refuse.
"""

import json
import pathlib
import statistics
import sys
import time
import tomllib
from importlib.metadata import version

from selectolax.lexbor import LexborHTMLParser

PIPELINES = pathlib.Path(__file__).parent / "../../pipelines"
RUNS = 15


def texts(body):
    """How many tables, rows and cells there are, and their text in all."""
    page = LexborHTMLParser(body)
    found = [node.text() for selector in ("table", "tr", "td") for node in page.css(selector)]
    return len(found), sum(map(len, found))


def pages(captures):
    for path in sorted(PIPELINES.glob("*/captures.toml")):
        for capture in tomllib.loads(path.read_text())["capture"]:
            if capture["file"].endswith(".html") and "refused" not in capture:
                yield (captures / capture["file"]).read_bytes()


def timed(work, bodies):
    """The median time in milliseconds for all pages, and what came out of each."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        found = [work(body) for body in bodies]
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), found


def main():
    captures, criterion = map(pathlib.Path, sys.argv[1:])
    bodies = list(pages(captures))
    megabytes = sum(map(len, bodies)) / 1e6
    estimates = criterion / "prices" / "html_to_rows" / "new" / "estimates.json"
    ours = json.loads(estimates.read_text())["median"]["point_estimate"] / 1e6
    parse_time, _ = timed(LexborHTMLParser, bodies)
    time_all, found = timed(texts, bodies)
    print(f"{len(bodies)} HTML price pages, {megabytes:.1f} MB, median: burnrate to rows {ours:.1f} ms; "
          f"selectolax {version('selectolax')} (lexbor) to the texts of {sum(count for count, _ in found)} tables, rows "
          f"and cells {time_all:.1f} ms, {time_all / ours:.2f} times burnrate's time; to its tree alone "
          f"{parse_time:.1f} ms, {parse_time / ours:.2f} times")


main()
