//! What price lists have in common: amounts, units, the words for contexts, names of models and GPUs,
//! and tables in HTML and Markdown.
//!
//! Pure: no I/O, no clock. What is not in a closed list here is not guessed: the caller reports it.

mod amount;
mod flight;
mod gpu;
mod grid;
mod instance_type;
mod layout;
mod markdown;
mod model_id;
mod offer;
mod page;
mod vocabulary;

pub use amount::{Amount, Currency, Scale, read_amount, read_amount_scaled};
pub use flight::{FlightText, flight_string};
pub use gpu::{Gpu, gpu};
pub use grid::{Cell, Grid};
pub use instance_type::{InstanceGpus, InstanceType, instance_gpus, instance_type};
pub use layout::layout_of;
pub use markdown::markdown_tables;
pub use model_id::model_id;
pub use offer::{GpuCount, GpuOffer, Price, SeatOffer, model_price, per_gpu};
pub use page::{Expect, css_path, css_path_below, html_table, page, select, select_one, text};
pub use vocabulary::{
    BilledScope, ContextTier, GpuCountSource, GpuForm, Meter, Modality, PriceKind, PriceUnit,
    SeatUnit, ServiceTier, Term,
};
