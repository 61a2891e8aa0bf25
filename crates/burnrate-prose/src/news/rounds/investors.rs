//! Who invests.

use super::words::{AUXILIARIES, DESCRIBING, LEAD, SURELY_ROUND};
use crate::news::english::Sentence;
use crate::news::gazetteer::NameKind;
use crate::news::names::Name;
use crate::token::{Kind, Token, phrase_end};

/// Investors that a sentence names together.
pub(super) struct Group<'a> {
    pub(super) names: Vec<&'a str>,
    /// Whether they lead.
    pub(super) leads: bool,
    /// The token at which the words for it begin.
    pub(super) at: usize,
    /// The token after the last name.
    pub(super) end: usize,
}

/// Phrases before those who lead.
const LED_BY: &[&[&str]] = &[
    &["led", "by"],
    &["headed", "by"],
    &["lead", "investor"],
    &["lead", "investors"],
    &["spearheaded", "by"],
    &["anchored", "by"],
    &["led", "jointly", "by"],
    &["led", "again", "by"],
    &["led", "once", "again", "by"],
];

/// Phrases before those who take part.
const WITH: &[&[&str]] = &[
    &["participation", "from"],
    &["participation", "by"],
    &["participation", "of"],
    &["backing", "from"],
    &["support", "from"],
    &["investment", "from"],
    &["investments", "from"],
    &["contributions", "from"],
    &["money", "from"],
    &["funding", "from"],
    &["capital", "from"],
    &["financing", "from"],
    &["backers", "include"],
    &["backers", "including"],
    &["investors", "include"],
    &["investors", "included"],
    &["investors", "including"],
    &["investors", "in", "the", "round", "include"],
    &["investors", "in", "this", "round", "include"],
    &["participants", "include"],
    &["participants", "included"],
    &["participants", "including"],
    &["round", "include"],
    &["round", "included"],
    &["round", "includes"],
    &["investors", "such", "as"],
    &["funds", "including"],
    &["backers", "such", "as"],
    &["joined", "by"],
    &["alongside"],
    &["round", "backed", "by"],
    &["funding", "backed", "by"],
    &["financing", "backed", "by"],
    &["participation", "from", "existing", "investors"],
    &["we", "are", "partnering", "with"],
    &["investors", "like"],
    &["along", "with"],
];

/// Words that a list of names passes over.
const IN_LIST: &[&str] = &[
    ",",
    "and",
    "&",
    "its",
    "the",
    "a",
    "existing",
    "new",
    "returning",
    "previous",
    "current",
    "investor",
    "investors",
    "including",
    "vc",
    "vcs",
    "firm",
    "firms",
    "fund",
    "as",
    "well",
    "also",
    "backer",
    "backers",
    "giant",
    "both",
    "strategic",
    "venture",
    "capital",
    "growth",
    "equity",
    "*",
    "angel",
    "angels",
    "lead",
    "insiders",
    "among",
    "existing",
    "chipmaker",
    "tech",
    "lender",
    "affiliated",
    "funds",
    "of",
    "like",
    "s",
    "company",
    "private",
    "arm",
    "other",
    "others",
    "from",
    "hedge",
    "sovereign",
    "wealth",
    "followed",
    "plus",
    "longtime",
    "long",
    "time",
    "-",
    "based",
    "prominent",
    "high",
    "profile",
    "individual",
    "by",
    "billionaire",
    "founder",
    "co",
    "ceo",
    "former",
    "entrepreneur",
    "bank",
    "mutual",
    "manager",
    "managers",
    "giants",
];

/// The groups of investors of a sentence.
pub(super) fn read<'a>(sentence: &Sentence<'a>) -> Vec<Group<'a>> {
    let tokens = &sentence.tokens;
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found = named_after(sentence, at)
            .or_else(|| leading(sentence, at))
            .or_else(|| participating(sentence, at))
            .or_else(|| led_adjective(sentence, at));
        match found {
            Some(group) => {
                at = group.end.max(at + 1);
                if !group.names.is_empty() {
                    groups.push(group);
                }
            }
            None => at += 1,
        }
    }
    groups
}

/// "led by A and B", "with participation from C".
fn named_after<'a>(sentence: &Sentence<'a>, at: usize) -> Option<Group<'a>> {
    let tokens = &sentence.tokens;
    let phrase = |phrases: &[&[&str]]| {
        phrases.iter().filter_map(|phrase| phrase_end(tokens, at, phrase)).max()
    };
    let (leads, end) = match phrase(LED_BY) {
        Some(end) => (true, end),
        None => (false, phrase(WITH)?),
    };
    let is_loose = tokens[end..].iter().take(6).any(|token| token.is("including"))
        && tokens[end..].iter().take(4).any(|token| token.is("investors"));
    let (names, end) = list(sentence, end);
    Some(Group { names: texts(&names), leads: leads && !is_loose, at, end })
}

/// "A and B co-led the round", "with A leading".
fn leading<'a>(sentence: &Sentence<'a>, at: usize) -> Option<Group<'a>> {
    let tokens = &sentence.tokens;
    if !tokens[at].is_any(LEAD) || tokens.get(at + 1).is_some_and(|next| next.is("by")) {
        return None;
    }
    let object = tokens[at + 1..]
        .iter()
        .take(9)
        .take_while(|token| !token.is_any(&[",", ";", "that", "with", "and"]));
    let is_round = object.clone().any(|token| {
        token.is_any(SURELY_ROUND)
            || token.is_any(&[
                "deal",
                "investment",
                "financing",
                "round",
                "raise",
                "infusion",
                "tranche",
            ])
    }) || (tokens[at].is("leading") && object.clone().next().is_none());
    let cut = object.clone().any(|token| token.is("["))
        || tokens.get(at + 2).is_some_and(|token| token.is("["));
    if !is_round && !cut {
        return None;
    }
    let names = list_before(sentence, at);
    (!names.is_empty()).then(|| Group { names: texts(&names), leads: true, at, end: at + 1 })
}

/// "A and B also participated", "as investors A and B double down".
fn participating<'a>(sentence: &Sentence<'a>, at: usize) -> Option<Group<'a>> {
    let tokens = &sentence.tokens;
    let token = tokens[at];
    let next_is = |words: &[&str]| tokens.get(at + 1).is_some_and(|next| next.is_any(words));
    let is_marker =
        token.is_any(&["participated", "participating", "participate", "joined", "invested"])
            && !next_is(&["in"])
            || token.is_any(&["participated", "participating"])
            || token.is("investing") && at > 0 && tokens[at - 1].is("also")
            || token.is("joining") && joins_with(sentence, at)
            || token.is("double") && next_is(&["down"])
            || token.is("also") && next_is(&["["])
            || token.is("[") && at > 0 && tokens[at - 1].is_any(&[",", "and"])
            || token.is("joined") && tokens[at..].iter().take(4).any(|token| token.is("round"));
    if is_marker {
        let names = list_before(sentence, at);
        return Some(Group { names: texts(&names), leads: false, at, end: at + 1 })
            .filter(|group| !group.names.is_empty());
    }
    if token.is("including") && at > 0 && tokens[at - 1].is(",") {
        let from = at.saturating_sub(8);
        let lists = tokens.get(from..at).unwrap_or_default().iter().any(|token| {
            token.is_any(&[
                "investors",
                "backers",
                "angels",
                "vcs",
                "funds",
                "firms",
                "participants",
            ])
        });
        let (names, end) = list(sentence, at + 1);
        return lists.then(|| Group { names: texts(&names), leads: false, at, end });
    }
    None
}

/// ", with A joining in", "with A and B joining the round"; not "with A joining the board".
fn joins_with(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = &sentence.tokens;
    let names = list_before(sentence, at);
    let with = names.first().and_then(|name| name.tokens.start.checked_sub(1));
    let goes_on = tokens.get(at + 1).is_some_and(|next| !next.is_any(&["in", "as", ".", ","]));
    let is_round = tokens[at..].iter().take(5).any(|token| token.is("round"));
    with.is_some_and(|with| tokens[with].is("with")) && (!goes_on || is_round)
}

/// "eBay’s venture arm": the owner, whose money it is.
fn is_own_arm(sentence: &Sentence<'_>, name: &Name<'_>) -> bool {
    const ARMS: &[&str] = &["arm", "vc", "fund", "venture", "ventures", "unit"];
    let end = name.tokens.end;
    let rest = sentence.tokens.get(end..).unwrap_or(&[]);
    name.is_possessive
        && sentence.name_at(end).is_none()
        && rest.iter().take(3).any(|token| token.is_any(ARMS))
}

/// "its SoftBank-led round".
fn led_adjective<'a>(sentence: &Sentence<'a>, at: usize) -> Option<Group<'a>> {
    let tokens = &sentence.tokens;
    let name = sentence.name_at(at).filter(|name| name.is_modifier && name.tokens.start == at)?;
    let end = name.tokens.end;
    let is_led = tokens.get(end).is_some_and(Token::is_hyphen)
        && tokens.get(end + 1).is_some_and(|token| token.is("led"));
    is_led.then(|| Group { names: vec![name.text], leads: true, at, end: end + 2 })
}

/// The names that stand from token `at` as a list, and the token after it.
pub(super) fn list<'s, 'a>(sentence: &'s Sentence<'a>, at: usize) -> (Vec<&'s Name<'a>>, usize) {
    let tokens = &sentence.tokens;
    let mut names: Vec<&Name<'a>> = Vec::new();
    let mut next = at;
    let mut end = at;
    let mut between = 0;
    while let Some(token) = tokens.get(next) {
        if let Some(name) = sentence.name_at(next) {
            let is_apart = names.is_empty() || between_has_separator(tokens, end, next);
            if !is_apart {
                break;
            }
            next = name.tokens.end;
            let is_adjective = tokens.get(next).is_some_and(|token| {
                token.is_any(&["investors", "investor", "funds", "vcs", "vc", "backers", "firms"])
            });
            let is_giver = !name.is_possessive || is_own_arm(sentence, name);
            if is_investor(name) && is_giver && !name.is_modifier && !is_adjective {
                names.push(name);
                if let Some(firm) = firm_of(sentence, name) {
                    names.pop();
                    names.push(firm);
                    next = firm.tokens.end;
                }
                end = next;
                next = affiliation(sentence, next);
            }
            between = 0;
            continue;
        }
        if token.is("(") {
            let close = (next..tokens.len().min(next + 10)).find(|&at| tokens[at].is(")"));
            next = close.map_or(next + 1, |close| close + 1);
            continue;
        }
        let is_first = names.is_empty();
        let may_pass = token.is_any(IN_LIST)
            || (token.kind == Kind::Word
                && token.text.starts_with(char::is_lowercase)
                && is_first
                && between < 5
                && !token.is_any(&[
                    "at", "in", "to", "that", "which", "for", "valuing", "is", "was", "has", "who",
                    "with",
                ]));
        if !may_pass || between > 7 {
            break;
        }
        between += 1;
        next += 1;
    }
    (names, end)
}

/// "Ada Quill of Lattice Capital": the firm, whose money it is.
fn firm_of<'s, 'a>(sentence: &'s Sentence<'a>, name: &Name<'a>) -> Option<&'s Name<'a>> {
    let at = name.tokens.end;
    let is_of = sentence.tokens.get(at).is_some_and(|token| token.is_any(&["of", "from", "at"]));
    let firm =
        sentence.name_at(at + 1).filter(|firm| is_of && is_investor(firm) && !firm.is_possessive);
    firm.filter(|_| {
        name.kind == NameKind::Person || name.tokens.len() == 2 && name.kind == NameKind::Unknown
    })
}

/// Whether a comma or "and" stands between two names of a list.
fn between_has_separator(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    tokens
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .any(|token| token.is_any(&[",", "and", "&", "as", "plus"]))
}

/// ", MD – Helion Advisors": what a person is, and where.
fn affiliation(sentence: &Sentence<'_>, at: usize) -> usize {
    let tokens = &sentence.tokens;
    let is_comma = tokens.get(at).is_some_and(|token| token.is(","));
    let role = tokens.get(at + 1).is_some_and(|token| {
        token.is_any(&[
            "MD",
            "CEO",
            "CTO",
            "CFO",
            "COO",
            "partner",
            "founder",
            "Founder",
            "director",
            "Director",
            "Partner",
            "head",
            "president",
            "President",
        ]) || token.is_any(&["Co", "co", "managing", "Managing", "general"])
            && sentence.name_at(at + 1).is_none()
    });
    if !is_comma || !role {
        return at;
    }
    let end = (at + 1..tokens.len().min(at + 12)).find(|&next| tokens[next].is_any(&[",", "."]));
    end.unwrap_or(at)
}

/// The names that a list ends with before the verb at token `at`.
pub(super) fn list_before<'s, 'a>(sentence: &'s Sentence<'a>, at: usize) -> Vec<&'s Name<'a>> {
    let mut names: Vec<&Name<'a>> = Vec::new();
    let mut next = before_verb(sentence, at);
    while let Some(before) = before_parenthesis(sentence, next).checked_sub(1) {
        let Some(name) = sentence.name_at(before) else { break };
        let is_owner = name.is_possessive || name.is_modifier;
        if (is_owner && names.is_empty()) || (!is_owner && !is_investor(name)) {
            break;
        }
        if !is_owner {
            names.push(name);
        }
        match before_joint(sentence, name.tokens.start) {
            Some(joint) => next = joint,
            None => break,
        }
    }
    names.reverse();
    names
}

/// The token after the subject of the verb at token `at`, as far as its auxiliaries lead there.
fn before_verb(sentence: &Sentence<'_>, at: usize) -> usize {
    let tokens = &sentence.tokens;
    let mut next = at;
    while next > 0 && sentence.name_at(next - 1).is_none() && tokens[next - 1].is_any(AUXILIARIES) {
        next -= 1;
    }
    if next == 0 || !tokens[next - 1].is(",") {
        return next;
    }
    // ", which manages a portfolio, led": back to the name before it.
    let mut commas = (1..next - 1).rev().take(24).filter(|&at| tokens[at].is(","));
    commas.find(|&at| sentence.name_at(at - 1).is_some()).unwrap_or(next)
}

/// The token at which a parenthesis opens that closes just before token `at`.
fn before_parenthesis(sentence: &Sentence<'_>, at: usize) -> usize {
    let closes = at > 0 && sentence.tokens[at - 1].is(")");
    let open = (0..at).rev().take(10).find(|&at| sentence.tokens[at].is("("));
    open.filter(|_| closes).unwrap_or(at)
}

/// The token after the name that a comma or "and" joins to the one which begins at token `at`.
fn before_joint(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let mut next = at;
    while next > 0 && tokens[next - 1].is_any(DESCRIBING) {
        next -= 1;
    }
    let owner = next.checked_sub(1).and_then(|before| sentence.name_at(before));
    if owner.is_some_and(|name| name.is_possessive || name.is_modifier) {
        return Some(next);
    }
    let end = next;
    while next > 0 && tokens[next - 1].is_any(&[",", "and", "&", "’", "'"]) {
        next -= 1;
    }
    (next < end).then_some(next)
}

/// Whether a name may be that of an investor.
pub(super) fn is_investor(name: &Name<'_>) -> bool {
    match name.kind {
        NameKind::Company | NameKind::Investor | NameKind::Person | NameKind::Unknown => true,
        NameKind::Product | NameKind::Outlet | NameKind::Place => false,
    }
}

/// The names as the text writes them.
pub(super) fn texts<'a>(names: &[&Name<'a>]) -> Vec<&'a str> {
    names.iter().map(|name| name.text).collect()
}
