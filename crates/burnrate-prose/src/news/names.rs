//! Names in English sentences, by their capitals and by the gazetteer.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::gazetteer::{Entry, Gazetteer, NameKind, without_possessive};
use crate::quantity::Quantity;
use crate::token::{Kind, Token};

/// Capitalised words that are no part of a name: roles, months, days, peoples, names of rounds.
const NEVER: &str = "
    ceo cfo cto coo cpo chairman chairwoman president founder co-founder cofounder professor prof dr
    mr mrs ms sen gov rep vp svp evp minister secretary judge senator analyst author
    series seed pre-seed ipo spv round arr ebitda q1 q2 q3 q4 h1 h2 fy i ex-ceo
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday
    american argentinian australian austrian belgian brazilian british bulgarian canadian chilean
    chinese colombian croatian czech danish dutch egyptian emirati english estonian european finnish
    french german greek hungarian icelandic indian indonesian iranian irish israeli italian japanese
    kenyan korean latvian lithuanian malaysian mexican nigerian norwegian pakistani philippine polish
    portuguese romanian russian saudi scottish serbian singaporean slovenian spanish swedish swiss
    taiwanese thai turkish ukrainian vietnamese welsh african asian nordic western
    startup startups start-up unicorn fintech neobank billionaire former the a an this that these
    those its his her their our in on at of for to by from with and or but as after before when while
    it he she they we you if exclusive report update breaking video live watch vcs llm raises raised raise secures lands closes nabs announces completes receives gets bags snags scores
    launches nets banks grabs hits llms gpu
    gpus cpu cpus apu apus api apis smb smbs sme smes";

/// Last words of names of organisations, which may be common words.
const ORGANISATION_ENDS: &str = "
    ai labs lab technologies technology systems robotics health therapeutics bio biosciences energy
    research group networks security software semiconductor semiconductors media games studios
    motors aerospace industries computing compute dynamics intelligence data cloud pay bank company
    corporation corp inc ltd holdings international global worldwide space works
    materials pharma medical sciences science analytics superintelligence university institute
    foundation authority association";

/// Last words of names of investors.
const INVESTOR_ENDS: &str = "
    capital ventures venture partners fund funds vc investments investment equity growth management
    angels advisors advisers associates catalyst";

static NEVER_NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| NEVER.split_whitespace().collect());
static ENDS_OF_ORGANISATIONS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| ORGANISATION_ENDS.split_whitespace().collect());
static ENDS_OF_INVESTORS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| INVESTOR_ENDS.split_whitespace().collect());

/// Words after which "of" goes on with a name.
const OF_HEADS: &[&str] =
    &["Bank", "University", "Institute", "Future", "Department", "Ministry", "House", "College"];

/// Endings of addresses that are written as part of a name: `Character.ai`.
const DOMAINS: &[&str] = &["ai", "com", "io", "co", "org", "net", "app", "dev", "tech", "bio"];

/// Words that may follow the subject of a sentence.
const AFTER_SUBJECT: &[&str] = &[
    "last", "will", "to", "had", "just", "now", "also", "on", "in", "at", "and", "who", "which",
    "could", "may", "might", "would", "can", "led", "won", "got", "hit", "set", "cut", "brought",
    "says", "sold", "took", "made", "built", "went", "came", "saw", "gave", "put", "bought",
    "began", "spent", "lost", "paid", "fell", "rose", "grew", "kept", "ran", "told", "found",
    "held", "met", "drew", "still", "is", "has", "was", "said", "wants", "plans", "co", "–", "—",
    ",", "(", "’", "'", "/",
];

/// Describing nouns that end like a verb.
const NOT_VERBS: &[&str] = &[
    "startups",
    "robotics",
    "business",
    "payments",
    "analytics",
    "sales",
    "semiconductors",
    "chips",
    "logistics",
    "savings",
    "wireless",
    "agents",
    "services",
    "systems",
    "robots",
    "tools",
    "devices",
    "vehicles",
    "cars",
    "drones",
    "shares",
    "funds",
    "markets",
    "deals",
    "products",
    "workers",
    "users",
    "customers",
    "founders",
    "games",
    "networks",
    "loans",
    "insurers",
    "retailers",
    "makers",
    "apps",
    "cards",
    "ventures",
    "firms",
    "giants",
    "materials",
    "operations",
    "communications",
    "platforms",
    "brands",
    "goods",
    "sites",
    "lenders",
    "doctors",
    "lawyers",
    "engineers",
    "executives",
    "prices",
    "schools",
    "hospitals",
    "farmers",
    "jobs",
    "ads",
    "videos",
    "images",
    "sensors",
    "satellites",
    "rockets",
    "batteries",
    "rights",
    "models",
    "investors",
    "dropouts",
    "students",
    "researchers",
    "employees",
    "execs",
    "alums",
    "professors",
    "scientists",
    "veterans",
    "graduates",
    "companies",
    "based",
    "backed",
];

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name<'a> {
    /// Its tokens within the sentence, the one that a possessive `’s` is part of among them.
    pub(crate) tokens: Range<usize>,
    /// Its bytes, without a possessive.
    pub(crate) span: Range<usize>,
    pub(crate) text: &'a str,
    pub(crate) kind: NameKind,
    /// The usual name of what it names, of a product the name of its company, where that is known.
    pub(crate) usual: Option<&'static str>,
    /// Whether it owns what follows: `OpenAI’s`.
    pub(crate) is_possessive: bool,
    /// Whether it is part of an adjective: `SoftBank-backed`, `ex-OpenAI`.
    pub(crate) is_modifier: bool,
}

impl Name<'_> {
    /// Whether it may name a company that raises money or reports figures.
    pub(crate) fn may_be_company(&self) -> bool {
        !self.is_modifier
            && matches!(self.kind, NameKind::Company | NameKind::Product | NameKind::Unknown)
    }
}

/// Finds names with what the whole text tells about them.
pub(crate) struct Finder<'a, 'g> {
    text: &'a str,
    gazetteer: &'g Gazetteer,
    /// Words that the text also writes without a capital.
    lower: BTreeSet<&'a str>,
    /// Names of which some sentence leaves no doubt.
    known: BTreeSet<&'a str>,
}

/// A sentence in which names are looked for.
pub(crate) struct Line<'s, 'a> {
    pub(crate) tokens: &'s [Token<'a>],
    pub(crate) quantities: &'s [Quantity],
    /// Whether nearly all its words have capitals, which then say nothing.
    pub(crate) is_title_case: bool,
}

impl<'s, 'a> Line<'s, 'a> {
    pub(crate) fn new(tokens: &'s [Token<'a>], quantities: &'s [Quantity]) -> Self {
        Self { tokens, quantities, is_title_case: is_title_case(tokens) }
    }
}

fn is_title_case(tokens: &[Token<'_>]) -> bool {
    // "Others include A, B, C and D." is a list of names, and no title.
    let commas = tokens.iter().filter(|token| token.is(",")).count();
    if commas >= 4 && tokens.last().is_some_and(|token| token.is(".")) {
        return false;
    }
    let words = || tokens.iter().skip(1).filter(|t| t.kind == Kind::Word && t.text.len() > 3);
    let all = words().count();
    let lower = words().filter(|token| token.text.starts_with(char::is_lowercase)).count();
    all >= 4 && lower * 5 <= all
}

impl<'a, 'g> Finder<'a, 'g> {
    pub(crate) fn new(text: &'a str, gazetteer: &'g Gazetteer) -> Self {
        Self { text, gazetteer, lower: BTreeSet::new(), known: BTreeSet::new() }
    }

    /// Learns from a sentence which words are common and which names are sure.
    pub(crate) fn learn(&mut self, line: &Line<'_, 'a>) {
        let lower = line.tokens.iter().filter(|token| {
            token.kind == Kind::Word && token.text.starts_with(|c: char| c.is_ascii_lowercase())
        });
        self.lower.extend(lower.map(|token| token.text));
        if !line.is_title_case {
            let sure = self.names(line).into_iter().filter(|name| name.tokens.start > 0);
            self.known.extend(sure.map(|name| name.text));
        }
    }

    /// The names of a sentence in order; none overlap.
    pub(crate) fn names(&self, line: &Line<'_, 'a>) -> Vec<Name<'a>> {
        let mut names = Vec::new();
        let mut quantities = line.quantities.iter().peekable();
        let mut at = 0;
        while at < line.tokens.len() {
            while quantities.next_if(|quantity| quantity.tokens.end <= at).is_some() {}
            if let Some(quantity) = quantities.peek().filter(|q| q.tokens.contains(&at)) {
                at = quantity.tokens.end;
                continue;
            }
            match self.name(line, at) {
                Some(name) => {
                    at = name.tokens.end;
                    names.push(name);
                }
                None => at += 1,
            }
        }
        names
    }

    /// The name that begins at token `at`.
    fn name(&self, line: &Line<'_, 'a>, at: usize) -> Option<Name<'a>> {
        let token = line.tokens[at];
        if token.kind == Kind::Mark || is_after_series(line.tokens, at) {
            return None;
        }
        // Most words are these, and few of them begin a name.
        let is_plain = token.text.len() > 1 && token.text.bytes().all(|b| b.is_ascii_lowercase());
        if is_plain && !self.is_small_name(line, at) {
            return None;
        }
        let entry = self.gazetteer.longest(line.tokens, at);
        if entry.is_none() && !self.can_start(line, at) {
            return None;
        }
        let run = self.run_end(line, at);
        if let Some((end, entry)) = entry.filter(|(end, _)| self.is_entry(line, at, *end, run)) {
            return Some(self.made(line, at..end, Some(entry)));
        }
        if !self.can_start(line, at) {
            return None;
        }
        let end = self.sure_end(line, at, run)?;
        Some(self.made(line, at..end, self.gazetteer.entry(self.written(line, at..end))))
    }

    /// Whether the known name `at..end` is meant, where capitals go on until `run`.
    fn is_entry(&self, line: &Line<'_, 'a>, at: usize, end: usize, run: usize) -> bool {
        let word = line.tokens[at].text;
        if end == at + 1 && self.is_common(line, without_possessive(word)) {
            let is_sure = self.known.contains(without_possessive(word));
            let opens = line.is_title_case || is_initial(line.tokens, at);
            if opens && !is_sure && !follows_subject(line.tokens, end) {
                return false;
            }
        }
        let rest = line.tokens.get(end..run).unwrap_or(&[]);
        line.is_title_case
            || rest.is_empty()
            || (rest.len() == 1 && rest[0].is("AI") && !follows_subject(line.tokens, run))
    }

    /// Whether the word at `at` may begin a name that is in no list.
    fn can_start(&self, line: &Line<'_, 'a>, at: usize) -> bool {
        let token = line.tokens[at];
        if token.kind != Kind::Word {
            return Self::is_numbered(line, at);
        }
        if token.text == "VC" {
            return false;
        }
        let word = without_possessive(token.text);
        if word != "The" && Self::is_never(word) || word.contains(['\'', '’']) {
            return false;
        }
        let next_is_capital = line.tokens.get(at + 1).is_some_and(|next| {
            is_capital(next.text) && !Self::is_never(without_possessive(next.text))
        });
        let heads = line.tokens.get(at + 1).is_some_and(|next| next.is("of"));
        if heads && OF_HEADS.contains(&word) {
            return line.tokens.get(at + 2).is_some_and(|next| is_capital(next.text));
        }
        if token.text == "The" && next_is_capital && !line.is_title_case {
            let run = self.run_end(line, at);
            return run > at + 2 && line.tokens[run - 1].is("Company");
        }
        if word.len() == 1 && glued(line.tokens, at) && line.tokens[at + 1].is("&") {
            return true;
        }
        if word.len() == 1 && is_lettered(line.tokens, at) {
            return true;
        }
        if word.len() == 1 && word != "X" || is_model_number(word) {
            return next_is_capital;
        }
        if !is_capital(word) && !is_mixed(word) {
            return self.is_small_name(line, at);
        }
        if is_mixed(word) {
            return true;
        }
        let is_common = self.is_common(line, word);
        if line.is_title_case {
            return word != "The" && (!is_common || self.known_end(line, at).is_some());
        }
        word != "The" && (!is_common || next_is_capital || self.known.contains(word))
    }

    /// `83North`, `1X`, `01.AI`, `1789 Capital`.
    fn is_numbered(line: &Line<'_, '_>, at: usize) -> bool {
        let [number, rest @ ..] = &line.tokens[at..] else { return false };
        let Some(next) = rest.first().filter(|_| number.kind == Kind::Number) else { return false };
        if number.end() == next.start {
            return (next.kind == Kind::Word && is_capital(next.text) && next.text.len() > 1)
                || (next.is(".") && rest.get(1).is_some_and(|end| end.is("AI")));
        }
        is_capital(next.text) && is_in(&ENDS_OF_INVESTORS, next.text)
    }

    /// `lool Ventures`, `comma.ai`: no capital, but what follows tells.
    fn is_small_name(&self, line: &Line<'_, 'a>, at: usize) -> bool {
        let tokens = line.tokens;
        if domain_end(tokens, at).is_some() {
            return true;
        }
        if !tokens.get(at + 1).is_some_and(|next| is_capital(next.text)) {
            return false;
        }
        let leads = at.checked_sub(1).map(|before| tokens[before]).is_some_and(|token| {
            token.is_any(&[",", "and", "by", "from", "with", "including", "include", "&"])
        });
        leads
            && !self.is_common(line, tokens[at].text)
            && tokens
                .get(at + 1)
                .is_some_and(|next| is_capital(next.text) && is_in(&ENDS_OF_INVESTORS, next.text))
    }

    /// Where the capitals that begin at token `at` end.
    fn run_end(&self, line: &Line<'_, 'a>, at: usize) -> usize {
        let tokens = line.tokens;
        let mut end = domain_end(tokens, at).unwrap_or(at + 1);
        while let Some(next) = tokens.get(end) {
            let last = tokens[end - 1];
            let touches = last.end() == next.start;
            if without_possessive(last.text) != last.text || is_bare_possessive(tokens, end) {
                break;
            }
            let after = tokens.get(end + 1);
            let joins = |token: Option<&Token<'a>>| {
                token.is_some_and(|token| self.can_go_on(line, token.text))
            };
            if end == at + 1 && is_lettered(tokens, at) {
                end += 2;
            } else if next.kind == Kind::Word && self.can_go_on(line, next.text) {
                end = domain_end(tokens, end).unwrap_or(end + 1);
            } else if (next.is("&") && joins(after))
                || (next.is_hyphen() && touches && joins(after) && glued(tokens, end))
                || (next.is("of") && OF_HEADS.contains(&last.text) && joins(after))
            {
                end += 2;
            } else if next.is(".") && touches && last.is_any(&["Corp", "Inc", "Ltd", "Pvt", "Tech"])
            {
                end += 1;
            } else if is_numeral(line, end) {
                return end + 1;
            } else {
                break;
            }
        }
        end
    }

    fn can_go_on(&self, line: &Line<'_, 'a>, text: &str) -> bool {
        let word = without_possessive(text);
        if word == "A" && !line.is_title_case {
            return true;
        }
        if !(is_capital(word) || is_mixed(word)) || Self::is_never(word) {
            return false;
        }
        !line.is_title_case
            || !self.is_common(line, word)
            || is_in(&ENDS_OF_ORGANISATIONS, word)
            || is_in(&ENDS_OF_INVESTORS, word)
    }

    /// Where the name ends of which the capitals `at..run` are a part, if it surely is one.
    fn sure_end(&self, line: &Line<'_, 'a>, at: usize, run: usize) -> Option<usize> {
        let known = self.known_end(line, at);
        if let Some(end) = known.filter(|end| line.is_title_case || *end >= run) {
            return Some(end);
        }
        let tokens = line.tokens;
        let word = without_possessive(tokens[at].text);
        let last = without_possessive(tokens[run - 1].text);
        let is_subject = follows_subject(tokens, run);
        if run > at + 1 && last == "AI" && !is_subject && is_initial(tokens, at) {
            return self.sure_end(line, at, run - 1);
        }
        if is_initial(tokens, at) && self.is_common(line, word) && !is_mixed(word) {
            let is_organisation =
                is_in(&ENDS_OF_ORGANISATIONS, last) || is_in(&ENDS_OF_INVESTORS, last);
            return (run > at + 1 && is_organisation && is_subject).then_some(run);
        }
        let is_adverb = word.ends_with("ly") && tokens.get(run).is_some_and(|next| next.is(","));
        if run == at + 1 && is_initial(tokens, at) && is_adverb {
            return None;
        }
        if run == at + 1 && is_initial(tokens, at) && !is_mixed(word) {
            let is_possessive = word != tokens[at].text;
            return (is_subject || is_possessive).then_some(run);
        }
        Some(run)
    }

    /// Where a name ends that another sentence leaves no doubt of.
    fn known_end(&self, line: &Line<'_, 'a>, at: usize) -> Option<usize> {
        let ends = (at + 1..=line.tokens.len().min(at + 5)).rev();
        ends.into_iter().find(|end| self.known.contains(self.written(line, at..*end)))
    }

    /// The bytes of tokens, without a possessive.
    fn span(line: &Line<'_, 'a>, tokens: Range<usize>) -> Range<usize> {
        let last = line.tokens[tokens.end - 1];
        line.tokens[tokens.start].start..last.start + without_possessive(last.text).len()
    }

    fn written(&self, line: &Line<'_, 'a>, tokens: Range<usize>) -> &'a str {
        self.text.get(Self::span(line, tokens)).unwrap_or("")
    }

    fn made(&self, line: &Line<'_, 'a>, tokens: Range<usize>, entry: Option<Entry>) -> Name<'a> {
        let last = line.tokens[tokens.end - 1];
        let next = line.tokens.get(tokens.end);
        let is_possessive = without_possessive(last.text) != last.text
            || is_bare_possessive(line.tokens, tokens.end);
        let before_hyphen = next.is_some_and(|next| next.is_hyphen() && next.start == last.end())
            && glued(line.tokens, tokens.end);
        let after_hyphen = tokens.start > 0
            && line.tokens[tokens.start - 1].is_hyphen()
            && glued(line.tokens, tokens.start - 1);
        Name {
            span: Self::span(line, tokens.clone()),
            text: self.written(line, tokens.clone()),
            kind: entry.map_or_else(|| self.kind(line.tokens, &tokens), |entry| entry.kind),
            usual: entry.map(|entry| entry.usual),
            is_possessive,
            is_modifier: before_hyphen || after_hyphen,
            tokens,
        }
    }

    /// What a name that is in no list most likely names.
    fn kind(&self, tokens: &[Token<'a>], name: &Range<usize>) -> NameKind {
        let first = without_possessive(tokens[name.start].text);
        let last = without_possessive(tokens[name.end - 1].text);
        let is_organisation = is_in(&ENDS_OF_ORGANISATIONS, last);
        if name.len() > 1 && is_in(&ENDS_OF_INVESTORS, last) {
            return NameKind::Investor;
        }
        let is_pair = matches!(name.len(), 2 | 3) && !is_organisation;
        let has_role = name.start.checked_sub(1).is_some_and(|before| {
            tokens[before].is_any(&[
                "CEO",
                "CTO",
                "CFO",
                "COO",
                "founder",
                "cofounder",
                "president",
            ])
        });
        if is_pair && (has_role || self.gazetteer.is_given_name(first)) {
            return NameKind::Person;
        }
        NameKind::Unknown
    }

    fn is_common(&self, line: &Line<'_, 'a>, word: &str) -> bool {
        if is_mixed(word) {
            return false;
        }
        let is_lower =
            || word.is_ascii() && self.lower.contains(word.to_ascii_lowercase().as_str());
        self.gazetteer.is_word(word)
            || (line.is_title_case && (word.ends_with("ly") || is_lower()))
            || (word.ends_with("ly") && is_lower())
    }

    fn is_never(word: &str) -> bool {
        is_in(&NEVER_NAMES, word)
    }
}

/// A number that is part of a name: `Episode 1`.
fn is_numeral(line: &Line<'_, '_>, at: usize) -> bool {
    let number = line.tokens[at];
    let is_apart = line.tokens.get(at + 1).is_none_or(|next| {
        next.kind == Kind::Mark && !next.is("%")
            || is_capital(next.text) && next.start > number.end()
    });
    number.kind == Kind::Number
        && number.text.len() <= 2
        && is_apart
        && !line.is_title_case
        && !line.quantities.iter().take(8).any(|quantity| quantity.tokens.contains(&at))
}

fn is_in(set: &BTreeSet<&'static str>, word: &str) -> bool {
    word.is_ascii() && set.contains(word.to_ascii_lowercase().as_str())
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Capitals or digits inside the word: `OpenAI`, `xAI`, `a16z`.
fn is_mixed(word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    let rest = letters.as_str();
    let has_upper = rest.contains(char::is_uppercase);
    let has_lower = first.is_lowercase() || rest.contains(char::is_lowercase);
    let has_digit = rest.contains(|c: char| c.is_ascii_digit());
    (has_upper && has_lower)
        || (has_digit && word.len() > 2 && has_lower && word.ends_with(char::is_alphabetic))
}

/// `H100`, `Q3`, `B200`.
fn is_model_number(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    word.len() - digits.len() <= 2
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `X-energy`: a letter, a hyphen and a word that makes no adjective.
fn is_lettered(tokens: &[Token<'_>], at: usize) -> bool {
    const ADJECTIVES: &[&str] =
        &["based", "backed", "led", "owned", "ray", "rays", "rated", "round", "list", "shirt"];
    let joins = tokens[at].text.len() == 1
        && glued(tokens, at)
        && tokens[at + 1].is_hyphen()
        && glued(tokens, at + 1);
    joins
        && tokens[at].text.starts_with(char::is_uppercase)
        && tokens[at + 2].kind == Kind::Word
        && tokens[at + 2].text.len() > 3
        && !tokens[at + 2].is_any(ADJECTIVES)
}

/// Whether the token at `at` and the next touch.
fn glued(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| tokens[at].end() == next.start)
}

/// Whether a bare apostrophe at `at` makes a possessive of the word before it: `Databricks’`.
fn is_bare_possessive(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|mark| mark.is_any(&["’", "'"]))
        && tokens[at - 1].end() == tokens[at].start
        && tokens[at - 1].text.ends_with(['s', 'S'])
        && !glued(tokens, at)
}

/// Where an address ends that begins at token `at`: `Character.ai`.
fn domain_end(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let ends = glued(tokens, at) && tokens[at + 1].is(".") && glued(tokens, at + 1);
    (ends && tokens[at + 2].is_any(DOMAINS)).then_some(at + 3)
}

/// The letter of a round is no name.
fn is_after_series(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before].is("series"))
}

/// Whether a capital at `at` says nothing, since a sentence begins there.
fn is_initial(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| {
        tokens[before].is_any(&["“", "\"", "‘", ":", "*", "•", "|", ".", "…", "]", "?", "!", "#"])
    })
}

/// Whether the word at `at` could follow the subject of a sentence.
pub(crate) fn follows_subject(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_none_or(|next| {
        let text = next.text;
        next.is_any(AFTER_SUBJECT)
            || (next.kind == Kind::Word
                && (text.ends_with('s') || text.ends_with("ed") || text.ends_with("ly"))
                && !next.is_any(NOT_VERBS)
                && !text.ends_with("ss"))
    })
}

#[cfg(test)]
mod tests;
