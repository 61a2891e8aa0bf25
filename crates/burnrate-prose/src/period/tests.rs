use super::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = periods(text).iter().map(|mention| mention.period.to_string()).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn fiscal_years_are_named() {
    check("in fiscal 2025", &["fiscal 2025"]);
    check("for fiscal years 2025, 2024 and 2023", &["fiscal 2025", "fiscal 2024", "fiscal 2023"]);
    check("during fiscal year 2025 and fiscal year 2024", &["fiscal 2025", "fiscal 2024"]);
    check("FY25 and Q3 FY2026", &["fiscal 2025", "fiscal 2026 q3"]);
}

#[test]
fn a_bare_year_needs_a_word_that_makes_it_a_time() {
    check("in 2023 and 2024", &["2023", "2024"]);
    check("for the full year 2025", &["2025"]);
    check("our 2025 capital expenditures", &["2025"]);
    check("Form 10-K 2024, the 2024 Plan, $2024, 2024%", &[]);
}

#[test]
fn parts_and_years_are_paired_where_there_is_one_way() {
    check("third quarter of fiscal 2025", &["fiscal 2025 q3"]);
    check("Q2 2022 and Q2 2023", &["2022 q2", "2023 q2"]);
    check(
        "second quarter and first half of fiscal year 2024",
        &["fiscal 2024 q2", "fiscal 2024 h1"],
    );
    check("first nine months of fiscal 2023 and 2022", &["fiscal 2023 9m", "fiscal 2022 9m"]);
    check("second quarter and first half of fiscal years 2024 and 2023", &[]);
    check(
        "10% for the second quarter, and 12% for the first half, of fiscal year 2025",
        &["fiscal 2025 q2", "fiscal 2025 h1"],
    );
    check("first and second quarters of 2024", &[]);
    check("recorded in the fourth quarter, in 2022", &["2022"]);
}

#[test]
fn dates_are_what_the_words_before_them_say() {
    check("as of January 26, 2025", &["2025-01-26"]);
    check("as of December 31, 2022 and June 30, 2023", &["2022-12-31", "2023-06-30"]);
    check("the three months ended March 31, 2025", &["3 months to 2025-03-31"]);
    check(
        "for the years ended December 31, 2023 and 2024",
        &["12 months to 2023-12-31", "12 months to 2024-12-31"],
    );
    check("three and six months ended June 30, 2023", &[]);
    check("quarter and fiscal year ended June 30, 2023", &[]);
    check("on May 31, 2023", &[]);
}

#[test]
fn stretches_have_both_ends() {
    check("between fiscal years 2026 and 2030", &["fiscal 2026 to fiscal 2030"]);
    check(
        "between the third quarter of fiscal year 2024 and the end of fiscal year 2025",
        &["fiscal 2024 q3 to fiscal 2025"],
    );
    check("through 2030", &["to 2030"]);
    check("from 2022 to 2024", &["2022 to 2024"]);
    check("in 2022 through 2024", &["2022 to 2024"]);
    check("over the next four years", &["next 48 months"]);
}

#[test]
fn what_is_compared_with_is_marked() {
    let found = periods("in 2024 compared with 2023");
    let marks: Vec<_> = found.iter().map(|mention| mention.is_compared).collect();
    assert_eq!(marks, [false, true]);
}

#[test]
fn a_relative_period_is_resolved_against_a_date_only() {
    let date = NaiveDate::from_ymd_opt(2025, 11, 3).unwrap();
    let resolve = |text: &str| periods(text)[0].period.clone().resolved(date).to_string();
    check("this year", &["this year"]);
    assert_eq!(resolve("this year"), "2025");
    assert_eq!(resolve("next quarter"), "2026 q1");
    assert_eq!(resolve("the last quarter"), "2025 q3");
}
