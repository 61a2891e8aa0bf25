use proptest::prelude::*;

use super::*;

/// A number as it stands, and what is stated of its precision: places, `INF`, or nothing.
fn statement(value: &str, decimals: &str) -> (Decimal, Option<Decimals>) {
    let decimals = match decimals {
        "" => None,
        "INF" => Some(Decimals::Exact),
        places => Some(Decimals::Places(places.parse().unwrap())),
    };
    (value.parse().unwrap(), decimals)
}

fn check(a: (&str, &str), b: (&str, &str), expected: bool) {
    let (first, second) = (statement(a.0, a.1), statement(b.0, b.1));
    assert_eq!((agree(first, second), agree(second, first)), (expected, expected), "{a:?} {b:?}");
}

#[test]
fn numbers_agree_as_far_as_both_are_stated_to_be_right() {
    // 391 billion stands for 390.5 to 391.5 billion.
    check(("391000000000", "-9"), ("391035000000", "INF"), true);
    check(("391000000000", "-9"), ("391500000000", "INF"), true);
    check(("391000000000", "-9"), ("391500000001", "INF"), false);
    // 391.5004 billion to the million is at least 391.4999 billion or so.
    check(("391000000000", "-9"), ("391500400000", "-6"), true);
    check(("0.15", "2"), ("0.147", "3"), true);
    check(("0.15", "2"), ("0.144", "3"), false);
    check(("5", "INF"), ("6", "INF"), false);
    // Where nothing is stated of a number, nothing explains a difference.
    check(("5", ""), ("5", ""), true);
    check(("5", ""), ("5.1", ""), false);
}

#[test]
fn the_reach_of_a_number_never_overflows() {
    for places in ["-2147483648", "2147483647", "-27", "12", "13"] {
        check(("1", places), ("1", places), true);
    }
    let reach = |places| half_unit(Some(Decimals::Places(places)));
    assert_eq!((reach(12), reach(0), reach(i32::MIN)), (0, 500_000_000_000, u128::MAX));
}

proptest! {
    #[test]
    fn a_number_agrees_with_its_own_rounding(scaled in -1_000_000_000_i64..1_000_000_000, zeros in 0_u32..9) {
        let unit = 10_i64.pow(zeros);
        let rounded = (scaled + unit / 2).div_euclid(unit) * unit;
        let exact = (Decimal::from(scaled), Some(Decimals::Exact));
        let places = -i32::try_from(zeros).unwrap();
        let coarse = (Decimal::from(rounded), Some(Decimals::Places(places)));
        prop_assert!(agree(exact, coarse));
    }
}
