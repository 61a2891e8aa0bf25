use burnrate_model::Rate;

use crate::policy::RobotsPolicy;

use super::*;

fn policy() -> Policy {
    Policy {
        rate: Rate { group: "data.example".to_owned(), per_second: 1, concurrent: 1 },
        robots: RobotsPolicy::Exempt,
        max_body_bytes: 100,
        max_requests: 2,
        max_bytes: 10,
        retry_budget: 1,
    }
}

fn text(paid: Result<(), FetchErrorKind>) -> String {
    paid.map_or_else(|error| error.to_string(), |()| "paid".to_owned())
}

#[test]
fn each_source_has_its_own_budgets() {
    let budgets = Budgets::default();
    let request = |source: &str| text(budgets.request(source, &policy()));
    assert_eq!([request("a"), request("a"), request("b")], ["paid", "paid", "paid"]);
    assert_eq!(request("a"), "the source's budget of 2 requests for this run is spent");
    let retry = |source: &str| text(budgets.retry(source, &policy()));
    assert_eq!([retry("a"), retry("b")], ["paid", "paid"]);
    assert_eq!(retry("b"), "the source's budget of 1 retries for this run is spent");
}

#[test]
fn bytes_may_reach_the_limit_and_not_pass_it() {
    let budgets = Budgets::default();
    let bytes = |received| text(budgets.bytes("a", &policy(), received));
    let spent = "the source's budget of 10 bytes for this run is spent";
    assert_eq!([bytes(4), bytes(6)], ["paid", "paid"]);
    assert_eq!(text(budgets.request("a", &policy())), spent);
    assert_eq!(bytes(1), spent);
    assert_eq!(bytes(u64::MAX), spent);
}
