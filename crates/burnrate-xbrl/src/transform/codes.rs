//! Codes for the names of places, exchanges and filer categories, as the SEC's registry gives them.

use super::countries::COUNTRIES;

/// Which names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// States of the US and provinces of Canada: postal code.
    State,
    /// Countries: ISO 3166-1 code.
    Country,
    /// Provinces of Canada, territories of the US, and countries: EDGAR's own code.
    Edgar,
    /// Exchanges.
    Exchange,
    /// Filer categories, spelled as the SEC does.
    FilerCategory,
}

/// The code of a name; upper and lower case, a leading "the", and dots and commas decide nothing.
pub(super) fn find(list: List, name: &str) -> Option<&'static str> {
    let name = folded(name);
    let name = name.strip_prefix("the ").unwrap_or(&name);
    let of = |codes: &[(&str, &'static str)]| {
        codes.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
    };
    match list {
        List::State => of(STATES),
        List::Country => country(name).map(|(_, iso, _)| *iso),
        List::Edgar => of(EDGAR_PLACES).or_else(|| country(name).map(|(_, _, edgar)| *edgar)),
        List::Exchange => of(EXCHANGES),
        List::FilerCategory => of(FILER_CATEGORIES),
    }
    .filter(|code| !code.is_empty())
}

fn country(name: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    COUNTRIES.iter().find(|(known, _, _)| *known == name)
}

/// Words in lower case with one space between them, without dots and commas.
fn folded(name: &str) -> String {
    let plain = name.to_lowercase().replace(['.', ','], "").replace('\u{2019}', "'");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

const FILER_CATEGORIES: &[(&str, &str)] = &[
    ("large accelerated filer", "Large Accelerated Filer"),
    ("accelerated filer", "Accelerated Filer"),
    ("non-accelerated filer", "Non-accelerated Filer"),
];

const EXCHANGES: &[(&str, &str)] = &[
    ("box exchange", "BOX"),
    ("box exchange llc", "BOX"),
    ("cboe byx exchange", "CboeBYX"),
    ("cboe byx exchange inc", "CboeBYX"),
    ("cboe bzx exchange", "CboeBZX"),
    ("cboe bzx exchange inc", "CboeBZX"),
    ("cboe c2 exchange", "C2"),
    ("cboe c2 exchange inc", "C2"),
    ("cboe edga exchange", "CboeEDGA"),
    ("cboe edga exchange inc", "CboeEDGA"),
    ("cboe edgx exchange", "CboeEDGX"),
    ("cboe edgx exchange inc", "CboeEDGX"),
    ("cboe exchange", "CBOE"),
    ("cboe exchange inc", "CBOE"),
    ("chicago stock exchange", "CHX"),
    ("chicago stock exchange inc", "CHX"),
    ("nyse chicago", "CHX"),
    ("nyse chicago inc", "CHX"),
    ("investors exchange", "IEX"),
    ("investors exchange llc", "IEX"),
    ("long-term stock exchange", "LTSE"),
    ("long-term stock exchange inc", "LTSE"),
    ("miami international securities exchange", "MIAX"),
    ("miami international securities exchange llc", "MIAX"),
    ("miax pearl", "PEARL"),
    ("miax pearl llc", "PEARL"),
    ("memx", "MEMX"),
    ("memx llc", "MEMX"),
    ("nasdaq bx", "BX"),
    ("nasdaq bx inc", "BX"),
    ("nasdaq gemx", "GEMX"),
    ("nasdaq gemx llc", "GEMX"),
    ("nasdaq ise", "ISE"),
    ("nasdaq ise llc", "ISE"),
    ("nasdaq mrx", "MRX"),
    ("nasdaq mrx llc", "MRX"),
    ("nasdaq phlx", "Phlx"),
    ("nasdaq phlx llc", "Phlx"),
    ("new york stock exchange", "NYSE"),
    ("new york stock exchange llc", "NYSE"),
    ("nyse", "NYSE"),
    ("nyse american", "NYSEAMER"),
    ("nyse american llc", "NYSEAMER"),
    ("nyse arca", "NYSEArca"),
    ("nyse arca inc", "NYSEArca"),
    ("nyse national", "NYSENAT"),
    ("nyse national inc", "NYSENAT"),
    ("nasdaq", "NASDAQ"),
    ("nasdaq stock market", "NASDAQ"),
    ("nasdaq stock market llc", "NASDAQ"),
    ("nasdaq stock exchange", "NASDAQ"),
    ("nasdaq global market", "NASDAQ"),
    ("nasdaq global select market", "NASDAQ"),
    ("nasdaq capital market", "NASDAQ"),
];

const STATES: &[(&str, &str)] = &[
    ("alabama", "AL"),
    ("alaska", "AK"),
    ("arizona", "AZ"),
    ("arkansas", "AR"),
    ("california", "CA"),
    ("colorado", "CO"),
    ("connecticut", "CT"),
    ("delaware", "DE"),
    ("district of columbia", "DC"),
    ("washington dc", "DC"),
    ("florida", "FL"),
    ("georgia", "GA"),
    ("hawaii", "HI"),
    ("idaho", "ID"),
    ("illinois", "IL"),
    ("indiana", "IN"),
    ("iowa", "IA"),
    ("kansas", "KS"),
    ("kentucky", "KY"),
    ("louisiana", "LA"),
    ("maine", "ME"),
    ("maryland", "MD"),
    ("massachusetts", "MA"),
    ("commonwealth of massachusetts", "MA"),
    ("michigan", "MI"),
    ("minnesota", "MN"),
    ("mississippi", "MS"),
    ("missouri", "MO"),
    ("montana", "MT"),
    ("nebraska", "NE"),
    ("nevada", "NV"),
    ("new hampshire", "NH"),
    ("new jersey", "NJ"),
    ("new mexico", "NM"),
    ("new york", "NY"),
    ("state of new york", "NY"),
    ("north carolina", "NC"),
    ("north dakota", "ND"),
    ("ohio", "OH"),
    ("oklahoma", "OK"),
    ("oregon", "OR"),
    ("pennsylvania", "PA"),
    ("commonwealth of pennsylvania", "PA"),
    ("rhode island", "RI"),
    ("south carolina", "SC"),
    ("south dakota", "SD"),
    ("tennessee", "TN"),
    ("texas", "TX"),
    ("utah", "UT"),
    ("vermont", "VT"),
    ("virginia", "VA"),
    ("commonwealth of virginia", "VA"),
    ("washington", "WA"),
    ("west virginia", "WV"),
    ("wisconsin", "WI"),
    ("wyoming", "WY"),
    ("state of delaware", "DE"),
    ("state of nevada", "NV"),
    ("state of washington", "WA"),
    ("puerto rico", "PR"),
    ("guam", "GU"),
    ("american samoa", "AS"),
    ("northern mariana islands", "MP"),
    ("us virgin islands", "VI"),
    ("alberta", "AB"),
    ("british columbia", "BC"),
    ("manitoba", "MB"),
    ("new brunswick", "NB"),
    ("newfoundland", "NL"),
    ("newfoundland and labrador", "NL"),
    ("northwest territories", "NT"),
    ("nova scotia", "NS"),
    ("nunavut", "NU"),
    ("ontario", "ON"),
    ("prince edward island", "PE"),
    ("quebec", "QC"),
    ("saskatchewan", "SK"),
    ("yukon", "YT"),
];

/// Places with a code of EDGAR's that are no countries.
const EDGAR_PLACES: &[(&str, &str)] = &[
    ("alberta", "A0"),
    ("british columbia", "A1"),
    ("manitoba", "A2"),
    ("new brunswick", "A3"),
    ("newfoundland", "A4"),
    ("nova scotia", "A5"),
    ("ontario", "A6"),
    ("prince edward island", "A7"),
    ("quebec", "A8"),
    ("saskatchewan", "A9"),
    ("yukon", "B0"),
    ("netherlands antilles", "P8"),
];
