//! One company puts money into another: "甲向乙投资10亿美元", "乙获得甲10亿美元投资".

use super::names::{self, Name, Subject};
use super::words::{Token, Word};

/// Who puts how much into whom.
pub(super) struct Stake {
    pub(super) company: Name,
    pub(super) investor: Name,
    /// By its index.
    pub(super) amount: usize,
    /// Whether it is yet to be done.
    pub(super) is_promised: bool,
}

/// What stands between the company and the amount.
const VERBS: &[&str] =
    &["投资", "追加投资", "注资", "投入", "再投资", "增加投资", "战略投资", "投资最高", "出资"];

/// Words by which the money is promised.
const PROMISES: &[&str] = &["拟", "同意", "承诺", "计划", "将", "有意", "考虑", "洽谈"];

/// The stake that a clause tells of.
pub(super) fn read(text: &str, clause: &[Token]) -> Option<Stake> {
    let at = clause.iter().position(|token| matches!(token.word, Word::Amount(_)))?;
    let Word::Amount(amount) = clause[at].word else { return None };
    let first = clause.first()?.span.start;
    let before = &text[first..clause[at].span.start];
    let after = text[clause[at].span.end..].trim_start();
    // "向甲投资10亿美元建设数据中心" pays for a building.
    let is_whole = after.is_empty()
        || after.starts_with(['，', '。', '；', '\n', '（', '(', ' ', '！', '—', '｜', '|'])
        || ["以", "用于", "资金"].iter().any(|word| after.starts_with(word));
    let Some((who, rest)) = before.split_once('向').filter(|_| is_whole) else {
        return put_into(before, amount, &text[clause[at].span.end..clause.last()?.span.end]);
    };
    let verb = VERBS.iter().filter(|verb| rest.ends_with(**verb)).max_by_key(|verb| verb.len())?;
    let whom = rest[..rest.len() - verb.len()].trim_end_matches(['再', '追', '加', '了']);
    let is_promised = PROMISES.iter().any(|word| who.contains(word));
    let cut =
        PROMISES.iter().chain(&["据悉", "已", "或", "据报道"]).filter_map(|word| who.find(word));
    let who = cut.filter(|at| *at > 0).min().map_or(who, |at| &who[..at]);
    let (Subject::Named(investor), Subject::Named(company)) =
        (names::subject(who), names::subject(whom))
    else {
        return None;
    };
    let is_latin = company.text.starts_with(|c: char| c.is_ascii_alphabetic());
    (company.is_marked || is_latin).then_some(Stake { company, investor, amount, is_promised })
}

/// "甲50亿美元投资乙", "甲以50亿美元入股乙": only into a name in Latin letters, which is no plan or place.
fn put_into(before: &str, amount: usize, after: &str) -> Option<Stake> {
    let whom =
        ["投资", "战略投资", "入股", "注资"].iter().find_map(|verb| after.strip_prefix(verb))?;
    let whom = whom.trim_start_matches('了').trim();
    let is_name = whom.len() >= 3
        && whom.starts_with(|c: char| c.is_ascii_uppercase())
        && whom.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-'));
    let is_promised = PROMISES.iter().any(|word| before.contains(word));
    let means = ["拟以", "将以", "斥资", "豪掷", "以", "拟", "将"];
    let who = means.iter().find_map(|word| before.trim_end().strip_suffix(word)).unwrap_or(before);
    let (Subject::Named(investor), true) = (names::subject(who), is_name) else { return None };
    let company = Name { text: whom.to_owned(), aliases: Vec::new(), is_marked: false };
    Some(Stake { company, investor, amount, is_promised })
}
