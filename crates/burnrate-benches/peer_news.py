"""The same article in Python: spaCy's tokenizer and its sentence splitter by rules, which find no amounts, names, rounds
or figures.

Usage: peer_news.py ARTICLE CRITERION_FOLDER. Times itself and prints the times beside burnrate's.
"""

import json
import pathlib
import statistics
import sys
import time

import spacy

RUNS = 7


def main():
    article, criterion = map(pathlib.Path, sys.argv[1:])
    text = article.read_text()
    for times in (1, 20, 160):
        folder = criterion / "news" / "articles_to_rows" / str(times) / "new"
        estimates = json.loads((folder / "estimates.json").read_text())
        milliseconds = estimates["median"]["point_estimate"] / 1e6
        megabytes = len(text.encode()) * times / 1e6
        print(f"{megabytes:.2f} MB of articles, one core, median: burnrate to rows {milliseconds:.1f} ms, "
              f"{megabytes / milliseconds * 60_000:.0f} MB a minute")
    model = spacy.blank("en")
    model.add_pipe("sentencizer")
    model.max_length = 10_000_000
    measured = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        sentences = sum(1 for _ in model(text).sents)
        measured.append((time.perf_counter() - begun) * 1000)
    ours = json.loads((criterion / "news/articles_to_rows/1/new/estimates.json").read_text())
    ours = ours["median"]["point_estimate"] / 1e6
    theirs = statistics.median(measured)
    print(f"spaCy {spacy.__version__} to {sentences} sentences of the article: {theirs:.1f} ms, "
          f"{theirs / ours:.2f} times burnrate's time to rows")


main()
