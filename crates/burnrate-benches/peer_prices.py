"""The same HTML price pages in Python: selectolax on lexbor and lxml, which parse them and take the text of every
table, row and cell; no amounts, units, contexts, places or rows.

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

import lxml.etree
import lxml.html
from selectolax.lexbor import LexborHTMLParser

PIPELINES = pathlib.Path(__file__).parent / "../../pipelines"
RUNS = 15


def texts(body):
    """How many tables, rows and cells there are, and how long their text is in all."""
    page = LexborHTMLParser(body)
    found = [node.text() for selector in ("table", "tr", "td") for node in page.css(selector)]
    return len(found), sum(map(len, found))


def texts_by_lxml(body):
    page = lxml.html.document_fromstring(body, parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
    found = [node.text_content() for name in ("table", "tr", "td") for node in page.iter(name)]
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

    def ours(name):
        """The median time in milliseconds, and how many megabytes were read."""
        folder = criterion / "prices" / name / "new"
        estimates, benchmark = (json.loads((folder / file).read_text()) for file in ("estimates.json", "benchmark.json"))
        return estimates["median"]["point_estimate"] / 1e6, benchmark["throughput"]["Bytes"] / 1e6

    time_lists, megabytes_lists = ours("all_to_rows")
    print(f"all recorded price lists, {megabytes_lists:.1f} MB, one core, median: burnrate to rows {time_lists:.0f} ms, "
          f"{megabytes_lists / time_lists * 1000:.0f} MB/s")
    bodies = list(pages(captures))
    megabytes = sum(map(len, bodies)) / 1e6
    time_pages, megabytes_pages = ours("html_to_rows")
    assert abs(megabytes - megabytes_pages) < 1e-6, "not the same pages"
    print(f"{len(bodies)} HTML price pages, {megabytes:.1f} MB, median: burnrate to rows {time_pages:.1f} ms")

    def show(name, work):
        time_all, found = timed(work, bodies)
        count = sum(count for count, _ in found)
        print(f"{name} to the texts of {count} tables, rows and cells: {time_all:.1f} ms, "
              f"{time_all / time_pages:.2f} times burnrate's time to rows")

    show(f"selectolax {version('selectolax')} (lexbor)", texts)
    show(f"lxml {lxml.etree.__version__}", texts_by_lxml)


main()
