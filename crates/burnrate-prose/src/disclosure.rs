//! Figures about the economics of AI that a filing states in prose.

use std::fmt;
use std::ops::Range;

use burnrate_model::Decimal;

use crate::hedge::Hedge;
use crate::period::Period;
use crate::sentence::{self, paragraphs};

mod ai;
mod capex;
mod customers;
mod leases;
mod phrases;
mod purchases;
mod rules;
mod statement;
mod when;

use statement::Statement;

/// Longer sentences are contracts and lists, of which no rule here reads a figure.
const MAX_SENTENCE_BYTES: usize = 4_000;

/// What a disclosure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DisclosureKind {
    /// Revenue that the sentence says is from AI.
    AiRevenue,
    /// A run rate of revenue that the sentence says is from AI.
    AiRunRate,
    /// Capital expenditure that the company expects of a stated time.
    CapexGuidance,
    /// Capital expenditure made, as the sentence defines it.
    CapexActual,
    /// Assets newly acquired under finance leases. Costs, payments and liabilities of such leases
    /// are none.
    FinanceLease,
    /// What the company is bound to pay suppliers.
    PurchaseCommitment,
    /// Payments under leases that have not yet commenced.
    LeaseCommitment,
    /// The share of one customer, or of a stated number of them.
    CustomerConcentration,
}

impl DisclosureKind {
    /// The word in the vocabulary of the column `disclosure_kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AiRevenue => "ai_revenue",
            Self::AiRunRate => "ai_run_rate",
            Self::CapexGuidance => "capex_guidance",
            Self::CapexActual => "capex_actual",
            Self::FinanceLease => "finance_lease",
            Self::PurchaseCommitment => "purchase_commitment",
            Self::LeaseCommitment => "lease_commitment",
            Self::CustomerConcentration => "customer_concentration",
        }
    }
}

/// What the figure of a disclosure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureUnit {
    /// Whole units of money, by ISO 4217 code.
    Money(&'static str),
    /// Hundredths of the company's revenue.
    PercentOfRevenue,
    /// Hundredths of its accounts receivable.
    PercentOfReceivables,
}

impl fmt::Display for FigureUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Money(code) => code,
            Self::PercentOfRevenue => "percent of revenue",
            Self::PercentOfReceivables => "percent of receivables",
        })
    }
}

/// A figure that a sentence states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// What it is of.
    pub kind: DisclosureKind,
    /// The low end, `None` where it is open.
    pub low: Option<Decimal>,
    /// The high end, `None` where it is open.
    pub high: Option<Decimal>,
    /// How the sentence means it.
    pub hedge: Hedge,
    /// What it is counted in.
    pub unit: FigureUnit,
    /// The time it is of, where the sentence states one.
    pub period: Option<Period>,
    /// Whose or what part it is, where the sentence says so: "Customer A", "two direct customers",
    /// "long-term".
    pub subject: Option<String>,
    /// The bytes of the sentence.
    pub sentence: Range<usize>,
    /// The bytes of the figure with its hedge.
    pub figure: Range<usize>,
    /// The rules that read it, in order.
    pub rules: Vec<&'static str>,
}

/// The disclosures of `text` in order; see [`crate::sentences`] for how it is divided.
///
/// A sentence that says what may happen gives none, nor does one that denies.
pub fn disclosures(text: &str) -> impl Iterator<Item = Disclosure> + '_ {
    paragraphs(text)
        .filter(move |span| rules::may_state(&text[span.clone()]))
        .flat_map(move |span| of_paragraph(text, span))
}

fn of_paragraph(text: &str, paragraph: Range<usize>) -> Vec<Disclosure> {
    let spans: Vec<_> = sentence::of_paragraph(text, paragraph).collect();
    let around = |index: Option<usize>| index.and_then(|index| spans.get(index)).cloned();
    let found = spans.iter().enumerate().flat_map(|(index, span)| {
        let before = around(index.checked_sub(1)).unwrap_or_default();
        let after = around(Some(index + 1)).unwrap_or_default();
        of_sentence(text, &before, span, &after)
    });
    found.collect()
}

/// `before` and `after` are the sentences around it in its paragraph, empty where there is none.
fn of_sentence(
    text: &str,
    before: &Range<usize>,
    span: &Range<usize>,
    after: &Range<usize>,
) -> Vec<Disclosure> {
    let sentence = &text[span.clone()];
    if span.len() > MAX_SENTENCE_BYTES || !rules::may_state(sentence) {
        return Vec::new();
    }
    let Some(statement) = Statement::read(text, span.clone()) else { return Vec::new() };
    let context = rules::Context { before: &text[before.clone()], after: &text[after.clone()] };
    rules::read(&statement, &context)
}

#[cfg(test)]
mod tests;
