//! What each source has spent in this run.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::error::FetchErrorKind;
use crate::policy::Policy;

#[cfg(test)]
mod tests;

/// The accounts of all sources, by id.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    accounts: Mutex<BTreeMap<String, Spent>>,
}

#[derive(Debug, Default)]
struct Spent {
    requests: u32,
    bytes: u64,
    retries: u32,
}

impl Budgets {
    /// Pays for one request.
    pub(crate) fn request(&self, source_id: &str, policy: &Policy) -> Result<(), FetchErrorKind> {
        self.account(source_id, |spent| {
            if spent.bytes >= policy.max_bytes {
                return Err(exceeded("bytes", policy.max_bytes));
            }
            if spent.requests >= policy.max_requests {
                return Err(exceeded("requests", policy.max_requests.into()));
            }
            spent.requests += 1;
            Ok(())
        })
    }

    /// Pays for bytes that arrived.
    pub(crate) fn bytes(
        &self,
        source_id: &str,
        policy: &Policy,
        received: u64,
    ) -> Result<(), FetchErrorKind> {
        self.account(source_id, |spent| {
            spent.bytes = spent.bytes.saturating_add(received);
            if spent.bytes > policy.max_bytes {
                return Err(exceeded("bytes", policy.max_bytes));
            }
            Ok(())
        })
    }

    /// Pays for another try.
    pub(crate) fn retry(&self, source_id: &str, policy: &Policy) -> Result<(), FetchErrorKind> {
        self.account(source_id, |spent| {
            if spent.retries >= policy.retry_budget {
                return Err(exceeded("retries", policy.retry_budget.into()));
            }
            spent.retries += 1;
            Ok(())
        })
    }

    fn account<T>(&self, source_id: &str, pay: impl FnOnce(&mut Spent) -> T) -> T {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        match accounts.get_mut(source_id) {
            Some(spent) => pay(spent),
            None => pay(accounts.entry(source_id.to_owned()).or_default()),
        }
    }
}

fn exceeded(budget: &'static str, limit: u64) -> FetchErrorKind {
    FetchErrorKind::Budget { budget, limit, after: None }
}
