//! German and Dutch news: the commonest shapes of rounds and figures, each read only where it is sure.
//!
//! Both languages write amounts with a decimal comma and a word for the scale, and put a verb's second
//! half at the end of its clause; what differs is the words, which a [`Lexicon`] holds.

use std::ops::Range;

use super::draft;
use super::gazetteer::Gazetteer;
use super::{
    Amount, Article, Event, Metric, MetricKind, MetricStatus, Qualifier, Round, RoundKind,
    RoundStatus,
};

mod amounts;
mod dates;
mod names;
mod words;

use amounts::Money;
use names::Names;
use words::Word;

/// The words of one language, in lower case.
pub(crate) struct Lexicon {
    pub(crate) scales: &'static [(&'static str, u32)],
    pub(crate) currencies: &'static [(&'static str, &'static str)],
    pub(crate) numbers: &'static [(&'static str, &'static str)],
    /// Phrases before an amount; one that ends another stands after it.
    pub(crate) hedges: &'static [(&'static str, Qualifier)],
    /// Between the ends of a range.
    pub(crate) to: &'static str,
    /// Verbs, or halves of verbs, by which a company gets money.
    pub(crate) raises: &'static [&'static str],
    /// Nouns for a round or for money raised.
    pub(crate) rounds: &'static [&'static str],
    /// Verbs by which one puts money into another.
    pub(crate) invests: &'static [&'static str],
    /// Phrases before an amount that make it a valuation.
    pub(crate) valued: &'static [&'static str],
    /// Words after an amount that make it a valuation.
    pub(crate) valued_after: &'static [&'static str],
    /// Words that make a clause one of plans or talks.
    pub(crate) sought: &'static [&'static str],
    /// Phrases by which a text has it from others.
    pub(crate) hearsay: &'static [&'static str],
    /// Phrases before the name of who leads a round.
    pub(crate) led_by: &'static [&'static str],
    /// All of it so far.
    pub(crate) in_total: &'static [&'static str],
    /// Endings of nouns for a figure.
    pub(crate) figures: &'static [(&'static str, MetricKind)],
    /// Words that may stand between a figure and its amount.
    pub(crate) links: &'static [&'static str],
    /// A figure is said again: "waren es".
    pub(crate) again: &'static [&'static str],
    /// Words by which a figure is expected.
    pub(crate) expected: &'static [&'static str],
    /// Words of sentences that tell of other money, or of what is not.
    pub(crate) other: &'static [&'static str],
    /// Endings of words for a company: what precedes its name, or stands for it.
    pub(crate) descriptors: &'static [&'static str],
    /// Capitalised words that are no names.
    pub(crate) no_names: &'static [&'static str],
    pub(crate) articles: &'static [&'static str],
    /// Verbs that follow a subject.
    pub(crate) verbs: &'static [&'static str],
    /// Of what a figure is, after its noun.
    pub(crate) of: &'static [&'static str],
    pub(crate) months: [&'static str; 12],
    pub(crate) quarters: [&'static str; 4],
    pub(crate) quarter: &'static str,
    pub(crate) last_year: &'static [&'static str],
    /// "Ende", "eind".
    pub(crate) end: &'static str,
    pub(crate) rules: Rules,
}

/// The names of the rules of one language.
pub(crate) struct Rules {
    pub(crate) round: &'static str,
    pub(crate) stake: &'static str,
    pub(crate) figure: &'static str,
    pub(crate) again: &'static str,
}

/// For so many sentences a text may go on about a company without its name.
const REACH: usize = 2;

/// Longer sentences are lists without stops, of which nothing is read.
const MAX_SENTENCE_BYTES: usize = 2_000;

/// The rows of a text, and how many amounts became none.
pub(crate) fn read(
    article: &Article<'_>,
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
) -> (Vec<Event>, usize) {
    let mut reader = Reader {
        article,
        names: Names { gazetteer, lexicon },
        lexicon,
        company: None,
        since_named: 0,
        is_alone: true,
        figure: None,
        events: Vec::new(),
        unread: 0,
    };
    for span in words::sentences(article.text).filter(|span| span.len() <= MAX_SENTENCE_BYTES) {
        reader.sentence(span);
    }
    (reader.events, reader.unread)
}

/// What is known on the way through a text.
struct Reader<'a> {
    article: &'a Article<'a>,
    names: Names<'a>,
    lexicon: &'a Lexicon,
    /// The company that the text named last, and how many sentences ago.
    company: Option<String>,
    since_named: usize,
    /// Whether it is the only one so far.
    is_alone: bool,
    /// The figure of the sentence before.
    figure: Option<(MetricKind, String)>,
    events: Vec<Event>,
    unread: usize,
}

/// A sentence with its amounts.
struct Sentence<'a> {
    words: Vec<Word<'a>>,
    money: Vec<Money>,
    span: Range<usize>,
}

impl Sentence<'_> {
    fn has(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| words::find(&self.words, phrase, 0).is_some())
    }
}

/// Of what the figures of a sentence are, where that is less than all.
enum Scope {
    Part(String),
    Unclear,
}

impl Reader<'_> {
    fn sentence(&mut self, span: Range<usize>) {
        let words = words::words(self.article.text, span);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let span = first.span.start..last.span.end;
        let money = amounts::amounts(&words, self.lexicon);
        let sentence = Sentence { words, money, span };
        let named = self.names.companies(&sentence.words);
        let first = named.first().map(|name| name.text.clone());
        let subject = first.or_else(|| self.names.subject(&sentence.words));
        self.since_named += 1;
        if let Some(subject) = &subject {
            self.is_alone &= self.company.as_ref().is_none_or(|known| known == subject)
                && named.iter().all(|name| name.text == *subject);
            self.company = Some(subject.clone());
            self.since_named = 0;
        }
        // Where a text names several, "the company" may be any of them.
        let implied = self.company.clone().filter(|_| self.is_alone && self.since_named <= REACH);
        let company = subject.or(implied);
        let before = self.events.len();
        if sentence.money.is_empty() || sentence.has(self.lexicon.other) {
            self.leader(&sentence);
        } else if !self.stake(&sentence) && !self.round(&sentence, company.as_deref()) {
            self.figures(&sentence, company.as_deref());
        }
        if before == self.events.len() {
            self.unread += sentence.money.len();
        }
    }

    /// "hat 50 Millionen Euro eingesammelt", "een investeringsronde van 50 miljoen euro"
    fn round(&mut self, sentence: &Sentence<'_>, company: Option<&str>) -> bool {
        let lexicon = self.lexicon;
        let (Some(company), true) = (company, self.tells_of_round(sentence)) else { return false };
        let valuation = sentence.money.iter().position(|money| self.is_valuation(sentence, money));
        if sentence.money.iter().any(|money| self.figure_of(sentence, money).is_some()) {
            return false;
        }
        let raised = sentence.money.iter().enumerate().find(|(at, _)| Some(*at) != valuation);
        let raised = raised.map(|(_, money)| money);
        if let Some(total) = raised.filter(|money| self.is_total(sentence, money)) {
            let value = total.amount.clone();
            let span = sentence.span.clone();
            let metric = draft::metric(
                company.to_owned(),
                MetricKind::TotalRaised,
                value,
                span,
                lexicon.rules.figure,
            );
            self.events.push(Event::Metric(metric));
            return true;
        }
        if sentence.money.len() > 1 + usize::from(valuation.is_some()) {
            return false;
        }
        let mut round = draft::round(company.to_owned(), sentence.span.clone());
        round.amount = raised.map(|money| money.amount.clone());
        round.valuation = valuation.map(|at| sentence.money[at].amount.clone());
        round.kind = series(&sentence.words);
        // What is yet to be raised is so by whomever's word.
        let is_sought = sentence.has(lexicon.sought);
        round.status = if is_sought { RoundStatus::InTalks } else { self.status(sentence) };
        round.rules.push(lexicon.rules.round);
        led(&self.names, lexicon, sentence, &mut round);
        self.push(round);
        true
    }

    fn tells_of_round(&self, sentence: &Sentence<'_>) -> bool {
        let lexicon = self.lexicon;
        let is_round = sentence
            .words
            .iter()
            .any(|word| lexicon.rounds.iter().any(|noun| word.low.ends_with(noun)));
        let raises = lexicon.raises.iter().any(|verb| match verb.split_once(" … ") {
            Some((verb, half)) => words::find(&sentence.words, verb, 0)
                .is_some_and(|at| words::find(&sentence.words, half, at).is_some()),
            None => words::find(&sentence.words, verb, 0).is_some(),
        });
        raises || is_round
    }

    fn is_valuation(&self, sentence: &Sentence<'_>, money: &Money) -> bool {
        let before =
            words::ends_with_any(&sentence.words[..money.words.start], self.lexicon.valued);
        let next = sentence.words.get(money.words.end);
        before || next.is_some_and(|next| self.lexicon.valued_after.contains(&&*next.low))
    }

    fn is_total(&self, sentence: &Sentence<'_>, money: &Money) -> bool {
        let start = money.words.start.saturating_sub(8);
        let before = &sentence.words[start..money.words.start];
        before.iter().any(|word| self.lexicon.in_total.contains(&&*word.low))
    }

    fn status(&self, sentence: &Sentence<'_>) -> RoundStatus {
        if sentence.has(self.lexicon.hearsay) {
            RoundStatus::Rumoured
        } else if sentence.has(self.lexicon.sought) {
            RoundStatus::InTalks
        } else {
            RoundStatus::Closed
        }
    }

    /// "A investiert 2 Milliarden Dollar in das KI-Startup B"
    fn stake(&mut self, sentence: &Sentence<'_>) -> bool {
        let invests = |word: &Word<'_>| self.lexicon.invests.contains(&&*word.low);
        let [money] = &sentence.money[..] else { return false };
        if !sentence.words.iter().any(invests) {
            return false;
        }
        let into = words::find(&sentence.words, "in", money.words.end);
        let target = into.and_then(|at| self.names.after_article(&sentence.words, at + 1));
        let investor = self.names.companies(&sentence.words);
        let investor = investor.into_iter().find(|name| name.words.end <= money.words.start);
        let (Some(target), Some(investor)) = (target, investor) else { return true };
        let mut round = draft::round(target, sentence.span.clone());
        round.amount = Some(money.amount.clone());
        round.kind = RoundKind::Strategic;
        round.status = self.status(sentence);
        round.investors.push(investor.text.clone());
        round.lead_investors.push(investor.text);
        round.attributed_to = self.names.outlet(&sentence.words);
        round.rules.push(self.lexicon.rules.stake);
        self.push(round);
        true
    }

    /// Adds a round, or what it says to the one that it tells again.
    fn push(&mut self, round: Round) {
        let known = self.events.iter_mut().rev().take(8).find_map(|event| match event {
            Event::Round(known) => is_same(known, &round).then_some(known),
            Event::Metric(_) => None,
        });
        let Some(known) = known else {
            self.events.push(Event::Round(round));
            return;
        };
        known.amount = known.amount.take().or(round.amount);
        known.valuation = known.valuation.take().or(round.valuation);
        if known.kind == RoundKind::Unknown {
            known.kind = round.kind;
        }
        if round.status == RoundStatus::Rumoured {
            known.status = RoundStatus::Rumoured;
        }
        draft::add_names(&mut known.lead_investors, &round.lead_investors);
        draft::add_names(&mut known.investors, &round.investors);
    }

    /// A sentence after that of the round may say who led it.
    fn leader(&mut self, sentence: &Sentence<'_>) {
        let Some(Event::Round(round)) = self.events.last_mut() else { return };
        led(&self.names, self.lexicon, sentence, round);
    }

    /// "einen Umsatz von 1,4 Milliarden Dollar", "86 miljoen euro verlies"
    fn figures(&mut self, sentence: &Sentence<'_>, company: Option<&str>) {
        let again = self.figure.take();
        let Some(company) = company else { return };
        for money in &sentence.money {
            let stated = self.figure_of(sentence, money);
            let repeated = again.clone().filter(|_| sentence.has(self.lexicon.again));
            let (kind, rule) = match (stated, &repeated) {
                (Some(kind), _) => (kind, self.lexicon.rules.figure),
                (None, Some((kind, _))) => (*kind, self.lexicon.rules.again),
                (None, None) => continue,
            };
            let company = repeated.map_or_else(|| company.to_owned(), |(_, company)| company);
            let value = money.amount.clone();
            let mut metric =
                draft::metric(company.clone(), kind, value, sentence.span.clone(), rule);
            dates::date(&mut metric, &sentence.words, self.lexicon, self.article.published);
            if sentence.has(self.lexicon.expected) {
                metric.status = MetricStatus::Projected;
            }
            metric.attributed_to = self.names.outlet(&sentence.words);
            if let Some(Scope::Part(part)) = self.scope(sentence) {
                metric.scope = Some(part);
            }
            self.figure = Some((kind, company));
            self.push_metric(metric);
        }
    }

    /// Adds a figure, or what it says to the one that it tells again.
    fn push_metric(&mut self, metric: Metric) {
        if metric.kind == MetricKind::Valuation && self.values_round(&metric) {
            return;
        }
        let headline = self.article.text.find('\n').unwrap_or(0);
        let known = self.events.iter_mut().rev().take(8).find_map(|event| match event {
            Event::Metric(known) => {
                let is_same = known.kind == metric.kind
                    && known.company == metric.company
                    && known.scope == metric.scope;
                let is_rounded =
                    known.evidence.start < headline && is_near(&known.value, &metric.value);
                let is_again = draft::can_be_one(&known.value, &metric.value);
                (is_same && (is_again || is_rounded)).then_some(known)
            }
            Event::Round(_) => None,
        });
        let Some(known) = known else {
            self.events.push(Event::Metric(metric));
            return;
        };
        if known.evidence.start < headline && known.value != metric.value {
            known.value = metric.value;
            known.evidence = metric.evidence;
        }
        known.period = known.period.take().or(metric.period);
        known.as_of = known.as_of.take().or(metric.as_of);
        known.attributed_to = known.attributed_to.take().or(metric.attributed_to);
    }

    /// Whether a valuation is that of a round which the text has told of.
    fn values_round(&mut self, metric: &Metric) -> bool {
        let round = self.events.iter_mut().rev().take(8).find_map(|event| match event {
            Event::Round(round) => (round.company == metric.company).then_some(round),
            Event::Metric(_) => None,
        });
        let Some(round) = round else { return false };
        round.valuation.get_or_insert_with(|| metric.value.clone());
        true
    }

    /// The part that the figures of a sentence are of: "für das Werkzeug", but not "für das Jahr".
    fn scope(&self, sentence: &Sentence<'_>) -> Option<Scope> {
        let lexicon = self.lexicon;
        let part = sentence.words.windows(3).position(|words| {
            let is_period = ["jahr", "quartal", "jaar", "kwartaal", "eerst", "erste"]
                .iter()
                .any(|end| words[2].low.contains(end));
            lexicon.of.contains(&&*words[0].low)
                && lexicon.articles.contains(&&*words[1].low)
                && !is_period
        })?;
        let noun = &sentence.words[part + 2];
        let directly = sentence.money.iter().any(|money| money.words.end == part);
        let ends = sentence.words.get(part + 3).is_none_or(|next| matches!(next.text, "." | ","));
        let is_noun = noun.text.starts_with(char::is_uppercase);
        Some(if directly && ends && is_noun {
            Scope::Part(noun.text.to_owned())
        } else {
            Scope::Unclear
        })
    }

    /// The figure whose amount `money` is: by the noun after it, or before it with mere links between.
    fn figure_of(&self, sentence: &Sentence<'_>, money: &Money) -> Option<MetricKind> {
        let lexicon = self.lexicon;
        let noun = |word: &Word<'_>| {
            lexicon.figures.iter().find(|(end, _)| word.low.ends_with(end)).map(|(_, kind)| *kind)
        };
        if matches!(self.scope(sentence), Some(Scope::Unclear)) {
            return None;
        }
        let after = sentence.words.get(money.words.end);
        let mut before = sentence.words[..money.words.start].iter().rev();
        let stated = before.find_map(|word| match noun(word) {
            Some(kind) => Some(Some(kind)),
            None if lexicon.links.contains(&&*word.low) => None,
            None if self.names.is_known(word) || self.names.is_date(word) => None,
            None => Some(None),
        });
        let is_valuation = || {
            let words = &sentence.words[..money.words.start];
            words::ends_with_any(words, lexicon.valued) && !self.tells_of_round(sentence)
        };
        let valuation = || is_valuation().then_some(MetricKind::Valuation);
        let kind = after.and_then(noun).or(stated.flatten()).or_else(valuation)?;
        let is_yearly = sentence.words.iter().any(|word| word.low.starts_with("annuali"));
        let is_rate = is_yearly && kind == MetricKind::Revenue;
        Some(if is_rate { MetricKind::RevenueRunRate } else { kind })
    }
}

/// Gives a round the names of who led it, where a sentence says so.
fn led(names: &Names<'_>, lexicon: &Lexicon, sentence: &Sentence<'_>, round: &mut Round) {
    let led = lexicon.led_by.iter().find_map(|phrase| {
        let at = words::find(&sentence.words, phrase, 0)?;
        Some(names.list(&sentence.words, at + phrase.split(' ').count()))
    });
    let Some(led) = led.filter(|_| round.lead_investors.is_empty()) else { return };
    draft::add_names(&mut round.lead_investors, &led);
    draft::add_names(&mut round.investors, &led);
}

/// Whether two rounds of a text are one.
fn is_same(known: &Round, round: &Round) -> bool {
    let amounts = known.amount.as_ref().zip(round.amount.as_ref());
    known.company == round.company && amounts.is_none_or(|(a, b)| draft::can_be_one(a, b))
}

/// Whether one figure may round to the other: "half miljard" and 540 million.
fn is_near(rounded: &Amount, value: &Amount) -> bool {
    let (Some(one), Some(other)) = (rounded.low, value.low) else { return false };
    let (one, other) = (one.scaled(), other.scaled());
    rounded.currency == value.currency && (one - other).abs() <= one.max(other) / 10
}

/// The round that a text names by its letter.
fn series(words: &[Word<'_>]) -> RoundKind {
    let named = words.windows(2).find_map(|pair| {
        let letter = pair[1].text.chars().next()?;
        let is_series = matches!(&*pair[0].low, "series" | "serie") && pair[1].text.len() == 1;
        is_series.then_some(letter)
    });
    let joined = words.iter().find_map(|word| {
        let rest = word.low.strip_prefix("series-").or_else(|| word.low.strip_prefix("serie-"))?;
        rest.chars()
            .next()
            .filter(|_| rest.get(1..).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    });
    if let Some(letter) = named.or(joined).map(|letter| letter.to_ascii_uppercase()) {
        return super::chinese::series(letter);
    }
    let has = |start: &str| words.iter().any(|word| word.low.starts_with(start));
    match () {
        () if has("pre-seed") => RoundKind::PreSeed,
        () if has("seed") => RoundKind::Seed,
        () => RoundKind::Unknown,
    }
}

#[cfg(test)]
mod tests;
