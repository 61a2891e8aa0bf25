//! Names of companies and investors within what describes them.

use super::vocabulary::{
    AFTER, BEFORE, DESCRIPTORS, GENERIC, INVESTOR_ENDS, MANY, NO_NAME, PRONOUNS, ROLES, WITH,
};

/// Who a clause is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    Named(Name),
    /// Nobody, or a pronoun.
    Same,
    /// Words in which no name is sure.
    Unclear,
}

/// A company by its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) aliases: Vec<String>,
    /// Whether marks or a word such as 公司 show where the name begins.
    pub(super) is_marked: bool,
}

/// A name longer than this, in characters, is a description.
const LONGEST: usize = 24;

/// Chinese characters of an unmarked name are no more.
const LONGEST_UNMARKED: usize = 8;

/// A list of investors is no longer.
const MOST: usize = 64;

/// Marks about a name.
const QUOTES: &[(char, char)] = &[('“', '”'), ('「', '」'), ('『', '』'), ('"', '"'), ('【', '】')];

/// The subject in `text`, which is what stands before the verb of a clause.
pub(super) fn subject(text: &str) -> Subject {
    if let Some(name) = quoted(text) {
        return Subject::Named(name);
    }
    let (plain, aliases) = without_brackets(text);
    let plain =
        WITH.iter().filter_map(|with| plain.find(*with)).min().map_or(&*plain, |at| &plain[..at]);
    // "原定8月开始的G轮": what is said of the round is no subject.
    let is_attribute = plain.trim_end().ends_with('的') && plain.contains('月');
    let bare = strip(until_end_of_period(plain));
    if bare.is_empty() || bare.starts_with(['从', '以', '按']) || PRONOUNS.contains(&bare) {
        return Subject::Same;
    }
    match named(bare, aliases) {
        Some(name) => Subject::Named(name),
        None if is_attribute || is_pronoun(bare) => Subject::Same,
        None => Subject::Unclear,
    }
}

/// What stands before "截至6月30日的季度".
fn until_end_of_period(text: &str) -> &str {
    let is_period = text.trim_end().ends_with(['度', '年', '月', '期']);
    text.split_once("截至").filter(|_| is_period).map_or(text, |(before, _)| before)
}

/// "这家总部位于北京的初创公司"
fn is_pronoun(text: &str) -> bool {
    let ends = ["公司", "企业", "集团", "平台", "机构", "厂商", "品牌", "独角兽", "巨头"];
    text.starts_with(['这', '该', '其'])
        && ends.iter().any(|end| text.contains(end))
        && !text.contains("业务")
}

/// The name in marks that stands last in `text`.
fn quoted(text: &str) -> Option<Name> {
    let (at, open, close) = QUOTES
        .iter()
        .filter_map(|(open, close)| {
            let end = text.rfind(*close)?;
            let start = text[..end].rfind(*open)?;
            Some((start, open.len_utf8(), end))
        })
        .max()?;
    let (name, inner) = without_brackets(&text[at + open..close]);
    let name = name.trim();
    let after = &text[close..];
    // A long way from the mark to the verb, the subject is another.
    let (rest, mut aliases) = without_brackets(after.get(after.chars().next()?.len_utf8()..)?);
    aliases.extend(inner);
    let is_next = strip(&rest).is_empty();
    if text[..at].ends_with("简称") || text[..at].ends_with("下称") {
        let (plain, _) = without_brackets(text);
        aliases.insert(0, name.to_owned());
        return named(strip(&plain), aliases);
    }
    let is_name = (2..=LONGEST).contains(&name.chars().count()) && !holds_no_name(name);
    (is_next && is_name).then(|| Name { text: name.to_owned(), aliases, is_marked: true })
}

/// The name at the end of a description.
fn named(text: &str, aliases: Vec<String>) -> Option<Name> {
    let text = after_last(text, &["的"]).unwrap_or(text).trim();
    let described = after_last(text, &DESCRIPTORS).map(str::trim);
    let name = described.unwrap_or(text).trim_start_matches(['”', '」', '』']);
    let name = latin_end(name).unwrap_or(name);
    let is_marked = described.is_some() || !aliases.is_empty();
    let count = name.chars().count();
    let in_han = name.chars().filter(|c| !c.is_ascii()).count();
    let is_list = name.contains('、') || text.contains('、') && described.is_none();
    let is_length =
        !is_list && (2..=LONGEST).contains(&count) && (is_marked || in_han <= LONGEST_UNMARKED);
    let is_generic = GENERIC.iter().any(|end| name.ends_with(*end)) && !name.ends_with("有限公司");
    let is_word = name.starts_with(char::is_alphanumeric) && !is_number(name);
    if !is_length || is_generic || !is_word || holds_no_name(name) {
        return None;
    }
    let mut name = Name { text: name.to_owned(), aliases, is_marked };
    // A brand names better than the firm that owns it.
    if name.text.ends_with("公司") && !name.aliases.is_empty() {
        let firm = std::mem::replace(&mut name.text, name.aliases.remove(0));
        name.aliases.push(firm);
    }
    Some(name)
}

/// The Latin name that ends a description in Chinese too long to be part of it.
fn latin_end(text: &str) -> Option<&str> {
    let start = text
        .rfind(|c: char| !c.is_ascii())
        .map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8))?;
    let latin = text[start..].trim();
    let is_long = text[..start].chars().filter(|c| !c.is_ascii()).count() > 6;
    (is_long && latin.len() > 1 && latin.starts_with(|c: char| c.is_ascii_uppercase()))
        .then_some(latin)
}

fn is_number(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_digit() || ['.', ',', ' '].contains(&c))
}

fn holds_no_name(name: &str) -> bool {
    NO_NAME.iter().any(|word| name.contains(*word))
}

/// What stands after the last of `words` that something stands after.
fn after_last<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let end = |word: &&str| {
        let mut until = text.len();
        loop {
            let at = text[..until].rfind(word)?;
            let rest = text[at + word.len()..].trim();
            if rest.chars().count() >= 2 && !rest.starts_with("有限") {
                return Some(at + word.len());
            }
            until = at;
        }
    };
    words.iter().filter_map(end).max().map(|at| &text[at..])
}

/// `text` without what stands in brackets, and the other names that do.
fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut plain, mut aliases, mut inner) = (String::new(), Vec::new(), None);
    for c in text.chars() {
        match c {
            '（' | '(' => inner = Some(String::new()),
            '）' | ')' => {
                if let Some(alias) = inner.take().as_deref().and_then(alias) {
                    aliases.push(alias);
                }
            }
            c => inner.as_mut().unwrap_or(&mut plain).push(c),
        }
    }
    (plain, aliases)
}

/// The other name in brackets: `以下简称“X”`, `原X`, `Foo AI`.
fn alias(inner: &str) -> Option<String> {
    let mut text = inner.trim();
    let known = ["以下简称", "下称", "简称", "原名", "原", "英文名", "英文名为", "以下称", "又名"];
    for word in known {
        text = text.strip_prefix(word).unwrap_or(text);
    }
    let text =
        text.trim_matches(|c| matches!(c, '“' | '”' | '"' | '：' | ':' | '「' | '」' | ' ' | '为'));
    let is_name = (2..=LONGEST).contains(&text.chars().count())
        && text.starts_with(char::is_alphabetic)
        && !holds_no_name(text);
    is_name.then(|| text.to_owned())
}

/// Whether words name nothing but a time, or the company itself.
pub(super) fn says_only_when(text: &str) -> bool {
    let bare = strip(text);
    bare.is_empty() || PRONOUNS.contains(&bare) || is_number(bare.trim_end_matches('年'))
}

/// `text` without words that say when or how.
fn strip(text: &str) -> &str {
    let mut bare = text.trim_matches(' ');
    loop {
        let before = bare.len();
        bare = without_date(bare).trim_matches([' ', '·', '•', '-', ',']);
        let start =
            BEFORE.iter().filter(|word| bare.starts_with(**word)).map(|word| word.len()).max();
        bare = &bare[start.unwrap_or(0)..];
        let end = AFTER.iter().filter(|word| bare.ends_with(**word)).map(|word| word.len()).max();
        bare = bare[..bare.len() - end.unwrap_or(0)].trim_matches(' ');
        if bare.len() == before {
            return bare;
        }
    }
}

/// `text` without a date at its beginning or its end: `2026年5月`, `8 月 4 日`.
fn without_date(text: &str) -> &str {
    let is_part = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                ' ' | '年' | '月' | '日' | '初' | '底' | '中' | '旬' | '份' | '上' | '下' | '至'
            )
    };
    let start = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let is_date = text[..start].contains(['年', '月', '日'])
        && text.starts_with(|c: char| c.is_ascii_digit());
    let text = if is_date { &text[start..] } else { text };
    let end = text
        .rfind(|c| !is_part(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let is_date = text[end..].contains(['年', '月', '日'])
        && text[end..].starts_with(|c: char| c.is_ascii_digit() || c == ' ');
    if is_date { &text[..end] } else { text }
}

/// The investors in `text`, which is what stands before 领投 or the like; none where it is no list.
pub(super) fn investors(text: &str) -> Vec<String> {
    let by = text
        .rmatch_indices('由')
        .map(|(at, _)| at)
        .find(|at| !text[..*at].ends_with(['自', '理', '经']));
    let clause = text.rfind('，').map_or(0, |at| at + '，'.len_utf8());
    let list = by.map_or(&text[clause..], |at| &text[at + '由'.len_utf8()..]);
    items(list)
}

/// The names of a list.
pub(super) fn items(list: &str) -> Vec<String> {
    let (plain, _) = without_brackets(list);
    let mut names: Vec<String> = Vec::new();
    for item in plain
        .split(['、', '，', ',', '/'])
        .flat_map(|item| item.split("以及"))
        .flat_map(|item| item.split("携手"))
    {
        for part in joined(item) {
            let name = investor(part).filter(|name| names.len() < MOST && !names.contains(name));
            if let Some(name) = name {
                names.push(name);
            }
        }
    }
    names
}

/// `A和B` is two where A is a name by its end or its script, as 鼎和 is not.
fn joined(item: &str) -> Vec<&str> {
    for (at, join) in item.char_indices().filter(|(_, c)| matches!(c, '和' | '与' | '及')) {
        let (left, right) = (item[..at].trim(), item[at + join.len_utf8()..].trim());
        let is_name = INVESTOR_ENDS.iter().any(|end| left.ends_with(*end))
            || left.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
            || right.starts_with(|c: char| c.is_ascii_alphabetic());
        // "富达和光速创投", but not "鼎和高达"
        let is_pair = join == '和'
            && left.chars().count() >= 2
            && right.chars().count() >= 3
            && INVESTOR_ENDS.iter().any(|end| right.ends_with(*end));
        let is_verb = left.ends_with('参');
        if (is_name || is_pair) && !is_verb && right.chars().count() >= 2 {
            return vec![left, right];
        }
    }
    vec![item]
}

/// The investor that `item` names, if it names one.
fn investor(item: &str) -> Option<String> {
    let mut name = item.trim();
    if MANY.iter().any(|many| name.contains(*many)) && !name.contains('的') {
        return None;
    }
    if let Some(at) =
        name.rfind('等').filter(|at| *at > 0 && !name[..*at].ends_with(['高', '同', '平']))
    {
        name = &name[..at];
    }
    let verbs = [
        "联合",
        "共同",
        "独家",
        "超额",
        "持续",
        "继续",
        "同步",
        "追加",
        "大额",
        "也",
        "均",
        "亦",
        "进行",
        "战略",
        "处",
        "重仓",
        "以及",
        "多轮",
        "再次",
        "继续超额",
        "再度",
        "跟进",
    ];
    while let Some(shorter) = verbs.iter().find_map(|verb| name.strip_suffix(verb)) {
        name = shorter.trim();
    }
    name = name
        .trim_start_matches(['和', '与', '及', ' ', '“', '「'])
        .trim_end_matches(['”', '」', ' ']);
    name = after_last(name, &["的"]).unwrap_or(name);
    name = after_last(name, &ROLES).unwrap_or(name).trim();
    for word in ["本轮融资方为", "其中", "此外", "包括", "由", "获", "新", "老", "香港", "某"]
    {
        let shorter =
            name.strip_prefix(word).filter(|_| !matches!(word, "香港" | "新" | "老" | "某"));
        name = shorter.unwrap_or(name);
    }
    name = latin_end(name).unwrap_or(name).trim();
    let is_generic = GENERIC.iter().any(|end| name.ends_with(*end));
    let count = name.chars().count();
    let is_length = (2..=if name.is_ascii() { 40 } else { 16 }).contains(&count);
    let is_name =
        is_length && !is_generic && !holds_no_name(name) && name.starts_with(char::is_alphanumeric);
    is_name.then(|| name.to_owned())
}

/// Whether a name is that of one who invests: what it raises is no round.
pub(super) fn is_fund(name: &str) -> bool {
    ["基金", "创投", "资本", "证券", "银行", "信托", "ETF"].iter().any(|end| name.ends_with(end))
}

/// Whether two names are of one company.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let is_part = |long: &str, short: &str| short.chars().count() >= 2 && long.contains(short);
    one == other || is_part(one, other) || is_part(other, one)
}

/// The two names of "月之暗面Kimi": the company in Chinese, and its product or itself in Latin letters.
pub(super) fn parts(name: &str) -> Vec<String> {
    let Some(at) = name.find(|c: char| c.is_ascii()).filter(|at| *at > 0) else {
        return Vec::new();
    };
    let (han, latin) = (name[..at].trim(), name[at..].trim());
    let are_names = han.chars().count() >= 3 && latin.len() >= 3 && latin.is_ascii();
    if are_names { vec![han.to_owned(), latin.to_owned()] } else { Vec::new() }
}
