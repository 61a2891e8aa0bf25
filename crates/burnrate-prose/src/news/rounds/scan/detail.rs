//! What a sentence adds to a round without an amount: who invests, and its name.

use super::{Found, Group, Scan};
use crate::news::RoundKind;
use crate::news::names::follows_subject;
use crate::news::rounds::money::Role;
use crate::news::rounds::words::{NAB, RAISE, SURELY_ROUND};
use crate::news::rounds::{Subject, UNDISCLOSED, company_name, investors, kind, subject};

impl<'a> Scan<'_, 'a> {
    /// A mention of a round that has neither amount nor valuation.
    pub(super) fn detail(&self) -> Option<Found<'a>> {
        if let Some(found) = self.deal_value() {
            return Some(found);
        }
        let tells = self.has(SURELY_ROUND)
            || self.has(&[
                "deal",
                "investment",
                "tender",
                "participants",
                "investors",
                "backers",
                "participated",
                "funds",
                "partnering",
                "raised",
                "raises",
                "backing",
                "[",
            ]);
        if !tells
            || self.money.iter().any(|money| money.role == Role::Open && money.noun.is_other())
        {
            return None;
        }
        let (kind, modifier) = kind::of(self.tokens);
        let has_investors = !investors::read(self.sentence).is_empty();
        if kind == RoundKind::Unknown && !has_investors || kind == RoundKind::Debt {
            return None;
        }
        if let Some(found) = self.undisclosed(kind, modifier.as_deref()) {
            return Some(found);
        }
        let subject = self.named_company().map_or(Subject::Main(""), Subject::Named);
        let mut mention = self.blank(subject, None, 0..self.tokens.len().min(12), "detail");
        mention.is_sure = false;
        // "The Series B comes two years after it last raised": what opens the sentence is the story.
        let names_kind = kind::of(&self.tokens[..self.tokens.len().min(4)]).0 != RoundKind::Unknown;
        mention.is_earlier &= !(names_kind && self.is(0, &["the", "this"]));
        let is_valued = self.money.iter().any(|money| matches!(money.role, Role::Valuation(_)));
        let is_apart =
            kind == RoundKind::Tender && (is_valued || self.has(&["round", "fundraising"]));
        if !is_apart {
            mention.kind = kind;
            mention.modifier = modifier;
        }
        Some(Found { mention, tokens: 0..self.tokens.len() })
    }

    /// "X raises Series B": a headline that tells of a round and not of its amount.
    fn undisclosed(&self, kind: RoundKind, modifier: Option<&str>) -> Option<Found<'a>> {
        let named = kind != RoundKind::Unknown && kind != RoundKind::Tender;
        let verb =
            (1..self.tokens.len().min(16)).find(|&at| self.is(at, RAISE) || self.is(at, NAB))?;
        let is_object = self.is(verb + 1, &["series", "seed", "pre", "a", "its"]);
        if !named || !is_object || !self.sentence.is_headline || !self.money.is_empty() {
            return None;
        }
        let subject = subject::company(subject::before(self.sentence, verb))?;
        let mut mention = self.blank(subject, Some(verb), verb..verb + 1, UNDISCLOSED);
        mention.kind = kind;
        mention.modifier = modifier.map(str::to_owned);
        Some(Found { mention, tokens: verb..self.tokens.len() })
    }

    /// "The deal could exceed $10 billion": the amount of a deal that another sentence tells of.
    fn deal_value(&self) -> Option<Found<'a>> {
        let money =
            self.money.iter().find(|money| money.role == Role::Open && !money.noun.is_other())?;
        let start = money.tokens.start;
        let deal = (start.saturating_sub(9)..start).find(|&at| {
            self.is(at, &["deal", "investment", "round", "financing"])
                && self.is(at.wrapping_sub(1), &["the", "this"])
        })?;
        let says = (deal..=start).any(|at| {
            self.is(
                at,
                &[
                    "exceed", "exceeds", "total", "totals", "totaled", "reach", "worth", "could",
                    "be", "exceeded",
                ],
            )
        });
        let mut mention = self.blank(Subject::Main(""), None, deal..start, "deal_value");
        mention.amount = Some(money.amount.clone());
        mention.amount_alternatives.clone_from(&money.alternatives);
        mention.is_sure = false;
        says.then_some(Found { mention, tokens: deal..money.tokens.end })
    }

    /// The company that begins the sentence, if one does.
    fn named_company(&self) -> Option<&'a str> {
        let first = self.sentence.names.first().filter(|name| {
            let next = name.tokens.end;
            let is_subject = follows_subject(self.tokens, next) && !self.is(next, &["and"]);
            name.tokens.start == 0 && name.may_be_company() && is_subject
        })?;
        let leads =
            investors::read(self.sentence).iter().any(|group| group.names.contains(&first.text));
        (!leads).then(|| company_name(first))
    }

    /// Gives the investors of the sentence to its mentions.
    pub(super) fn investors(&self, found: &mut Vec<Found<'a>>) {
        // "The round, which comes months after a $300 million Series D, was led by": not the Series D.
        let names_round = (1..3)
            .any(|at| self.is(at, &["round", "deal", "financing", "funding", "investment"]))
            && self.is(0, &["the", "this"]);
        let givers = self.givers(found);
        if names_round && !found.is_empty() && found.iter().all(|found| found.mention.is_earlier) {
            let mut mention = self.blank(Subject::Main(""), None, 0..1, "detail");
            mention.is_sure = false;
            mention.is_earlier = false;
            found.insert(0, Found { mention, tokens: 0..0 });
        }
        let is_of_round = found.first().is_some_and(|found| found.tokens.end == 0);

        let groups = investors::read(self.sentence).into_iter().map(|group| (group, is_of_round));
        for (group, is_of_round) in groups.chain(givers.into_iter().map(|group| (group, false))) {
            let before = found.iter().rposition(|found| {
                found.tokens.start <= group.at && (!is_of_round || found.tokens.end == 0)
            });
            let Some(found) = found.get_mut(before.unwrap_or(0)) else { continue };
            let mention = &mut found.mention;
            for name in group.names {
                if mention.subject == Subject::Named(name) {
                    continue;
                }
                if group.leads && !mention.leads.contains(&name) {
                    mention.leads.push(name);
                }
                if !mention.investors.contains(&name) {
                    mention.investors.push(name);
                }
            }
            if found.tokens.end <= group.end && group.end < found.tokens.end + 24 {
                found.tokens.end = group.end;
            }
        }
    }

    /// "raised $53 million from A and B", "latest investor to back", "in talks with A".
    fn givers(&self, found: &[Found<'a>]) -> Vec<Group<'a>> {
        let mut groups = Vec::new();
        for found in found {
            let end = self.tokens.len().min(found.tokens.end + 5);
            let from = (found.tokens.start..end).find(|&at| self.is(at, &["from"]));
            if let Some(at) = from {
                let (names, end) = investors::list(self.sentence, at + 1);
                let leads = found.mention.rules == ["raise_verb"]
                    && self.is(at.wrapping_sub(1), &["investment"]);
                groups.push(Group {
                    names: investors::texts(&names),
                    leads,
                    at: found.tokens.end,
                    end,
                });
            }
        }
        let backs = (0..self.tokens.len()).find(|&at| {
            self.is(at, &["investor"]) && self.is(at + 1, &["to"]) && self.is(at + 2, &["back"])
        });
        if let (Some(_), Some(first)) = (backs, self.sentence.names.first()) {
            groups.push(Group {
                names: vec![first.text],
                leads: false,
                at: self.tokens.len(),
                end: 0,
            });
        }
        let with = (1..self.tokens.len()).find(|&at| {
            self.is(at, &["with"])
                && self.is(at - 1, &["talks", "discussions"])
                && self.sentence.name_at(at + 1).is_some()
        });
        if let Some(at) = with {
            let (names, end) = investors::list(self.sentence, at + 1);
            groups.push(Group { names: investors::texts(&names), leads: false, at, end });
        }
        groups
    }

    /// "with investors buying employee shares for $6.6 billion": the amount of a sale of shares.
    pub(super) fn share_purchase(&self, found: &mut [Found<'a>]) {
        let Some(found) = found.first_mut().filter(|found| found.mention.amount.is_none()) else {
            return;
        };
        let shares = (0..self.tokens.len()).find(|&at| self.is(at, &["shares", "stock"]));
        let Some(shares) = shares.filter(|_| {
            self.has(&["buying", "buy", "bought", "selling", "sell", "sold", "purchase"])
        }) else {
            return;
        };
        let money = self.money.iter().find(|money| {
            let start = money.tokens.start;
            let is_near = start > shares && start <= shares + 4
                || start < shares && shares <= money.tokens.end + 3;
            money.role == Role::Open && is_near
        });
        if let Some(money) = money {
            found.mention.amount = Some(money.amount.clone());
            found.mention.rules.push("share_purchase");
            let is_resale = self.has(&[
                "employee",
                "employees",
                "existing",
                "secondary",
                "investors",
                "shareholders",
            ]);
            if is_resale && found.mention.kind == RoundKind::Unknown {
                found.mention.kind = RoundKind::Secondary;
            }
            found.tokens.end = found.tokens.end.max(money.tokens.end);
        }
    }
}
