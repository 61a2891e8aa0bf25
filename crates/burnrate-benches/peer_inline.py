"""The same documents in Python: lxml, which merely parses them and counts their tags, and edgartools, which
extracts their facts.

Usage: peer_inline.py FILINGS CRITERION_FOLDER DOCUMENT... Times itself and prints the times beside burnrate's.
edgartools is timed twice: its documented way, which builds its own tree of the whole document too, and the
step alone that extracts facts (an inner function of its parser).
"""

import json
import os
import pathlib
import statistics
import sys
import time
import warnings
from importlib.metadata import version

os.environ.setdefault("EDGAR_IDENTITY", "offline offline@example.invalid")
warnings.simplefilter("ignore")

import lxml.etree  # noqa: E402
from edgar.documents import HTMLParser, ParserConfig  # noqa: E402

INLINE = "{http://www.xbrl.org/2013/inlineXBRL}"
CONFIG = ParserConfig(extract_xbrl=True, max_document_size=10**9)


def count(body):
    # lxml refuses a line before the XML declaration, which some filers have.
    root = lxml.etree.fromstring(body.lstrip(), lxml.etree.XMLParser(huge_tree=True))
    return sum(1 for _ in root.iter(f"{INLINE}nonFraction", f"{INLINE}nonNumeric"))


def documented(body):
    return len(HTMLParser(CONFIG).parse(body.decode()).metadata.xbrl_data)


def extraction_alone(body):
    return len(HTMLParser(CONFIG)._extract_xbrl_pre_process(body.decode()))


def timed(work, bodies, runs):
    """The median time in milliseconds for all documents, and what came out of each."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        found = [work(body) for body in bodies]
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), found


def main():
    filings, criterion, *names = sys.argv[1:]
    bodies = [(pathlib.Path(filings) / name).read_bytes() for name in names]
    megabytes = sum(map(len, bodies)) / 1e6

    def ours(name):
        estimates = pathlib.Path(criterion) / "inline" / name / "new" / "estimates.json"
        return json.loads(estimates.read_text())["median"]["point_estimate"] / 1e6

    rows = ours("to_rows")
    print(f"{len(bodies)} Inline XBRL documents, {megabytes:.1f} MB, median: burnrate to facts {ours('to_facts'):.1f} ms, "
          f"to rows {rows:.1f} ms")
    lxml_time, tags = timed(count, bodies, 7)
    print(f"lxml {lxml.etree.__version__} parses and counts {sum(tags)} tags: {lxml_time:.1f} ms, "
          f"{lxml_time / rows:.1f} times burnrate's time to rows")
    name = f"edgartools {version('edgartools')}"
    time_alone, found = timed(extraction_alone, bodies, 3)
    print(f"{name} extracts {sum(found)} facts, the step alone: {time_alone:.0f} ms, "
          f"{time_alone / rows:.1f} times burnrate's time to rows")
    time_documented, _ = timed(documented, bodies, 1)
    print(f"{name}, HTMLParser.parse: {time_documented:.0f} ms, {time_documented / rows:.1f} times")


main()
