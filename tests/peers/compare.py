"""The traps of filings and Inline XBRL, numbers 1 to 14 of docs/traps.md, asked of edgartools.

Usage: compare.py [CAPTURES]. Reads recorded documents only: no network, no file written. Each line shows
what a user of edgartools gets from the function that suits the question, what the document says, and where.
Durations of text facts, and documents that are damaged, are outside these fourteen.
"""

import collections
import datetime
import html
import json
import os
import pathlib
import re
import socket
import sys
import tempfile
import textwrap
import warnings
from importlib.metadata import version

CACHE = tempfile.TemporaryDirectory()  # what edgartools keeps, at its import already
os.environ["EDGAR_LOCAL_DATA_DIR"] = CACHE.name
warnings.simplefilter("ignore")

import lxml.etree  # noqa: E402
from edgar.documents import HTMLParser, ParserConfig  # noqa: E402
from edgar.entity.parser import EntityFactsParser  # noqa: E402
from edgar.ttm.calculator import TTMCalculator  # noqa: E402
from edgar.xbrl import XBRL  # noqa: E402

CAPTURES = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BURNRATE_CAPTURES", "../shared/captures"))
FILINGS = CAPTURES / "filings"
CAPEX = "PaymentsToAcquireProductiveAssets"
CASH = "us-gaap:CashAndCashEquivalentsAtCarryingValue"
MILLION = 10**6

Check = collections.namedtuple("Check", "trap question call got true stands")


def company(file):
    return EntityFactsParser.parse_company_facts(json.loads((FILINGS / "companyfacts" / f"{file}.json").read_text()))


def made(name, concepts):
    """A company of which no document was recorded, in the format of companyfacts."""
    facts = {
        concept: {"label": concept, "description": concept, "units": {"USD": [
            dict(zip(("start", "end", "val", "fy", "fp", "form", "filed", "accn"), fact)) for fact in facts]}}
        for concept, facts in concepts.items()
    }
    return EntityFactsParser.parse_company_facts({"cik": 1, "entityName": name, "facts": {"us-gaap": facts}})


def inline(file):
    """The facts of an Inline XBRL document."""
    config = ParserConfig(extract_xbrl=True, max_document_size=10**9)
    document = HTMLParser(config).parse((FILINGS / "ixbrl" / file).read_text())
    return document.metadata.xbrl_data or []


def numeric(facts):
    return [fact for fact in facts if fact.unit_ref]


def values(facts, concept):
    return [fact.value for fact in facts if fact.concept == concept]


def millions(value):
    return None if value is None else round(value / MILLION, 3)


def fact_millions(fact):
    return fact and millions(fact.numeric_value)


def quarter(facts, concept, end, as_of=None):
    """The discrete quarter that ends on a day, in millions."""
    query = facts.query().by_concept(f"us-gaap:{concept}", exact=True)
    if as_of:
        query = query.as_of(as_of)
    quarters = TTMCalculator(query.execute()).quarterize()
    return next((fact_millions(fact) for fact in quarters if str(fact.period_end) == end), None)


def as_of(facts, concept, day, start, end):
    """The value of a period as known on a day."""
    query = facts.query().by_concept(f"us-gaap:{concept}", exact=True).as_of(datetime.date.fromisoformat(day))
    known = [fact for fact in query.execute() if (str(fact.period_start), str(fact.period_end)) == (start, end)]
    return max(known, key=lambda fact: fact.filing_date).numeric_value


def same_as_sec(name):
    """Numeric facts that differ from the instance that EDGAR made of the same document, of how many."""
    root = lxml.etree.parse(FILINGS / "ixbrl" / "pairs" / f"{name}_htm.xml").getroot()
    prefixes = {uri: prefix for prefix, uri in root.nsmap.items()}
    sec = collections.Counter()
    for element in root:
        if isinstance(element.tag, str) and element.get("unitRef"):
            tag = lxml.etree.QName(element)
            is_nil = element.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true"
            sec[f"{prefixes[tag.namespace]}:{tag.localname}", element.get("contextRef"),
                None if is_nil else float(element.text)] += 1
    peer = collections.Counter(
        (fact.concept, fact.context_ref, float(fact.value) if fact.value else None)
        for fact in numeric(inline(f"pairs/{name}.htm")))
    return f"{(sec - peer).total() + (peer - sec).total()} of {sec.total()}"


def with_page_furniture(file):
    """Texts that hold what the filer excluded from them."""
    words = lambda text: " ".join(text.split())  # noqa: E731
    root = lxml.etree.fromstring((FILINGS / "ixbrl" / file).read_bytes().lstrip())
    excluded = {words("".join(element.itertext()))
                for element in root.iter("{http://www.xbrl.org/2013/inlineXBRL}exclude")}
    excluded = {text for text in excluded if len(text) > 20}
    texts = [words(html.unescape(re.sub("<[^>]+>", "", fact.value or ""))) for fact in inline(file) if not fact.unit_ref]
    return sum(any(text in value for text in excluded) for value in texts)


def companyfacts_checks():
    nvda = company("NVDA-CIK0001045810-2026-07-09")
    amzn = company("AMZN-CIK0001018724-2022-05")
    aapl = company("AAPL-CIK0000320193-2026-03-21")
    msft = company("MSFT-CIK0000789019-2022-05")
    snow = company("SNOW-CIK0001640147-2025-06")
    meta = made("Meta", {"PaymentsToAcquirePropertyPlantAndEquipment": [
        ("2023-01-01", "2023-03-31", 6842 * MILLION, 2023, "Q1", "10-Q", "2023-04-27", "0001326801-23-000067"),
        ("2023-01-01", "2023-06-30", 13058 * MILLION, 2023, "Q2", "10-Q", "2023-07-27", "0001326801-23-000093"),
        ("2023-01-01", "2023-09-30", 19601 * MILLION, 2023, "Q3", "10-Q", "2023-10-26", "0001326801-23-000103"),
        ("2023-01-01", "2023-12-31", 27266 * MILLION, 2023, "FY", "10-K", "2024-02-02", "0001326801-24-000012"),
        ("2023-01-01", "2023-03-31", 6823 * MILLION, 2024, "Q1", "10-Q", "2024-04-25", "0001326801-24-000049"),
        ("2023-01-01", "2023-06-30", 12957 * MILLION, 2024, "Q2", "10-Q", "2024-08-01", "0001326801-24-000069")]})
    dynex = made("Dynex Capital", {"NetIncomeLoss": [
        ("2025-01-01", "2025-12-31", 319066000, 2025, "FY", "10-K", "2026-02-28", "0000000000-26-000001"),
        ("2025-01-01", "2025-12-31", 319065, None, None, "DEF 14A", "2026-03-31", "0000000000-26-000002")]})
    procter = made("Procter & Gamble", {
        concept: [("2013-07-01", "2014-06-30", value * MILLION, 2014, "FY", "10-K", "2014-08-31", "0000000000-14-000001")]
        for concept, value in (("Revenues", 29400), ("SalesRevenueNet", 83062))})
    split_eps = "EarningsPerShareDiluted"
    day = datetime.date(2024, 9, 17)
    years = amzn.query().by_concept(f"us-gaap:{CAPEX}", exact=True).latest_periods(4, annual=True).to_dataframe("period_end")

    yield Check(1, "NVDA revenue, year to 2023-01-29", "get_annual_fact(us-gaap:Revenues, 2023)",
                fact_millions(nvda.get_annual_fact("us-gaap:Revenues", 2023)), 26974, "10-K filed 2023-02-24")
    yield Check(1, "NVDA capex, the same year", f"get_annual_fact({CAPEX}, 2023)",
                fact_millions(nvda.get_annual_fact(CAPEX, 2023)), 1833, "10-Ks filed 2024 and 2025, which carry fy 2024 and 2025")
    yield Check(2, "SNOW PaymentsToAcquireInvestments, Q3 FY2022", "TTMCalculator.quarterize()",
                quarter(snow, "PaymentsToAcquireInvestments", "2021-10-31"), 1053.763, "3,042.396 less 1,988.633")
    yield Check(2, "META capex, Q3 2023 as of 2024-09-17", "as_of(), quarterize()",
                quarter(meta, "PaymentsToAcquirePropertyPlantAndEquipment", "2023-09-30", day), 6543, "19,601 less 13,058, both of 2023")
    yield Check(2, "META capex, Q2 2023 as of 2024-09-17", "as_of(), quarterize()",
                quarter(meta, "PaymentsToAcquirePropertyPlantAndEquipment", "2023-06-30", day), 6134,
                "12,957 less 6,823, both of 2024 (of 2023: 13,058 less 6,842 = 6,216)")
    yield Check(3, "AMZN, ends of the last four fiscal years", "latest_periods(4, annual=True)",
                [str(end) for end in years["period_end"]], ["2018-12-31", "2019-12-31", "2020-12-31", "2021-12-31"],
                "10-Ks; its 10-Qs state twelve months as well")
    yield Check(3, "AMZN capex 2021", f"get_annual_fact({CAPEX}, 2021)",
                fact_millions(amzn.get_annual_fact(CAPEX, 2021)), 61053, "10-K filed 2022-02-04")
    yield Check(3, "AAPL net income, 371 days to 2023-09-30", "get_annual_fact(NetIncomeLoss, 2023)",
                fact_millions(aapl.get_annual_fact("NetIncomeLoss", 2023)), 96995, "10-K filed 2023-11-03")
    yield Check(4, "AMZN capex 2016 to 2018, one measure", "get_concept(capex, period=YEAR-FY)",
                [millions(amzn.get_concept("capex", period=f"{year}-FY")) for year in (2016, 2017, 2018)], [7804, 11955, 13427],
                f"{CAPEX} in the 10-K filed 2019-02-01; 6,737 is the older tag's 2016")
    yield Check(6, "AAPL revenue FY2009 as of 2009-12-31", "as_of()",
                millions(as_of(aapl, "SalesRevenueNet", "2009-12-31", "2008-09-28", "2009-09-26")), 36537, "10-K filed 2009-10-27")
    yield Check(6, "AAPL revenue FY2009 as of 2010-12-31", "as_of()",
                millions(as_of(aapl, "SalesRevenueNet", "2010-12-31", "2008-09-28", "2009-09-26")), 42905, "10-K/A filed 2010-01-25")
    yield Check(6, "MSFT revenue FY2017 as now", "get_revenue(period=2017-FY)",
                millions(msft.get_revenue(period="2017-FY")), 96571, "10-Ks filed 2018 and 2019; 89,950 as first filed")
    yield Check(6, "NVDA diluted EPS FY2024 as first filed", "as_of()",
                as_of(nvda, split_eps, "2024-12-31", "2023-01-30", "2024-01-28"), 11.93, "10-K filed 2024-02-21")
    yield Check(6, "NVDA diluted EPS FY2024 as now", f"get_annual_fact({split_eps}, 2024)",
                nvda.get_annual_fact(split_eps, 2024).numeric_value, 1.19, "10-Ks filed 2025 and 2026, after the split")
    yield Check(7, "DX net income 2025", "get_annual_fact(NetIncomeLoss, 2025)",
                dynex.get_annual_fact("NetIncomeLoss", 2025).numeric_value, 319066000, "10-K")
    yield Check(7, "DX net income, latest", "get_fact(NetIncomeLoss)",
                dynex.get_fact("NetIncomeLoss").numeric_value, 319066000, "10-K; the DEF 14A says 319,065")
    yield Check(8, "AAPL net income FY2012, whose frame is on an 8-K", "get_annual_fact(NetIncomeLoss, 2012)",
                fact_millions(aapl.get_annual_fact("NetIncomeLoss", 2012)), 41733, "10-K filed 2012-10-31; frames are not read")
    yield Check(10, "P&G revenue FY2014", "get_revenue()", millions(procter.get_revenue()), 83062, "SalesRevenueNet")
    yield Check(10, "P&G revenue FY2014", "get_concept(revenue)", millions(procter.get_concept("revenue")), 83062,
                "SalesRevenueNet; Revenues is 29.4 bn")
    quarters = nvda.income_statement(periods=2, annual=False, as_dataframe=True).loc["Revenues"]
    yield Check(11, "NVDA revenue of the quarter to 2026-04-26", "income_statement(annual=False), Q1 2027",
                millions(quarters["Q1 2027"]), 81615, "10-Q filed 2026-05-20")
    quarters = aapl.income_statement(periods=2, annual=False, as_dataframe=True).iloc[0]
    yield Check(11, "AAPL revenue of the quarter to 2025-12-27", "income_statement(annual=False), Q1 2026",
                millions(quarters["Q1 2026"]), 143756, "10-Q filed 2026-01-30")
    yield Check(12, "AAPL assets at 2023-09-30", "get_annual_fact(Assets, 2023)",
                fact_millions(aapl.get_annual_fact("Assets", 2023)), 352583, "10-K filed 2023-11-03, beside 352,755 of 2022")


def inline_checks():
    amzn = inline("amzn-20241231.htm")
    of_year = lambda concept: [  # noqa: E731
        float(fact.value) / MILLION for fact in amzn
        if fact.concept == concept and fact.context.get("start_date") == "2024-01-01" and "dimensions" not in fact.context]
    nvda = numeric(inline("nvda-20250126.htm"))
    mara = numeric(inline("mara-20230630-form10-q.htm"))
    aeon = "pairs/aeon-20230930x10q"
    instance = XBRL.from_files(instance_file=FILINGS / "ixbrl" / f"{aeon}_htm.xml")
    cash = [fact["numeric_value"] for fact in instance.facts.query().by_concept(CASH, exact=True).execute()
            if fact["period_instant"] == "2023-09-30"]

    yield Check(5, "AMZN capex 2024, gross and proceeds", "HTMLParser, by concept",
                [of_year(f"us-gaap:{CAPEX}")[0], of_year("amzn:ProceedsFromPropertyPlantAndEquipmentSalesAndIncentives")[0]],
                [82999, 5341], "amzn-20241231.htm; its text's 77.7 bn is the difference")
    yield Check(9, "NVDA 10-K FY2025, numeric facts with dimensions", "HTMLParser, context[dimensions]",
                f"{sum('dimensions' in fact.context for fact in nvda)} of {len(nvda)}", "496 of 1229", "nvda-20250126.htm")
    for name in ("aapl-20250329", "aapl-20230701", "goog-20231231", "aeon-20230930x10q"):
        got = same_as_sec(name)
        yield Check(13, f"{name}: numeric facts unlike EDGAR's instance", "HTMLParser", got, f"0 of {got.split()[-1]}", "the _htm.xml")
    yield Check(13, "NVDA public float, scale 12", "HTMLParser", values(nvda, "dei:EntityPublicFloat"), ["2700000000000"], "nvda-20250126.htm")
    yield Check(14, "MARA, facts that are nil (written xs:nil)", "HTMLParser", sum(not fact.value for fact in mara), 175,
                "mara-20230630-form10-q.htm")
    yield Check(14, "ORCL 2024, texts with page furniture that ix:exclude leaves out", "HTMLParser",
                with_page_furniture("orcl-20240831.htm"), 0, "orcl-20240831.htm")
    yield Check(14, "ORCL 2023, the same", "HTMLParser", with_page_furniture("orcl-20230831.htm"), 0, "orcl-20230831.htm")
    yield Check(14, "AEON cash at 2023-09-30, stated at two precisions", "XBRL.facts.query()", cash, [16177000.0],
                "16,177 thousand and 16.2 million")


def refuse(*address):
    raise OSError(f"no network here: {address}")


def main():
    socket.socket.connect = refuse
    checks = sorted([*companyfacts_checks(), *inline_checks()], key=lambda check: check.trap)
    print(f"edgartools {version('edgartools')}, lxml {version('lxml')}, documents in {FILINGS}; amounts in millions\n")
    for check in checks:
        verdict = "right" if check.got == check.true else "WRONG"
        print(f"{check.trap:>2}  {verdict}  {check.question}")
        detail = f"{check.call}: {check.got}" if verdict == "right" else f"{check.call}: {check.got}, not {check.true}"
        print(textwrap.indent(f"{detail}  [{check.stands}]", " " * 11))
    wrong = collections.Counter(check.trap for check in checks if check.got != check.true)
    print(f"\n{len(checks)} questions, {wrong.total()} wrong, in traps {', '.join(map(str, sorted(wrong)))}")


main()
