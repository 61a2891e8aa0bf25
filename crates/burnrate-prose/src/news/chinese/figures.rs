//! Figures of a company: revenue, profit, loss, and all it has raised.

use chrono::Datelike as _;

use super::names::{self, Name, Subject};
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
        self.remember_period(clause);
        let said = stated(self.text, clause).or_else(|| stated_after(self.text, clause));
        if let Some((kind, at)) = said {
            self.figure(clause, kind, at, "zh_figure");
        }
    }

    /// "甲第二季度净利润高于预期": whose figures the next clauses state, and of when.
    fn remember_period(&mut self, clause: &[Token]) {
        let figure = clause.iter().find(|token| matches!(token.word, Word::Metric(_)));
        let text = &self.text[super::rounds::evidence(clause)];
        let is_result = RESULTS.iter().any(|word| text.contains(word));
        if figure.is_some()
            && clause.iter().all(|token| amount_of(token).is_none())
            && let Subject::Named(name) = self.subject(clause)
            && self.is_sure(&name)
        {
            self.company_of(clause);
        }
        if figure.is_some() || is_result {
            self.period = dates::period(text, self.article.published)
                .or_else(|| self.period.take())
                .filter(|_| !text.contains("财季"));
        }
    }

    /// "其云业务": a part of the company that the text is about.
    fn part(&self, clause: &[Token]) -> Option<(Name, String)> {
        let first = clause.first().filter(|token| token.word == Word::Text)?;
        let part = self.text[first.span.clone()].trim().strip_prefix('其')?;
        let is_part = part.ends_with("业务") || part.ends_with("部门") || part.ends_with("板块");
        let company = self.company.clone().filter(|_| is_part && !part.contains('的'))?;
        Some((company, part.to_owned()))
    }

    /// Whether a period is of a year after that of the text.
    fn is_to_come(&self, period: Option<&str>) -> bool {
        let year = period.and_then(|period| period.rsplit(' ').next()?.parse().ok());
        year.zip(self.article.published).is_some_and(|(year, day): (i32, _)| year > day.year())
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
        let part = self.part(clause);
        let scope = part.as_ref().map(|(_, scope)| scope.clone());
        let company = part.map(|(company, _)| company).or_else(|| self.company_of(clause));
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
            if metric.period.is_none() && !says_when(said) && !is_expected(clause) {
                metric.period.clone_from(&self.period);
            }
        }
        metric.scope = scope;
        if is_expected(clause) || self.is_to_come(metric.period.as_deref()) {
            metric.status = MetricStatus::Projected;
        }
        self.metrics.push(metric);
    }
}

/// Words for the figures of a period.
const RESULTS: &[&str] = &["业绩", "财报", "财务报告"];

/// Whether the words before a figure name a time of their own.
fn says_when(said: &str) -> bool {
    said.contains(['年', '月', '季', '累', '期'])
}

/// "2030年实现1万亿美元的收入": the amount, then its figure.
fn stated_after(text: &str, clause: &[Token]) -> Option<(MetricKind, usize)> {
    let at = clause.iter().position(|token| amount_of(token).is_some())?;
    let before = &text[clause[0].span.start..clause[at].span.start];
    let is_stated = ["实现", "录得", "创造", "取得"]
        .iter()
        .any(|verb| before.trim_end().trim_end_matches('了').ends_with(verb));
    let [of, figure, ..] = &clause[at + 1..] else { return None };
    let Word::Metric(kind) = figure.word else { return None };
    let is_of = text[of.span.clone()].trim() == "的";
    let amount = amount_of(&clause[at])?;
    (is_stated && is_of).then_some((kind, amount))
}

/// "增长 37% 至", "微降0.2%": how a figure came to the amount that follows.
fn is_change(text: &str, token: &Token, next: Option<&Token>) -> bool {
    let said = text[token.span.clone()].trim();
    let changes = [
        "同比", "环比", "增", "上升", "大增", "微", "下", "降", "大", "减", "飙升", "激增", "暴增",
        "涨", "猛增", "骤",
    ];
    let is_short = said.chars().count() <= 16 && changes.iter().any(|word| said.starts_with(word));
    let leads = |next: &Token| matches!(text[next.span.clone()].trim(), "，至" | "达" | "达到");
    let by = said.contains('%') && next.is_some_and(leads);
    is_short && (by || said.ends_with(['至', '到']))
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
    let rest = &clause[at + 1..];
    let next = rest.iter().enumerate().find(|(at, token)| {
        let is_link = token.word == Word::Text
            && (LINKS.contains(&text[token.span.clone()].trim())
                || is_change(text, token, rest.get(at + 1)));
        !is_link && !matches!(token.word, Word::Filler | Word::Expected | Word::Talks)
    })?;
    Some((kind, amount_of(next.1)?))
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
