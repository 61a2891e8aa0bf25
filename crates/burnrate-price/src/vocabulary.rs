//! The closed lists of words in which prices are kept apart.

use std::fmt;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// The word as tables carry it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// What a word stands for.
            pub fn from_name(text: &str) -> Option<Self> {
                [$(Self::$variant),*].into_iter().find(|word| word.name() == text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl From<$name> for String {
            fn from(word: $name) -> Self {
                word.name().to_owned()
            }
        }
    };
}

vocabulary! {
    /// What is counted.
    Meter {
        /// What is sent to the model.
        Input = "input",
        /// What is sent and was kept from an earlier request.
        CachedInput = "cached_input",
        /// Keeping what is sent, for the shortest time offered.
        CacheWrite = "cache_write",
        /// Keeping what is sent, for an hour.
        CacheWrite1h = "cache_write_1h",
        /// What is kept, by the hour.
        CacheStorage = "cache_storage",
        /// What the model writes, its reasoning included.
        Output = "output",
        /// What the model writes, where reasoning is priced differently.
        OutputReasoning = "output_reasoning",
        /// Input and output at one price.
        InputAndOutput = "input_and_output",
        /// Training of a model of one's own.
        FineTuning = "fine_tuning",
        /// Vectors.
        Embedding = "embedding",
        /// Ordering of documents.
        Rerank = "rerank",
        /// Searches of the web or of files.
        Search = "search",
        /// Searches of a map.
        MapSearch = "map_search",
        /// Pictures made.
        Image = "image",
        /// Films made.
        Video = "video",
        /// Speech made.
        Speech = "speech",
        /// Speech read.
        Transcription = "transcription",
        /// Documents read.
        Document = "document",
        /// Calls of a tool, or of the service.
        Request = "request",
        /// Sessions of a tool.
        Session = "session",
        /// Capacity set aside, whether used or not.
        Capacity = "capacity",
        /// What is stored.
        Storage = "storage",
        /// Preparing documents for searches.
        Indexing = "indexing",
        /// Pieces of music made.
        Music = "music",
        /// What is fetched from storage.
        Download = "download",
        /// What is sent and was kept because a request asked for it, where what is kept without being asked
        /// has another price.
        CachedInputExplicit = "cached_input_explicit",
        /// Keeping what is sent, for twelve hours.
        CacheWrite12h = "cache_write_12h",
    }
}

vocabulary! {
    /// What form the tokens have.
    Modality {
        /// Whatever form.
        Any = "any",
        /// Text.
        Text = "text",
        /// Pictures.
        Image = "image",
        /// Sound.
        Audio = "audio",
        /// Films.
        Video = "video",
    }
}

vocabulary! {
    /// What a price of a model is for.
    PriceUnit {
        /// A million tokens.
        MillionTokens = "1M tokens",
        /// A million tokens for an hour.
        MillionTokenHours = "1M token-hours",
        /// A million characters.
        MillionCharacters = "1M characters",
        /// A thousand requests.
        ThousandRequests = "1K requests",
        /// A thousand pages.
        ThousandPages = "1K pages",
        /// One picture.
        Image = "image",
        /// A second.
        Second = "second",
        /// A minute.
        Minute = "minute",
        /// An hour.
        Hour = "hour",
        /// One session.
        Session = "session",
        /// A gigabyte for a day.
        GigabyteDay = "GB-day",
        /// A week.
        Week = "week",
        /// A month.
        Month = "month",
        /// 2³⁰ bytes for a day.
        GibibyteDay = "GiB-day",
        /// 2³⁰ bytes.
        Gibibyte = "GiB",
        /// One piece of music.
        Song = "song",
        /// One picture of up to 1024 by 1024 pixels, or of up to 2048 by 2048, at one price.
        ImageUpTo2k = "image up to 2K",
        /// One picture of up to 4096 by 4096 pixels.
        Image4k = "4K image",
        /// A second of film of 720 lines.
        Second720p = "second of 720p",
        /// A second of film of 1080 lines.
        Second1080p = "second of 1080p",
        /// A second of film of 2160 lines.
        Second4k = "second of 4K",
    }
}

vocabulary! {
    /// How a request is served.
    ServiceTier {
        /// At once, at the ordinary price.
        Standard = "standard",
        /// Within a day, in bulk.
        Batch = "batch",
        /// When there is room.
        Flex = "flex",
        /// Before others.
        Priority = "priority",
        /// At hours of low demand.
        OffPeak = "off_peak",
        /// From capacity that is paid for whether used or not.
        Provisioned = "provisioned",
        /// Free of charge, with limits.
        Free = "free",
        /// On a model of one's own, made from it by fine-tuning.
        FineTuned = "fine_tuned",
        /// On hardware set aside for quick answers.
        LowLatency = "low_latency",
        /// Passed on to the model's maker, who serves it.
        MakerDirect = "maker_direct",
        /// Written faster than at the standard tier, by the same model.
        Fast = "fast",
        /// As fast as can be, at a higher price than [`ServiceTier::Priority`].
        Ultrafast = "ultrafast",
        /// Between standard and flex.
        Balanced = "balanced",
    }
}

vocabulary! {
    /// Whether a price is in force.
    PriceKind {
        /// In force, or the regular price behind a promotion.
        List = "list",
        /// In force instead of the list price, for a time.
        Promotional = "promotional",
        /// To come into force.
        Announced = "announced",
    }
}

vocabulary! {
    /// For how long a GPU is rented, and on which conditions.
    Term {
        /// By the hour, kept until it is given back.
        OnDemand = "on_demand",
        /// By the hour, may be taken away.
        Spot = "spot",
        /// Committed to for a month.
        Reserved1m = "reserved_1m",
        /// Committed to for three months.
        Reserved3m = "reserved_3m",
        /// Committed to for six months.
        Reserved6m = "reserved_6m",
        /// Committed to for a year.
        Reserved1y = "reserved_1y",
        /// Committed to for two years.
        Reserved2y = "reserved_2y",
        /// Committed to for three years.
        Reserved3y = "reserved_3y",
        /// Committed to for five years.
        Reserved5y = "reserved_5y",
        /// The lowest price that any commitment gets, of unstated length.
        ReservedFrom = "reserved_from",
        /// What hosts of a market place ask.
        Marketplace = "marketplace",
        /// Low priority, the older name of spot at some providers.
        LowPriority = "low_priority",
        /// Booked ahead for a fixed time.
        CapacityBlock = "capacity_block",
        /// Started when there is room, then kept for a time stated in advance.
        FlexStart = "flex_start",
        /// Billed while a request is served.
        Serverless = "serverless",
        /// Serverless, but always running.
        ServerlessActive = "serverless_active",
    }
}

vocabulary! {
    /// How a GPU is built in.
    GpuForm {
        /// On a board of its own kind, linked to its neighbours.
        /// On a board of its own kind, with `NVLink`.
        Sxm = "SXM",
        /// On a card.
        Pcie = "PCIe",
        /// On cards bridged in pairs.
        Nvl = "NVL",
        /// Together with a processor on one module, such as GH200 and GB200.
        Superchip = "superchip",
        /// On an open accelerator module.
        Oam = "OAM",
        /// The source does not settle it.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// Where the number of GPUs of an instance comes from.
    GpuCountSource {
        /// Beside the price.
        Stated = "stated",
        /// The list is per GPU.
        StatedPerGpu = "stated_per_gpu",
        /// The provider's documentation of the instance type.
        InstanceType = "instance_type",
    }
}

vocabulary! {
    /// What the price of a GPU covers.
    BilledScope {
        /// The host included.
        Instance = "instance",
        /// The GPU alone.
        GpuOnly = "gpu_only",
    }
}

vocabulary! {
    /// What the price of a seat is for.
    SeatUnit {
        /// A user for a month.
        UserMonth = "user_month",
        /// A pack for all users together, for a month.
        PackMonth = "pack_month",
        /// A conversation.
        Conversation = "conversation",
        /// A request.
        Request = "request",
        /// 100,000 credits.
        HundredThousandCredits = "100k_credits",
        /// One credit.
        Credit = "credit",
        /// An action.
        Action = "action",
    }
}

/// Lengths of a request for which a price holds, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ContextTier {
    /// Input longer than this.
    pub input_over: Option<u64>,
    /// Input up to this.
    pub input_up_to: Option<u64>,
    /// Output longer than this.
    pub output_over: Option<u64>,
    /// Output up to this.
    pub output_up_to: Option<u64>,
}

impl ContextTier {
    /// Whatever length.
    pub const ANY: Self =
        Self { input_over: None, input_up_to: None, output_over: None, output_up_to: None };

    /// Input up to so many tokens.
    pub fn up_to(tokens: u64) -> Self {
        Self { input_up_to: Some(tokens), ..Self::ANY }
    }

    /// Input of more than so many tokens.
    pub fn over(tokens: u64) -> Self {
        Self { input_over: Some(tokens), ..Self::ANY }
    }
}

/// As tables carry it: `any`, `input<=200000`, `32000<input<=128000,output<=200`.
impl fmt::Display for ContextTier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let band = |name: &str, over: Option<u64>, up_to: Option<u64>| match (over, up_to) {
            (None, None) => None,
            (Some(over), None) => Some(format!("{name}>{over}")),
            (None, Some(up_to)) => Some(format!("{name}<={up_to}")),
            (Some(over), Some(up_to)) => Some(format!("{over}<{name}<={up_to}")),
        };
        let bands = [
            band("input", self.input_over, self.input_up_to),
            band("output", self.output_over, self.output_up_to),
        ];
        let bands: Vec<String> = bands.into_iter().flatten().collect();
        f.write_str(if bands.is_empty() { "any" } else { "" })?;
        f.write_str(&bands.join(","))
    }
}

impl From<ContextTier> for String {
    fn from(tier: ContextTier) -> Self {
        tier.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_tiers_have_one_form() {
        assert_eq!(ContextTier::ANY.to_string(), "any");
        assert_eq!(ContextTier::up_to(200_000).to_string(), "input<=200000");
        let tier = ContextTier {
            input_over: Some(32_000),
            output_up_to: Some(200),
            ..ContextTier::up_to(128_000)
        };
        assert_eq!(tier.to_string(), "32000<input<=128000,output<=200");
    }
}
