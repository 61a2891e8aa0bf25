//! Figures of a company: revenue, profit, loss, and all it has raised.

use super::names::{self, Name};
use super::rounds::amount_of;
use super::words::{Token, Word};
use super::{Reader, dates};
use crate::news::draft;
use crate::news::{Metric, MetricKind, MetricStatus};

impl Reader<'_> {
    /// Reads a figure of a clause, if it states one.
    pub(super) fn figure_clause(&mut self, clause: &[Token]) {
        if let Some(at) = raised_so_far(clause) {
            self.figure(clause, MetricKind::TotalRaised, at, "zh_total_raised");
            return;
        }
        if let Some((kind, at)) = stated(self.text, clause) {
            self.figure(clause, kind, at, "zh_figure");
        }
    }

    /// Whether a name is no mere words before a figure: by its marks, its script, its end, or because the
    /// text begins with it.
    pub(super) fn is_sure(&self, name: &Name) -> bool {
        name.is_marked
            || name.text.starts_with(|c: char| c.is_ascii_uppercase())
            || FIRM_ENDS.iter().any(|end| name.text.ends_with(end))
            || self.text.trim_start_matches(['“', '「']).starts_with(&name.text)
    }

    fn figure(&mut self, clause: &[Token], kind: MetricKind, at: usize, rule: &'static str) {
        let (Some(first), Some(last)) = (clause.first(), clause.last()) else { return };
        let company = self.company_of(clause);
        // What precedes 累计融资 is hardly anything but a name.
        let is_sure = |name: &Name| kind == MetricKind::TotalRaised || self.is_sure(name);
        let Some(company) = company.filter(is_sure) else { return };
        let value = self.money[at].amount.clone();
        self.is_read[at] = true;
        let is_known = |metric: &Metric| {
            metric.kind == kind
                && names::is_same(&metric.company, &company.text)
                && draft::can_be_one(&metric.value, &value)
        };
        if self.metrics.iter().rev().take(16).any(is_known) {
            return;
        }
        let evidence = first.span.start..last.span.end;
        let mut metric = draft::metric(company.text.clone(), kind, value, evidence, rule);
        metric.aliases = company.aliases;
        if !matches!(kind, MetricKind::TotalRaised | MetricKind::RevenueRunRate | MetricKind::Arr) {
            let said = &self.text[first.span.start..self.money[at].span.start];
            metric.period = dates::period(said, self.article.published);
        }
        if is_expected(clause) {
            metric.status = MetricStatus::Projected;
        }
        self.metrics.push(metric);
    }
}

/// Whether the figure of a clause is expected: "收入或达1万亿美元".
fn is_expected(clause: &[Token]) -> bool {
    let mut figure = clause.iter().take_while(|token| amount_of(token).is_none());
    figure.any(|token| matches!(token.word, Word::Expected | Word::Talks))
}

/// "累计融资额已达35亿元"
fn raised_so_far(clause: &[Token]) -> Option<usize> {
    let at = clause.iter().position(|token| token.word == Word::Cumulative)?;
    let rest = &clause[at + 1..];
    let financing = clause.iter().any(|token| token.word == Word::Financing);
    let amount = rest.iter().position(|token| amount_of(token).is_some()).filter(|_| financing)?;
    let is_plain = rest[..amount].iter().all(|token| {
        matches!(token.word, Word::Financing | Word::Filler | Word::Done | Word::Text)
    });
    amount_of(&rest[amount]).filter(|_| is_plain)
}

/// "上半年营收达2.8亿元": the figure, then its amount.
fn stated(text: &str, clause: &[Token]) -> Option<(MetricKind, usize)> {
    let (at, kind) = clause.iter().enumerate().find_map(|(at, token)| {
        if let Word::Metric(kind) = token.word { Some((at, kind)) } else { None }
    })?;
    // "甲公司预计乙公司收入": the subject is who expects, and not whose figure it is.
    let is_plain = |token: &Token| {
        matches!(token.word, Word::Text | Word::Filler | Word::Open | Word::Close | Word::Earlier)
    };
    let expects = clause[..at].iter().position(|token| !is_plain(token));
    if let Some(verb) = expects {
        let is_own = text[clause[verb].span.clone()] == *"预计"
            && clause[verb + 1..at].iter().all(is_plain)
            && names::says_only_when(&text[clause[verb].span.end..clause[at].span.start]);
        let who = &text[clause[0].span.start..clause[verb].span.start];
        if !is_own || FORECASTERS.iter().any(|word| who.contains(word)) {
            return None;
        }
    }
    let at = closed(clause, at);
    let next = clause[at + 1..].iter().find(|token| {
        let is_link = token.word == Word::Text && LINKS.contains(&text[token.span.clone()].trim());
        !is_link && !matches!(token.word, Word::Filler | Word::Expected | Word::Talks)
    })?;
    Some((kind, amount_of(next)?))
}

/// Where a bracket that opens after word `at` closes: "年度经常性收入（ARR）".
fn closed(clause: &[Token], at: usize) -> usize {
    let opens = clause.get(at + 1).is_some_and(|token| token.word == Word::Open);
    let close = clause[at..].iter().take(5).position(|token| token.word == Word::Close);
    close.filter(|_| opens).map_or(at, |close| at + close)
}

/// What names of firms end in.
const FIRM_ENDS: &[&str] =
    &["科技", "智能", "机器人", "集团", "股份", "电子", "半导体", "汽车", "数据"];

/// Those who forecast the figures of others.
const FORECASTERS: &[&str] = &[
    "高盛",
    "摩根",
    "大摩",
    "小摩",
    "花旗",
    "瑞银",
    "中金",
    "证券",
    "银行",
    "分析师",
    "机构",
    "研报",
    "市场",
    "中信",
    "汇丰",
    "杰富瑞",
    "伯恩斯坦",
];

/// What may stand between the name of a figure and its amount.
const LINKS: &[&str] = &["", "约", "规模", "已", "实现", "约为", "升至", "增至", "录得", "降至"];
