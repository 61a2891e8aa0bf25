//! No text makes the reader of news panic, and what it gives lies within the text.

use burnrate_prose::news::{Article, Event, read_news};
use chrono::NaiveDate;
use proptest::prelude::*;

/// Pieces of which the rules are made, with what stands in their way.
const PIECES: &[&str] = &[
    "灵巧星",
    "完成",
    "5亿元",
    "近亿美元",
    "数千万",
    "A1轮",
    "天使++轮",
    "融资",
    "，",
    "。",
    "、",
    "（",
    "）",
    "“",
    "”",
    "「",
    "投后估值",
    "领投",
    "跟投",
    "由",
    "和",
    "等",
    "的",
    "投资方包括",
    "财务顾问",
    "累计",
    "营收",
    "预计",
    "2025年",
    "8月3日",
    "向",
    "投资",
    "获",
    "从",
    "处",
    "据悉",
    "本轮",
    "至",
    "-",
    " — ",
    "\n",
    "は",
    "が",
    "の調達",
    "を調達",
    "評価額",
    "億円",
    "約",
    "リードは",
    "3.5億ドル",
    "シリーズ",
    "Foo",
    " ",
    "haalt",
    " op ",
    "een half",
    " miljard ",
    "dollar",
    "het ",
    "een ",
    "van ",
    "omzet ",
    "Der ",
    "und ",
    "hat ",
    "1,5",
    " Mio. ",
    "Euro",
    " eingesammelt",
    "Bewertung von ",
    "Ende Juli",
    ".",
    ",",
    "$",
    "9",
    "é",
    "\u{a0}",
    "🚀",
    "\u{200b}",
    "١",
    "x",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn rows_lie_within_the_text(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check(&text)?;
    }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let published = NaiveDate::from_ymd_opt(2026, 1, 31);
    for event in read_news(&Article { text, title: None, published }).events {
        let (company, evidence) = match event {
            Event::Round(round) => (round.company, round.evidence),
            Event::Metric(metric) => (metric.company, metric.evidence),
        };
        prop_assert!(
            text.get(evidence.clone()).is_some_and(|said| !said.is_empty()),
            "{evidence:?}"
        );
        prop_assert!(!company.is_empty());
    }
    Ok(())
}
