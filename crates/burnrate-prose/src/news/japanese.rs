//! Japanese news: an amount is read by the words directly before and after it.

use std::ops::Range;

use super::draft::{self, add_names, can_be_one};
use super::han::{self, Money};
use super::{
    Amount, Article, Event, Metric, MetricKind, MetricStatus, Round, RoundKind, RoundStatus,
};

mod names;

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Round,
    Valuation,
    Figure(MetricKind),
}

/// Words directly before an amount, particles and sums aside.
const BEFORE: &[(&str, Of)] = &[
    ("累計調達額", Of::Figure(MetricKind::TotalRaised)),
    ("累計資金調達額", Of::Figure(MetricKind::TotalRaised)),
    ("累計調達", Of::Figure(MetricKind::TotalRaised)),
    ("調達額", Of::Round),
    ("調達金額", Of::Round),
    ("調達総額", Of::Round),
    ("評価額", Of::Valuation),
    ("企業価値", Of::Valuation),
    ("時価評価額", Of::Valuation),
    ("バリュエーション", Of::Valuation),
    ("年換算売上高", Of::Figure(MetricKind::RevenueRunRate)),
    ("年換算の売上高", Of::Figure(MetricKind::RevenueRunRate)),
    ("年換算収益", Of::Figure(MetricKind::RevenueRunRate)),
    ("年間経常収益", Of::Figure(MetricKind::Arr)),
    ("ARR", Of::Figure(MetricKind::Arr)),
    ("売上高", Of::Figure(MetricKind::Revenue)),
    ("売上", Of::Figure(MetricKind::Revenue)),
    ("純利益", Of::Figure(MetricKind::Profit)),
    ("純損失", Of::Figure(MetricKind::Loss)),
    ("赤字", Of::Figure(MetricKind::Loss)),
    ("最終損益", Of::Figure(MetricKind::Loss)),
];

/// Words directly after an amount.
const AFTER: &[(&str, Of)] = &[
    ("の資金調達", Of::Round),
    ("の調達", Of::Round),
    ("を調達", Of::Round),
    ("を資金調達", Of::Round),
    ("の資金を調達", Of::Round),
    ("を追加調達", Of::Round),
    ("の追加調達", Of::Round),
    ("のシリーズ", Of::Round),
    ("のSeries", Of::Round),
    ("のシード", Of::Round),
    ("の第三者割当増資", Of::Round),
    ("の評価額", Of::Valuation),
    ("の企業価値", Of::Valuation),
    (" valuation", Of::Valuation),
    ("の年間経常収益", Of::Figure(MetricKind::Arr)),
    ("のARR", Of::Figure(MetricKind::Arr)),
    ("の売上", Of::Figure(MetricKind::Revenue)),
    ("の純利益", Of::Figure(MetricKind::Profit)),
    ("の純損失", Of::Figure(MetricKind::Loss)),
    ("の赤字", Of::Figure(MetricKind::Loss)),
];

/// Words of sentences that tell of other money, or of sums of rounds.
const OTHER: &[&str] = &[
    "買収",
    "融資",
    "借入",
    "社債",
    "上場",
    "IPO",
    "罰金",
    "補助金",
    "予算",
    "合わせ",
    "ファンドを",
    "時価総額",
    "事業売上",
    "市場規模",
    "設備投資",
    "和解",
    "制裁金",
];

/// What one does with the money who puts it into another.
const GIVES: &[&str] = &["を出資", "を投資", "の出資"];

const SOUGHT: &[&str] = &["協議", "交渉", "検討", "目指", "模索", "計画"];
const PLANNED: &[&str] = &["予定", "見通し", "見込み"];
const HEARSAY: &[&str] = &["関係者", "報じ", "報道", "とみられ"];
const EXPECTED: &[&str] = &["見込", "予想", "見通し", "予測", "目標", "計画"];

/// The rows of a Japanese text, and how many amounts became none.
pub(crate) fn read(article: &Article<'_>) -> (Vec<Event>, usize) {
    let text = article.text;
    let mut money = han::amounts(text);
    han::resolve(&mut money, None);
    let mut reader =
        Reader { text, money: &money, company: None, current: None, events: Vec::new(), unread: 0 };
    for sentence in sentences(text) {
        reader.sentence(sentence);
    }
    (reader.events, reader.unread)
}

fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive(['。', '\n']).map(move |sentence| {
        let start = at;
        at += sentence.len();
        start..start + sentence.trim_end_matches(['。', '\n']).len()
    })
}

/// What is known on the way through a text.
struct Reader<'a> {
    text: &'a str,
    money: &'a [Money],
    company: Option<String>,
    /// The round of the sentence before, by its place in `events`.
    current: Option<usize>,
    events: Vec<Event>,
    unread: usize,
}

impl Reader<'_> {
    fn sentence(&mut self, span: Range<usize>) {
        let sentence = &self.text[span.clone()];
        if let Some(company) = names::subject(sentence) {
            if self.company.as_ref() != Some(&company) {
                self.current = None;
            }
            self.company = Some(company);
        }
        let first = self.money.partition_point(|money| money.span.start < span.start);
        let count = self.money[first..].partition_point(|money| money.span.end <= span.end);
        let money = &self.money[first..first + count];
        if OTHER.iter().any(|word| sentence.contains(word)) {
            self.unread += count;
            return;
        }
        let Some(company) = self.company.clone() else {
            self.unread += count;
            return;
        };
        let mut floor = span.start;
        for (at, amount) in money.iter().enumerate() {
            let limit = money.get(at + 1).map_or(span.end, |next| next.span.start);
            let before = &self.text[floor..amount.span.start];
            let after = &self.text[amount.span.end..limit];
            floor = amount.span.end;
            if is_converted(before) && at > 0 {
                self.convert(amount);
                continue;
            }
            if GIVES.iter().any(|word| after.starts_with(word)) {
                self.stake(&company, before, amount, &span);
                continue;
            }
            match meaning(before, after) {
                Some(Of::Round) => self.round(&company, amount, &span),
                Some(Of::Valuation) => self.valuation(&company, amount, &span),
                Some(Of::Figure(kind)) => self.figure(&company, kind, amount, &span),
                None => self.unread += 1,
            }
        }
        self.investors(sentence);
    }

    fn round(&mut self, company: &str, money: &Money, span: &Range<usize>) {
        let known = self.current_round().is_some_and(|round| {
            round.amount.as_ref().is_none_or(|known| can_be_one(known, &money.amount))
        });
        let sentence = &self.text[span.clone()];
        if known {
            if let Some(round) = self.current_round() {
                round.amount.get_or_insert_with(|| money.amount.clone());
            }
            return;
        }
        let mut round = draft::round(company.to_owned(), span.clone());
        round.amount = Some(money.amount.clone());
        round.kind = series(sentence);
        round.status = status(sentence);
        round.rules.push("ja_round");
        self.current = Some(self.events.len());
        self.events.push(Event::Round(round));
    }

    /// "甲は乙に3億ドルを出資する"
    fn stake(&mut self, investor: &str, before: &str, money: &Money, span: &Range<usize>) {
        let Some(company) = names::target(before).filter(|company| company != investor) else {
            self.unread += 1;
            return;
        };
        let mut round = draft::round(company, span.clone());
        round.amount = Some(money.amount.clone());
        round.kind = RoundKind::Strategic;
        let is_done = self.text[span.clone()].trim_end().ends_with("した");
        round.status = if is_done { RoundStatus::Closed } else { RoundStatus::Announced };
        round.lead_investors.push(investor.to_owned());
        round.investors.push(investor.to_owned());
        round.rules.push("ja_stake");
        self.events.push(Event::Round(round));
    }

    fn valuation(&mut self, company: &str, money: &Money, span: &Range<usize>) {
        if let Some(round) = self.current_round() {
            if round.valuation.is_none() {
                round.valuation = Some(money.amount.clone());
                round.rules.push("ja_valuation");
            }
            return;
        }
        self.figure(company, MetricKind::Valuation, money, span);
    }

    fn figure(&mut self, company: &str, kind: MetricKind, money: &Money, span: &Range<usize>) {
        let value = money.amount.clone();
        let mut metric = draft::metric(company.to_owned(), kind, value, span.clone(), "ja_figure");
        let sentence = &self.text[span.clone()];
        if kind != MetricKind::TotalRaised && EXPECTED.iter().any(|word| sentence.contains(word)) {
            metric.status = MetricStatus::Projected;
        }
        let is_known = |known: &Metric| {
            known.kind == kind
                && known.company == company
                && can_be_one(&known.value, &metric.value)
        };
        let mut known = self.events.iter().rev().take(8);
        if !known.any(|event| matches!(event, Event::Metric(known) if is_known(known))) {
            self.events.push(Event::Metric(metric));
        }
    }

    /// Adds an amount in brackets to the row of the one before it.
    fn convert(&mut self, money: &Money) {
        let Some(round) = self.current_round() else { return };
        if round.valuation.is_some() {
            round.valuation_alternatives.push(money.amount.clone());
        } else if differs(round.amount.as_ref(), money) {
            round.amount_alternatives.push(money.amount.clone());
        }
    }

    fn current_round(&mut self) -> Option<&mut Round> {
        match self.events.get_mut(self.current?)? {
            Event::Round(round) => Some(round),
            Event::Metric(_) => None,
        }
    }

    fn investors(&mut self, sentence: &str) {
        let Some(round) = self.current_round() else { return };
        let (lead, all) = names::investors(sentence);
        add_names(&mut round.lead_investors, &lead);
        add_names(&mut round.investors, &all);
    }
}

fn differs(amount: Option<&Amount>, money: &Money) -> bool {
    amount.is_some_and(|amount| amount.currency != money.amount.currency)
}

/// Whether an amount stands in brackets directly after another.
fn is_converted(before: &str) -> bool {
    matches!(before.trim(), "(" | "（" | "、日本円で" | "、日本円でおよそ")
}

/// What an amount is of, by the words that touch it.
fn meaning(before: &str, after: &str) -> Option<Of> {
    let before = before.trim_end().trim_end_matches("総額").trim_end();
    let before =
        before.trim_end_matches(['は', 'が', 'も', 'で', 'を', ' ', '約', '：', ':', '(', '（']);
    let is_total = before.ends_with("累計");
    let said = BEFORE.iter().find(|(word, _)| before.ends_with(word)).map(|(_, of)| *of);
    let after = after.trim_start();
    let after = after.strip_prefix("valuation").map_or(after, |_| " valuation");
    let told = AFTER.iter().find(|(word, _)| after.starts_with(word)).map(|(_, of)| *of);
    match said.or(told) {
        Some(Of::Round) if is_total => Some(Of::Figure(MetricKind::TotalRaised)),
        of => of,
    }
}

fn status(sentence: &str) -> RoundStatus {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    if has(SOUGHT) {
        RoundStatus::InTalks
    } else if has(PLANNED) && !sentence.contains("発表") {
        RoundStatus::Announced
    } else if has(HEARSAY) {
        RoundStatus::Rumoured
    } else {
        RoundStatus::Closed
    }
}

/// The round that a sentence names.
fn series(sentence: &str) -> RoundKind {
    for (word, is_early) in [("プレシリーズ", true), ("シリーズ", false), ("Series", false)]
    {
        let Some((_, rest)) = sentence.split_once(word) else { continue };
        let letter = rest.trim_start().chars().next().filter(char::is_ascii_uppercase);
        match letter {
            Some('A') if is_early => return RoundKind::PreSeriesA,
            Some('B') if is_early => return RoundKind::PreSeriesB,
            Some(letter) if !is_early => return super::chinese::series(letter),
            Some(_) | None => {}
        }
    }
    if sentence.contains("プレシード") {
        RoundKind::PreSeed
    } else if sentence.contains("シードラウンド") || sentence.contains("シード") {
        RoundKind::Seed
    } else {
        RoundKind::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Event> {
        read(&Article { text, title: None, published: None }).0
    }

    fn only_round(text: &str) -> Round {
        match &rows(text)[..] {
            [Event::Round(round)] => round.clone(),
            rows => panic!("{text}: {rows:?}"),
        }
    }

    #[test]
    fn read_takes_a_round_with_its_valuation_and_leader() {
        let round = only_round(
            "画像生成のHoshiAIは、シリーズBで総額42億円の資金調達を実施した。評価額は約300億円。リードはミナト・キャピタルで、\
             Sakura Venturesが参加した。",
        );
        assert_eq!(round.company, "HoshiAI");
        assert_eq!(round.kind, RoundKind::SeriesB);
        assert_eq!(round.amount.unwrap().low.unwrap().to_string(), "4200000000");
        assert_eq!(round.valuation.unwrap().low.unwrap().to_string(), "30000000000");
        assert_eq!(round.lead_investors, ["ミナト・キャピタル"]);
        assert_eq!(round.investors, ["ミナト・キャピタル", "Sakura Ventures"]);
        assert_eq!(round.status, RoundStatus::Closed);
    }

    #[test]
    fn read_finds_the_name_in_its_description() {
        for (text, company) in [
            ("米Northlampは5億ドルを調達した。", "Northlamp"),
            ("株式会社ミナトAIは、5億円の資金調達を実施した。", "ミナトAI"),
            ("Minato AI株式会社は総額5億円の資金調達を実施した。", "Minato AI"),
            ("検索エンジンを開発するNorthlampは5億ドルを調達した。", "Northlamp"),
            ("ミナトAI、シリーズAで5億円を調達", "ミナトAI"),
        ] {
            let round = only_round(text);
            assert_eq!(round.company, company, "{text}");
            assert_eq!(round.amount.unwrap().low.unwrap().to_string(), "500000000", "{text}");
        }
        let [Event::Metric(metric)] = &rows("NorthlampのARRが3億ドルを突破した。")[..]
        else {
            panic!()
        };
        assert_eq!((&*metric.company, metric.kind), ("Northlamp", MetricKind::Arr));
    }

    #[test]
    fn read_takes_stakes_in_companies_only() {
        let round = only_round("ミナト商事はNorthlampに3億ドルを出資すると発表した。");
        assert_eq!((&*round.company, round.kind), ("Northlamp", RoundKind::Strategic));
        assert_eq!(round.investors, ["ミナト商事"]);
        assert_eq!(rows("ミナト商事は国内に3億ドルを投資する。"), []);
    }

    #[test]
    fn read_tells_talks_from_plans() {
        let talks = only_round("米AI新興のNorthlampは10億ドルの調達に向け投資家と協議している。");
        assert_eq!((&*talks.company, talks.status), ("Northlamp", RoundStatus::InTalks));
        let planned = only_round("Northlampは5月に3億ドルを調達する予定だ。");
        assert_eq!(planned.status, RoundStatus::Announced);
    }

    #[test]
    fn read_takes_figures() {
        let rows = rows(
            "Northlampの2024年の売上高は約37億ドルだった。Northlampの累計調達額は1億2000万円となった。",
        );
        let told: Vec<_> = rows
            .iter()
            .map(|row| match row {
                Event::Metric(metric) => (metric.kind, metric.value.low.unwrap().to_string()),
                Event::Round(round) => panic!("{round:?}"),
            })
            .collect();
        assert_eq!(
            told,
            [
                (MetricKind::Revenue, "3700000000".to_owned()),
                (MetricKind::TotalRaised, "120000000".to_owned()),
            ]
        );
    }

    #[test]
    fn read_takes_nothing_of_other_money() {
        for text in [
            "NorthlampはHoshiAIを6億ドルで買収すると発表した。",
            "Northlampは銀行から5億円の融資を受け、2億円を調達した。",
            "この製品は月額3000円で利用できるという。",
            "市場規模は5兆円を超えると予測されている。",
        ] {
            assert_eq!(rows(text), [], "{text}");
        }
    }
}
