// Generated from schemas/ by tests/codegen.rs: `just schemas`. Not edited by hand.
//! Row structs and table definitions.

use chrono::{DateTime, NaiveDate, Utc};

use crate::decimal::Decimal;
use crate::extract::Sighted;
use crate::table::{Cell, Column, ColumnType, Record, Row, RowVisitor, TableDef, TableKind};

/// The columns that every fact carries in front of its own.
pub const FACT_PROVENANCE: &[Column] = &[
    Column {
        name: "row_id",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
    },
    Column {
        name: "source_id",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "The source that read the row.",
    },
    Column {
        name: "capture_id",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "The capture in which the row was first seen: a hash of URL and payload, the same whenever and wherever they are fetched.",
    },
    Column {
        name: "locator",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "Where in that capture it stands: JSON pointer, element id, byte range or span.",
    },
    Column {
        name: "known_on",
        column_type: ColumnType::Date,
        is_nullable: false,
        description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
    },
    Column {
        name: "corrects_row_id",
        column_type: ColumnType::Text,
        is_nullable: true,
        description: "The older row of the same key that this one supersedes, where a later capture showed other content.",
    },
];

/// The columns that every row of a state carries in front of its own.
pub const STATE_PROVENANCE: &[Column] = &[
    Column {
        name: "row_id",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
    },
    Column {
        name: "source_id",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "The source that read the row.",
    },
    Column {
        name: "capture_id",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "The capture in which the row was first seen: a hash of URL and payload, the same whenever and wherever they are fetched.",
    },
    Column {
        name: "locator",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "Where in that capture it stands: JSON pointer, element id, byte range or span.",
    },
    Column {
        name: "known_on",
        column_type: ColumnType::Date,
        is_nullable: false,
        description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
    },
    Column {
        name: "scope",
        column_type: ColumnType::Text,
        is_nullable: false,
        description: "The list of offers that the row belongs to, within its source: what one complete reading covers.",
    },
    Column {
        name: "is_withdrawn",
        column_type: ColumnType::Boolean,
        is_nullable: false,
        description: "Whether the offer was in the list before and is no longer: all columns but those of the key are then absent, and the capture is the one that lacks it.",
    },
];

/// Texts that were read: one row for each version of an article, press release or item of a feed. Copies that other outlets carry share a digest.
pub const CORE_ARTICLE: TableDef = TableDef {
    name: "core_article",
    kind: TableKind::Fact,
    grain: "one version of one text in one source",
    description: "Texts that were read: one row for each version of an article, press release or item of a feed. Copies that other outlets carry share a digest.",
    columns: &[
        Column {
            name: "article_url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Canonical address of the text, without what only tracks its readers.",
        },
        Column {
            name: "headline",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Headline of the text.",
        },
        Column {
            name: "publisher",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who publishes it.",
        },
        Column {
            name: "published_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Day of publication, UTC, where the document states it.",
        },
        Column {
            name: "language",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Language by whose rules it was read: `en`, `zh`, `ja`, `de`, `nl`; `other` where there are none, and nothing was read.",
        },
        Column {
            name: "text_digest",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Hash of the text's words in lower case, without marks: the same for copies that differ in their markup.",
        },
        Column {
            name: "lead_digest",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Hash of the first words of the text, or of its headline where there is no other text: copies that other outlets carry share it.",
        },
        Column {
            name: "text_bytes",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Length of the text, in bytes of UTF-8.",
        },
        Column {
            name: "is_excerpt",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the document carries only the beginning of the text.",
        },
        Column {
            name: "rows_read",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Rounds and metrics read from the text.",
        },
        Column {
            name: "money_unread",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Amounts of money in the text that no rule made a row of.",
        },
    ],
    key: &["article_url"],
    content: &["headline", "text_digest", "published_on"],
};

/// A row of `core_article`: one version of one text in one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Canonical address of the text, without what only tracks its readers.
    pub article_url: String,
    /// Headline of the text.
    pub headline: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Day of publication, UTC, where the document states it.
    pub published_on: Option<NaiveDate>,
    /// Language by whose rules it was read: `en`, `zh`, `ja`, `de`, `nl`; `other` where there are none, and nothing was read.
    pub language: String,
    /// Hash of the text's words in lower case, without marks: the same for copies that differ in their markup.
    pub text_digest: String,
    /// Hash of the first words of the text, or of its headline where there is no other text: copies that other outlets carry share it.
    pub lead_digest: String,
    /// Length of the text, in bytes of UTF-8.
    pub text_bytes: i64,
    /// Whether the document carries only the beginning of the text.
    pub is_excerpt: bool,
    /// Rounds and metrics read from the text.
    pub rows_read: i64,
    /// Amounts of money in the text that no rule made a row of.
    pub money_unread: i64,
}

impl Record for Article {
    const TABLE: &'static TableDef = &CORE_ARTICLE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.article_url)));
        put(Cell::Text(self.headline.as_deref()));
        put(Cell::Text(self.publisher.as_deref()));
        put(Cell::Date(self.published_on));
        put(Cell::Text(Some(&self.language)));
        put(Cell::Text(Some(&self.text_digest)));
        put(Cell::Text(Some(&self.lead_digest)));
        put(Cell::Integer(Some(self.text_bytes)));
        put(Cell::Boolean(Some(self.is_excerpt)));
        put(Cell::Integer(Some(self.rows_read)));
        put(Cell::Integer(Some(self.money_unread)));
    }
}

impl Row for Article {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.article.push(sighted);
    }
}

/// What nothing published settles and a metric needs all the same: written down with its range, its evidence and the day since when that could be known. A later row of the same measure and company takes the place of the one before.
pub const CORE_ASSUMPTION: TableDef = TableDef {
    name: "core_assumption",
    kind: TableKind::Fact,
    grain: "one assumption on one measure of one company, since one day",
    description: "What nothing published settles and a metric needs all the same: written down with its range, its evidence and the day since when that could be known. A later row of the same measure and company takes the place of the one before.",
    columns: &[
        Column {
            name: "assumption_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The assumption, by measure and company.",
        },
        Column {
            name: "company_key",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.",
        },
        Column {
            name: "measure",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the figure measures, e.g. `revenue`, `gpu_hour_price_list` or `disclosed_total`.",
        },
        Column {
            name: "value_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "value_base",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "The value within the range that is taken where one is needed.",
        },
        Column {
            name: "value_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "assumed_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What is assumed, where that is no number: e.g. a GPU model.",
        },
        Column {
            name: "assumption_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of the values: `share`, a currency …; of a text `gpu_model` or `product` (its name in lower case without spaces).",
        },
        Column {
            name: "evidence",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The words that state it: of a filing the sentence, of a text the part of it that was read.",
        },
        Column {
            name: "source_url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where an authored figure was read.",
        },
        Column {
            name: "published_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Day of publication, UTC, where the document states it.",
        },
    ],
    key: &["assumption_id", "published_on"],
    content: &[
        "measure",
        "value_low",
        "value_base",
        "value_high",
        "assumed_text",
        "assumption_unit",
    ],
};

/// A row of `core_assumption`: one assumption on one measure of one company, since one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// The assumption, by measure and company.
    pub assumption_id: String,
    /// The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.
    pub company_key: String,
    /// What the figure measures, e.g. `revenue`, `gpu_hour_price_list` or `disclosed_total`.
    pub measure: String,
    /// Low end of the figure in its unit; absent where it is open.
    pub value_low: Option<Decimal>,
    /// The value within the range that is taken where one is needed.
    pub value_base: Option<Decimal>,
    /// High end of the figure in its unit; absent where it is open.
    pub value_high: Option<Decimal>,
    /// What is assumed, where that is no number: e.g. a GPU model.
    pub assumed_text: Option<String>,
    /// Unit of the values: `share`, a currency …; of a text `gpu_model` or `product` (its name in lower case without spaces).
    pub assumption_unit: String,
    /// The words that state it: of a filing the sentence, of a text the part of it that was read.
    pub evidence: String,
    /// Where an authored figure was read.
    pub source_url: String,
    /// Day of publication, UTC, where the document states it.
    pub published_on: NaiveDate,
}

impl Record for Assumption {
    const TABLE: &'static TableDef = &CORE_ASSUMPTION;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.assumption_id)));
        put(Cell::Text(Some(&self.company_key)));
        put(Cell::Text(Some(&self.measure)));
        put(Cell::Decimal(self.value_low));
        put(Cell::Decimal(self.value_base));
        put(Cell::Decimal(self.value_high));
        put(Cell::Text(self.assumed_text.as_deref()));
        put(Cell::Text(Some(&self.assumption_unit)));
        put(Cell::Text(Some(&self.evidence)));
        put(Cell::Text(Some(&self.source_url)));
        put(Cell::Date(Some(self.published_on)));
    }
}

impl Row for Assumption {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.assumption.push(sighted);
    }
}

/// The days from 1990 to 2049: metrics join it instead of computing with dates.
pub const CORE_CALENDAR: TableDef = TableDef {
    name: "core_calendar",
    kind: TableKind::Reference,
    grain: "one day",
    description: "The days from 1990 to 2049: metrics join it instead of computing with dates.",
    columns: &[
        Column {
            name: "date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "A day.",
        },
        Column {
            name: "day_number",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Days since 1970-01-01, so that metrics need no date arithmetic.",
        },
        Column {
            name: "month_day",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Month and day, `MM-DD`.",
        },
        Column {
            name: "year",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Calendar year.",
        },
        Column {
            name: "quarter",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Calendar quarter, 1 to 4.",
        },
        Column {
            name: "calendar_quarter",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Calendar quarter, e.g. `2024Q3`. Of a fiscal quarter: the one its middle lies in.",
        },
        Column {
            name: "next_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "The day after.",
        },
        Column {
            name: "fiscal_year_begun",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Name of a fiscal year that begins on this day: the calendar year 357 days later, so that a 52/53-week year ending in the first week of January belongs to the year before.",
        },
        Column {
            name: "quarter_ended",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Calendar quarter of a fiscal quarter that ends on this day: the one its middle lies in, 45 days earlier.",
        },
    ],
    key: &["date"],
    content: &[],
};

/// A row of `core_calendar`: one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// A day.
    pub date: NaiveDate,
    /// Days since 1970-01-01, so that metrics need no date arithmetic.
    pub day_number: i64,
    /// Month and day, `MM-DD`.
    pub month_day: String,
    /// Calendar year.
    pub year: i64,
    /// Calendar quarter, 1 to 4.
    pub quarter: i64,
    /// Calendar quarter, e.g. `2024Q3`. Of a fiscal quarter: the one its middle lies in.
    pub calendar_quarter: String,
    /// The day after.
    pub next_date: NaiveDate,
    /// Name of a fiscal year that begins on this day: the calendar year 357 days later, so that a 52/53-week year ending in the first week of January belongs to the year before.
    pub fiscal_year_begun: i64,
    /// Calendar quarter of a fiscal quarter that ends on this day: the one its middle lies in, 45 days earlier.
    pub quarter_ended: String,
}

impl Record for Calendar {
    const TABLE: &'static TableDef = &CORE_CALENDAR;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Date(Some(self.date)));
        put(Cell::Integer(Some(self.day_number)));
        put(Cell::Text(Some(&self.month_day)));
        put(Cell::Integer(Some(self.year)));
        put(Cell::Integer(Some(self.quarter)));
        put(Cell::Text(Some(&self.calendar_quarter)));
        put(Cell::Date(Some(self.next_date)));
        put(Cell::Integer(Some(self.fiscal_year_begun)));
        put(Cell::Text(Some(&self.quarter_ended)));
    }
}

/// Every fetch: what was asked, what came, where it is archived, what became of it.
pub const CORE_CAPTURE: TableDef = TableDef {
    name: "core_capture",
    kind: TableKind::Log,
    grain: "one answer in one run",
    description: "Every fetch: what was asked, what came, where it is archived, what became of it.",
    columns: &[
        Column {
            name: "capture_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The capture in which the row was first seen: a hash of URL and payload, the same whenever and wherever they are fetched.",
        },
        Column {
            name: "run_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The run: its start in UTC, `YYYYMMDDThhmmssZ`, and a suffix.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where the publisher serves the document.",
        },
        Column {
            name: "fetched_at",
            column_type: ColumnType::Timestamp,
            is_nullable: false,
            description: "When the answer came.",
        },
        Column {
            name: "http_status",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "HTTP status of the answer.",
        },
        Column {
            name: "content_type",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Content-Type as served.",
        },
        Column {
            name: "etag",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "ETag as served.",
        },
        Column {
            name: "last_modified",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Last-Modified as served.",
        },
        Column {
            name: "payload_sha256",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "SHA-256 of the payload, hex.",
        },
        Column {
            name: "payload_bytes",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Length of the payload.",
        },
        Column {
            name: "robots",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What robots.txt, or the source's exemption from it, said of asking.",
        },
        Column {
            name: "warc_file",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Archive file, relative to the warehouse.",
        },
        Column {
            name: "warc_offset",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Byte offset of the record in that file.",
        },
        Column {
            name: "warc_record_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`response`, or `revisit` where the same payload is archived already.",
        },
        Column {
            name: "outcome",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What became of the answer: `read`, `unchanged` (the same bytes were read before), `missing`, `failed` (not delivered), or `refused` (not what the source publishes).",
        },
        Column {
            name: "outcome_reason",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Why it was missing, failed or refused.",
        },
        Column {
            name: "parser_version",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Version of the source's parser.",
        },
    ],
    key: &["capture_id", "run_id", "fetched_at"],
    content: &[],
};

/// A row of `core_capture`: one answer in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// The capture in which the row was first seen: a hash of URL and payload, the same whenever and wherever they are fetched.
    pub capture_id: String,
    /// The run: its start in UTC, `YYYYMMDDThhmmssZ`, and a suffix.
    pub run_id: String,
    /// The source that read the row.
    pub source_id: String,
    /// Where the publisher serves the document.
    pub url: String,
    /// When the answer came.
    pub fetched_at: DateTime<Utc>,
    /// HTTP status of the answer.
    pub http_status: i64,
    /// Content-Type as served.
    pub content_type: Option<String>,
    /// ETag as served.
    pub etag: Option<String>,
    /// Last-Modified as served.
    pub last_modified: Option<String>,
    /// SHA-256 of the payload, hex.
    pub payload_sha256: String,
    /// Length of the payload.
    pub payload_bytes: i64,
    /// What robots.txt, or the source's exemption from it, said of asking.
    pub robots: Option<String>,
    /// Archive file, relative to the warehouse.
    pub warc_file: String,
    /// Byte offset of the record in that file.
    pub warc_offset: i64,
    /// `response`, or `revisit` where the same payload is archived already.
    pub warc_record_type: String,
    /// What became of the answer: `read`, `unchanged` (the same bytes were read before), `missing`, `failed` (not delivered), or `refused` (not what the source publishes).
    pub outcome: String,
    /// Why it was missing, failed or refused.
    pub outcome_reason: Option<String>,
    /// Version of the source's parser.
    pub parser_version: i64,
}

impl Record for Capture {
    const TABLE: &'static TableDef = &CORE_CAPTURE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.capture_id)));
        put(Cell::Text(Some(&self.run_id)));
        put(Cell::Text(Some(&self.source_id)));
        put(Cell::Text(Some(&self.url)));
        put(Cell::Timestamp(Some(self.fetched_at)));
        put(Cell::Integer(Some(self.http_status)));
        put(Cell::Text(self.content_type.as_deref()));
        put(Cell::Text(self.etag.as_deref()));
        put(Cell::Text(self.last_modified.as_deref()));
        put(Cell::Text(Some(&self.payload_sha256)));
        put(Cell::Integer(Some(self.payload_bytes)));
        put(Cell::Text(self.robots.as_deref()));
        put(Cell::Text(Some(&self.warc_file)));
        put(Cell::Integer(Some(self.warc_offset)));
        put(Cell::Text(Some(&self.warc_record_type)));
        put(Cell::Text(Some(&self.outcome)));
        put(Cell::Text(self.outcome_reason.as_deref()));
        put(Cell::Integer(Some(self.parser_version)));
    }
}

/// Figures that an argument rests on, to be checked: written down by a person who read it, with the place in its text.
pub const CORE_CLAIM: TableDef = TableDef {
    name: "core_claim",
    kind: TableKind::Fact,
    grain: "one figure of one argument",
    description: "Figures that an argument rests on, to be checked: written down by a person who read it, with the place in its text.",
    columns: &[
        Column {
            name: "claim_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The claim: its argument's name and a number.",
        },
        Column {
            name: "argument_url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The text that argues with the figure.",
        },
        Column {
            name: "subject",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of whom or what the sentence says it, e.g. a customer, where it says so.",
        },
        Column {
            name: "company_key",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.",
        },
        Column {
            name: "counterparty_key",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The other company of a figure that has two: who is paid, or whose profit is shared, by the name `company_key` gives it.",
        },
        Column {
            name: "measure",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the figure measures, e.g. `revenue`, `gpu_hour_price_list` or `disclosed_total`.",
        },
        Column {
            name: "value_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "value_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "hedge",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.",
        },
        Column {
            name: "claim_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of the figure: a currency, `percent`, `users`, `USD/GPU-hour`, `USD/1M tokens` …",
        },
        Column {
            name: "period_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The period that the sentence names, e.g. `2024`, `fiscal 2025 q2` or `12 months to 2024-12-31`.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "as_of_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "As of when the figure holds, as far as the text says: `2024-12` or `2025-07-31`.",
        },
        Column {
            name: "attributed_to",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Whose word it is, where the text says so.",
        },
        Column {
            name: "claim_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the argument means it: `fact`, `forecast`, `target`, `estimate`, `rumour`, `in_talks`, `derived`, `opinion`, `hypothetical`, `example`, `observation` or `rhetoric`.",
        },
        Column {
            name: "checkable_from",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What could settle it, separated by ` | `: `sec_filings`, `pricing_pages`, `funding_news`, `media_report_only`, `arithmetic`; `not_checkable` where nothing public can.",
        },
        Column {
            name: "passage",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Where in the argument's text it stands, in bytes.",
        },
        Column {
            name: "known_issue",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What is known to be odd about it.",
        },
        Column {
            name: "arithmetic_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of what follows from figures that stand beside the claim, by the arithmetic shown.",
        },
        Column {
            name: "arithmetic_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of what follows from figures that stand beside the claim, by the arithmetic shown.",
        },
        Column {
            name: "arithmetic",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "That arithmetic.",
        },
    ],
    key: &["claim_id"],
    content: &[
        "measure",
        "value_low",
        "value_high",
        "hedge",
        "claim_unit",
        "period_text",
        "claim_kind",
    ],
};

/// A row of `core_claim`: one figure of one argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The claim: its argument's name and a number.
    pub claim_id: String,
    /// The text that argues with the figure.
    pub argument_url: String,
    /// Of whom or what the sentence says it, e.g. a customer, where it says so.
    pub subject: String,
    /// The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.
    pub company_key: String,
    /// The other company of a figure that has two: who is paid, or whose profit is shared, by the name `company_key` gives it.
    pub counterparty_key: Option<String>,
    /// What the figure measures, e.g. `revenue`, `gpu_hour_price_list` or `disclosed_total`.
    pub measure: String,
    /// Low end of the figure in its unit; absent where it is open.
    pub value_low: Option<Decimal>,
    /// High end of the figure in its unit; absent where it is open.
    pub value_high: Option<Decimal>,
    /// How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.
    pub hedge: String,
    /// Unit of the figure: a currency, `percent`, `users`, `USD/GPU-hour`, `USD/1M tokens` …
    pub claim_unit: String,
    /// The period that the sentence names, e.g. `2024`, `fiscal 2025 q2` or `12 months to 2024-12-31`.
    pub period_text: Option<String>,
    /// First day of the period; absent for an instant.
    pub period_start: Option<NaiveDate>,
    /// Last day of the period, or the instant.
    pub period_end: Option<NaiveDate>,
    /// As of when the figure holds, as far as the text says: `2024-12` or `2025-07-31`.
    pub as_of_text: Option<String>,
    /// Whose word it is, where the text says so.
    pub attributed_to: Option<String>,
    /// How the argument means it: `fact`, `forecast`, `target`, `estimate`, `rumour`, `in_talks`, `derived`, `opinion`, `hypothetical`, `example`, `observation` or `rhetoric`.
    pub claim_kind: String,
    /// What could settle it, separated by ` | `: `sec_filings`, `pricing_pages`, `funding_news`, `media_report_only`, `arithmetic`; `not_checkable` where nothing public can.
    pub checkable_from: String,
    /// Where in the argument's text it stands, in bytes.
    pub passage: Option<String>,
    /// What is known to be odd about it.
    pub known_issue: Option<String>,
    /// Low end of what follows from figures that stand beside the claim, by the arithmetic shown.
    pub arithmetic_low: Option<Decimal>,
    /// High end of what follows from figures that stand beside the claim, by the arithmetic shown.
    pub arithmetic_high: Option<Decimal>,
    /// That arithmetic.
    pub arithmetic: Option<String>,
}

impl Record for Claim {
    const TABLE: &'static TableDef = &CORE_CLAIM;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.claim_id)));
        put(Cell::Text(Some(&self.argument_url)));
        put(Cell::Text(Some(&self.subject)));
        put(Cell::Text(Some(&self.company_key)));
        put(Cell::Text(self.counterparty_key.as_deref()));
        put(Cell::Text(Some(&self.measure)));
        put(Cell::Decimal(self.value_low));
        put(Cell::Decimal(self.value_high));
        put(Cell::Text(Some(&self.hedge)));
        put(Cell::Text(Some(&self.claim_unit)));
        put(Cell::Text(self.period_text.as_deref()));
        put(Cell::Date(self.period_start));
        put(Cell::Date(self.period_end));
        put(Cell::Text(self.as_of_text.as_deref()));
        put(Cell::Text(self.attributed_to.as_deref()));
        put(Cell::Text(Some(&self.claim_kind)));
        put(Cell::Text(Some(&self.checkable_from)));
        put(Cell::Text(self.passage.as_deref()));
        put(Cell::Text(self.known_issue.as_deref()));
        put(Cell::Decimal(self.arithmetic_low));
        put(Cell::Decimal(self.arithmetic_high));
        put(Cell::Text(self.arithmetic.as_deref()));
    }
}

impl Row for Claim {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.claim.push(sighted);
    }
}

/// What a claim is about, one a row: companies whose figures it adds up, or a model and those it is compared with.
pub const CORE_CLAIM_SUBJECT: TableDef = TableDef {
    name: "core_claim_subject",
    kind: TableKind::Fact,
    grain: "one subject of one claim",
    description: "What a claim is about, one a row: companies whose figures it adds up, or a model and those it is compared with.",
    columns: &[
        Column {
            name: "claim_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The claim: its argument's name and a number.",
        },
        Column {
            name: "subject_number",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Place among the subjects of the claim, from 1.",
        },
        Column {
            name: "subject",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of whom or what the sentence says it, e.g. a customer, where it says so.",
        },
        Column {
            name: "company_key",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.",
        },
    ],
    key: &["claim_id", "subject_number"],
    content: &["subject"],
};

/// A row of `core_claim_subject`: one subject of one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimSubject {
    /// The claim: its argument's name and a number.
    pub claim_id: String,
    /// Place among the subjects of the claim, from 1.
    pub subject_number: i64,
    /// Of whom or what the sentence says it, e.g. a customer, where it says so.
    pub subject: String,
    /// The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.
    pub company_key: String,
}

impl Record for ClaimSubject {
    const TABLE: &'static TableDef = &CORE_CLAIM_SUBJECT;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.claim_id)));
        put(Cell::Integer(Some(self.subject_number)));
        put(Cell::Text(Some(&self.subject)));
        put(Cell::Text(Some(&self.company_key)));
    }
}

impl Row for ClaimSubject {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.claim_subject.push(sighted);
    }
}

/// The companies that are watched, with the names and numbers they go by.
pub const CORE_COMPANY: TableDef = TableDef {
    name: "core_company",
    kind: TableKind::Reference,
    grain: "one company",
    description: "The companies that are watched, with the names and numbers they go by.",
    columns: &[
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "company_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name as the company writes it.",
        },
        Column {
            name: "aliases",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Other names in use, separated by ` | `.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "ticker",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Exchange symbol of the main share class.",
        },
        Column {
            name: "fiscal_year_end",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Nominal end of the fiscal year, `MM-DD`; 52/53-week filers end within a week of it.",
        },
        Column {
            name: "cohort",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "With whom the company is added up: `big_four` (buyers of data centres) or `lab` (nothing but AI is sold); absent for others.",
        },
    ],
    key: &["company_id"],
    content: &[],
};

/// A row of `core_company`: one company.
#[derive(Debug, Clone, PartialEq)]
pub struct Company {
    /// Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.
    pub company_id: String,
    /// Name as the company writes it.
    pub company_name: String,
    /// Other names in use, separated by ` | `.
    pub aliases: Option<String>,
    /// Central Index Key of the filer, ten digits.
    pub cik: Option<String>,
    /// Exchange symbol of the main share class.
    pub ticker: Option<String>,
    /// Nominal end of the fiscal year, `MM-DD`; 52/53-week filers end within a week of it.
    pub fiscal_year_end: Option<String>,
    /// With whom the company is added up: `big_four` (buyers of data centres) or `lab` (nothing but AI is sold); absent for others.
    pub cohort: Option<String>,
}

impl Record for Company {
    const TABLE: &'static TableDef = &CORE_COMPANY;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.company_id)));
        put(Cell::Text(Some(&self.company_name)));
        put(Cell::Text(self.aliases.as_deref()));
        put(Cell::Text(self.cik.as_deref()));
        put(Cell::Text(self.ticker.as_deref()));
        put(Cell::Text(self.fiscal_year_end.as_deref()));
        put(Cell::Text(self.cohort.as_deref()));
    }
}

/// The names that watched companies go by in texts, one a row, so that a name in a text can be joined.
pub const CORE_COMPANY_NAME: TableDef = TableDef {
    name: "core_company_name",
    kind: TableKind::Reference,
    grain: "one name",
    description: "The names that watched companies go by in texts, one a row, so that a name in a text can be joined.",
    columns: &[
        Column {
            name: "known_as",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "A name in use, as texts write it.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
    ],
    key: &["known_as"],
    content: &[],
};

/// A row of `core_company_name`: one name.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyName {
    /// A name in use, as texts write it.
    pub known_as: String,
    /// Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.
    pub company_id: String,
}

impl Record for CompanyName {
    const TABLE: &'static TableDef = &CORE_COMPANY_NAME;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.known_as)));
        put(Cell::Text(Some(&self.company_id)));
    }
}

/// Every value that this warehouse published and later changed, cell by cell. A row that is gone has a line for each of its values, without a new one.
pub const CORE_CORRECTION: TableDef = TableDef {
    name: "core_correction",
    kind: TableKind::Log,
    grain: "one cell of one row in the snapshot that changed it",
    description: "Every value that this warehouse published and later changed, cell by cell. A row that is gone has a line for each of its values, without a new one.",
    columns: &[
        Column {
            name: "corrected_table",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The table of the row.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "row_key",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What names the row, as a JSON object of its key columns.",
        },
        Column {
            name: "column_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The column that changed.",
        },
        Column {
            name: "old_value",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What was published, as text.",
        },
        Column {
            name: "new_value",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What is published now, as text; absent where nothing is.",
        },
        Column {
            name: "correction_reason",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`source_corrected` (a later document of the source says otherwise), `parser_fixed` (the same bytes are read otherwise) or `reading_replaced` (another reading of the list counts for that day).",
        },
        Column {
            name: "old_row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The row that was published.",
        },
        Column {
            name: "new_row_id",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The row that took its place; absent where none did.",
        },
        Column {
            name: "old_parser_version",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Version of the parser that had last read the old row's document, where that is known.",
        },
        Column {
            name: "new_parser_version",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Version of the parser of the source when the value changed.",
        },
        Column {
            name: "old_snapshot_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The last snapshot that published the old value.",
        },
        Column {
            name: "new_snapshot_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The first snapshot without it.",
        },
        Column {
            name: "corrected_at",
            column_type: ColumnType::Timestamp,
            is_nullable: false,
            description: "When that snapshot was made.",
        },
    ],
    key: &["new_snapshot_id", "corrected_table", "source_id", "old_row_id", "column_name"],
    content: &[],
};

/// A row of `core_correction`: one cell of one row in the snapshot that changed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The table of the row.
    pub corrected_table: String,
    /// The source that read the row.
    pub source_id: String,
    /// What names the row, as a JSON object of its key columns.
    pub row_key: String,
    /// The column that changed.
    pub column_name: String,
    /// What was published, as text.
    pub old_value: Option<String>,
    /// What is published now, as text; absent where nothing is.
    pub new_value: Option<String>,
    /// `source_corrected` (a later document of the source says otherwise), `parser_fixed` (the same bytes are read otherwise) or `reading_replaced` (another reading of the list counts for that day).
    pub correction_reason: String,
    /// The row that was published.
    pub old_row_id: String,
    /// The row that took its place; absent where none did.
    pub new_row_id: Option<String>,
    /// Version of the parser that had last read the old row's document, where that is known.
    pub old_parser_version: Option<i64>,
    /// Version of the parser of the source when the value changed.
    pub new_parser_version: i64,
    /// The last snapshot that published the old value.
    pub old_snapshot_id: String,
    /// The first snapshot without it.
    pub new_snapshot_id: String,
    /// When that snapshot was made.
    pub corrected_at: DateTime<Utc>,
}

impl Record for Correction {
    const TABLE: &'static TableDef = &CORE_CORRECTION;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.corrected_table)));
        put(Cell::Text(Some(&self.source_id)));
        put(Cell::Text(Some(&self.row_key)));
        put(Cell::Text(Some(&self.column_name)));
        put(Cell::Text(self.old_value.as_deref()));
        put(Cell::Text(self.new_value.as_deref()));
        put(Cell::Text(Some(&self.correction_reason)));
        put(Cell::Text(Some(&self.old_row_id)));
        put(Cell::Text(self.new_row_id.as_deref()));
        put(Cell::Integer(self.old_parser_version));
        put(Cell::Integer(Some(self.new_parser_version)));
        put(Cell::Text(Some(&self.old_snapshot_id)));
        put(Cell::Text(Some(&self.new_snapshot_id)));
        put(Cell::Timestamp(Some(self.corrected_at)));
    }
}

/// Figures that filings state in prose: revenue from AI, expected capital expenditure, leases, commitments, concentration of customers. What the sentence hedges has a low and a high end, either of which may be open.
pub const CORE_DISCLOSURE: TableDef = TableDef {
    name: "core_disclosure",
    kind: TableKind::Fact,
    grain: "one figure of one sentence of one filing",
    description: "Figures that filings state in prose: revenue from AI, expected capital expenditure, leases, commitments, concentration of customers. What the sentence hedges has a low and a high end, either of which may be open.",
    columns: &[
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "disclosure_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`ai_revenue`, `ai_run_rate`, `capex_guidance`, `capex_actual`, `finance_lease`, `purchase_commitment`, `lease_commitment` (leases that have not begun) or `customer_concentration`.",
        },
        Column {
            name: "subject",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Of whom or what the sentence says it, e.g. a customer, where it says so.",
        },
        Column {
            name: "value_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "value_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "hedge",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.",
        },
        Column {
            name: "figure_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of the figure: a currency, `percent of revenue` or `percent of receivables`.",
        },
        Column {
            name: "period_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The period that the sentence names, e.g. `2024`, `fiscal 2025 q2` or `12 months to 2024-12-31`.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "figure",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The figure, as written.",
        },
        Column {
            name: "figure_number",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Which of the figures read from the sentence it is, from 1.",
        },
        Column {
            name: "evidence",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The words that state it: of a filing the sentence, of a text the part of it that was read.",
        },
        Column {
            name: "rules",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The rules that read it, in order, separated by spaces.",
        },
        Column {
            name: "document_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Type of the document within the filing, e.g. `10-K` or `EX-99.1`.",
        },
        Column {
            name: "document_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "File name of the document within the filing.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
    ],
    key: &["cik", "accession_number", "document_name", "evidence", "figure_number"],
    content: &[
        "disclosure_kind",
        "subject",
        "value_low",
        "value_high",
        "hedge",
        "figure_unit",
        "period_text",
    ],
};

/// A row of `core_disclosure`: one figure of one sentence of one filing.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    /// Central Index Key of the filer, ten digits.
    pub cik: String,
    /// `ai_revenue`, `ai_run_rate`, `capex_guidance`, `capex_actual`, `finance_lease`, `purchase_commitment`, `lease_commitment` (leases that have not begun) or `customer_concentration`.
    pub disclosure_kind: String,
    /// Of whom or what the sentence says it, e.g. a customer, where it says so.
    pub subject: Option<String>,
    /// Low end of the figure in its unit; absent where it is open.
    pub value_low: Option<Decimal>,
    /// High end of the figure in its unit; absent where it is open.
    pub value_high: Option<Decimal>,
    /// How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.
    pub hedge: String,
    /// Unit of the figure: a currency, `percent of revenue` or `percent of receivables`.
    pub figure_unit: String,
    /// The period that the sentence names, e.g. `2024`, `fiscal 2025 q2` or `12 months to 2024-12-31`.
    pub period_text: Option<String>,
    /// Last day of the period, or the instant.
    pub period_end: Option<NaiveDate>,
    /// The figure, as written.
    pub figure: String,
    /// Which of the figures read from the sentence it is, from 1.
    pub figure_number: i64,
    /// The words that state it: of a filing the sentence, of a text the part of it that was read.
    pub evidence: String,
    /// The rules that read it, in order, separated by spaces.
    pub rules: String,
    /// Type of the document within the filing, e.g. `10-K` or `EX-99.1`.
    pub document_type: String,
    /// File name of the document within the filing.
    pub document_name: String,
    /// The filing, as the SEC numbers it.
    pub accession_number: String,
    /// Form as filed, e.g. `10-Q` or `10-K/A`.
    pub form_type: String,
    /// Filing date, which the SEC assigns by Eastern time.
    pub filed_date: NaiveDate,
}

impl Record for Disclosure {
    const TABLE: &'static TableDef = &CORE_DISCLOSURE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.cik)));
        put(Cell::Text(Some(&self.disclosure_kind)));
        put(Cell::Text(self.subject.as_deref()));
        put(Cell::Decimal(self.value_low));
        put(Cell::Decimal(self.value_high));
        put(Cell::Text(Some(&self.hedge)));
        put(Cell::Text(Some(&self.figure_unit)));
        put(Cell::Text(self.period_text.as_deref()));
        put(Cell::Date(self.period_end));
        put(Cell::Text(Some(&self.figure)));
        put(Cell::Integer(Some(self.figure_number)));
        put(Cell::Text(Some(&self.evidence)));
        put(Cell::Text(Some(&self.rules)));
        put(Cell::Text(Some(&self.document_type)));
        put(Cell::Text(Some(&self.document_name)));
        put(Cell::Text(Some(&self.accession_number)));
        put(Cell::Text(Some(&self.form_type)));
        put(Cell::Date(Some(self.filed_date)));
    }
}

impl Row for Disclosure {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.disclosure.push(sighted);
    }
}

/// Index of the filings of each watched company.
pub const CORE_FILING: TableDef = TableDef {
    name: "core_filing",
    kind: TableKind::Fact,
    grain: "one filing of one filer",
    description: "Index of the filings of each watched company.",
    columns: &[
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
        Column {
            name: "report_date",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Period of report, where the form has one.",
        },
        Column {
            name: "accepted_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "acceptanceDateTime as served. Its zone is unreliable: text, for the record only.",
        },
        Column {
            name: "primary_document",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "File name of the main document within the filing.",
        },
        Column {
            name: "primary_document_description",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The filer's description of the main document.",
        },
        Column {
            name: "items",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Items of an 8-K, comma separated.",
        },
        Column {
            name: "size_bytes",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Size of the full submission, in bytes.",
        },
        Column {
            name: "is_xbrl",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the filing carries XBRL.",
        },
        Column {
            name: "is_inline_xbrl",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the main document is Inline XBRL.",
        },
    ],
    key: &["cik", "accession_number"],
    content: &["form_type", "filed_date", "report_date", "primary_document"],
};

/// A row of `core_filing`: one filing of one filer.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// Central Index Key of the filer, ten digits.
    pub cik: String,
    /// The filing, as the SEC numbers it.
    pub accession_number: String,
    /// Form as filed, e.g. `10-Q` or `10-K/A`.
    pub form_type: String,
    /// Filing date, which the SEC assigns by Eastern time.
    pub filed_date: NaiveDate,
    /// Period of report, where the form has one.
    pub report_date: Option<NaiveDate>,
    /// acceptanceDateTime as served. Its zone is unreliable: text, for the record only.
    pub accepted_text: Option<String>,
    /// File name of the main document within the filing.
    pub primary_document: Option<String>,
    /// The filer's description of the main document.
    pub primary_document_description: Option<String>,
    /// Items of an 8-K, comma separated.
    pub items: Option<String>,
    /// Size of the full submission, in bytes.
    pub size_bytes: i64,
    /// Whether the filing carries XBRL.
    pub is_xbrl: bool,
    /// Whether the main document is Inline XBRL.
    pub is_inline_xbrl: bool,
}

impl Record for Filing {
    const TABLE: &'static TableDef = &CORE_FILING;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.cik)));
        put(Cell::Text(Some(&self.accession_number)));
        put(Cell::Text(Some(&self.form_type)));
        put(Cell::Date(Some(self.filed_date)));
        put(Cell::Date(self.report_date));
        put(Cell::Text(self.accepted_text.as_deref()));
        put(Cell::Text(self.primary_document.as_deref()));
        put(Cell::Text(self.primary_document_description.as_deref()));
        put(Cell::Text(self.items.as_deref()));
        put(Cell::Integer(Some(self.size_bytes)));
        put(Cell::Boolean(Some(self.is_xbrl)));
        put(Cell::Boolean(Some(self.is_inline_xbrl)));
    }
}

impl Row for Filing {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.filing.push(sighted);
    }
}

/// The documents of each filing that was read, and what each is: a filing without tags is listed as such.
pub const CORE_FILING_DOCUMENT: TableDef = TableDef {
    name: "core_filing_document",
    kind: TableKind::Fact,
    grain: "one document of one filing",
    description: "The documents of each filing that was read, and what each is: a filing without tags is listed as such.",
    columns: &[
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
        Column {
            name: "sequence",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Number of the document within the filing.",
        },
        Column {
            name: "document_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Type of the document within the filing, e.g. `10-K` or `EX-99.1`.",
        },
        Column {
            name: "document_name",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "File name of the document within the filing.",
        },
        Column {
            name: "document_description",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The filer's description of the document.",
        },
        Column {
            name: "markup",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`inline_xbrl`, `xbrl_instance`, `html` or `text`; `not_read` for documents that hold nothing of the filer's own words: graphics, archives, schemas, pages that the SEC rendered.",
        },
        Column {
            name: "document_bytes",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Length of the document within the full submission.",
        },
        Column {
            name: "facts_read",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Numeric facts that the document tags, each once.",
        },
    ],
    key: &["accession_number", "sequence"],
    content: &["cik", "document_type", "document_name", "document_bytes"],
};

/// A row of `core_filing_document`: one document of one filing.
#[derive(Debug, Clone, PartialEq)]
pub struct FilingDocument {
    /// Central Index Key of the filer, ten digits.
    pub cik: String,
    /// The filing, as the SEC numbers it.
    pub accession_number: String,
    /// Form as filed, e.g. `10-Q` or `10-K/A`.
    pub form_type: String,
    /// Filing date, which the SEC assigns by Eastern time.
    pub filed_date: NaiveDate,
    /// Number of the document within the filing.
    pub sequence: i64,
    /// Type of the document within the filing, e.g. `10-K` or `EX-99.1`.
    pub document_type: String,
    /// File name of the document within the filing.
    pub document_name: Option<String>,
    /// The filer's description of the document.
    pub document_description: Option<String>,
    /// `inline_xbrl`, `xbrl_instance`, `html` or `text`; `not_read` for documents that hold nothing of the filer's own words: graphics, archives, schemas, pages that the SEC rendered.
    pub markup: String,
    /// Length of the document within the full submission.
    pub document_bytes: i64,
    /// Numeric facts that the document tags, each once.
    pub facts_read: i64,
}

impl Record for FilingDocument {
    const TABLE: &'static TableDef = &CORE_FILING_DOCUMENT;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.cik)));
        put(Cell::Text(Some(&self.accession_number)));
        put(Cell::Text(Some(&self.form_type)));
        put(Cell::Date(Some(self.filed_date)));
        put(Cell::Integer(Some(self.sequence)));
        put(Cell::Text(Some(&self.document_type)));
        put(Cell::Text(self.document_name.as_deref()));
        put(Cell::Text(self.document_description.as_deref()));
        put(Cell::Text(Some(&self.markup)));
        put(Cell::Integer(Some(self.document_bytes)));
        put(Cell::Integer(Some(self.facts_read)));
    }
}

impl Row for FilingDocument {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.filing_document.push(sighted);
    }
}

/// Filings as the SEC announces them, of the whole market: what is new before a company's own index is asked.
pub const CORE_FILING_NOTICE: TableDef = TableDef {
    name: "core_filing_notice",
    kind: TableKind::Fact,
    grain: "one filing of one filer in one role",
    description: "Filings as the SEC announces them, of the whole market: what is new before a company's own index is asked.",
    columns: &[
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "company_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name as the company writes it.",
        },
        Column {
            name: "filer_role",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The filer's part in the filing, e.g. `Filer`, `Subject` or `Reporting`.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
    ],
    key: &["cik", "filer_role", "accession_number", "form_type"],
    content: &["filed_date"],
};

/// A row of `core_filing_notice`: one filing of one filer in one role.
#[derive(Debug, Clone, PartialEq)]
pub struct FilingNotice {
    /// Central Index Key of the filer, ten digits.
    pub cik: String,
    /// Name as the company writes it.
    pub company_name: String,
    /// The filer's part in the filing, e.g. `Filer`, `Subject` or `Reporting`.
    pub filer_role: Option<String>,
    /// The filing, as the SEC numbers it.
    pub accession_number: String,
    /// Form as filed, e.g. `10-Q` or `10-K/A`.
    pub form_type: String,
    /// Filing date, which the SEC assigns by Eastern time.
    pub filed_date: NaiveDate,
}

impl Record for FilingNotice {
    const TABLE: &'static TableDef = &CORE_FILING_NOTICE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.cik)));
        put(Cell::Text(Some(&self.company_name)));
        put(Cell::Text(self.filer_role.as_deref()));
        put(Cell::Text(Some(&self.accession_number)));
        put(Cell::Text(Some(&self.form_type)));
        put(Cell::Date(Some(self.filed_date)));
    }
}

impl Row for FilingNotice {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.filing_notice.push(sighted);
    }
}

/// Totals of regular digests of funding news: how many deals and how much money an outlet counted in a week, and what it says of the week before.
pub const CORE_FUNDING_DIGEST: TableDef = TableDef {
    name: "core_funding_digest",
    kind: TableKind::Fact,
    grain: "one digest",
    description: "Totals of regular digests of funding news: how many deals and how much money an outlet counted in a week, and what it says of the week before.",
    columns: &[
        Column {
            name: "article_url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Canonical address of the text, without what only tracks its readers.",
        },
        Column {
            name: "publisher",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who publishes it.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "digest_sector",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Which deals the digest counts, e.g. `blockchain`, where it says so.",
        },
        Column {
            name: "deals",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Deals counted.",
        },
        Column {
            name: "amount_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of the money raised, in the currency; absent where it is open or not disclosed.",
        },
        Column {
            name: "amount_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of the money raised, in the currency; absent where it is open or not disclosed.",
        },
        Column {
            name: "amount_hedge",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the amount is stated: `exact`, `about`, `nearly`, `more_than`, `at_least`, `up_to`, `range`, `order_of_magnitude` or `undisclosed`.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "previous_deals",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Deals counted in the period before, as this digest says.",
        },
        Column {
            name: "previous_amount",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Money raised in the period before, as this digest says, in the currency.",
        },
        Column {
            name: "evidence",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The words that state it: of a filing the sentence, of a text the part of it that was read.",
        },
    ],
    key: &["article_url"],
    content: &[
        "period_start",
        "period_end",
        "deals",
        "amount_low",
        "amount_high",
        "previous_deals",
        "previous_amount",
    ],
};

/// A row of `core_funding_digest`: one digest.
#[derive(Debug, Clone, PartialEq)]
pub struct FundingDigest {
    /// Canonical address of the text, without what only tracks its readers.
    pub article_url: String,
    /// Who publishes it.
    pub publisher: String,
    /// First day of the period; absent for an instant.
    pub period_start: Option<NaiveDate>,
    /// Last day of the period, or the instant.
    pub period_end: Option<NaiveDate>,
    /// Which deals the digest counts, e.g. `blockchain`, where it says so.
    pub digest_sector: Option<String>,
    /// Deals counted.
    pub deals: Option<i64>,
    /// Low end of the money raised, in the currency; absent where it is open or not disclosed.
    pub amount_low: Option<Decimal>,
    /// High end of the money raised, in the currency; absent where it is open or not disclosed.
    pub amount_high: Option<Decimal>,
    /// How the amount is stated: `exact`, `about`, `nearly`, `more_than`, `at_least`, `up_to`, `range`, `order_of_magnitude` or `undisclosed`.
    pub amount_hedge: String,
    /// Currency, ISO 4217.
    pub currency: Option<String>,
    /// Deals counted in the period before, as this digest says.
    pub previous_deals: Option<i64>,
    /// Money raised in the period before, as this digest says, in the currency.
    pub previous_amount: Option<Decimal>,
    /// The words that state it: of a filing the sentence, of a text the part of it that was read.
    pub evidence: String,
}

impl Record for FundingDigest {
    const TABLE: &'static TableDef = &CORE_FUNDING_DIGEST;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.article_url)));
        put(Cell::Text(Some(&self.publisher)));
        put(Cell::Date(self.period_start));
        put(Cell::Date(self.period_end));
        put(Cell::Text(self.digest_sector.as_deref()));
        put(Cell::Integer(self.deals));
        put(Cell::Decimal(self.amount_low));
        put(Cell::Decimal(self.amount_high));
        put(Cell::Text(Some(&self.amount_hedge)));
        put(Cell::Text(self.currency.as_deref()));
        put(Cell::Integer(self.previous_deals));
        put(Cell::Decimal(self.previous_amount));
        put(Cell::Text(Some(&self.evidence)));
    }
}

impl Row for FundingDigest {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.funding_digest.push(sighted);
    }
}

/// Money raised, as each source tells it: every mention is a row. Texts tell of rounds from talks to close; exempt offerings (Form D) state what is offered and what is sold so far, and an amendment is a further mention. `mart_funding_round` puts the mentions of one round together.
pub const CORE_FUNDING_ROUND: TableDef = TableDef {
    name: "core_funding_round",
    kind: TableKind::Fact,
    grain: "one mention of one round; of an exempt offering one filing",
    description: "Money raised, as each source tells it: every mention is a row. Texts tell of rounds from talks to close; exempt offerings (Form D) state what is offered and what is sold so far, and an amendment is a further mention. `mart_funding_round` puts the mentions of one round together.",
    columns: &[
        Column {
            name: "mention_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The mention: of a filing its accession number; of a text its address, the company and which of the rows about it, from 1.",
        },
        Column {
            name: "company_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name as the company writes it.",
        },
        Column {
            name: "company_key",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.",
        },
        Column {
            name: "round_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`pre_seed`, `seed`, `angel`, `pre_series_a` …, `series_a` … `series_h`, `later_series`, `seed_and_series_a`, `strategic` (a named company invests), `debt`, `secondary`, `tender` or `unknown`: the closed list is in burnrate-prose.",
        },
        Column {
            name: "round_modifier",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What extends the name of the round, e.g. `1` of `A1`, `+` or `extension`.",
        },
        Column {
            name: "amount_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of the money raised, in the currency; absent where it is open or not disclosed.",
        },
        Column {
            name: "amount_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of the money raised, in the currency; absent where it is open or not disclosed.",
        },
        Column {
            name: "amount_hedge",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the amount is stated: `exact`, `about`, `nearly`, `more_than`, `at_least`, `up_to`, `range`, `order_of_magnitude` or `undisclosed`.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "amounts_also_stated",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The same money as the text says it elsewhere, converted or rounded: low, high and currency, joined by ` | `.",
        },
        Column {
            name: "valuation_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of the company's valuation, in its currency; absent where it is open or not stated.",
        },
        Column {
            name: "valuation_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of the company's valuation, in its currency; absent where it is open or not stated.",
        },
        Column {
            name: "valuation_hedge",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "How the valuation is stated, in the words of `amount_hedge`; absent where it is not.",
        },
        Column {
            name: "valuation_currency",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Currency of the valuation, ISO 4217.",
        },
        Column {
            name: "valuation_basis",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "`pre_money` or `post_money`, where it is stated.",
        },
        Column {
            name: "round_status",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`rumoured` (done, on the word of unnamed sources or of another outlet), `in_talks`, `announced` (a party has committed itself) or `closed`.",
        },
        Column {
            name: "round_date",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "When the round was, as far as the text says: `2024`, `2024-06` or `2024-06-13`.",
        },
        Column {
            name: "mention_role",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`headline`, or `background` where it is told in passing.",
        },
        Column {
            name: "lead_investors",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who leads the round, separated by ` | `.",
        },
        Column {
            name: "named_investors",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "All who are named as investing, those who lead among them, separated by ` | `.",
        },
        Column {
            name: "attributed_to",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Whose word it is, where the text says so.",
        },
        Column {
            name: "article_url",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Canonical address of the text, without what only tracks its readers.",
        },
        Column {
            name: "published_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Day of publication, UTC, where the document states it.",
        },
        Column {
            name: "evidence",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The words that state it: of a filing the sentence, of a text the part of it that was read.",
        },
        Column {
            name: "rules",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The rules that read it, in order, separated by spaces.",
        },
        Column {
            name: "source_url",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Where an authored figure was read.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "co_issuers",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Further issuers of the same offering, separated by ` | `.",
        },
        Column {
            name: "offered_amount",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Total offering amount; absent where it is indefinite.",
        },
        Column {
            name: "is_offer_indefinite",
            column_type: ColumnType::Boolean,
            is_nullable: true,
            description: "Whether the issuer states that the offering amount is indefinite.",
        },
        Column {
            name: "sold_amount",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Total amount sold so far.",
        },
        Column {
            name: "remaining_amount",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Total remaining to be sold; absent where it is indefinite.",
        },
        Column {
            name: "first_sale_date",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Date of first sale; absent where it is yet to occur.",
        },
        Column {
            name: "is_amendment",
            column_type: ColumnType::Boolean,
            is_nullable: true,
            description: "Whether the filing amends an earlier one.",
        },
        Column {
            name: "amends_accession_number",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The filing that it amends, where it names one.",
        },
        Column {
            name: "investors",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Number of investors who have invested so far.",
        },
        Column {
            name: "securities",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Types of securities offered, in the words of the form, separated by ` | `.",
        },
        Column {
            name: "exemptions",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Exemptions and exclusions claimed, as coded, separated by ` | `.",
        },
        Column {
            name: "industry",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Industry group, as the issuer states it.",
        },
        Column {
            name: "is_business_combination",
            column_type: ColumnType::Boolean,
            is_nullable: true,
            description: "Whether the offering is made in a business combination: shares for a merger raise no money.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
    ],
    key: &["mention_id"],
    content: &[
        "round_kind",
        "amount_low",
        "amount_high",
        "amount_hedge",
        "currency",
        "valuation_low",
        "valuation_high",
        "valuation_basis",
        "round_status",
        "mention_role",
        "lead_investors",
        "named_investors",
        "offered_amount",
        "is_offer_indefinite",
        "remaining_amount",
        "first_sale_date",
        "investors",
    ],
};

/// A row of `core_funding_round`: one mention of one round; of an exempt offering one filing.
#[derive(Debug, Clone, PartialEq)]
pub struct FundingRound {
    /// The mention: of a filing its accession number; of a text its address, the company and which of the rows about it, from 1.
    pub mention_id: String,
    /// Name as the company writes it.
    pub company_name: String,
    /// The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.
    pub company_key: String,
    /// `pre_seed`, `seed`, `angel`, `pre_series_a` …, `series_a` … `series_h`, `later_series`, `seed_and_series_a`, `strategic` (a named company invests), `debt`, `secondary`, `tender` or `unknown`: the closed list is in burnrate-prose.
    pub round_kind: String,
    /// What extends the name of the round, e.g. `1` of `A1`, `+` or `extension`.
    pub round_modifier: Option<String>,
    /// Low end of the money raised, in the currency; absent where it is open or not disclosed.
    pub amount_low: Option<Decimal>,
    /// High end of the money raised, in the currency; absent where it is open or not disclosed.
    pub amount_high: Option<Decimal>,
    /// How the amount is stated: `exact`, `about`, `nearly`, `more_than`, `at_least`, `up_to`, `range`, `order_of_magnitude` or `undisclosed`.
    pub amount_hedge: String,
    /// Currency, ISO 4217.
    pub currency: Option<String>,
    /// The same money as the text says it elsewhere, converted or rounded: low, high and currency, joined by ` | `.
    pub amounts_also_stated: Option<String>,
    /// Low end of the company's valuation, in its currency; absent where it is open or not stated.
    pub valuation_low: Option<Decimal>,
    /// High end of the company's valuation, in its currency; absent where it is open or not stated.
    pub valuation_high: Option<Decimal>,
    /// How the valuation is stated, in the words of `amount_hedge`; absent where it is not.
    pub valuation_hedge: Option<String>,
    /// Currency of the valuation, ISO 4217.
    pub valuation_currency: Option<String>,
    /// `pre_money` or `post_money`, where it is stated.
    pub valuation_basis: Option<String>,
    /// `rumoured` (done, on the word of unnamed sources or of another outlet), `in_talks`, `announced` (a party has committed itself) or `closed`.
    pub round_status: String,
    /// When the round was, as far as the text says: `2024`, `2024-06` or `2024-06-13`.
    pub round_date: Option<String>,
    /// `headline`, or `background` where it is told in passing.
    pub mention_role: String,
    /// Who leads the round, separated by ` | `.
    pub lead_investors: Option<String>,
    /// All who are named as investing, those who lead among them, separated by ` | `.
    pub named_investors: Option<String>,
    /// Whose word it is, where the text says so.
    pub attributed_to: Option<String>,
    /// Canonical address of the text, without what only tracks its readers.
    pub article_url: Option<String>,
    /// Day of publication, UTC, where the document states it.
    pub published_on: Option<NaiveDate>,
    /// The words that state it: of a filing the sentence, of a text the part of it that was read.
    pub evidence: Option<String>,
    /// The rules that read it, in order, separated by spaces.
    pub rules: Option<String>,
    /// Where an authored figure was read.
    pub source_url: Option<String>,
    /// Central Index Key of the filer, ten digits.
    pub cik: Option<String>,
    /// Further issuers of the same offering, separated by ` | `.
    pub co_issuers: Option<String>,
    /// Total offering amount; absent where it is indefinite.
    pub offered_amount: Option<Decimal>,
    /// Whether the issuer states that the offering amount is indefinite.
    pub is_offer_indefinite: Option<bool>,
    /// Total amount sold so far.
    pub sold_amount: Option<Decimal>,
    /// Total remaining to be sold; absent where it is indefinite.
    pub remaining_amount: Option<Decimal>,
    /// Date of first sale; absent where it is yet to occur.
    pub first_sale_date: Option<NaiveDate>,
    /// Whether the filing amends an earlier one.
    pub is_amendment: Option<bool>,
    /// The filing that it amends, where it names one.
    pub amends_accession_number: Option<String>,
    /// Number of investors who have invested so far.
    pub investors: Option<i64>,
    /// Types of securities offered, in the words of the form, separated by ` | `.
    pub securities: Option<String>,
    /// Exemptions and exclusions claimed, as coded, separated by ` | `.
    pub exemptions: Option<String>,
    /// Industry group, as the issuer states it.
    pub industry: Option<String>,
    /// Whether the offering is made in a business combination: shares for a merger raise no money.
    pub is_business_combination: Option<bool>,
    /// The filing, as the SEC numbers it.
    pub accession_number: Option<String>,
    /// Form as filed, e.g. `10-Q` or `10-K/A`.
    pub form_type: Option<String>,
    /// Filing date, which the SEC assigns by Eastern time.
    pub filed_date: Option<NaiveDate>,
}

impl Record for FundingRound {
    const TABLE: &'static TableDef = &CORE_FUNDING_ROUND;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.mention_id)));
        put(Cell::Text(Some(&self.company_name)));
        put(Cell::Text(Some(&self.company_key)));
        put(Cell::Text(Some(&self.round_kind)));
        put(Cell::Text(self.round_modifier.as_deref()));
        put(Cell::Decimal(self.amount_low));
        put(Cell::Decimal(self.amount_high));
        put(Cell::Text(Some(&self.amount_hedge)));
        put(Cell::Text(self.currency.as_deref()));
        put(Cell::Text(self.amounts_also_stated.as_deref()));
        put(Cell::Decimal(self.valuation_low));
        put(Cell::Decimal(self.valuation_high));
        put(Cell::Text(self.valuation_hedge.as_deref()));
        put(Cell::Text(self.valuation_currency.as_deref()));
        put(Cell::Text(self.valuation_basis.as_deref()));
        put(Cell::Text(Some(&self.round_status)));
        put(Cell::Text(self.round_date.as_deref()));
        put(Cell::Text(Some(&self.mention_role)));
        put(Cell::Text(self.lead_investors.as_deref()));
        put(Cell::Text(self.named_investors.as_deref()));
        put(Cell::Text(self.attributed_to.as_deref()));
        put(Cell::Text(self.article_url.as_deref()));
        put(Cell::Date(self.published_on));
        put(Cell::Text(self.evidence.as_deref()));
        put(Cell::Text(self.rules.as_deref()));
        put(Cell::Text(self.source_url.as_deref()));
        put(Cell::Text(self.cik.as_deref()));
        put(Cell::Text(self.co_issuers.as_deref()));
        put(Cell::Decimal(self.offered_amount));
        put(Cell::Boolean(self.is_offer_indefinite));
        put(Cell::Decimal(self.sold_amount));
        put(Cell::Decimal(self.remaining_amount));
        put(Cell::Date(self.first_sale_date));
        put(Cell::Boolean(self.is_amendment));
        put(Cell::Text(self.amends_accession_number.as_deref()));
        put(Cell::Integer(self.investors));
        put(Cell::Text(self.securities.as_deref()));
        put(Cell::Text(self.exemptions.as_deref()));
        put(Cell::Text(self.industry.as_deref()));
        put(Cell::Boolean(self.is_business_combination));
        put(Cell::Text(self.accession_number.as_deref()));
        put(Cell::Text(self.form_type.as_deref()));
        put(Cell::Date(self.filed_date));
    }
}

impl Row for FundingRound {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.funding_round.push(sighted);
    }
}

/// What an hour of a rented GPU costs, as one source lists it: a row each time a listed price appears, changes or is withdrawn. The price per GPU is derived from the price per instance, with the count and where the count comes from.
pub const CORE_GPU_PRICE: TableDef = TableDef {
    name: "core_gpu_price",
    kind: TableKind::State,
    grain: "one change of one listed price in one context, by day of observation",
    description: "What an hour of a rented GPU costs, as one source lists it: a row each time a listed price appears, changes or is withdrawn. The price per GPU is derived from the price per instance, with the count and where the count comes from.",
    columns: &[
        Column {
            name: "provider",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who sells at this price, e.g. `openai`, `azure` or `openrouter`.",
        },
        Column {
            name: "sku",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is rented, by the provider's own code or name, e.g. `Standard_ND96isr_H100_v5`.",
        },
        Column {
            name: "gpu_model",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Model of the GPU in one vocabulary, e.g. `H100`.",
        },
        Column {
            name: "gpu_form",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`SXM`, `PCIe`, `NVL`, `superchip` …; `unknown` where the source does not settle it.",
        },
        Column {
            name: "gpu_memory_gb",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Memory of one GPU in GB as its maker names it; absent where the source does not settle it.",
        },
        Column {
            name: "gpus_per_instance",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "GPUs that are rented together; 1 where the list is per GPU and names no number.",
        },
        Column {
            name: "gpu_count_source",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Where the number of GPUs comes from: `stated` beside the price, `stated_per_gpu` (the list is per GPU), or `instance_type` (the provider's documented number for that instance type, in burnrate-price).",
        },
        Column {
            name: "term",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`on_demand`, `spot`, `reserved_1m` … `reserved_3y` (by length of the commitment), `marketplace` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "cloud_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Kind of offer where a provider has several side by side, e.g. `secure` and `community`; else `any`.",
        },
        Column {
            name: "billed_scope",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the price covers: `instance` (host included), or `gpu_only` (processors and memory are billed apart).",
        },
        Column {
            name: "operating_system",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`linux`, `windows`, or `any`.",
        },
        Column {
            name: "region",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where it is served, as the provider names it; `any` where the list makes no difference.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "price_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).",
        },
        Column {
            name: "effective_from",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which the price is in force, where the source states it.",
        },
        Column {
            name: "product_name",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Name of the product, as the source writes it.",
        },
        Column {
            name: "price_per_gpu_hour",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Price in the currency, per GPU and hour.",
        },
        Column {
            name: "price_as_shown",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The price as the source writes it.",
        },
        Column {
            name: "unit_as_shown",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The unit as the source writes it, wherever on the page that is.",
        },
        Column {
            name: "effective_to",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day on which the price is in force, where the source states it.",
        },
        Column {
            name: "price_note",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What the source says of the price beside it, e.g. a footnote.",
        },
        Column {
            name: "is_rounded",
            column_type: ColumnType::Boolean,
            is_nullable: true,
            description: "Whether digits beyond the twelfth decimal place were rounded away.",
        },
    ],
    key: &[
        "provider",
        "sku",
        "gpu_model",
        "gpu_form",
        "gpu_memory_gb",
        "gpus_per_instance",
        "term",
        "cloud_type",
        "billed_scope",
        "operating_system",
        "region",
        "currency",
        "price_kind",
        "effective_from",
    ],
    content: &["price_per_gpu_hour", "effective_to"],
};

/// A row of `core_gpu_price`: one change of one listed price in one context, by day of observation.
#[derive(Debug, Clone, PartialEq)]
pub struct GpuPrice {
    /// Who sells at this price, e.g. `openai`, `azure` or `openrouter`.
    pub provider: String,
    /// What is rented, by the provider's own code or name, e.g. `Standard_ND96isr_H100_v5`.
    pub sku: String,
    /// Model of the GPU in one vocabulary, e.g. `H100`.
    pub gpu_model: String,
    /// `SXM`, `PCIe`, `NVL`, `superchip` …; `unknown` where the source does not settle it.
    pub gpu_form: String,
    /// Memory of one GPU in GB as its maker names it; absent where the source does not settle it.
    pub gpu_memory_gb: Option<i64>,
    /// GPUs that are rented together; 1 where the list is per GPU and names no number.
    pub gpus_per_instance: i64,
    /// Where the number of GPUs comes from: `stated` beside the price, `stated_per_gpu` (the list is per GPU), or `instance_type` (the provider's documented number for that instance type, in burnrate-price).
    pub gpu_count_source: String,
    /// `on_demand`, `spot`, `reserved_1m` … `reserved_3y` (by length of the commitment), `marketplace` …: the closed list is in burnrate-price.
    pub term: String,
    /// Kind of offer where a provider has several side by side, e.g. `secure` and `community`; else `any`.
    pub cloud_type: String,
    /// What the price covers: `instance` (host included), or `gpu_only` (processors and memory are billed apart).
    pub billed_scope: String,
    /// `linux`, `windows`, or `any`.
    pub operating_system: String,
    /// Where it is served, as the provider names it; `any` where the list makes no difference.
    pub region: String,
    /// Currency, ISO 4217.
    pub currency: String,
    /// `list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).
    pub price_kind: String,
    /// First day on which the price is in force, where the source states it.
    pub effective_from: Option<NaiveDate>,
    /// Name of the product, as the source writes it.
    pub product_name: String,
    /// Price in the currency, per GPU and hour.
    pub price_per_gpu_hour: Decimal,
    /// The price as the source writes it.
    pub price_as_shown: String,
    /// The unit as the source writes it, wherever on the page that is.
    pub unit_as_shown: String,
    /// Last day on which the price is in force, where the source states it.
    pub effective_to: Option<NaiveDate>,
    /// What the source says of the price beside it, e.g. a footnote.
    pub price_note: Option<String>,
    /// Whether digits beyond the twelfth decimal place were rounded away.
    pub is_rounded: bool,
}

impl Record for GpuPrice {
    const TABLE: &'static TableDef = &CORE_GPU_PRICE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.provider)));
        put(Cell::Text(Some(&self.sku)));
        put(Cell::Text(Some(&self.gpu_model)));
        put(Cell::Text(Some(&self.gpu_form)));
        put(Cell::Integer(self.gpu_memory_gb));
        put(Cell::Integer(Some(self.gpus_per_instance)));
        put(Cell::Text(Some(&self.gpu_count_source)));
        put(Cell::Text(Some(&self.term)));
        put(Cell::Text(Some(&self.cloud_type)));
        put(Cell::Text(Some(&self.billed_scope)));
        put(Cell::Text(Some(&self.operating_system)));
        put(Cell::Text(Some(&self.region)));
        put(Cell::Text(Some(&self.currency)));
        put(Cell::Text(Some(&self.price_kind)));
        put(Cell::Date(self.effective_from));
        put(Cell::Text(Some(&self.product_name)));
        put(Cell::Decimal(Some(self.price_per_gpu_hour)));
        put(Cell::Text(Some(&self.price_as_shown)));
        put(Cell::Text(Some(&self.unit_as_shown)));
        put(Cell::Date(self.effective_to));
        put(Cell::Text(self.price_note.as_deref()));
        put(Cell::Boolean(Some(self.is_rounded)));
    }
}

impl Row for GpuPrice {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.gpu_price.push(sighted);
    }
}

/// What a use of a model costs, as one source lists it: a row each time a listed price appears, changes or is withdrawn. Service tiers, context lengths, regions and modalities are contexts of one model, never other models.
pub const CORE_MODEL_PRICE: TableDef = TableDef {
    name: "core_model_price",
    kind: TableKind::State,
    grain: "one change of one listed price in one context, by day of observation",
    description: "What a use of a model costs, as one source lists it: a row each time a listed price appears, changes or is withdrawn. Service tiers, context lengths, regions and modalities are contexts of one model, never other models.",
    columns: &[
        Column {
            name: "provider",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who sells at this price, e.g. `openai`, `azure` or `openrouter`.",
        },
        Column {
            name: "vendor",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who made the model, or sells the product, e.g. `openai`.",
        },
        Column {
            name: "model_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name of the model in normal form: lower case, words joined by `-` (`claude-sonnet-4-5`); a dated snapshot keeps its date (`gpt-4o-2024-08-06`) and is another model than the alias that points to it.",
        },
        Column {
            name: "meter",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is counted: `input`, `cached_input`, `cache_write`, `cache_write_1h`, `cache_storage`, `output`, `batch`-independent uses such as `fine_tuning`, `embedding`, `rerank`, `search`, `image`, `video`, `speech`, `transcription`, `request` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "modality",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`text`, `image`, `audio` or `video`; `any` where one price holds for all.",
        },
        Column {
            name: "price_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the price is for: `1M tokens`, `1M token-hours`, `1M characters`, `1K requests`, `1K pages`, `image`, `second`, `minute`, `hour` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "service_tier",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`standard`, `batch`, `flex`, `priority`, `off_peak`, `provisioned` …: how the request is served; the closed list is in burnrate-price.",
        },
        Column {
            name: "context_tier",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Lengths of the request for which the price holds, in tokens: `any`, or bounds such as `input<=200000`, `input>200000` or `32000<input<=128000,output<=200`.",
        },
        Column {
            name: "region",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where it is served, as the provider names it; `any` where the list makes no difference.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "price_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).",
        },
        Column {
            name: "effective_from",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which the price is in force, where the source states it.",
        },
        Column {
            name: "model_name",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Name of the model, as the source writes it.",
        },
        Column {
            name: "price",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Price in the currency, per unit.",
        },
        Column {
            name: "price_as_shown",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The price as the source writes it.",
        },
        Column {
            name: "unit_as_shown",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The unit as the source writes it, wherever on the page that is.",
        },
        Column {
            name: "effective_to",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day on which the price is in force, where the source states it.",
        },
        Column {
            name: "price_note",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What the source says of the price beside it, e.g. a footnote.",
        },
        Column {
            name: "is_rounded",
            column_type: ColumnType::Boolean,
            is_nullable: true,
            description: "Whether digits beyond the twelfth decimal place were rounded away.",
        },
    ],
    key: &[
        "provider",
        "vendor",
        "model_id",
        "meter",
        "modality",
        "price_unit",
        "service_tier",
        "context_tier",
        "region",
        "currency",
        "price_kind",
        "effective_from",
    ],
    content: &["price", "effective_to"],
};

/// A row of `core_model_price`: one change of one listed price in one context, by day of observation.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelPrice {
    /// Who sells at this price, e.g. `openai`, `azure` or `openrouter`.
    pub provider: String,
    /// Who made the model, or sells the product, e.g. `openai`.
    pub vendor: String,
    /// Name of the model in normal form: lower case, words joined by `-` (`claude-sonnet-4-5`); a dated snapshot keeps its date (`gpt-4o-2024-08-06`) and is another model than the alias that points to it.
    pub model_id: String,
    /// What is counted: `input`, `cached_input`, `cache_write`, `cache_write_1h`, `cache_storage`, `output`, `batch`-independent uses such as `fine_tuning`, `embedding`, `rerank`, `search`, `image`, `video`, `speech`, `transcription`, `request` …: the closed list is in burnrate-price.
    pub meter: String,
    /// `text`, `image`, `audio` or `video`; `any` where one price holds for all.
    pub modality: String,
    /// What the price is for: `1M tokens`, `1M token-hours`, `1M characters`, `1K requests`, `1K pages`, `image`, `second`, `minute`, `hour` …: the closed list is in burnrate-price.
    pub price_unit: String,
    /// `standard`, `batch`, `flex`, `priority`, `off_peak`, `provisioned` …: how the request is served; the closed list is in burnrate-price.
    pub service_tier: String,
    /// Lengths of the request for which the price holds, in tokens: `any`, or bounds such as `input<=200000`, `input>200000` or `32000<input<=128000,output<=200`.
    pub context_tier: String,
    /// Where it is served, as the provider names it; `any` where the list makes no difference.
    pub region: String,
    /// Currency, ISO 4217.
    pub currency: String,
    /// `list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).
    pub price_kind: String,
    /// First day on which the price is in force, where the source states it.
    pub effective_from: Option<NaiveDate>,
    /// Name of the model, as the source writes it.
    pub model_name: String,
    /// Price in the currency, per unit.
    pub price: Decimal,
    /// The price as the source writes it.
    pub price_as_shown: String,
    /// The unit as the source writes it, wherever on the page that is.
    pub unit_as_shown: String,
    /// Last day on which the price is in force, where the source states it.
    pub effective_to: Option<NaiveDate>,
    /// What the source says of the price beside it, e.g. a footnote.
    pub price_note: Option<String>,
    /// Whether digits beyond the twelfth decimal place were rounded away.
    pub is_rounded: bool,
}

impl Record for ModelPrice {
    const TABLE: &'static TableDef = &CORE_MODEL_PRICE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.provider)));
        put(Cell::Text(Some(&self.vendor)));
        put(Cell::Text(Some(&self.model_id)));
        put(Cell::Text(Some(&self.meter)));
        put(Cell::Text(Some(&self.modality)));
        put(Cell::Text(Some(&self.price_unit)));
        put(Cell::Text(Some(&self.service_tier)));
        put(Cell::Text(Some(&self.context_tier)));
        put(Cell::Text(Some(&self.region)));
        put(Cell::Text(Some(&self.currency)));
        put(Cell::Text(Some(&self.price_kind)));
        put(Cell::Date(self.effective_from));
        put(Cell::Text(Some(&self.model_name)));
        put(Cell::Decimal(Some(self.price)));
        put(Cell::Text(Some(&self.price_as_shown)));
        put(Cell::Text(Some(&self.unit_as_shown)));
        put(Cell::Date(self.effective_to));
        put(Cell::Text(self.price_note.as_deref()));
        put(Cell::Boolean(Some(self.is_rounded)));
    }
}

impl Row for ModelPrice {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.model_price.push(sighted);
    }
}

/// Records that were not read, with the reason: nothing is dropped silently.
pub const CORE_QUARANTINE: TableDef = TableDef {
    name: "core_quarantine",
    kind: TableKind::Fact,
    grain: "one record of one document address, for one reason",
    description: "Records that were not read, with the reason: nothing is dropped silently.",
    columns: &[
        Column {
            name: "url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where the publisher serves the document.",
        },
        Column {
            name: "reason",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Why the record was not read.",
        },
        Column {
            name: "record",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The record as it stands in the document.",
        },
        Column {
            name: "parser_version",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Version of the source's parser.",
        },
    ],
    key: &["url", "reason", "record"],
    content: &[],
};

/// A row of `core_quarantine`: one record of one document address, for one reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarantine {
    /// Where the publisher serves the document.
    pub url: String,
    /// Why the record was not read.
    pub reason: String,
    /// The record as it stands in the document.
    pub record: String,
    /// Version of the source's parser.
    pub parser_version: i64,
}

impl Record for Quarantine {
    const TABLE: &'static TableDef = &CORE_QUARANTINE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.url)));
        put(Cell::Text(Some(&self.reason)));
        put(Cell::Text(Some(&self.record)));
        put(Cell::Integer(Some(self.parser_version)));
    }
}

impl Row for Quarantine {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.quarantine.push(sighted);
    }
}

/// What became of records in quarantine when their documents were read again. The last line of a record counts: one that was read may be refused again by a later parser.
pub const CORE_QUARANTINE_RESOLUTION: TableDef = TableDef {
    name: "core_quarantine_resolution",
    kind: TableKind::Log,
    grain: "one record in the snapshot that changed what is known of it",
    description: "What became of records in quarantine when their documents were read again. The last line of a record counts: one that was read may be refused again by a later parser.",
    columns: &[
        Column {
            name: "quarantine_row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The record, as `row_id` of `core_quarantine`.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "resolution",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`read`: today's parser no longer refuses the record; `refused`: it does so again.",
        },
        Column {
            name: "parser_version",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Version of the source's parser.",
        },
        Column {
            name: "new_snapshot_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The first snapshot without it.",
        },
        Column {
            name: "resolved_at",
            column_type: ColumnType::Timestamp,
            is_nullable: false,
            description: "When the document was read again.",
        },
    ],
    key: &["new_snapshot_id", "quarantine_row_id"],
    content: &[],
};

/// A row of `core_quarantine_resolution`: one record in the snapshot that changed what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuarantineResolution {
    /// The record, as `row_id` of `core_quarantine`.
    pub quarantine_row_id: String,
    /// The source that read the row.
    pub source_id: String,
    /// `read`: today's parser no longer refuses the record; `refused`: it does so again.
    pub resolution: String,
    /// Version of the source's parser.
    pub parser_version: i64,
    /// The first snapshot without it.
    pub new_snapshot_id: String,
    /// When the document was read again.
    pub resolved_at: DateTime<Utc>,
}

impl Record for QuarantineResolution {
    const TABLE: &'static TableDef = &CORE_QUARANTINE_RESOLUTION;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.quarantine_row_id)));
        put(Cell::Text(Some(&self.source_id)));
        put(Cell::Text(Some(&self.resolution)));
        put(Cell::Integer(Some(self.parser_version)));
        put(Cell::Text(Some(&self.new_snapshot_id)));
        put(Cell::Timestamp(Some(self.resolved_at)));
    }
}

/// Every reading of a list of offers: so that "unchanged" and "not seen for months" differ. A list is read as of a day; of several readings of one day the last complete one counts, unless it lists far less than the one before.
pub const CORE_READING: TableDef = TableDef {
    name: "core_reading",
    kind: TableKind::Log,
    grain: "one reading of one scope",
    description: "Every reading of a list of offers: so that \"unchanged\" and \"not seen for months\" differ. A list is read as of a day; of several readings of one day the last complete one counts, unless it lists far less than the one before.",
    columns: &[
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "scope",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The list of offers that the row belongs to, within its source: what one complete reading covers.",
        },
        Column {
            name: "observed_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Day on which the list was observed, UTC: of the capture, or of a dated version.",
        },
        Column {
            name: "observed_at",
            column_type: ColumnType::Timestamp,
            is_nullable: false,
            description: "When the list was observed: when its first page came, or the time of a dated version.",
        },
        Column {
            name: "is_complete",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether every page of the list was read.",
        },
        Column {
            name: "is_counted",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether anything follows from the reading: it is complete, the last of its day, and does not list so much less than the one before that it is taken for a changed page.",
        },
        Column {
            name: "pages",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Pages read.",
        },
        Column {
            name: "row_count",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Offers listed.",
        },
        Column {
            name: "capture_ids",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The captures read, in order of pages, separated by spaces.",
        },
        Column {
            name: "parser_version",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Version of the source's parser.",
        },
    ],
    key: &["source_id", "scope", "observed_at"],
    content: &[],
};

/// A row of `core_reading`: one reading of one scope.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The source that read the row.
    pub source_id: String,
    /// The list of offers that the row belongs to, within its source: what one complete reading covers.
    pub scope: String,
    /// Day on which the list was observed, UTC: of the capture, or of a dated version.
    pub observed_on: NaiveDate,
    /// When the list was observed: when its first page came, or the time of a dated version.
    pub observed_at: DateTime<Utc>,
    /// Whether every page of the list was read.
    pub is_complete: bool,
    /// Whether anything follows from the reading: it is complete, the last of its day, and does not list so much less than the one before that it is taken for a changed page.
    pub is_counted: bool,
    /// Pages read.
    pub pages: i64,
    /// Offers listed.
    pub row_count: i64,
    /// The captures read, in order of pages, separated by spaces.
    pub capture_ids: String,
    /// Version of the source's parser.
    pub parser_version: i64,
}

impl Record for Reading {
    const TABLE: &'static TableDef = &CORE_READING;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.source_id)));
        put(Cell::Text(Some(&self.scope)));
        put(Cell::Date(Some(self.observed_on)));
        put(Cell::Timestamp(Some(self.observed_at)));
        put(Cell::Boolean(Some(self.is_complete)));
        put(Cell::Boolean(Some(self.is_counted)));
        put(Cell::Integer(Some(self.pages)));
        put(Cell::Integer(Some(self.row_count)));
        put(Cell::Text(Some(&self.capture_ids)));
        put(Cell::Integer(Some(self.parser_version)));
    }
}

/// Figures of companies as the press, or somebody who looked them up, reports them: revenue and run-rate with their basis, losses, spending, prices paid, users. Every mention is a row; what the text hedges has a low and a high end, either of which may be open.
pub const CORE_REPORTED_METRIC: TableDef = TableDef {
    name: "core_reported_metric",
    kind: TableKind::Fact,
    grain: "one mention of one figure",
    description: "Figures of companies as the press, or somebody who looked them up, reports them: revenue and run-rate with their basis, losses, spending, prices paid, users. Every mention is a row; what the text hedges has a low and a high end, either of which may be open.",
    columns: &[
        Column {
            name: "mention_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The mention: of a filing its accession number; of a text its address, the company and which of the rows about it, from 1.",
        },
        Column {
            name: "company_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name as the company writes it.",
        },
        Column {
            name: "company_key",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.",
        },
        Column {
            name: "metric",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`revenue`, `revenue_run_rate`, `arr`, `loss`, `profit`, `cash_burn`, `capex`, `compute_spend`, `staff_cost`, `valuation`, `total_raised`, `gpu_hour_price`, `stake_value`, `funding_need`, `users`, `penetration`: the closed list is in burnrate-prose.",
        },
        Column {
            name: "revenue_basis",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Of revenue, what it counts: `reported_year`, `reported_half`, `reported_quarter`, `run_rate_x12` (a month times twelve, and where the text says no more), `run_rate_28d_x13`, `arr_committed`; absent for other metrics, and where the text names no period. Unlike bases are not divided by each other.",
        },
        Column {
            name: "value_low",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Low end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "value_high",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "High end of the figure in its unit; absent where it is open.",
        },
        Column {
            name: "hedge",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.",
        },
        Column {
            name: "metric_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of the figure: a currency, `USD/GPU-hour`, `users` or `percent`.",
        },
        Column {
            name: "period_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The period that the sentence names, e.g. `2024`, `fiscal 2025 q2` or `12 months to 2024-12-31`.",
        },
        Column {
            name: "as_of_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "As of when the figure holds, as far as the text says: `2024-12` or `2025-07-31`.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "metric_status",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`reported`, `projected`, `historical`, `hypothetical` or `opinion`.",
        },
        Column {
            name: "metric_scope",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Of what part of the company or its business, where the text says so.",
        },
        Column {
            name: "attributed_to",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Whose word it is, where the text says so.",
        },
        Column {
            name: "article_url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Canonical address of the text, without what only tracks its readers.",
        },
        Column {
            name: "published_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Day of publication, UTC, where the document states it.",
        },
        Column {
            name: "evidence",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The words that state it: of a filing the sentence, of a text the part of it that was read.",
        },
        Column {
            name: "rules",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The rules that read it, in order, separated by spaces.",
        },
        Column {
            name: "source_url",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Where an authored figure was read.",
        },
        Column {
            name: "source_note",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Where an authored figure was read, and what was seen there.",
        },
    ],
    key: &["mention_id"],
    content: &[
        "metric",
        "revenue_basis",
        "value_low",
        "value_high",
        "hedge",
        "metric_unit",
        "period_text",
        "as_of_text",
        "metric_status",
    ],
};

/// A row of `core_reported_metric`: one mention of one figure.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedMetric {
    /// The mention: of a filing its accession number; of a text its address, the company and which of the rows about it, from 1.
    pub mention_id: String,
    /// Name as the company writes it.
    pub company_name: String,
    /// The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.
    pub company_key: String,
    /// `revenue`, `revenue_run_rate`, `arr`, `loss`, `profit`, `cash_burn`, `capex`, `compute_spend`, `staff_cost`, `valuation`, `total_raised`, `gpu_hour_price`, `stake_value`, `funding_need`, `users`, `penetration`: the closed list is in burnrate-prose.
    pub metric: String,
    /// Of revenue, what it counts: `reported_year`, `reported_half`, `reported_quarter`, `run_rate_x12` (a month times twelve, and where the text says no more), `run_rate_28d_x13`, `arr_committed`; absent for other metrics, and where the text names no period. Unlike bases are not divided by each other.
    pub revenue_basis: Option<String>,
    /// Low end of the figure in its unit; absent where it is open.
    pub value_low: Option<Decimal>,
    /// High end of the figure in its unit; absent where it is open.
    pub value_high: Option<Decimal>,
    /// How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.
    pub hedge: String,
    /// Unit of the figure: a currency, `USD/GPU-hour`, `users` or `percent`.
    pub metric_unit: String,
    /// The period that the sentence names, e.g. `2024`, `fiscal 2025 q2` or `12 months to 2024-12-31`.
    pub period_text: Option<String>,
    /// As of when the figure holds, as far as the text says: `2024-12` or `2025-07-31`.
    pub as_of_text: Option<String>,
    /// First day of the period; absent for an instant.
    pub period_start: Option<NaiveDate>,
    /// Last day of the period, or the instant.
    pub period_end: Option<NaiveDate>,
    /// `reported`, `projected`, `historical`, `hypothetical` or `opinion`.
    pub metric_status: String,
    /// Of what part of the company or its business, where the text says so.
    pub metric_scope: Option<String>,
    /// Whose word it is, where the text says so.
    pub attributed_to: Option<String>,
    /// Canonical address of the text, without what only tracks its readers.
    pub article_url: String,
    /// Day of publication, UTC, where the document states it.
    pub published_on: Option<NaiveDate>,
    /// The words that state it: of a filing the sentence, of a text the part of it that was read.
    pub evidence: Option<String>,
    /// The rules that read it, in order, separated by spaces.
    pub rules: Option<String>,
    /// Where an authored figure was read.
    pub source_url: Option<String>,
    /// Where an authored figure was read, and what was seen there.
    pub source_note: Option<String>,
}

impl Record for ReportedMetric {
    const TABLE: &'static TableDef = &CORE_REPORTED_METRIC;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.mention_id)));
        put(Cell::Text(Some(&self.company_name)));
        put(Cell::Text(Some(&self.company_key)));
        put(Cell::Text(Some(&self.metric)));
        put(Cell::Text(self.revenue_basis.as_deref()));
        put(Cell::Decimal(self.value_low));
        put(Cell::Decimal(self.value_high));
        put(Cell::Text(Some(&self.hedge)));
        put(Cell::Text(Some(&self.metric_unit)));
        put(Cell::Text(self.period_text.as_deref()));
        put(Cell::Text(self.as_of_text.as_deref()));
        put(Cell::Date(self.period_start));
        put(Cell::Date(self.period_end));
        put(Cell::Text(Some(&self.metric_status)));
        put(Cell::Text(self.metric_scope.as_deref()));
        put(Cell::Text(self.attributed_to.as_deref()));
        put(Cell::Text(Some(&self.article_url)));
        put(Cell::Date(self.published_on));
        put(Cell::Text(self.evidence.as_deref()));
        put(Cell::Text(self.rules.as_deref()));
        put(Cell::Text(self.source_url.as_deref()));
        put(Cell::Text(self.source_note.as_deref()));
    }
}

impl Row for ReportedMetric {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.reported_metric.push(sighted);
    }
}

/// What became of each request, as often as that changed: one that failed, or was not asked any more, is asked again by the next run.
pub const CORE_REQUEST: TableDef = TableDef {
    name: "core_request",
    kind: TableKind::Log,
    grain: "one request in a run that changed what is known of it",
    description: "What became of each request, as often as that changed: one that failed, or was not asked any more, is asked again by the next run.",
    columns: &[
        Column {
            name: "run_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The run: its start in UTC, `YYYYMMDDThhmmssZ`, and a suffix.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where the publisher serves the document.",
        },
        Column {
            name: "request_outcome",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`done`, `missing` (the publisher does not have it), `failed`, or `wanted` (the run ended before it was asked).",
        },
        Column {
            name: "outcome_reason",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Why it was missing, failed or refused.",
        },
    ],
    key: &["run_id", "source_id", "url"],
    content: &[],
};

/// A row of `core_request`: one request in a run that changed what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The run: its start in UTC, `YYYYMMDDThhmmssZ`, and a suffix.
    pub run_id: String,
    /// The source that read the row.
    pub source_id: String,
    /// Where the publisher serves the document.
    pub url: String,
    /// `done`, `missing` (the publisher does not have it), `failed`, or `wanted` (the run ended before it was asked).
    pub request_outcome: String,
    /// Why it was missing, failed or refused.
    pub outcome_reason: Option<String>,
}

impl Record for Request {
    const TABLE: &'static TableDef = &CORE_REQUEST;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.run_id)));
        put(Cell::Text(Some(&self.source_id)));
        put(Cell::Text(Some(&self.url)));
        put(Cell::Text(Some(&self.request_outcome)));
        put(Cell::Text(self.outcome_reason.as_deref()));
    }
}

/// What each run did with each source.
pub const CORE_RUN: TableDef = TableDef {
    name: "core_run",
    kind: TableKind::Log,
    grain: "one source in one run",
    description: "What each run did with each source.",
    columns: &[
        Column {
            name: "run_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The run: its start in UTC, `YYYYMMDDThhmmssZ`, and a suffix.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "started_at",
            column_type: ColumnType::Timestamp,
            is_nullable: false,
            description: "Start of the run.",
        },
        Column {
            name: "finished_at",
            column_type: ColumnType::Timestamp,
            is_nullable: false,
            description: "When the source's last document was read.",
        },
        Column {
            name: "documents",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Answers that came.",
        },
        Column {
            name: "documents_read",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Documents parsed, or known from an earlier run.",
        },
        Column {
            name: "documents_missing",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Documents that the publisher does not have.",
        },
        Column {
            name: "documents_failed",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Documents that could not be fetched, or were not what the source publishes.",
        },
        Column {
            name: "rows_added",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Core rows that were new.",
        },
        Column {
            name: "records_quarantined",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Odd records newly put into quarantine.",
        },
        Column {
            name: "is_replay",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the answers came from an archive instead of the publishers.",
        },
        Column {
            name: "burnrate_version",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Version of burnrate.",
        },
    ],
    key: &["run_id", "source_id"],
    content: &[],
};

/// A row of `core_run`: one source in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The run: its start in UTC, `YYYYMMDDThhmmssZ`, and a suffix.
    pub run_id: String,
    /// The source that read the row.
    pub source_id: String,
    /// Start of the run.
    pub started_at: DateTime<Utc>,
    /// When the source's last document was read.
    pub finished_at: DateTime<Utc>,
    /// Answers that came.
    pub documents: i64,
    /// Documents parsed, or known from an earlier run.
    pub documents_read: i64,
    /// Documents that the publisher does not have.
    pub documents_missing: i64,
    /// Documents that could not be fetched, or were not what the source publishes.
    pub documents_failed: i64,
    /// Core rows that were new.
    pub rows_added: i64,
    /// Odd records newly put into quarantine.
    pub records_quarantined: i64,
    /// Whether the answers came from an archive instead of the publishers.
    pub is_replay: bool,
    /// Version of burnrate.
    pub burnrate_version: String,
}

impl Record for Run {
    const TABLE: &'static TableDef = &CORE_RUN;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.run_id)));
        put(Cell::Text(Some(&self.source_id)));
        put(Cell::Timestamp(Some(self.started_at)));
        put(Cell::Timestamp(Some(self.finished_at)));
        put(Cell::Integer(Some(self.documents)));
        put(Cell::Integer(Some(self.documents_read)));
        put(Cell::Integer(Some(self.documents_missing)));
        put(Cell::Integer(Some(self.documents_failed)));
        put(Cell::Integer(Some(self.rows_added)));
        put(Cell::Integer(Some(self.records_quarantined)));
        put(Cell::Boolean(Some(self.is_replay)));
        put(Cell::Text(Some(&self.burnrate_version)));
    }
}

/// What a subscription costs a user, or an assistant a conversation, as one source lists it: a row each time a listed price appears, changes or is withdrawn.
pub const CORE_SEAT_PRICE: TableDef = TableDef {
    name: "core_seat_price",
    kind: TableKind::State,
    grain: "one change of one listed price, by day of observation",
    description: "What a subscription costs a user, or an assistant a conversation, as one source lists it: a row each time a listed price appears, changes or is withdrawn.",
    columns: &[
        Column {
            name: "vendor",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who made the model, or sells the product, e.g. `openai`.",
        },
        Column {
            name: "product",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is subscribed to, e.g. `chatgpt`.",
        },
        Column {
            name: "plan",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The plan within the product, in lower case, e.g. `team`.",
        },
        Column {
            name: "seat_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the price is for: `user_month`, `conversation`, `request`, `100k_credits` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "billing_period",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`monthly`, `annual`, or `per_use`.",
        },
        Column {
            name: "region",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where it is served, as the provider names it; `any` where the list makes no difference.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "price_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).",
        },
        Column {
            name: "effective_from",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which the price is in force, where the source states it.",
        },
        Column {
            name: "price",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Price in the currency, per unit.",
        },
        Column {
            name: "price_as_shown",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The price as the source writes it.",
        },
        Column {
            name: "unit_as_shown",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The unit as the source writes it, wherever on the page that is.",
        },
        Column {
            name: "minimum_seats",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Fewest users that can be subscribed, where the source states it.",
        },
        Column {
            name: "effective_to",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day on which the price is in force, where the source states it.",
        },
        Column {
            name: "price_note",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What the source says of the price beside it, e.g. a footnote.",
        },
        Column {
            name: "is_rounded",
            column_type: ColumnType::Boolean,
            is_nullable: true,
            description: "Whether digits beyond the twelfth decimal place were rounded away.",
        },
    ],
    key: &[
        "vendor",
        "product",
        "plan",
        "seat_unit",
        "billing_period",
        "region",
        "currency",
        "price_kind",
        "effective_from",
    ],
    content: &["price", "minimum_seats", "effective_to"],
};

/// A row of `core_seat_price`: one change of one listed price, by day of observation.
#[derive(Debug, Clone, PartialEq)]
pub struct SeatPrice {
    /// Who made the model, or sells the product, e.g. `openai`.
    pub vendor: String,
    /// What is subscribed to, e.g. `chatgpt`.
    pub product: String,
    /// The plan within the product, in lower case, e.g. `team`.
    pub plan: String,
    /// What the price is for: `user_month`, `conversation`, `request`, `100k_credits` …: the closed list is in burnrate-price.
    pub seat_unit: String,
    /// `monthly`, `annual`, or `per_use`.
    pub billing_period: String,
    /// Where it is served, as the provider names it; `any` where the list makes no difference.
    pub region: String,
    /// Currency, ISO 4217.
    pub currency: String,
    /// `list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).
    pub price_kind: String,
    /// First day on which the price is in force, where the source states it.
    pub effective_from: Option<NaiveDate>,
    /// Price in the currency, per unit.
    pub price: Decimal,
    /// The price as the source writes it.
    pub price_as_shown: String,
    /// The unit as the source writes it, wherever on the page that is.
    pub unit_as_shown: String,
    /// Fewest users that can be subscribed, where the source states it.
    pub minimum_seats: Option<i64>,
    /// Last day on which the price is in force, where the source states it.
    pub effective_to: Option<NaiveDate>,
    /// What the source says of the price beside it, e.g. a footnote.
    pub price_note: Option<String>,
    /// Whether digits beyond the twelfth decimal place were rounded away.
    pub is_rounded: bool,
}

impl Record for SeatPrice {
    const TABLE: &'static TableDef = &CORE_SEAT_PRICE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.vendor)));
        put(Cell::Text(Some(&self.product)));
        put(Cell::Text(Some(&self.plan)));
        put(Cell::Text(Some(&self.seat_unit)));
        put(Cell::Text(Some(&self.billing_period)));
        put(Cell::Text(Some(&self.region)));
        put(Cell::Text(Some(&self.currency)));
        put(Cell::Text(Some(&self.price_kind)));
        put(Cell::Date(self.effective_from));
        put(Cell::Decimal(Some(self.price)));
        put(Cell::Text(Some(&self.price_as_shown)));
        put(Cell::Text(Some(&self.unit_as_shown)));
        put(Cell::Integer(self.minimum_seats));
        put(Cell::Date(self.effective_to));
        put(Cell::Text(self.price_note.as_deref()));
        put(Cell::Boolean(Some(self.is_rounded)));
    }
}

impl Row for SeatPrice {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.seat_price.push(sighted);
    }
}

/// The sources: who publishes, on which terms, and for how long what they list may be used.
pub const CORE_SOURCE: TableDef = TableDef {
    name: "core_source",
    kind: TableKind::Reference,
    grain: "one source",
    description: "The sources: who publishes, on which terms, and for how long what they list may be used.",
    columns: &[
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "title",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What it is, in a few words.",
        },
        Column {
            name: "publisher",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who publishes it.",
        },
        Column {
            name: "home",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where the publisher describes it.",
        },
        Column {
            name: "licence",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Licence or terms.",
        },
        Column {
            name: "is_redistributable",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the recorded documents may be passed on.",
        },
        Column {
            name: "is_second_hand",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the source repeats what others publish.",
        },
        Column {
            name: "max_age_days",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Days after the last complete reading for which what it listed may still be used.",
        },
    ],
    key: &["source_id"],
    content: &[],
};

/// A row of `core_source`: one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The source that read the row.
    pub source_id: String,
    /// What it is, in a few words.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where the publisher describes it.
    pub home: String,
    /// Licence or terms.
    pub licence: String,
    /// Whether the recorded documents may be passed on.
    pub is_redistributable: bool,
    /// Whether the source repeats what others publish.
    pub is_second_hand: bool,
    /// Days after the last complete reading for which what it listed may still be used.
    pub max_age_days: Option<i64>,
}

impl Record for Source {
    const TABLE: &'static TableDef = &CORE_SOURCE;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.source_id)));
        put(Cell::Text(Some(&self.title)));
        put(Cell::Text(Some(&self.publisher)));
        put(Cell::Text(Some(&self.home)));
        put(Cell::Text(Some(&self.licence)));
        put(Cell::Boolean(Some(self.is_redistributable)));
        put(Cell::Boolean(Some(self.is_second_hand)));
        put(Cell::Integer(self.max_age_days));
    }
}

/// Facts that filers tagged, each as often as it was filed. A period is its start and end; the SEC's fy, fp and frame describe filings and are left out. `sec_companyfacts` has neither dimensions nor precision; `sec_filings` reads them from the documents.
pub const CORE_XBRL_FACT: TableDef = TableDef {
    name: "core_xbrl_fact",
    kind: TableKind::Fact,
    grain: "one fact in one filing, as one source reads it",
    description: "Facts that filers tagged, each as often as it was filed. A period is its start and end; the SEC's fy, fp and frame describe filings and are left out. `sec_companyfacts` has neither dimensions nor precision; `sec_filings` reads them from the documents.",
    columns: &[
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "taxonomy",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Taxonomy prefix of the concept: us-gaap, ifrs-full, dei, srt …",
        },
        Column {
            name: "concept",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name of the concept within its taxonomy.",
        },
        Column {
            name: "unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of measure as tagged: a currency, `shares`, `USD/shares`, `pure`, or a filer's own.",
        },
        Column {
            name: "dimensions",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What the fact is broken down by: `axis=member` in order of axis, joined by `;`, of a typed axis its value; absent for the filer as a whole.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "period_days",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Days from start to end, both counted; absent for an instant.",
        },
        Column {
            name: "value",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Value in the unit, as reported; absent where the filer tagged it as nil.",
        },
        Column {
            name: "decimals",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Decimal places to which the value is stated to be right (negative: `-6` for millions), or `INF` for exact; absent where it is not stated.",
        },
        Column {
            name: "is_rounded",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether digits beyond the twelfth decimal place were rounded away.",
        },
        Column {
            name: "also_stated",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The same fact elsewhere in the document, less precisely: value and decimals, joined by ` | `.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
    ],
    key: &[
        "cik",
        "taxonomy",
        "concept",
        "unit",
        "dimensions",
        "period_start",
        "period_end",
        "accession_number",
    ],
    content: &["value", "decimals", "form_type", "filed_date"],
};

/// A row of `core_xbrl_fact`: one fact in one filing, as one source reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct XbrlFact {
    /// Central Index Key of the filer, ten digits.
    pub cik: String,
    /// Taxonomy prefix of the concept: us-gaap, ifrs-full, dei, srt …
    pub taxonomy: String,
    /// Name of the concept within its taxonomy.
    pub concept: String,
    /// Unit of measure as tagged: a currency, `shares`, `USD/shares`, `pure`, or a filer's own.
    pub unit: String,
    /// What the fact is broken down by: `axis=member` in order of axis, joined by `;`, of a typed axis its value; absent for the filer as a whole.
    pub dimensions: Option<String>,
    /// First day of the period; absent for an instant.
    pub period_start: Option<NaiveDate>,
    /// Last day of the period, or the instant.
    pub period_end: NaiveDate,
    /// Days from start to end, both counted; absent for an instant.
    pub period_days: Option<i64>,
    /// Value in the unit, as reported; absent where the filer tagged it as nil.
    pub value: Option<Decimal>,
    /// Decimal places to which the value is stated to be right (negative: `-6` for millions), or `INF` for exact; absent where it is not stated.
    pub decimals: Option<String>,
    /// Whether digits beyond the twelfth decimal place were rounded away.
    pub is_rounded: bool,
    /// The same fact elsewhere in the document, less precisely: value and decimals, joined by ` | `.
    pub also_stated: Option<String>,
    /// The filing, as the SEC numbers it.
    pub accession_number: String,
    /// Form as filed, e.g. `10-Q` or `10-K/A`.
    pub form_type: String,
    /// Filing date, which the SEC assigns by Eastern time.
    pub filed_date: NaiveDate,
}

impl Record for XbrlFact {
    const TABLE: &'static TableDef = &CORE_XBRL_FACT;

    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>)) {
        put(Cell::Text(Some(&self.cik)));
        put(Cell::Text(Some(&self.taxonomy)));
        put(Cell::Text(Some(&self.concept)));
        put(Cell::Text(Some(&self.unit)));
        put(Cell::Text(self.dimensions.as_deref()));
        put(Cell::Date(self.period_start));
        put(Cell::Date(Some(self.period_end)));
        put(Cell::Integer(self.period_days));
        put(Cell::Decimal(self.value));
        put(Cell::Text(self.decimals.as_deref()));
        put(Cell::Boolean(Some(self.is_rounded)));
        put(Cell::Text(self.also_stated.as_deref()));
        put(Cell::Text(Some(&self.accession_number)));
        put(Cell::Text(Some(&self.form_type)));
        put(Cell::Date(Some(self.filed_date)));
    }
}

impl Row for XbrlFact {
    fn store(sighted: Sighted<Self>, rows: &mut Rows) {
        rows.xbrl_fact.push(sighted);
    }
}

/// What each company is known to earn from AI, with basis, range and evidence.
pub const MART_AI_REVENUE: TableDef = TableDef {
    name: "mart_ai_revenue",
    kind: TableKind::Mart,
    grain: "one figure of one company, as one document tells it",
    description: "What each company is known to earn from AI, with basis, range and evidence.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "revenue_basis",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of revenue, what it counts: `reported_year`, `reported_half`, `reported_quarter`, `run_rate_x12` (a month times twelve, and where the text says no more), `run_rate_28d_x13`, `arr_committed`; absent for other metrics, and where the text names no period. Unlike bases are not divided by each other.",
        },
        Column {
            name: "revenue_scope",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`whole_company` where nothing but AI is sold, or `stated_as_ai`.",
        },
        Column {
            name: "told_as",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`reported`, `projected`; or of an argument `claimed`, `claimed_forecast`, `claimed_estimate`, `claimed_in_talks`.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "ai_revenue_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the revenue from AI, US dollars; absent where it is open.",
        },
        Column {
            name: "ai_revenue_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the revenue from AI, US dollars; absent where it is open.",
        },
        Column {
            name: "hedge",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.",
        },
        Column {
            name: "attributed_to",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Whose word it is, where the text says so.",
        },
        Column {
            name: "evidence",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The words that state it: of a filing the sentence, of a text the part of it that was read.",
        },
        Column {
            name: "is_latest",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether it is of the latest period of its company and basis, told last.",
        },
        Column {
            name: "is_second_hand",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the source repeats what others publish.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// What a large buyer pays for a GPU and hour against what its source says others pay, and against what the market asks.
pub const MART_ANCHOR_GPU_DISCOUNT: TableDef = TableDef {
    name: "mart_anchor_gpu_discount",
    kind: TableKind::Mart,
    grain: "one price paid against one reference",
    description: "What a large buyer pays for a GPU and hour against what its source says others pay, and against what the market asks.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "buyer_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who pays, by the name `company_key` gives it.",
        },
        Column {
            name: "seller_id",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who is paid, by the name `company_key` gives it.",
        },
        Column {
            name: "reference",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What a discount is against: `on_demand_list`, the same provider's price without commitment.",
        },
        Column {
            name: "compared_gpu",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "GPU that the reference is of; absent where the source does not say and none is assumed.",
        },
        Column {
            name: "gpu_memory_gb",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Memory of one GPU in GB as its maker names it; absent where the source does not settle it.",
        },
        Column {
            name: "is_assumed_gpu",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the price paid is assumed to be of this GPU.",
        },
        Column {
            name: "paid_low_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the price paid, US dollars per GPU and hour.",
        },
        Column {
            name: "paid_high_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the price paid, US dollars per GPU and hour.",
        },
        Column {
            name: "quotes",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Providers whose cheapest offer is in the basket.",
        },
        Column {
            name: "least_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Lowest price of an offer, in the currency per GPU and hour.",
        },
        Column {
            name: "quoted_lower_quartile_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Lower quartile of the basket, US dollars per GPU and hour.",
        },
        Column {
            name: "quoted_median_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Median of the basket, US dollars per GPU and hour.",
        },
        Column {
            name: "quoted_upper_quartile_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Upper quartile of the basket, US dollars per GPU and hour.",
        },
        Column {
            name: "highest_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Highest price of an offer, in the currency per GPU and hour.",
        },
        Column {
            name: "oldest_days",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Age of the oldest reading that counts, in days.",
        },
        Column {
            name: "newest_days",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Age of the newest quote, in days.",
        },
        Column {
            name: "discount_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Least discount: 1 - price / reference.",
        },
        Column {
            name: "discount_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Greatest discount: 1 - price / reference.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Capital expenditure by discrete quarter, in four definitions side by side, derived from the year-to-date figures of cash flow statements.
pub const MART_CAPEX_QUARTERLY: TableDef = TableDef {
    name: "mart_capex_quarterly",
    kind: TableKind::Mart,
    grain: "one fiscal quarter of one company and definition",
    description: "Capital expenditure by discrete quarter, in four definitions side by side, derived from the year-to-date figures of cash flow statements.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "definition",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Which capital expenditure: `cash_gross` is cash paid for property and equipment, before proceeds of disposals; `cash_net` that less proceeds of sales and incentives; `cash_and_leases` cash_gross and assets obtained by finance leases; `accrual` cash_gross and the change of purchases unpaid.",
        },
        Column {
            name: "fiscal_year",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Fiscal year as filers name it: the calendar year in which it ends (a year ending in the first week of January belongs to the year before).",
        },
        Column {
            name: "fiscal_quarter",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Quarter within the fiscal year, 1 to 4.",
        },
        Column {
            name: "fiscal_year_start",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day of the fiscal year.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "calendar_quarter",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Calendar quarter, e.g. `2024Q3`. Of a fiscal quarter: the one its middle lies in.",
        },
        Column {
            name: "capex_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Capital expenditure in US dollars.",
        },
        Column {
            name: "adjustment_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "What the definition adds to `cash_gross`, US dollars: proceeds as a negative, leased assets, or the change of purchases unpaid; zero for `cash_gross`.",
        },
        Column {
            name: "method",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the flows of the quarter came about: `reported` (all of them), `ytd_difference` or `year_minus_nine_months` (any of them), or `not_derivable`.",
        },
        Column {
            name: "vintage",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Which filings the operands stand in: `as_first_filed`, `amended`, or `comparative_N` (filed N years later beside that year's own figures).",
        },
        Column {
            name: "concept",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Name of the concept within its taxonomy.",
        },
        Column {
            name: "series",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The concepts that state one series of a filer, named by the first of them in alphabetical order.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
        Column {
            name: "operand_row_id",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The fact taken, or subtracted from.",
        },
        Column {
            name: "subtrahend_row_id",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The fact subtracted.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// The quarters of `mart_capex_quarterly` added up against the filed year, and reported quarters against the filed nine months.
pub const MART_CAPEX_RECONCILIATION: TableDef = TableDef {
    name: "mart_capex_reconciliation",
    kind: TableKind::Mart,
    grain: "one fiscal year of one company, definition and series of concepts",
    description: "The quarters of `mart_capex_quarterly` added up against the filed year, and reported quarters against the filed nine months.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "definition",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Which capital expenditure: `cash_gross` is cash paid for property and equipment, before proceeds of disposals; `cash_net` that less proceeds of sales and incentives; `cash_and_leases` cash_gross and assets obtained by finance leases; `accrual` cash_gross and the change of purchases unpaid.",
        },
        Column {
            name: "series",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The concepts that state one series of a filer, named by the first of them in alphabetical order.",
        },
        Column {
            name: "fiscal_year",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Fiscal year as filers name it: the calendar year in which it ends (a year ending in the first week of January belongs to the year before).",
        },
        Column {
            name: "fiscal_year_start",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day of the fiscal year.",
        },
        Column {
            name: "fiscal_year_end_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Last day of the fiscal year; absent while it has not been reported.",
        },
        Column {
            name: "quarters_derivable",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Quarters of the year that have a value.",
        },
        Column {
            name: "quarters_reported",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Quarters among the first three that were reported as such, not differenced.",
        },
        Column {
            name: "quarters_sum_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Sum of the four quarters; absent unless all four are there.",
        },
        Column {
            name: "year_filed_usd",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "The year as filed, newest vintage of the same series.",
        },
        Column {
            name: "residual_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Sum of the quarters minus the filed year.",
        },
        Column {
            name: "residual_class",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`zero`, `zero_by_construction` (the quarters are differences of the very facts they add up to), `rounding` (at most two units of the last digit reported), `restated` (the year or its nine months has vintages that differ), `unexplained`, or `quarters_missing`.",
        },
        Column {
            name: "three_quarters_reported_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Sum of the first three quarters; only where all three were reported.",
        },
        Column {
            name: "nine_months_filed_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "The nine months as filed, newest vintage of the same series.",
        },
        Column {
            name: "nine_months_residual_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "First three reported quarters minus the filed nine months.",
        },
        Column {
            name: "nine_months_class",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`zero`, `rounding`, `restated`, `unexplained`, or `not_checkable`.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Capital expenditure over what AI earns, by company and for the big four with the labs, over four quarters and since November 2022.
pub const MART_CAPEX_TO_AI_REVENUE: TableDef = TableDef {
    name: "mart_capex_to_ai_revenue",
    kind: TableKind::Mart,
    grain: "one company or cohort, quarter, window, kind of capital expenditure, consolidation and basis of revenue",
    description: "Capital expenditure over what AI earns, by company and for the big four with the labs, over four quarters and since November 2022.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "is_cohort",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether it is of several companies: `company_id` is then `big_four_and_labs`.",
        },
        Column {
            name: "window_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`trailing_four_quarters`, or `since_2022_11_30`: from the quarter of that day on.",
        },
        Column {
            name: "calendar_quarter",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Calendar quarter, e.g. `2024Q3`. Of a fiscal quarter: the one its middle lies in.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "capex_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`total`, or `ai_attributed`: times the assumed share of AI.",
        },
        Column {
            name: "consolidation",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`gross`, or `consolidated`: less what members of the cohort pay each other for compute.",
        },
        Column {
            name: "quarters",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Quarters of the window, of a cohort of all its members.",
        },
        Column {
            name: "quarters_derivable",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Quarters of the year that have a value.",
        },
        Column {
            name: "capex_low_usd",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Low end of the capital expenditure, US dollars: of the quarters that can be derived.",
        },
        Column {
            name: "capex_base_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Capital expenditure with the base of the assumed share, US dollars; absent where a quarter is missing.",
        },
        Column {
            name: "capex_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the capital expenditure, US dollars; absent where a quarter is missing.",
        },
        Column {
            name: "revenue_basis",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Of revenue, what it counts: `reported_year`, `reported_half`, `reported_quarter`, `run_rate_x12` (a month times twelve, and where the text says no more), `run_rate_28d_x13`, `arr_committed`; absent for other metrics, and where the text names no period. Unlike bases are not divided by each other.",
        },
        Column {
            name: "revenue_companies",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Companies whose revenue is in the sum.",
        },
        Column {
            name: "ai_revenue_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the revenue from AI, US dollars; absent where it is open.",
        },
        Column {
            name: "ai_revenue_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the revenue from AI, US dollars; absent where it is open.",
        },
        Column {
            name: "eliminated_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the payments within the cohort that are taken from revenue, US dollars.",
        },
        Column {
            name: "eliminated_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the payments within the cohort that are taken from revenue, US dollars.",
        },
        Column {
            name: "ratio_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the capital expenditure over the high end of the revenue.",
        },
        Column {
            name: "ratio_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the capital expenditure over the low end of the revenue.",
        },
        Column {
            name: "ratio_state",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`derived`, `one_end_open`, `not_derivable`, `no_ai_revenue_known`, or `payments_exceed_revenue`.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// How much of what a company earns goes into property and equipment: capital expenditure to operating cash flow, revenue and depreciation.
pub const MART_CAPITAL_INTENSITY: TableDef = TableDef {
    name: "mart_capital_intensity",
    kind: TableKind::Mart,
    grain: "one fiscal year of one company and capital expenditure definition",
    description: "How much of what a company earns goes into property and equipment: capital expenditure to operating cash flow, revenue and depreciation.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "definition",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Which capital expenditure: `cash_gross` is cash paid for property and equipment, before proceeds of disposals; `cash_net` that less proceeds of sales and incentives; `cash_and_leases` cash_gross and assets obtained by finance leases; `accrual` cash_gross and the change of purchases unpaid.",
        },
        Column {
            name: "fiscal_year",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Fiscal year as filers name it: the calendar year in which it ends (a year ending in the first week of January belongs to the year before).",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "capex_usd",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Capital expenditure in US dollars.",
        },
        Column {
            name: "operating_cash_flow_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Net cash from operating activities, US dollars.",
        },
        Column {
            name: "revenue_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Revenue, US dollars: the lowest of the totals that the filer tagged for the year.",
        },
        Column {
            name: "revenue_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Revenue, US dollars: the highest of the totals that the filer tagged for the year.",
        },
        Column {
            name: "depreciation_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Depreciation, US dollars: the lowest of the totals that the filer tagged for the year.",
        },
        Column {
            name: "depreciation_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Depreciation, US dollars: the highest of the totals that the filer tagged for the year.",
        },
        Column {
            name: "capex_to_operating_cash_flow",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Capital expenditure over operating cash flow; absent where the cash flow is not positive.",
        },
        Column {
            name: "capex_to_revenue_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Capital expenditure over the highest revenue.",
        },
        Column {
            name: "capex_to_revenue_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Capital expenditure over the lowest revenue.",
        },
        Column {
            name: "capex_to_depreciation_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Capital expenditure over the highest depreciation.",
        },
        Column {
            name: "capex_to_depreciation_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Capital expenditure over the lowest depreciation.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Every claim of an argument against what the warehouse knew when it was published, and knows now, with a verdict.
pub const MART_CLAIM_CHECK: TableDef = TableDef {
    name: "mart_claim_check",
    kind: TableKind::Mart,
    grain: "one claim",
    description: "Every claim of an argument against what the warehouse knew when it was published, and knows now, with a verdict.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "argument_url",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The text that argues with the figure.",
        },
        Column {
            name: "subject",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of whom or what the sentence says it, e.g. a customer, where it says so.",
        },
        Column {
            name: "measure",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the figure measures, e.g. `revenue`, `gpu_hour_price_list` or `disclosed_total`.",
        },
        Column {
            name: "claim_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the claim, in its unit; absent where it is open.",
        },
        Column {
            name: "claim_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the claim, in its unit; absent where it is open.",
        },
        Column {
            name: "hedge",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the figure is stated: `exact`, `about`, `at_least`, `up_to` or `range`; of texts also `nearly`, `more_than` and `order_of_magnitude`; of a claim without a figure `none`.",
        },
        Column {
            name: "claim_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of the figure: a currency, `percent`, `users`, `USD/GPU-hour`, `USD/1M tokens` …",
        },
        Column {
            name: "period_text",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The period that the sentence names, e.g. `2024`, `fiscal 2025 q2` or `12 months to 2024-12-31`.",
        },
        Column {
            name: "claim_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the argument means it: `fact`, `forecast`, `target`, `estimate`, `rumour`, `in_talks`, `derived`, `opinion`, `hypothetical`, `example`, `observation` or `rhetoric`.",
        },
        Column {
            name: "checkable_from",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What could settle it, separated by ` | `: `sec_filings`, `pricing_pages`, `funding_news`, `media_report_only`, `arithmetic`; `not_checkable` where nothing public can.",
        },
        Column {
            name: "verdict",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`supported`, `contradicted`, `inconsistent` (with the argument's own figures) or `not_checkable`, by what was known when the argument was published.",
        },
        Column {
            name: "verdict_reason",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Why it is not checkable: `open_range_does_not_decide`, `nothing_public_can_settle_it`, `press_report_alone`, `known_only_later` or `nothing_known_of_it`.",
        },
        Column {
            name: "found_by",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What it was checked against.",
        },
        Column {
            name: "found_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of what was found, in the unit of the claim; absent where it is open.",
        },
        Column {
            name: "found_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of what was found, in the unit of the claim; absent where it is open.",
        },
        Column {
            name: "verdict_with_hindsight",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The verdict by all that is known on the day of the snapshot.",
        },
        Column {
            name: "hindsight_found_by",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What it was then checked against.",
        },
        Column {
            name: "hindsight_found_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of what was then found, in the unit of the claim; absent where it is open.",
        },
        Column {
            name: "hindsight_found_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of what was then found, in the unit of the claim; absent where it is open.",
        },
        Column {
            name: "passage",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Where in the argument's text it stands, in bytes.",
        },
        Column {
            name: "known_issue",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What is known to be odd about it.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// What committing, or doing without a guarantee, takes off the list price of a GPU.
pub const MART_EFFECTIVE_GPU_DISCOUNT: TableDef = TableDef {
    name: "mart_effective_gpu_discount",
    kind: TableKind::Mart,
    grain: "a price of a GPU against a reference, while both were listed",
    description: "What committing, or doing without a guarantee, takes off the list price of a GPU.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "provider",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who sells at this price, e.g. `openai`, `azure` or `openrouter`.",
        },
        Column {
            name: "sku",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is rented, by the provider's own code or name, e.g. `Standard_ND96isr_H100_v5`.",
        },
        Column {
            name: "gpu_model",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Model of the GPU in one vocabulary, e.g. `H100`.",
        },
        Column {
            name: "gpu_form",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`SXM`, `PCIe`, `NVL`, `superchip` …; `unknown` where the source does not settle it.",
        },
        Column {
            name: "gpu_memory_gb",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Memory of one GPU in GB as its maker names it; absent where the source does not settle it.",
        },
        Column {
            name: "gpus_per_instance",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "GPUs that are rented together; 1 where the list is per GPU and names no number.",
        },
        Column {
            name: "term",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`on_demand`, `spot`, `reserved_1m` … `reserved_3y` (by length of the commitment), `marketplace` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "region",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where it is served, as the provider names it; `any` where the list makes no difference.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "reference",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What a discount is against: `on_demand_list`, the same provider's price without commitment.",
        },
        Column {
            name: "per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Price in the currency, per GPU and hour.",
        },
        Column {
            name: "reference_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Price that the discount is against, in the currency per GPU and hour.",
        },
        Column {
            name: "discount_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Least discount: 1 - price / reference.",
        },
        Column {
            name: "discount_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Greatest discount: 1 - price / reference.",
        },
        Column {
            name: "seen_from",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which both prices were listed and in force.",
        },
        Column {
            name: "seen_until",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which one of them was no longer listed or in force, or was too old to be used; absent while both may be used.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Facts that companyfacts and the filing's own document tell differently. What the document says stands.
pub const MART_FACT_DISAGREEMENT: TableDef = TableDef {
    name: "mart_fact_disagreement",
    kind: TableKind::Mart,
    grain: "one fact of one filing that the two sources tell differently",
    description: "Facts that companyfacts and the filing's own document tell differently. What the document says stands.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "taxonomy",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Taxonomy prefix of the concept: us-gaap, ifrs-full, dei, srt …",
        },
        Column {
            name: "concept",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name of the concept within its taxonomy.",
        },
        Column {
            name: "unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of measure as tagged: a currency, `shares`, `USD/shares`, `pure`, or a filer's own.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
        Column {
            name: "companyfacts_value",
            column_type: ColumnType::Decimal,
            is_nullable: false,
            description: "Value in companyfacts, in the unit of the fact.",
        },
        Column {
            name: "document_value",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Value in the filing's document, in the unit of the fact; absent where it is not there, or nil.",
        },
        Column {
            name: "difference",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Value in companyfacts minus value in the document.",
        },
        Column {
            name: "disagreement",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How two sources differ: `missing_in_document`, `nil_in_document`, `sign`, `scale` (a factor of 1,000, 1,000,000 or 1,000,000,000), `rounding` (within the decimals that the document states), or `value`.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
        Column {
            name: "companyfacts_row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The fact in companyfacts.",
        },
        Column {
            name: "document_row_id",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The fact in the document; absent where it is not there.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Every value that filers stated of a line of their reports: as first filed, with each later change and its reason, and as it stands now.
pub const MART_FACT_VINTAGE: TableDef = TableDef {
    name: "mart_fact_vintage",
    kind: TableKind::Mart,
    grain: "one value of one line of one filer and period, in order of filing",
    description: "Every value that filers stated of a line of their reports: as first filed, with each later change and its reason, and as it stands now.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "taxonomy",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Taxonomy prefix of the concept: us-gaap, ifrs-full, dei, srt …",
        },
        Column {
            name: "concept",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name of the concept within its taxonomy.",
        },
        Column {
            name: "line_concept",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Concept that the filer tags this line with now; another than `concept` where it has switched since.",
        },
        Column {
            name: "unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Unit of measure as tagged: a currency, `shares`, `USD/shares`, `pure`, or a filer's own.",
        },
        Column {
            name: "dimensions",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "What the fact is broken down by: `axis=member` in order of axis, joined by `;`, of a typed axis its value; absent for the filer as a whole.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "vintage_number",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Place among the values that were stated of the line and period, in order of filing, from 1.",
        },
        Column {
            name: "value",
            column_type: ColumnType::Decimal,
            is_nullable: false,
            description: "Value in the unit, as reported; absent where the filer tagged it as nil.",
        },
        Column {
            name: "previous_value",
            column_type: ColumnType::Decimal,
            is_nullable: true,
            description: "Value stated before; absent for the first.",
        },
        Column {
            name: "change_reason",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Why another value, or another concept, is stated: `first_filed`, `tag_switch`, `re_rounded`, `split`, `scale_error`, `sign_changed`, `reverted`, `restated`, `recast`, or `changed` where it cannot be told; the rules are in the header of the metric.",
        },
        Column {
            name: "accession_number",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The filing, as the SEC numbers it.",
        },
        Column {
            name: "form_type",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Form as filed, e.g. `10-Q` or `10-K/A`.",
        },
        Column {
            name: "filed_date",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Filing date, which the SEC assigns by Eastern time.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
        Column {
            name: "is_current",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether it is the value as it stands, on the day of the snapshot.",
        },
        Column {
            name: "filings",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Filings in a row that state it.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Fiscal years and their quarters as the filer's own facts delimit them; nothing is taken from the SEC's fy and fp.
pub const MART_FISCAL_QUARTER: TableDef = TableDef {
    name: "mart_fiscal_quarter",
    kind: TableKind::Mart,
    grain: "one fiscal quarter of one filer",
    description: "Fiscal years and their quarters as the filer's own facts delimit them; nothing is taken from the SEC's fy and fp.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "cik",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Central Index Key of the filer, ten digits.",
        },
        Column {
            name: "fiscal_year",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Fiscal year as filers name it: the calendar year in which it ends (a year ending in the first week of January belongs to the year before).",
        },
        Column {
            name: "fiscal_quarter",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Quarter within the fiscal year, 1 to 4.",
        },
        Column {
            name: "fiscal_year_start",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day of the fiscal year.",
        },
        Column {
            name: "fiscal_year_end_date",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the fiscal year; absent while it has not been reported.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "calendar_quarter",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Calendar quarter, e.g. `2024Q3`. Of a fiscal quarter: the one its middle lies in.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Money raised by company and quarter, and the totals of digests of funding news.
pub const MART_FUNDING_QUARTERLY: TableDef = TableDef {
    name: "mart_funding_quarterly",
    kind: TableKind::Mart,
    grain: "one company, quarter, class, status and currency; or one digest",
    description: "Money raised by company and quarter, and the totals of digests of funding news.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "total_of",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`company`, or `digest`.",
        },
        Column {
            name: "raised_by",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "The company that raised it, by the name `company_key` gives it; absent of a digest.",
        },
        Column {
            name: "raised_by_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The company's name; of a digest its publisher.",
        },
        Column {
            name: "calendar_quarter",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Calendar quarter, e.g. `2024Q3`. Of a fiscal quarter: the one its middle lies in.",
        },
        Column {
            name: "period_start",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day of the period; absent for an instant.",
        },
        Column {
            name: "period_end",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day of the period, or the instant.",
        },
        Column {
            name: "round_class",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "`equity`, `debt`, or `secondary` (shares change hands, tenders among them): mentions of different classes are never one round.",
        },
        Column {
            name: "round_status",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "`rumoured` (done, on the word of unnamed sources or of another outlet), `in_talks`, `announced` (a party has committed itself) or `closed`.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "deals_counted",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Rounds, or the deals that the digest counts.",
        },
        Column {
            name: "rounds_undisclosed",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Rounds among them without an amount.",
        },
        Column {
            name: "raised_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Sum of the low ends, in the currency.",
        },
        Column {
            name: "raised_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Sum of the high ends, in the currency; absent where one is open or not disclosed.",
        },
        Column {
            name: "lead_investors",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who leads the round, separated by ` | `.",
        },
        Column {
            name: "change_in_deals",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Deals of a digest over those of the period before, less one.",
        },
        Column {
            name: "change_in_amount",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Amount of a digest over that of the period before, less one.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Rounds of financing, each put together from all its mentions: ranges where they differ, and since when it was rumoured, in talks, announced and closed.
pub const MART_FUNDING_ROUND: TableDef = TableDef {
    name: "mart_funding_round",
    kind: TableKind::Mart,
    grain: "one round of one company",
    description: "Rounds of financing, each put together from all its mentions: ranges where they differ, and since when it was rumoured, in talks, announced and closed.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "company_key",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The company by one name whatever the text calls it: its `company_id` where it is watched, else its name in lower case without spaces, marks and legal form.",
        },
        Column {
            name: "company_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name as the company writes it.",
        },
        Column {
            name: "round_class",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`equity`, `debt`, or `secondary` (shares change hands, tenders among them): mentions of different classes are never one round.",
        },
        Column {
            name: "round_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`pre_seed`, `seed`, `angel`, `pre_series_a` …, `series_a` … `series_h`, `later_series`, `seed_and_series_a`, `strategic` (a named company invests), `debt`, `secondary`, `tender` or `unknown`: the closed list is in burnrate-prose.",
        },
        Column {
            name: "round_status",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`rumoured` (done, on the word of unnamed sources or of another outlet), `in_talks`, `announced` (a party has committed itself) or `closed`.",
        },
        Column {
            name: "first_seen_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which a text told of it.",
        },
        Column {
            name: "in_talks_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which a text told of it as in talks.",
        },
        Column {
            name: "announced_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which a text told of it as announced.",
        },
        Column {
            name: "rumoured_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which a text told of it as done, on the word of others.",
        },
        Column {
            name: "closed_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which a text told of it as closed.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "amount_low_stated",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Lowest amount that the mentions of the furthest status state, in the currency.",
        },
        Column {
            name: "amount_high_stated",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Highest amount that the mentions of the furthest status state, in the currency.",
        },
        Column {
            name: "amount_is_open",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether all of them leave an end of the amount open: the true amount may lie beyond.",
        },
        Column {
            name: "amounts_differ",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether no amount is what all of them state: the highest low end is more than two percent above the lowest high end.",
        },
        Column {
            name: "talked_amount_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Lowest amount while it was in talks, in the currency.",
        },
        Column {
            name: "talked_amount_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Highest amount while it was in talks, in the currency.",
        },
        Column {
            name: "valuation_currency",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Currency of the valuation, ISO 4217.",
        },
        Column {
            name: "valuation_low_stated",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Lowest valuation that the mentions of the furthest status state, in its currency.",
        },
        Column {
            name: "valuation_high_stated",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Highest valuation that the mentions of the furthest status state, in its currency.",
        },
        Column {
            name: "valuation_is_open",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether all of them leave an end of the valuation open.",
        },
        Column {
            name: "valuations_differ",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether no valuation is what all of them state: the highest low end is more than two percent above the lowest high end.",
        },
        Column {
            name: "valuation_basis",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "`pre_money` or `post_money`, where it is stated.",
        },
        Column {
            name: "talked_valuation_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Lowest valuation while it was in talks, in its currency.",
        },
        Column {
            name: "talked_valuation_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Highest valuation while it was in talks, in its currency.",
        },
        Column {
            name: "lead_investors",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who leads the round, separated by ` | `.",
        },
        Column {
            name: "named_investors",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "All who are named as investing, those who lead among them, separated by ` | `.",
        },
        Column {
            name: "mentions",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Mentions put together.",
        },
        Column {
            name: "independent_texts",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Texts among them that are no copies of each other.",
        },
        Column {
            name: "is_second_hand",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the source repeats what others publish.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// What an hour of a GPU cost on a day: how many offers of how many providers, and how their prices spread.
pub const MART_GPU_PRICE_DAILY: TableDef = TableDef {
    name: "mart_gpu_price_daily",
    kind: TableKind::Mart,
    grain: "one day, GPU model, form, memory, term, scope of billing and currency",
    description: "What an hour of a GPU cost on a day: how many offers of how many providers, and how their prices spread.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "day",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "The day.",
        },
        Column {
            name: "gpu_model",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Model of the GPU in one vocabulary, e.g. `H100`.",
        },
        Column {
            name: "gpu_form",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`SXM`, `PCIe`, `NVL`, `superchip` …; `unknown` where the source does not settle it.",
        },
        Column {
            name: "gpu_memory_gb",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Memory of one GPU in GB as its maker names it; absent where the source does not settle it.",
        },
        Column {
            name: "term",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`on_demand`, `spot`, `reserved_1m` … `reserved_3y` (by length of the commitment), `marketplace` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "billed_scope",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the price covers: `instance` (host included), or `gpu_only` (processors and memory are billed apart).",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "offers",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Offers that count.",
        },
        Column {
            name: "providers",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Providers that they are of.",
        },
        Column {
            name: "least_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Lowest price of an offer, in the currency per GPU and hour.",
        },
        Column {
            name: "lower_quartile_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Lower quartile of the providers' medians, in the currency per GPU and hour.",
        },
        Column {
            name: "median_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Median of the providers' medians, in the currency per GPU and hour.",
        },
        Column {
            name: "upper_quartile_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Upper quartile of the providers' medians, in the currency per GPU and hour.",
        },
        Column {
            name: "highest_per_gpu_hour",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Highest price of an offer, in the currency per GPU and hour.",
        },
        Column {
            name: "oldest_days",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Age of the oldest reading that counts, in days.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// The immediate inputs of every mart row; following them leads to core rows, and from there to captures.
pub const MART_LINEAGE: TableDef = TableDef {
    name: "mart_lineage",
    kind: TableKind::Mart,
    grain: "one input of one mart row in one role",
    description: "The immediate inputs of every mart row; following them leads to core rows, and from there to captures.",
    columns: &[
        Column {
            name: "mart_table",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The derived table.",
        },
        Column {
            name: "mart_row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Its row.",
        },
        Column {
            name: "input_table",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Table of the immediate input.",
        },
        Column {
            name: "input_row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Row of the immediate input.",
        },
        Column {
            name: "role",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the input is in the formula.",
        },
    ],
    key: &["mart_table", "mart_row_id", "input_table", "input_row_id", "role"],
    content: &[],
};

/// Who pays whom: investors labs, labs clouds; for consolidation.
pub const MART_MONEY_FLOWS: TableDef = TableDef {
    name: "mart_money_flows",
    kind: TableKind::Mart,
    grain: "one payment between two companies, as one document tells it",
    description: "Who pays whom: investors labs, labs clouds; for consolidation.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "flow_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is paid: `equity`, `debt`, `secondary`, `compute` or `credits`.",
        },
        Column {
            name: "payer",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who pays, as the text names it; several separated by ` | `.",
        },
        Column {
            name: "payer_id",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who pays, where it is one company, by the name `company_key` gives it.",
        },
        Column {
            name: "payee",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who is paid, as the text names it.",
        },
        Column {
            name: "payee_id",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "Who is paid, by the name `company_key` gives it.",
        },
        Column {
            name: "flow_year",
            column_type: ColumnType::Integer,
            is_nullable: true,
            description: "Calendar year of the payment; of a round that of the day on which its status was first told of.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "flow_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the payment, in the currency; absent where it is open.",
        },
        Column {
            name: "flow_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the payment, in the currency; absent where it is open.",
        },
        Column {
            name: "flow_status",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How it is told: the status of the round, `told_as` of a figure, or the kind of a claim.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Every change of a listed price of a model, a GPU or a seat, with before and after; announcements and what came of them.
pub const MART_PRICE_CHANGE: TableDef = TableDef {
    name: "mart_price_change",
    kind: TableKind::Mart,
    grain: "one change of one listed price",
    description: "Every change of a listed price of a model, a GPU or a seat, with before and after; announcements and what came of them.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "offer_table",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The table of the offer.",
        },
        Column {
            name: "offer",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is offered: the key of the offer without its dates, joined by `:`.",
        },
        Column {
            name: "price_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).",
        },
        Column {
            name: "price_change",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`raised`, `lowered`, `dates_changed`, `withdrawn`, `relisted`, `announced`, `announcement_changed`, `announcement_kept` or `cancelled`; the rules are in the header of the metric.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "sold_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the price is for.",
        },
        Column {
            name: "price_before",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Price before, in the currency per unit; of an announcement the list price on that day.",
        },
        Column {
            name: "price_after",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Price after, in the currency per unit; of a withdrawn announcement the list price on that day.",
        },
        Column {
            name: "relative_change",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Price after over price before, less one.",
        },
        Column {
            name: "effective_from",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which the price is in force, where the source states it.",
        },
        Column {
            name: "effective_to",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Last day on which the price is in force, where the source states it.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// The same price by several witnesses, where they differ.
pub const MART_PRICE_DISAGREEMENT: TableDef = TableDef {
    name: "mart_price_disagreement",
    kind: TableKind::Mart,
    grain: "two prices that two sources list for the same use of the same model, while both list them",
    description: "The same price by several witnesses, where they differ.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "vendor",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who made the model, or sells the product, e.g. `openai`.",
        },
        Column {
            name: "model_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name of the model in normal form: lower case, words joined by `-` (`claude-sonnet-4-5`); a dated snapshot keeps its date (`gpt-4o-2024-08-06`) and is another model than the alias that points to it.",
        },
        Column {
            name: "meter",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is counted: `input`, `cached_input`, `cache_write`, `cache_write_1h`, `cache_storage`, `output`, `batch`-independent uses such as `fine_tuning`, `embedding`, `rerank`, `search`, `image`, `video`, `speech`, `transcription`, `request` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "modality",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`text`, `image`, `audio` or `video`; `any` where one price holds for all.",
        },
        Column {
            name: "price_unit",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What the price is for: `1M tokens`, `1M token-hours`, `1M characters`, `1K requests`, `1K pages`, `image`, `second`, `minute`, `hour` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "service_tier",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`standard`, `batch`, `flex`, `priority`, `off_peak`, `provisioned` …: how the request is served; the closed list is in burnrate-price.",
        },
        Column {
            name: "context_tier",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Lengths of the request for which the price holds, in tokens: `any`, or bounds such as `input<=200000`, `input>200000` or `32000<input<=128000,output<=200`.",
        },
        Column {
            name: "region",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where it is served, as the provider names it; `any` where the list makes no difference.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "provider",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who sells at this price, e.g. `openai`, `azure` or `openrouter`.",
        },
        Column {
            name: "price_listed",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Price in the currency, per unit, as the source lists it.",
        },
        Column {
            name: "other_source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that lists another price.",
        },
        Column {
            name: "other_provider",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who sells at the other price.",
        },
        Column {
            name: "other_price_listed",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Price in the currency, per unit, as the other source lists it.",
        },
        Column {
            name: "ratio",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "The other price over the first.",
        },
        Column {
            name: "price_disagreement",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the prices differ: `scale` (by a power of ten, from a hundred times on), `stale` (the other source lists what the first had listed and no longer does), `rounding` (less than two percent), or `value`.",
        },
        Column {
            name: "seen_from",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which both prices were listed and in force.",
        },
        Column {
            name: "seen_until",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which one of them was no longer listed or in force, or was too old to be used; absent while both may be used.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// How many months money raised, or credits granted, would last at a year's rate.
pub const MART_RUNWAY: TableDef = TableDef {
    name: "mart_runway",
    kind: TableKind::Mart,
    grain: "one sum of money or credits against one year",
    description: "How many months money raised, or credits granted, would last at a year's rate.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "money_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`round`, `all_raised` (all that is said to have been raised) or `credits` (for compute).",
        },
        Column {
            name: "money_status",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Status of the round, or the kind of a claim.",
        },
        Column {
            name: "money_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the money, US dollars.",
        },
        Column {
            name: "money_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the money, US dollars; absent where it is open.",
        },
        Column {
            name: "calendar_year",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Calendar year.",
        },
        Column {
            name: "use_measure",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is used up: `cash_burn`, `loss` or `compute_spend`.",
        },
        Column {
            name: "used_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of what is used up in the year, US dollars.",
        },
        Column {
            name: "used_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of what is used up in the year, US dollars.",
        },
        Column {
            name: "runway_low_months",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the money over the high end of its use, in months.",
        },
        Column {
            name: "runway_high_months",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the money over the low end of its use, in months.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// What a product sold by the seat earns in a year: users, the share of them that pay, and the price.
pub const MART_SEAT_ECONOMICS: TableDef = TableDef {
    name: "mart_seat_economics",
    kind: TableKind::Mart,
    grain: "one product, figure of users, share that pays and price",
    description: "What a product sold by the seat earns in a year: users, the share of them that pay, and the price.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "seat_product",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The product, in lower case without spaces.",
        },
        Column {
            name: "users_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the users it could be sold to.",
        },
        Column {
            name: "users_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the users it could be sold to.",
        },
        Column {
            name: "users_told_as",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the users are told (`told_as`).",
        },
        Column {
            name: "paying_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the share of users that pay.",
        },
        Column {
            name: "paying_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the share of users that pay.",
        },
        Column {
            name: "seat_price_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the price, US dollars for a user and month.",
        },
        Column {
            name: "seat_price_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the price, US dollars for a user and month.",
        },
        Column {
            name: "price_told_as",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the price is told (`told_as`), or `listed`.",
        },
        Column {
            name: "seat_revenue_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the revenue of a year, US dollars.",
        },
        Column {
            name: "seat_revenue_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the revenue of a year, US dollars.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Prices per million tokens as each source lists them, with the days on which they hold, what was announced, and what came of it.
pub const MART_TOKEN_PRICE_HISTORY: TableDef = TableDef {
    name: "mart_token_price_history",
    kind: TableKind::Mart,
    grain: "one price of one model in one context in one list of a source, for as long as it holds; or one announced price",
    description: "Prices per million tokens as each source lists them, with the days on which they hold, what was announced, and what came of it.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "source_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The source that read the row.",
        },
        Column {
            name: "scope",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "The list of offers that the row belongs to, within its source: what one complete reading covers.",
        },
        Column {
            name: "is_second_hand",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether the source repeats what others publish.",
        },
        Column {
            name: "provider",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who sells at this price, e.g. `openai`, `azure` or `openrouter`.",
        },
        Column {
            name: "vendor",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Who made the model, or sells the product, e.g. `openai`.",
        },
        Column {
            name: "model_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name of the model in normal form: lower case, words joined by `-` (`claude-sonnet-4-5`); a dated snapshot keeps its date (`gpt-4o-2024-08-06`) and is another model than the alias that points to it.",
        },
        Column {
            name: "model_name",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Name of the model, as the source writes it.",
        },
        Column {
            name: "meter",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "What is counted: `input`, `cached_input`, `cache_write`, `cache_write_1h`, `cache_storage`, `output`, `batch`-independent uses such as `fine_tuning`, `embedding`, `rerank`, `search`, `image`, `video`, `speech`, `transcription`, `request` …: the closed list is in burnrate-price.",
        },
        Column {
            name: "modality",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`text`, `image`, `audio` or `video`; `any` where one price holds for all.",
        },
        Column {
            name: "service_tier",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`standard`, `batch`, `flex`, `priority`, `off_peak`, `provisioned` …: how the request is served; the closed list is in burnrate-price.",
        },
        Column {
            name: "context_tier",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Lengths of the request for which the price holds, in tokens: `any`, or bounds such as `input<=200000`, `input>200000` or `32000<input<=128000,output<=200`.",
        },
        Column {
            name: "region",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Where it is served, as the provider names it; `any` where the list makes no difference.",
        },
        Column {
            name: "currency",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Currency, ISO 4217.",
        },
        Column {
            name: "price_kind",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`list` (in force), `promotional` (in force instead of the list price, for a time), or `announced` (to come into force on `effective_from`).",
        },
        Column {
            name: "price_status",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "`effective` (in force on the days given), `announced` (its day has not come, or no reading since then shows it), or `cancelled` (withdrawn without having come into force).",
        },
        Column {
            name: "price_per_million_tokens",
            column_type: ColumnType::Double,
            is_nullable: false,
            description: "Price in the currency, per million tokens.",
        },
        Column {
            name: "valid_from",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which the price is in force, as far as known; absent where it is not.",
        },
        Column {
            name: "valid_from_basis",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "How the first day is known: `stated` by the source, `announced` before, `first_seen` (it may have held before), or `unknown` (a former price of which only the end is stated).",
        },
        Column {
            name: "valid_until",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "First day on which the price is no longer in force; absent while it is, and of announced prices.",
        },
        Column {
            name: "last_seen_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "Day of the last complete reading that shows the price.",
        },
        Column {
            name: "is_current",
            column_type: ColumnType::Boolean,
            is_nullable: false,
            description: "Whether it is the value as it stands, on the day of the snapshot.",
        },
        Column {
            name: "withdrawn_on",
            column_type: ColumnType::Date,
            is_nullable: true,
            description: "Day of the first complete reading that no longer shows the price, where it was not replaced by another one.",
        },
        Column {
            name: "ratio_to_reference",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "The price over that of `gpt-4o-2024-08-06` for the same meter.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// What a lab earns, loses and spends in a year, what its compute would cost at what others pay, and what its prices would have to be.
pub const MART_UNIT_ECONOMICS: TableDef = TableDef {
    name: "mart_unit_economics",
    kind: TableKind::Mart,
    grain: "one lab and calendar year",
    description: "What a lab earns, loses and spends in a year, what its compute would cost at what others pay, and what its prices would have to be.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "calendar_year",
            column_type: ColumnType::Integer,
            is_nullable: false,
            description: "Calendar year.",
        },
        Column {
            name: "lab_revenue_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the year's revenue, US dollars.",
        },
        Column {
            name: "lab_revenue_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the year's revenue, US dollars.",
        },
        Column {
            name: "loss_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the year's loss, US dollars.",
        },
        Column {
            name: "loss_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the year's loss, US dollars.",
        },
        Column {
            name: "cash_burn_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the cash used up in the year, US dollars.",
        },
        Column {
            name: "cash_burn_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the cash used up in the year, US dollars.",
        },
        Column {
            name: "compute_paid_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of what is paid for compute in the year, US dollars.",
        },
        Column {
            name: "compute_paid_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of what is paid for compute in the year, US dollars.",
        },
        Column {
            name: "compute_at_list_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of what that compute would cost at what others pay, US dollars.",
        },
        Column {
            name: "compute_at_list_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of what that compute would cost at what others pay, US dollars.",
        },
        Column {
            name: "training_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the year's cost of training, US dollars.",
        },
        Column {
            name: "training_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the year's cost of training, US dollars.",
        },
        Column {
            name: "staff_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the year's cost of staff, US dollars.",
        },
        Column {
            name: "staff_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the year's cost of staff, US dollars.",
        },
        Column {
            name: "loss_per_revenue_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the loss over the high end of revenue.",
        },
        Column {
            name: "loss_per_revenue_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the loss over the low end of revenue.",
        },
        Column {
            name: "break_even_multiple_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "What prices would have to be multiplied by to cover the loss, low end.",
        },
        Column {
            name: "break_even_multiple_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "What prices would have to be multiplied by to cover the loss, high end.",
        },
        Column {
            name: "loss_at_list_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the loss if compute cost what others pay, US dollars.",
        },
        Column {
            name: "loss_at_list_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the loss if compute cost what others pay, US dollars.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Valuations over revenue, both as ranges.
pub const MART_VALUATION_MULTIPLE: TableDef = TableDef {
    name: "mart_valuation_multiple",
    kind: TableKind::Mart,
    grain: "one valuation over revenue on one basis",
    description: "Valuations over revenue, both as ranges.",
    columns: &[
        Column {
            name: "row_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of a fact a hash of table, source, key and content, the same in any run and on any machine; of a derived row its key in readable form.",
        },
        Column {
            name: "company_id",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Short name of the company, e.g. `msft`; `cik` and ten digits for companies watched by number alone.",
        },
        Column {
            name: "valuation_status",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Status of the round, or how a claim is told (`told_as`).",
        },
        Column {
            name: "valuation_basis",
            column_type: ColumnType::Text,
            is_nullable: true,
            description: "`pre_money` or `post_money`, where it is stated.",
        },
        Column {
            name: "valuation_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the valuation, US dollars.",
        },
        Column {
            name: "valuation_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the valuation, US dollars; absent where it is open.",
        },
        Column {
            name: "revenue_basis",
            column_type: ColumnType::Text,
            is_nullable: false,
            description: "Of revenue, what it counts: `reported_year`, `reported_half`, `reported_quarter`, `run_rate_x12` (a month times twelve, and where the text says no more), `run_rate_28d_x13`, `arr_committed`; absent for other metrics, and where the text names no period. Unlike bases are not divided by each other.",
        },
        Column {
            name: "ai_revenue_low_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the revenue from AI, US dollars; absent where it is open.",
        },
        Column {
            name: "ai_revenue_high_usd",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the revenue from AI, US dollars; absent where it is open.",
        },
        Column {
            name: "multiple_low",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "Low end of the valuation over the high end of revenue.",
        },
        Column {
            name: "multiple_high",
            column_type: ColumnType::Double,
            is_nullable: true,
            description: "High end of the valuation over the low end of revenue.",
        },
        Column {
            name: "known_on",
            column_type: ColumnType::Date,
            is_nullable: false,
            description: "First day on which the row could be known: filing or publication date, else the UTC date of capture; of a correction the date of the capture that showed it; of a derived row when its last input became known.",
        },
    ],
    key: &["row_id"],
    content: &[],
};

/// Rows read from documents, by table.
#[derive(Debug, Default)]
pub struct Rows {
    /// Rows of `core_article`.
    pub article: Vec<Sighted<Article>>,
    /// Rows of `core_assumption`.
    pub assumption: Vec<Sighted<Assumption>>,
    /// Rows of `core_claim`.
    pub claim: Vec<Sighted<Claim>>,
    /// Rows of `core_claim_subject`.
    pub claim_subject: Vec<Sighted<ClaimSubject>>,
    /// Rows of `core_disclosure`.
    pub disclosure: Vec<Sighted<Disclosure>>,
    /// Rows of `core_filing`.
    pub filing: Vec<Sighted<Filing>>,
    /// Rows of `core_filing_document`.
    pub filing_document: Vec<Sighted<FilingDocument>>,
    /// Rows of `core_filing_notice`.
    pub filing_notice: Vec<Sighted<FilingNotice>>,
    /// Rows of `core_funding_digest`.
    pub funding_digest: Vec<Sighted<FundingDigest>>,
    /// Rows of `core_funding_round`.
    pub funding_round: Vec<Sighted<FundingRound>>,
    /// Rows of `core_gpu_price`.
    pub gpu_price: Vec<Sighted<GpuPrice>>,
    /// Rows of `core_model_price`.
    pub model_price: Vec<Sighted<ModelPrice>>,
    /// Rows of `core_quarantine`.
    pub quarantine: Vec<Sighted<Quarantine>>,
    /// Rows of `core_reported_metric`.
    pub reported_metric: Vec<Sighted<ReportedMetric>>,
    /// Rows of `core_seat_price`.
    pub seat_price: Vec<Sighted<SeatPrice>>,
    /// Rows of `core_xbrl_fact`.
    pub xbrl_fact: Vec<Sighted<XbrlFact>>,
}

impl Rows {
    /// Shows the rows of each table that has any to `visitor`.
    ///
    /// # Errors
    /// The visitor's first.
    pub fn visit<V: RowVisitor>(&self, visitor: &mut V) -> Result<(), V::Error> {
        if !self.article.is_empty() {
            visitor.table(&self.article)?;
        }
        if !self.assumption.is_empty() {
            visitor.table(&self.assumption)?;
        }
        if !self.claim.is_empty() {
            visitor.table(&self.claim)?;
        }
        if !self.claim_subject.is_empty() {
            visitor.table(&self.claim_subject)?;
        }
        if !self.disclosure.is_empty() {
            visitor.table(&self.disclosure)?;
        }
        if !self.filing.is_empty() {
            visitor.table(&self.filing)?;
        }
        if !self.filing_document.is_empty() {
            visitor.table(&self.filing_document)?;
        }
        if !self.filing_notice.is_empty() {
            visitor.table(&self.filing_notice)?;
        }
        if !self.funding_digest.is_empty() {
            visitor.table(&self.funding_digest)?;
        }
        if !self.funding_round.is_empty() {
            visitor.table(&self.funding_round)?;
        }
        if !self.gpu_price.is_empty() {
            visitor.table(&self.gpu_price)?;
        }
        if !self.model_price.is_empty() {
            visitor.table(&self.model_price)?;
        }
        if !self.quarantine.is_empty() {
            visitor.table(&self.quarantine)?;
        }
        if !self.reported_metric.is_empty() {
            visitor.table(&self.reported_metric)?;
        }
        if !self.seat_price.is_empty() {
            visitor.table(&self.seat_price)?;
        }
        if !self.xbrl_fact.is_empty() {
            visitor.table(&self.xbrl_fact)?;
        }
        Ok(())
    }
}

/// Every table, in order of name.
pub const TABLES: &[&TableDef] = &[
    &CORE_ARTICLE,
    &CORE_ASSUMPTION,
    &CORE_CALENDAR,
    &CORE_CAPTURE,
    &CORE_CLAIM,
    &CORE_CLAIM_SUBJECT,
    &CORE_COMPANY,
    &CORE_COMPANY_NAME,
    &CORE_CORRECTION,
    &CORE_DISCLOSURE,
    &CORE_FILING,
    &CORE_FILING_DOCUMENT,
    &CORE_FILING_NOTICE,
    &CORE_FUNDING_DIGEST,
    &CORE_FUNDING_ROUND,
    &CORE_GPU_PRICE,
    &CORE_MODEL_PRICE,
    &CORE_QUARANTINE,
    &CORE_QUARANTINE_RESOLUTION,
    &CORE_READING,
    &CORE_REPORTED_METRIC,
    &CORE_REQUEST,
    &CORE_RUN,
    &CORE_SEAT_PRICE,
    &CORE_SOURCE,
    &CORE_XBRL_FACT,
    &MART_AI_REVENUE,
    &MART_ANCHOR_GPU_DISCOUNT,
    &MART_CAPEX_QUARTERLY,
    &MART_CAPEX_RECONCILIATION,
    &MART_CAPEX_TO_AI_REVENUE,
    &MART_CAPITAL_INTENSITY,
    &MART_CLAIM_CHECK,
    &MART_EFFECTIVE_GPU_DISCOUNT,
    &MART_FACT_DISAGREEMENT,
    &MART_FACT_VINTAGE,
    &MART_FISCAL_QUARTER,
    &MART_FUNDING_QUARTERLY,
    &MART_FUNDING_ROUND,
    &MART_GPU_PRICE_DAILY,
    &MART_LINEAGE,
    &MART_MONEY_FLOWS,
    &MART_PRICE_CHANGE,
    &MART_PRICE_DISAGREEMENT,
    &MART_RUNWAY,
    &MART_SEAT_ECONOMICS,
    &MART_TOKEN_PRICE_HISTORY,
    &MART_UNIT_ECONOMICS,
    &MART_VALUATION_MULTIPLE,
];
