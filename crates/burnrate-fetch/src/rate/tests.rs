use chrono::TimeDelta;

use super::*;

fn at(seconds: f64) -> DateTime<Utc> {
    let micros = TimeDelta::from_std(Duration::from_secs_f64(seconds)).unwrap();
    DateTime::from_timestamp(1_800_000_000, 0).unwrap() + micros
}

#[test]
fn slots_are_a_gap_apart_and_never_saved_up() {
    let gap = Duration::from_millis(250);
    let mut slots = Slots::parse("");
    assert_eq!(slots.reserve(at(0.0), gap), Ok(at(0.0)));
    assert_eq!(slots.reserve(at(0.0), gap), Ok(at(0.25)));
    assert_eq!(slots.reserve(at(0.1), gap), Ok(at(0.5)));
    // After a silence the next one goes at once, the one after it not.
    assert_eq!(slots.reserve(at(60.0), gap), Ok(at(60.0)));
    assert_eq!(slots.reserve(at(60.0), gap), Ok(at(60.25)));
}

#[test]
fn a_damaged_file_or_a_clock_set_back_delays_nobody() {
    let gap = Duration::from_secs(1);
    for text in ["", "soon", "-1 -1", "9223372036854775807 9223372036854775807", "\0\0\0", "1e9 x"]
    {
        assert_eq!(Slots::parse(text).reserve(at(0.0), gap), Ok(at(0.0)), "{text}");
    }
    // Written ten minutes and a second ahead of what the clock says now, and just ten minutes.
    let mut ahead = Slots { next_free: at(601.0), ..Slots::parse("") };
    assert_eq!(ahead.reserve(at(0.0), gap), Ok(at(0.0)));
    let mut queue = Slots { next_free: at(600.0), ..Slots::parse("") };
    assert_eq!(queue.reserve(at(0.0), gap), Ok(at(600.0)));
    let mut ahead = Slots { held_until: at(86_401.0), ..Slots::parse("") };
    assert_eq!(ahead.reserve(at(0.0), gap), Ok(at(0.0)));
}

#[test]
fn a_publisher_that_wants_quiet_has_it() {
    let gap = Duration::from_secs(1);
    let mut slots = Slots { held_until: at(3600.0), ..Slots::parse("") };
    assert_eq!(slots.reserve(at(0.0), gap), Err(at(3600.0)));
    assert_eq!(slots.reserve(at(3480.0), gap), Ok(at(3600.0)));
    assert_eq!(slots.reserve(at(3480.0), gap), Ok(at(3601.0)));
}

#[test]
fn a_file_says_what_was_written() {
    let slots = Slots { next_free: at(1.5), held_until: at(2.0) };
    assert_eq!(slots.to_text(), "1800000001500000 1800000002000000\n");
    assert_eq!(Slots::parse(&slots.to_text()), slots);
}

#[test]
fn a_group_cannot_name_a_file_elsewhere() {
    assert_eq!(file_name("sec.gov"), "sec.gov");
    assert_eq!(file_name("../A b"), "..%2F%41%20b");
}
