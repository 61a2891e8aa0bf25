//! News to rows: funding rounds and reported metrics, with the words that prove them.
//!
//! A text is read in the language it is written in; each language has rules of its own, and one that has
//! none is not read at all. A rule that is not sure reads nothing: money that became no row is counted
//! in [`Reading::unread`], a wrong row could not be found by counting.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use burnrate_model::Decimal;
use chrono::NaiveDate;

mod chinese;
mod draft;
mod dutch;
mod english;
mod gazetteer;
mod german;
mod germanic;
mod han;
mod japanese;
mod json;
mod language;
mod metrics;
mod names;
mod rounds;

pub use gazetteer::Gazetteer;
pub use json::{JsonAmount, JsonMetric, JsonRound, JsonRow, JsonValuation};

/// A text to read.
#[derive(Debug, Clone, Copy)]
pub struct Article<'a> {
    /// The text; its first line is the headline where that is known.
    pub text: &'a str,
    /// The headline, where it is known apart. Nothing is read from it that the text does not say.
    pub title: Option<&'a str>,
    /// The day of publication, from which "last year" counts.
    pub published: Option<NaiveDate>,
}

/// What was made of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The language whose rules read it; nothing was read where there is none.
    pub language: Language,
    /// Rounds and metrics, in order of their evidence.
    pub events: Vec<Event>,
    /// Amounts of money that no rule made a row of.
    pub unread: usize,
}

/// The languages that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// Chinese, in either script.
    Chinese,
    /// Japanese.
    Japanese,
    /// German.
    German,
    /// Dutch.
    Dutch,
    /// Another, or none that can be told: not read.
    Other,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Money raised, or being raised.
    Round(Round),
    /// A figure of a company.
    Metric(Metric),
}

impl Event {
    /// The bytes of the text that say it.
    pub fn evidence(&self) -> &Range<usize> {
        match self {
            Self::Round(round) => &round.evidence,
            Self::Metric(metric) => &metric.evidence,
        }
    }
}

/// A figure of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The low end in whole units, absent where it is open.
    pub low: Option<Decimal>,
    /// The high end in whole units, absent where it is open.
    pub high: Option<Decimal>,
    /// How it is meant.
    pub qualifier: Qualifier,
    /// ISO 4217; empty for what is no money.
    pub currency: &'static str,
}

/// A round of financing, as one text tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Who raises, as the text names it.
    pub company: String,
    /// Other names that the text uses for it.
    pub aliases: Vec<String>,
    /// Which round.
    pub kind: RoundKind,
    /// What extends the name of the round: `1` of "A1", `+`, `extension`.
    pub modifier: Option<String>,
    /// What is raised; absent where the text does not say.
    pub amount: Option<Amount>,
    /// The same money as the text says it elsewhere: converted, or rounded in the headline.
    pub amount_alternatives: Vec<Amount>,
    /// What the company is valued at.
    pub valuation: Option<Amount>,
    /// The same valuation as the text says it elsewhere.
    pub valuation_alternatives: Vec<Amount>,
    /// Whether the valuation includes the money raised, where the text says so.
    pub valuation_basis: Option<ValuationBasis>,
    /// How far it has come.
    pub status: RoundStatus,
    /// Who leads it.
    pub lead_investors: Vec<String>,
    /// All who are named as investing, those who lead among them.
    pub investors: Vec<String>,
    /// When, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, where the text says so.
    pub date: Option<String>,
    /// Whether it is what the text is about.
    pub role: Role,
    /// Whose word it is, where the text says so.
    pub attributed_to: Option<String>,
    /// The bytes of the text that say it.
    pub evidence: Range<usize>,
    /// The rules that read it, in order.
    pub rules: Vec<&'static str>,
}

/// A figure of a company, as one text tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Of whom, as the text names it; empty where it is a price of the market and of nobody.
    pub company: String,
    /// Other names that the text uses for it.
    pub aliases: Vec<String>,
    /// Which figure.
    pub kind: MetricKind,
    /// The figure, in `unit`.
    pub value: Amount,
    /// `USD`, `USD/GPU-hour`.
    pub unit: String,
    /// The time it is of, as far as the text states it: `2024`, `H1 2024`, `Q2 2024`, `per year`.
    pub period: Option<String>,
    /// The day or month as of which it holds: `2024-12`, `2025-07-31`.
    pub as_of: Option<String>,
    /// Whether it has happened.
    pub status: MetricStatus,
    /// Of what part, where the text says so.
    pub scope: Option<String>,
    /// Whose word it is, where the text says so.
    pub attributed_to: Option<String>,
    /// The bytes of the text that say it.
    pub evidence: Range<usize>,
    /// The rules that read it, in order.
    pub rules: Vec<&'static str>,
}

/// Closed vocabularies: an enum, its words, and how one is written.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// The word in the vocabulary of its column.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        /// No word of the vocabulary is no value.
        impl FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// How an amount is meant.
    Qualifier {
        /// The amount itself.
        Exact = "exact",
        /// Near it.
        About = "about",
        /// Somewhat less than it.
        Nearly = "nearly",
        /// More than it: no high end.
        MoreThan = "more_than",
        /// It or more: no high end.
        AtLeast = "at_least",
        /// It or less: no low end.
        UpTo = "up_to",
        /// From one to another.
        Range = "range",
        /// A power of ten: "数亿", "tens of millions".
        OrderOfMagnitude = "order_of_magnitude",
    }
}

vocabulary! {
    /// Which round.
    RoundKind {
        /// Before a seed round.
        PreSeed = "pre_seed",
        /// Seed.
        Seed = "seed",
        /// Angel.
        Angel = "angel",
        /// Before a Series A.
        PreSeriesA = "pre_series_a",
        /// Before a Series B.
        PreSeriesB = "pre_series_b",
        /// Before a Series C.
        PreSeriesC = "pre_series_c",
        /// Series A.
        SeriesA = "series_a",
        /// Series B.
        SeriesB = "series_b",
        /// Series C.
        SeriesC = "series_c",
        /// Series D.
        SeriesD = "series_d",
        /// Series E.
        SeriesE = "series_e",
        /// Series F.
        SeriesF = "series_f",
        /// Series G.
        SeriesG = "series_g",
        /// Series H.
        SeriesH = "series_h",
        /// Series I or a later letter.
        LaterSeries = "later_series",
        /// A seed round and a Series A told as one.
        SeedAndSeriesA = "seed_and_series_a",
        /// A named company invests, without a letter.
        Strategic = "strategic",
        /// Borrowed.
        Debt = "debt",
        /// Shares change hands; the company raises nothing.
        Secondary = "secondary",
        /// Shares are bought from holders, mostly employees, at a set price.
        Tender = "tender",
        /// The text does not say.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Whether a valuation includes the money raised.
    ValuationBasis {
        /// Before the money.
        PreMoney = "pre_money",
        /// With the money.
        PostMoney = "post_money",
    }
}

vocabulary! {
    /// How far a round has come.
    RoundStatus {
        /// Done, by the word of the company or of the publication itself.
        Closed = "closed",
        /// Done, but only by the word of unnamed sources or of another outlet.
        Rumoured = "rumoured",
        /// Negotiated, sought, or near.
        InTalks = "in_talks",
        /// A party has committed itself, or said that it will.
        Announced = "announced",
    }
}

vocabulary! {
    /// Whether a row is what its text is about.
    Role {
        /// It is.
        Headline = "headline",
        /// Told in passing: an earlier round.
        Background = "background",
    }
}

vocabulary! {
    /// Which figure of a company.
    MetricKind {
        /// Revenue of a period.
        Revenue = "revenue",
        /// Revenue of a shorter period, as if it went on for a year.
        RevenueRunRate = "revenue_run_rate",
        /// Annual recurring revenue.
        Arr = "arr",
        /// Loss of a period.
        Loss = "loss",
        /// Profit of a period.
        Profit = "profit",
        /// Cash used up in a period.
        CashBurn = "cash_burn",
        /// Capital expenditure.
        Capex = "capex",
        /// What is paid for computing, training among it.
        ComputeSpend = "compute_spend",
        /// What is paid for staff.
        StaffCost = "staff_cost",
        /// What the company is valued at, told apart from a round.
        Valuation = "valuation",
        /// All it has raised so far.
        TotalRaised = "total_raised",
        /// What an hour of one GPU costs.
        GpuHourPrice = "gpu_hour_price",
        /// What a holding in another company is worth.
        StakeValue = "stake_value",
        /// What the author says it would have to raise.
        FundingNeed = "funding_need",
        /// Users of a product, a count.
        Users = "users",
        /// Share of users or customers that use or pay, in percent.
        Penetration = "penetration",
    }
}

vocabulary! {
    /// Whether what a metric says has happened.
    MetricStatus {
        /// It has.
        Reported = "reported",
        /// It is expected.
        Projected = "projected",
        /// It was long ago, told for comparison.
        Historical = "historical",
        /// It would be, if something else were.
        Hypothetical = "hypothetical",
        /// The author thinks so.
        Opinion = "opinion",
    }
}

/// The rounds and metrics that a text tells of.
pub fn read_news(article: &Article<'_>) -> Reading {
    read_news_with(article, Gazetteer::standard())
}

/// The same, with a gazetteer of one's own.
pub fn read_news_with(article: &Article<'_>, gazetteer: &Gazetteer) -> Reading {
    let language = language::of(article.text);
    let (events, unread) = match language {
        Language::English => english::read(article, gazetteer),
        Language::Chinese => chinese::read(article),
        Language::German => german::read(article, gazetteer),
        Language::Dutch => dutch::read(article, gazetteer),
        Language::Japanese => japanese::read(article),
        Language::Other => (Vec::new(), 0),
    };
    Reading { language, events, unread }
}
