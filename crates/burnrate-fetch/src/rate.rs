//! How often a publisher may be asked, whoever asks.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use burnrate_model::Rate;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// One limit for each rate group.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    groups: Mutex<BTreeMap<String, Group>>,
}

#[derive(Debug)]
struct Group {
    per_second: u32,
    limiter: Arc<DefaultDirectRateLimiter>,
}

impl RateLimits {
    /// Waits until the group may be asked once more.
    pub(crate) async fn wait(&self, rate: &Rate) {
        self.limiter(rate).until_ready().await;
    }

    /// The group's limiter. Where sources of one group disagree, the slowest sets the pace.
    fn limiter(&self, rate: &Rate) -> Arc<DefaultDirectRateLimiter> {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        match groups.get(&rate.group) {
            Some(group) if group.per_second <= rate.per_second => Arc::clone(&group.limiter),
            _ => {
                let per_second = NonZeroU32::new(rate.per_second).unwrap_or(NonZeroU32::MIN);
                let quota = Quota::per_second(per_second).allow_burst(NonZeroU32::MIN);
                let limiter = Arc::new(RateLimiter::direct(quota));
                let group = Group { per_second: rate.per_second, limiter: Arc::clone(&limiter) };
                groups.insert(rate.group.clone(), group);
                limiter
            }
        }
    }
}
