//! Of whom a figure is told.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::claim::Claim;
use super::noun::is_head;
use super::price::GPUS;
use super::time::{self, Time};
use super::{View, is_in};
use crate::news::MetricKind;
use crate::news::MetricStatus;
use crate::news::english::Document;
use crate::news::gazetteer::{NameKind, without_possessive};
use crate::news::names::Name;
use crate::token::{Kind, Token};

/// The company of a figure.
#[derive(Debug, Clone)]
pub(super) struct Company {
    /// As the text names it.
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    /// Where in the sentence it is named or referred to.
    pub(super) token: Option<usize>,
}

/// The last figure that was read.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) kind: MetricKind,
    pub(super) company: Company,
    pub(super) status: MetricStatus,
    pub(super) scope: Option<String>,
    /// Whether it is of this sentence.
    pub(super) is_here: bool,
    /// The token after it.
    pub(super) end: usize,
}

/// People of a document whose last names are looked up.
const MAX_PEOPLE: usize = 50;

/// What earlier sentences told.
pub(super) struct Memory {
    /// The subject of the last sentence that named one.
    last: Option<Company>,
    /// The only company of the document, if there is one only.
    only: Option<Company>,
    said: Option<Said>,
    /// Who spoke last.
    pub(super) speaker: Option<String>,
    /// The time of the figures that the last sentence spoke of.
    pub(super) time: Option<Time>,
    /// Full names of people, by which a surname alone is known.
    people: Vec<String>,
    /// The subject of the headline, or of the first sentence that has one.
    main: Option<String>,
    /// Whether the last sentence spoke of revenue.
    pub(super) speaks_of_revenue: bool,
    /// How often each name stands in the document.
    counts: BTreeMap<String, u32>,
}

impl Memory {
    pub(super) fn new(document: &Document<'_>) -> Self {
        let names = || document.sentences.iter().flat_map(|sentence| &sentence.names);
        let people = names().filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1);
        let people = people.take(MAX_PEOPLE).map(|name| name.text.to_owned()).collect();
        let mut counts = BTreeMap::new();
        for name in names().filter(|name| name.may_be_company()) {
            *counts.entry(name.text.to_owned()).or_insert(0) += 1;
        }
        let main = main_subject(document);
        let only = main.clone().filter(|main| is_alone(document, main));
        let main = main.map(|main| main.name);
        Self {
            last: None,
            only,
            said: None,
            speaker: None,
            time: None,
            people,
            main,
            speaks_of_revenue: false,
            counts,
        }
    }

    /// A pronoun as the name of a company, in a text that has no other.
    fn pronoun<'a>(&self, token: Token<'a>) -> Option<&'a str> {
        self.counts.is_empty().then_some(token.text)
    }

    /// Whether "it" may mean this name: one that is known, told of more than once, or the main one.
    fn is_notable(&self, name: &Name<'_>) -> bool {
        name.kind != NameKind::Unknown
            || self.main.as_deref().is_none_or(|main| main == company(name).name)
            || self.counts.get(name.text).is_some_and(|count| *count > 1)
    }

    /// The full name of a person of whom a sentence has only the last name.
    pub(super) fn full_name(&self, name: String) -> String {
        let is_same = |full: &&String| full.rsplit(' ').next() == Some(name.as_str());
        self.people.iter().find(is_same).cloned().unwrap_or(name)
    }

    pub(super) fn said(&self) -> Option<&Said> {
        self.said.as_ref()
    }

    /// Another figure stood between: "that number" would be another.
    pub(super) fn forget(&mut self) {
        self.said = None;
    }

    pub(super) fn remember(
        &mut self,
        view: &View<'_, '_>,
        index: usize,
        claim: &Claim,
        company: &Company,
        status: MetricStatus,
    ) {
        let end = view.quantity(index).end.max(claim.words.end);
        self.said = Some(Said {
            kind: claim.kind,
            company: Company { token: None, ..company.clone() },
            status,
            scope: claim.scope.clone(),
            is_here: true,
            end,
        });
    }

    /// Takes in a sentence that has been read.
    pub(super) fn hear(&mut self, view: &View<'_, '_>) {
        if let Some(said) = &mut self.said {
            said.is_here = false;
        }
        let names = &view.sentence.names;
        let notable = |name: &&Name<'_>| may_act(view, name) && self.is_notable(name);
        let subject = names.iter().find(notable).or_else(|| {
            // "the startup of", "at Acme": still what the sentence is about, if nothing else is.
            let mut companies = names.iter().filter(|name| name.may_be_company());
            let first = companies.next().filter(|_| companies.next().is_none());
            first.filter(|name| self.is_notable(name))
        });
        if let Some(name) = subject {
            self.last = Some(Company { token: None, ..company(name) });
        } else if self.last.is_none() {
            let words = role_before(view, view.tokens.len().min(40));
            self.last = words.and_then(unnamed);
        }
        self.speaks_of_revenue = view.has(0..view.tokens.len(), &["revenue", "revenues", "sales"]);
        self.speaker = super::voice::speaker(view).or_else(|| self.speaker.take());
        self.time = time::of_figures(view);
    }

    fn antecedent(&self) -> Option<Company> {
        self.last.clone().or_else(|| self.only.clone())
    }
}

/// The subject of the headline, or of one of the first sentences.
fn main_subject(document: &Document<'_>) -> Option<Company> {
    document.sentences.iter().take(3).find_map(|sentence| {
        let view = View::new(document, sentence);
        let subject = sentence.names.iter().find(|name| may_act(&view, name))?;
        Some(Company { token: None, ..company(subject) })
    })
}

/// Whether a document names no other company.
fn is_alone(document: &Document<'_>, main: &Company) -> bool {
    let names = document.sentences.iter().flat_map(|sentence| &sentence.names);
    names.filter(|name| name.may_be_company()).map(company).all(|found| {
        found.name == main.name
            || main.aliases.contains(&found.name)
            || found.aliases.contains(&main.name)
    })
}

/// The company that a name names.
pub(super) fn company(name: &Name<'_>) -> Company {
    let token = Some(name.tokens.start);
    // "OpenAIs annual revenue": a possessive that lost its apostrophe.
    let bare = name.text.strip_suffix('s').filter(|bare| bare.ends_with(char::is_uppercase));
    if let Some(bare) = bare.filter(|bare| bare.len() > 3 && name.usual.is_none()) {
        return Company { name: bare.to_owned(), aliases: Vec::new(), token };
    }
    let usual = name.usual.filter(|usual| *usual != name.text).map(str::to_owned);
    if name.kind == NameKind::Product
        && let Some(usual) = usual
    {
        return Company { name: usual, aliases: vec![name.text.to_owned()], token };
    }
    Company { name: name.text.to_owned(), aliases: usual.into_iter().collect(), token }
}

/// Words after which a name is no subject.
const PREPOSITIONS: &str = "
    of in at by from with for to than on like over against including into after via inside through and
    about versus under behind";

/// Whether a name may be the subject of a figure that follows.
fn may_act(view: &View<'_, '_>, name: &Name<'_>) -> bool {
    let before = name.tokens.start.checked_sub(1);
    // "behind the Labubu franchise"
    let lead = before.map(|at| at - usize::from(at > 0 && view.is(at, "the")));
    let is_object =
        lead.is_some_and(|at| view.is_in(at, PREPOSITIONS)) && !is_clause_start(view, name);
    let is_of_thing = !name.is_possessive && view.is_in(name.tokens.end, THINGS);
    let is_owned = before.is_some_and(|at| is_owner(view, at));
    // "Spark’s Jane Doe" is a person, and "(NYSE: ABC)" no company.
    let end = name.tokens.end;
    let is_employer = name.is_possessive && view.sentence.name_at(end).is_some();
    let is_listing = view.is(end, ":") && before.is_some_and(|at| view.is(at, "("));
    // "Acme News hears that the company’s": whoever hears tells of another.
    let is_hearer = view.is_any(end, &["hears", "understands"]);
    let is_other = is_of_thing || is_owned || is_employer || is_listing || is_hearer;
    let is_subject = !is_other && (!is_object || name.is_possessive);
    name.may_be_company() && is_subject
}

/// Whether what follows token `at` is a product or a person of somebody: "the company’s Nova-C lander",
/// "Kleiner Perkins’ Mamoon Hamid".
fn is_owner(view: &View<'_, '_>, at: usize) -> bool {
    let token = view.tokens[at];
    let noun = without_possessive(token.text);
    let is_role = noun != token.text && ROLES.split_whitespace().any(|role| role == noun);
    let owner = view.sentence.name_at(at).or_else(|| view.sentence.name_at(at.checked_sub(1)?));
    let is_investor =
        owner.is_some_and(|owner| owner.is_possessive && owner.kind == NameKind::Investor);
    token.is_any(&["its", "our", "their"]) || is_role || is_investor
}

/// Things that a name before them is the maker of: "50,000 Nvidia GPUs".
const THINGS: &str = "
    gpus gpu chips chip servers hardware stock shares models api rival rivals competitor challenger alternative";

/// Whether "and" before a name joins clauses rather than names: ", and OpenAI expects".
fn is_clause_start(view: &View<'_, '_>, name: &Name<'_>) -> bool {
    let Some(and) = name.tokens.start.checked_sub(1) else { return true };
    view.is(and, "and") && and > 0 && view.sentence.name_at(and - 1).is_none()
}

/// Nouns that stand for a company named before: "the startup", "the chipmaker".
const ROLES: &str = "
    company startup start firm giant maker chipmaker developer lab unicorn business group platform
    provider automaker carmaker retailer bank fintech outfit up manufacturer publisher operator
    organization";

/// Nouns of which no single company can be the subject.
const MANY: &str = "
    market markets industry sector startups companies firms investors vcs customers consumers users
    creators developers publishers sellers merchants analysts economy giants governments businesses
    enterprises models rivals competitors hyperscalers world globally streamers advertisers you your my
    i";

/// The company that the claim is of.
pub(super) fn find(view: &View<'_, '_>, memory: &Memory, claim: &Claim) -> Option<Company> {
    let anchor = claim.words.start.min(view.tokens.len());
    let anchor = match claim.rules.first() {
        Some(&("noun_after" | "spending_plan" | "earlier_valuation")) => {
            quantity_before(view, anchor)
        }
        _ => anchor,
    };
    if let Some(name) = owner_behind(view, claim) {
        return Some(company(name));
    }
    let floor = view.clause_start(anchor);
    let mut at = anchor;
    while at > floor {
        at -= 1;
        if let Some(name) = view.sentence.name_at(at) {
            at = name.tokens.start;
            if name.may_be_company() && is_joint(view, name) {
                return None;
            }
            let stands_before = name.may_be_company() && name.tokens.end == anchor;
            if may_act(view, name) || stands_before {
                return Some(company(name));
            }
            continue;
        }
        if let ControlFlow::Break(found) = refers(view, memory, at) {
            return found;
        }
    }
    // "With $120 million in revenue, Acme is": the subject is yet to come.
    let opens = anchor <= floor + 3;
    memory
        .last
        .clone()
        .filter(|_| !opens)
        .or_else(|| later(view, anchor).filter(|_| opens))
        .or_else(|| memory.last.clone())
        .or_else(|| teller_behind(view, memory, anchor))
        .or_else(|| later(view, anchor))
}

/// "Revenue reached $2 billion, the company said", in a text that names none.
fn teller_behind(view: &View<'_, '_>, memory: &Memory, anchor: usize) -> Option<Company> {
    let ceiling = view.clause_end(anchor);
    let said = view.find(anchor..ceiling, &["said", "says", "confirmed", "announced"])?;
    let start = role(view, said.checked_sub(1)?)?;
    memory.counts.is_empty().then(|| unnamed(view.words(start..said)))?
}

/// What the word at token `at` says of the subject: which company it is, that it is none, or nothing.
fn refers(view: &View<'_, '_>, memory: &Memory, at: usize) -> ControlFlow<Option<Company>> {
    let token = view.tokens[at];
    // "it’s", "we’ve"
    let word = token.text.split(['’', '\'']).next().unwrap_or("");
    let found = match word.to_ascii_lowercase().as_str() {
        "it" | "its" | "whose" => {
            let words = role_before(view, at).or_else(|| memory.pronoun(token));
            referred(view, memory, at, words)
        }
        "we" | "our" => spoken(view, memory, at),
        "they" | "their" | "together" | "combined" | "collectively" => None,
        _ if is_in(token, MANY) && is_of_its_own(view, at) => return ControlFlow::Continue(()),
        _ if is_in(token, MANY) => None,
        _ => {
            let before = named_before_comma(view, at).filter(|_| token.is("which"));
            if let Some(name) = before {
                return ControlFlow::Break(Some(company(name)));
            }
            let Some(start) = role(view, at) else { return ControlFlow::Continue(()) };
            let words = without_possessive(view.words(start..at + 1));
            referred(view, memory, start, Some(words))
        }
    };
    ControlFlow::Break(found)
}

/// "the hosted version of its models": no subject.
fn is_of_its_own(view: &View<'_, '_>, at: usize) -> bool {
    let Some(of) = at.checked_sub(2) else { return false };
    view.is(of + 1, "its") && view.is_in(of, PREPOSITIONS)
}

/// The company that "which" at token `at` is: "for OpenAI, which expects".
fn named_before_comma<'d, 'a>(view: &View<'d, 'a>, at: usize) -> Option<&'d Name<'a>> {
    let comma = at.checked_sub(1).filter(|at| view.is(*at, ","))?;
    view.sentence.name_at(comma.checked_sub(1)?).filter(|name| name.may_be_company())
}

/// "Revenue at Acme", "the losses of Acme".
fn owner_behind<'d, 'a>(view: &View<'d, 'a>, claim: &Claim) -> Option<&'d Name<'a>> {
    let end = claim.words.end;
    if claim.rules.first() == Some(&"total_raised") {
        let inside = |name: &&Name<'_>| claim.words.contains(&name.tokens.start);
        return view.sentence.names.iter().find(inside).filter(|name| name.may_be_company());
    }
    let is_noun = claim.rules.first() == Some(&"noun_before") && view.is_any(end, &["at", "of"]);
    let before = claim.words.start.checked_sub(1);
    let is_owned = before.is_some_and(|at| {
        view.is_any(at, &["its", "our"])
            || view.sentence.name_at(at).is_some_and(|name| name.is_possessive)
    });
    // "revenue from ChatGPT": a product has one maker.
    let is_maker = |name: &&Name<'_>| name.kind == NameKind::Product && view.is(end, "from");
    let maker = view.sentence.name_at(end + 1).filter(is_maker).filter(|_| !is_owned);
    if maker.is_some() {
        return maker;
    }
    let is_owner = is_noun && !is_owned;
    view.sentence.name_at(end + 1).filter(|name| is_owner && name.may_be_company())
}

/// What part of a company a figure is of: "its generative AI products", "Acme’s API business".
pub(super) fn part(view: &View<'_, '_>, company: &Company, claim: &Claim) -> Option<String> {
    const VERBS: &str =
        "will would could may might has have had is are was were made brought generates
        makes brings expects plans hit hits rake grew saw lost spent burns spends loses";
    let at = company.token?;
    let owner = view.sentence.name_at(at);
    let is_owner = owner.map_or(view.is_any(at, &["its", "their"]), |name| name.is_possessive);
    let start = owner.map_or(at + 1, |name| name.tokens.end);
    let ceiling = view.tokens.len().min(start + 6).min(claim.words.start);
    let end = (start..ceiling).find(|at| {
        view.is_in(*at, VERBS)
            || view.tokens[*at].text.ends_with("ed")
            || view.quantity_at(*at).is_some()
    })?;
    let is_plain = (start..end).all(|at| {
        let token = view.tokens[at];
        token.kind == Kind::Word
            && !is_head(token.text)
            && !is_in(token, PREPOSITIONS)
            && !token.is_any(&["ceo", "cfo", "chief", "founder", "and", "said", "who"])
            || token.is_hyphen()
    });
    (is_owner && is_plain && end > start).then(|| view.words(start..end).to_owned())
}

/// The start of the quantity before token `at`, with which the search for a subject begins.
fn quantity_before(view: &View<'_, '_>, at: usize) -> usize {
    let quantities = &view.quantities;
    let index = quantities.partition_point(|quantity| quantity.tokens.start <= at);
    index.checked_sub(1).map_or(at, |index| quantities[index].tokens.start)
}

/// "Ofo and Mobike", "Ofo, Mobike": names of which the last is not alone.
fn is_joint(view: &View<'_, '_>, name: &Name<'_>) -> bool {
    let Some(and) = name.tokens.start.checked_sub(1).filter(|at| view.is_any(*at, &["and", "&"]))
    else {
        return false;
    };
    let before = and.checked_sub(1).and_then(|at| view.sentence.name_at(at));
    before.is_some_and(|name| name.kind != NameKind::Outlet)
}

/// Where "the startup" or "firm" begins, whose last word is token `at`.
fn role(view: &View<'_, '_>, at: usize) -> Option<usize> {
    let token = view.tokens[at];
    if !ROLES.split_whitespace().any(|role| role == without_possessive(token.text)) {
        return None;
    }
    // "TikTok parent company ByteDance": the name follows.
    if view.sentence.name_at(at + 1).is_some() {
        return None;
    }
    let floor = at.saturating_sub(6);
    let article = (floor..at).rev().find(|at| view.is_any(*at, &["the", "this", "a", "that"]));
    let start = article.filter(|start| {
        (*start + 1..at).all(|at| {
            let token = view.tokens[at];
            !is_in(token, PREPOSITIONS) && !token.is_any(&[",", "the", "is", "was"])
        })
    });
    let is_indefinite =
        start.is_some_and(|start| view.is(start, "a")) && !view.is_any(at + 1, &["that", "which"]);
    match start {
        Some(start) if !is_indefinite => Some(start),
        // Headlines leave the article out: "…, firm reportedly spent $1.6 billion".
        None if view.is_any(at, &["firm", "company", "startup"])
            && at.checked_sub(1).is_none_or(|at| view.is_any(at, &[",", ";", ":"])) =>
        {
            Some(at)
        }
        _ => None,
    }
}

/// What a pronoun or "the company" at token `at` stands for; `words` where they may stand for a name
/// that the text does not have.
fn referred(
    view: &View<'_, '_>,
    memory: &Memory,
    at: usize,
    words: Option<&str>,
) -> Option<Company> {
    let floor = at.saturating_sub(60);
    let mut names = view.sentence.names.iter().rev();
    let named = names
        .by_ref()
        .skip_while(|name| name.tokens.end > at)
        .take_while(|name| name.tokens.start >= floor)
        .find(|name| may_act(view, name) && memory.is_notable(name));
    let found = named
        .map(company)
        .or_else(|| memory.antecedent())
        .or_else(|| later(view, at))
        .or_else(|| unnamed(words?))?;
    Some(Company { token: Some(at), ..found })
}

/// A company that the text only calls "the company", whose name its reader may know.
fn unnamed(words: &str) -> Option<Company> {
    let name = words.to_owned();
    (!name.is_empty()).then_some(Company { name, aliases: Vec::new(), token: None })
}

/// "the company" before token `at`: "The company said its costs".
fn role_before<'a>(view: &View<'_, 'a>, at: usize) -> Option<&'a str> {
    let mut before = (at.saturating_sub(40)..at).rev();
    let (start, end) = before.find_map(|at| Some((role(view, at)?, at + 1)))?;
    Some(without_possessive(view.words(start..end)))
}

/// Whose word "we" is: the company that the sentence says is speaking, or the only one of the document.
fn spoken(view: &View<'_, '_>, memory: &Memory, at: usize) -> Option<Company> {
    let speaks = |name: &&Name<'_>| {
        name.may_be_company()
            && view.is_any(name.tokens.end, &["said", "says", "wrote", "announced"])
    };
    let named = view.sentence.names.iter().find(speaks).map(company);
    let found = named
        .or_else(|| memory.only.clone())
        .or_else(|| unnamed(memory.pronoun(view.tokens[at])?))?;
    Some(Company { token: Some(at), ..found })
}

/// The one company that the rest of the sentence names.
fn later(view: &View<'_, '_>, at: usize) -> Option<Company> {
    let mut names =
        view.sentence.names.iter().filter(|name| name.tokens.start > at && name.may_be_company());
    let first = names.next()?;
    let is_only = names.all(|name| name.text == first.text);
    // "from Microsoft", whoever got it, is not of Microsoft.
    let is_giver = first.tokens.start > 0
        && view
            .is_any(first.tokens.start - 1, &["from", "by", "with", "to", "at", "on", "including"]);
    (is_only && !is_giver).then(|| Company { token: None, ..company(first) })
}

/// The nearest name before token `at`.
pub(super) fn name_before<'d, 'a>(view: &View<'d, 'a>, at: usize) -> Option<&'d Name<'a>> {
    let names = &view.sentence.names;
    let index = names.partition_point(|name| name.tokens.end <= at);
    names.get(index.checked_sub(1)?)
}

/// Who pays the price at token `at`, or whose price it is where others pay it.
///
/// A price of the market is of nobody.
pub(super) fn payer(view: &View<'_, '_>, at: usize, is_of_others: bool) -> Company {
    let floor = view.clause_start(at);
    let names = || {
        let before = view.sentence.names.iter().rev();
        before.filter(|name| {
            let is_near = name.tokens.end <= at && name.tokens.start >= floor;
            is_near && name.may_be_company() && !view.has(name.tokens.clone(), GPUS)
        })
    };
    let sells = |name: &&Name<'_>| {
        let before = name.tokens.start.checked_sub(1);
        name.is_possessive || before.is_some_and(|at| view.is_any(at, &["from", "at", "on"]))
    };
    let seller = names().find(sells);
    let buyer =
        names().find(|name| !name.is_possessive && may_act(view, name) && is_buyer(view, name));
    let found = if is_of_others { seller } else { buyer.or(seller) };
    let of_market = || Company { name: String::new(), aliases: Vec::new(), token: None };
    found.map_or_else(of_market, company)
}

/// Whether the name is followed by a verb of paying or renting.
fn is_buyer(view: &View<'_, '_>, name: &Name<'_>) -> bool {
    let end = name.tokens.end;
    view.has(
        end..view.tokens.len().min(end + 4),
        &[
            "pay", "pays", "paid", "paying", "rents", "rent", "rented", "charges", "offers",
            "sells", "lists", "charge", "charging",
        ],
    )
}
