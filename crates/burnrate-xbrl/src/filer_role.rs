//! The part that a filer has in a filing.

/// The part that a filer has in a filing; a filing may have several filers in several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FilerRole {
    /// Files about itself.
    Filer,
    /// Files about another, the subject.
    FiledBy,
    /// On whose behalf another files.
    FiledFor,
    /// Whom a filing of another is about.
    Subject,
    /// Whose securities an insider holds.
    Issuer,
    /// The insider who reports holdings.
    Reporting,
    /// Depositor of asset-backed securities.
    Depositor,
    /// Securitizer of asset-backed securities.
    Securitizer,
    /// Issuing entity of asset-backed securities.
    IssuingEntity,
    /// Company of a series.
    SerialCompany,
}

impl FilerRole {
    /// Reads the role as headers (`SUBJECT COMPANY`, `REPORTING-OWNER`) and as feeds and pages write
    /// it (`Subject`, `Reporting`).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.replace(['-', '_'], " ").to_ascii_uppercase();
        match text.as_str() {
            "FILER" => Some(Self::Filer),
            "FILED BY" => Some(Self::FiledBy),
            "FILED FOR" => Some(Self::FiledFor),
            "SUBJECT" | "SUBJECT COMPANY" => Some(Self::Subject),
            "ISSUER" => Some(Self::Issuer),
            "REPORTING" | "REPORTING OWNER" => Some(Self::Reporting),
            "DEPOSITOR" => Some(Self::Depositor),
            "SECURITIZER" => Some(Self::Securitizer),
            "ISSUING ENTITY" => Some(Self::IssuingEntity),
            "SERIAL COMPANY" => Some(Self::SerialCompany),
            _ => None,
        }
    }

    /// The role as the SEC's feeds and pages write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Filer => "Filer",
            Self::FiledBy => "Filed by",
            Self::FiledFor => "Filed for",
            Self::Subject => "Subject",
            Self::Issuer => "Issuer",
            Self::Reporting => "Reporting",
            Self::Depositor => "Depositor",
            Self::Securitizer => "Securitizer",
            Self::IssuingEntity => "Issuing entity",
            Self::SerialCompany => "Serial company",
        }
    }
}
