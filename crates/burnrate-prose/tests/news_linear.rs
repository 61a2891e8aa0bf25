//! Time to read news grows with the text, in whatever language it is.

use std::hint::black_box;
use std::time::{Duration, Instant};

use burnrate_prose::news::{Article, read_news};

fn time(text: &str) -> Duration {
    let start = Instant::now();
    black_box(read_news(&Article { text, title: None, published: None }).events.len());
    start.elapsed()
}

/// Eight times the text may take no more than thirty times as long; were time quadratic it would take 64
/// times as long. Another process may disturb one measurement, hardly three.
#[track_caller]
fn check(opening: &str, unit: &str) {
    let text = |size: usize| format!("{opening}{}", unit.repeat(size / unit.len()));
    let (short, long) = (text(8_000), text(64_000));
    let is_linear = (0..3).any(|_| time(&long) < time(&short) * 30);
    assert!(is_linear, "{unit:?}: {:?} and then {:?}", time(&short), time(&long));
}

#[test]
fn no_repetition_in_chinese_takes_quadratic_time() {
    let opening = "灵巧星完成五亿元融资。".repeat(200);
    for unit in [
        "灵巧星完成5亿元融资，",
        "灵巧星完成5亿元A轮融资。",
        "（（（融资",
        "A、B和C领投",
        "由由由领投",
        "估值5亿至6亿元或",
        "“”「」的的的",
        "公司公司公司",
        "数数数亿",
        "1亿2万",
        "年月日",
        "投资方包括A、",
        "甲向乙投资1亿元，",
    ] {
        check(&opening, unit);
    }
}

#[test]
fn no_repetition_in_japanese_takes_quadratic_time() {
    let opening = "これはテストの文章です。".repeat(200);
    for unit in
        ["Aは1億円を調達、", "Aは1億円を調達。", "のののは", "（（（は", "「「「が", "1億2000万円"]
    {
        check(&opening, unit);
    }
}

#[test]
fn no_repetition_in_german_or_dutch_takes_quadratic_time() {
    let german = "Das Unternehmen und die Gründer haben nicht mit uns gesprochen. ".repeat(80);
    for unit in [
        "Foo hat 1 Million Euro eingesammelt. ",
        "1 Million bis 2 Millionen Euro ",
        "Foo Bar, ",
        "...",
    ] {
        check(&german, unit);
    }
    let dutch =
        "Het bedrijf heeft dat niet aan de oprichters van het platform verteld. ".repeat(80);
    for unit in ["Foo haalt een miljoen euro op. ", "half half miljoen tot ", "omzet van ", "a-b-"]
    {
        check(&dutch, unit);
    }
}
