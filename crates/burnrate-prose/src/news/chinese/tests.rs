use super::*;
use crate::news::ValuationBasis;
use crate::news::{MetricKind, MetricStatus, Qualifier, Role, Round, RoundKind, RoundStatus};

fn rows(text: &str) -> Vec<Event> {
    let published = chrono::NaiveDate::from_ymd_opt(2026, 8, 5);
    read(&Article { text, title: None, published }).0
}

fn rounds(text: &str) -> Vec<Round> {
    let round = |event| match event {
        Event::Round(round) => Some(round),
        Event::Metric(_) => None,
    };
    rows(text).into_iter().filter_map(round).collect()
}

fn only_round(text: &str) -> Round {
    let mut rounds = rounds(text);
    assert_eq!(rounds.len(), 1, "{text}: {rounds:?}");
    rounds.remove(0)
}

fn metrics(text: &str) -> Vec<Metric> {
    let metric = |event| match event {
        Event::Metric(metric) => Some(metric),
        Event::Round(_) => None,
    };
    rows(text).into_iter().filter_map(metric).collect()
}

/// The low end of a round's amount.
fn raised(round: &Round) -> Option<String> {
    Some(round.amount.as_ref()?.low?.to_string())
}

fn valued(round: &Round) -> Option<String> {
    Some(round.valuation.as_ref()?.low?.to_string())
}

#[test]
fn read_joins_the_headline_and_the_story() {
    let text = "“灵巧星”完成8亿元B+轮融资\n近日，具身智能公司“灵巧星”（Lingqiao）完成8亿元B+轮融资，\
                由海河资本领投，青松基金、云杉投资跟投，老股东山海资本继续加码，南山咨询担任独家财务顾问。";
    let round = only_round(text);
    assert_eq!(round.company, "灵巧星");
    assert_eq!(round.aliases, ["Lingqiao"]);
    assert_eq!((round.kind, round.modifier.as_deref()), (RoundKind::SeriesB, Some("+")));
    assert_eq!(raised(&round).as_deref(), Some("800000000"));
    assert_eq!(round.amount.as_ref().unwrap().currency, "CNY");
    assert_eq!(round.lead_investors, ["海河资本"]);
    assert_eq!(round.investors, ["海河资本", "青松基金", "云杉投资", "山海资本"]);
    assert_eq!(round.status, RoundStatus::Closed);
    assert_eq!(&text[round.evidence], "“灵巧星”完成8亿元B+轮融资");
}

#[test]
fn read_finds_the_name_in_its_description() {
    for (text, company) in [
        ("人形机器人企业灵巧星完成1亿元融资。", "灵巧星"),
        ("总部位于柏林的初创公司Northlamp完成1亿美元融资。", "Northlamp"),
        ("近日，云端芯片服务商「北斗核」宣布完成1亿元融资。", "北斗核"),
        ("8月3日，Moon Lab 完成 1 亿美元 A 轮融资。", "Moon Lab"),
        ("苏州灵巧星科技有限公司（以下简称“灵巧星”）近日完成1亿元融资。", "灵巧星"),
        ("海河集团旗下灵巧星已完成1亿元融资。", "灵巧星"),
        ("据悉，灵巧星完成1亿元融资。", "灵巧星"),
    ] {
        assert_eq!(only_round(text).company, company, "{text}");
    }
}

#[test]
fn read_takes_no_name_that_is_not_sure() {
    for text in [
        "某大学博士团队创业做机器人，拿下近5亿元天使轮融资。",
        "该公司完成5亿元融资。",
        "成立不到两年的多家机器人公司获得5亿元融资。",
        "上半年全行业完成3000亿元融资。",
    ] {
        assert_eq!(rounds(text), [], "{text}");
    }
}

#[test]
fn read_tells_how_far_a_round_has_come() {
    for (text, status) in [
        ("灵巧星完成5亿元A轮融资。", RoundStatus::Closed),
        ("知情人士透露，灵巧星已完成5亿元A轮融资。", RoundStatus::Rumoured),
        ("灵巧星正洽谈5亿元A轮融资。", RoundStatus::InTalks),
        ("灵巧星已启动A轮融资，拟募资5亿元。", RoundStatus::InTalks),
        ("消息称灵巧星计划在A轮融资中筹集5亿元。", RoundStatus::InTalks),
        ("灵巧星A轮融资或达5亿元。", RoundStatus::InTalks),
        ("海河集团拟向机器人公司灵巧星投资5亿元。", RoundStatus::Announced),
    ] {
        let round = only_round(text);
        assert_eq!(round.status, status, "{text}");
        assert_eq!(raised(&round).as_deref(), Some("500000000"), "{text}");
    }
}

#[test]
fn read_takes_the_valuation_and_its_basis() {
    for (text, basis) in [
        ("灵巧星完成5亿元融资，投后估值达60亿元。", Some(ValuationBasis::PostMoney)),
        ("灵巧星完成5亿元融资，投前估值约60亿元。", Some(ValuationBasis::PreMoney)),
        ("灵巧星以60亿元估值完成5亿元融资。", None),
        ("灵巧星完成5亿元融资。本轮融资后，公司估值升至60亿元。", None),
    ] {
        let round = only_round(text);
        assert_eq!(valued(&round).as_deref(), Some("6000000000"), "{text}");
        assert_eq!(raised(&round).as_deref(), Some("500000000"), "{text}");
        assert_eq!(round.valuation_basis, basis, "{text}");
    }
}

#[test]
fn read_keeps_a_converted_valuation_as_an_alternative() {
    let round = only_round("Northlamp完成新一轮融资，估值约为2万亿韩元（合14亿美元）。");
    assert_eq!(valued(&round).as_deref(), Some("2000000000000"));
    let [other] = &round.valuation_alternatives[..] else { panic!("{round:?}") };
    assert_eq!((other.currency, other.low.unwrap().to_string()), ("USD", "1400000000".to_owned()));
}

#[test]
fn read_takes_the_amount_of_the_next_clause() {
    for text in [
        "灵巧星完成F轮融资，金额超过5亿元，投后估值为60亿元。",
        "灵巧星完成F轮融资，融资金额超5亿元，投后估值为60亿元。",
        "灵巧星完成F轮融资\n灵巧星完成F轮融资，总金额超5亿元，投后估值为60亿元。",
    ] {
        let round = only_round(text);
        assert_eq!(raised(&round).as_deref(), Some("500000000"), "{text}");
        assert_eq!(valued(&round).as_deref(), Some("6000000000"), "{text}");
    }
}

#[test]
fn read_keeps_rounds_of_one_company_apart() {
    let rounds = rounds(
        "灵巧星完成5亿元B轮融资，海河资本领投。此前曾完成8000万元A轮融资。原定9月开始的C轮（Pre-IPO轮）已提前开始，\
         投前估值升至90亿元。",
    );
    let told: Vec<_> = rounds.iter().map(|round| (round.kind, raised(round), round.role)).collect();
    assert_eq!(
        told,
        [
            (RoundKind::SeriesB, Some("500000000".to_owned()), Role::Headline),
            (RoundKind::SeriesA, Some("80000000".to_owned()), Role::Background),
            (RoundKind::SeriesC, None, Role::Headline),
        ]
    );
    assert_eq!(rounds[2].status, RoundStatus::InTalks);
    assert_eq!(valued(&rounds[2]).as_deref(), Some("9000000000"));
}

#[test]
fn read_takes_a_round_without_an_amount_by_its_name() {
    let round =
        only_round("8月3日，灵巧星完成种子轮融资，具体金额未披露，Moon Ventures、海河资本等参投。");
    assert_eq!((round.kind, round.amount.clone()), (RoundKind::Seed, None));
    assert_eq!(round.investors, ["Moon Ventures", "海河资本"]);
    assert_eq!(round.date.as_deref(), Some("2026-08-03"));
    assert_eq!(rounds("灵巧星完成新一轮融资。"), []);
}

#[test]
fn read_names_those_who_invest_and_no_others() {
    for (text, investors) in [
        ("灵巧星获海河资本领投近亿元融资。", &["海河资本"][..]),
        ("灵巧星获得来自海河集团的2亿元战略投资。", &["海河集团"]),
        ("灵巧星获Meta投资2亿美元。", &["Meta"]),
        (
            "灵巧星完成2亿元融资，投资方包括海河资本、青松基金以及多家产业机构。",
            &["海河资本", "青松基金"],
        ),
        ("灵巧星完成2亿元融资。本轮由海河资本与青松基金共同领投。", &["海河资本", "青松基金"]),
        ("灵巧星完成2亿元融资，鼎和高达领投。", &["鼎和高达"]),
        ("灵巧星完成2亿元融资，多家知名机构参投，老股东持续跟投。", &[]),
        ("灵巧星完成2亿元融资，投资方覆盖汽车、能源等领域。", &[]),
    ] {
        assert_eq!(only_round(text).investors, investors, "{text}");
    }
}

#[test]
fn read_takes_all_raised_so_far_as_no_round() {
    let [metric] = &metrics("灵巧星累计融资金额已超过10亿元。")[..] else {
        panic!()
    };
    assert_eq!((metric.kind, &*metric.company), (MetricKind::TotalRaised, "灵巧星"));
    assert_eq!(metric.value.qualifier, Qualifier::MoreThan);
    assert_eq!(rounds("灵巧星累计融资金额已超过10亿元。"), []);
}

#[test]
fn read_takes_figures() {
    let metrics = metrics("Northlamp上半年营收3.2亿美元，同比增长120%，净亏损4500万美元。");
    let told: Vec<_> = metrics
        .iter()
        .map(|metric| {
            (metric.kind, metric.value.low.unwrap().to_string(), metric.period.as_deref())
        })
        .collect();
    assert_eq!(
        told,
        [
            (MetricKind::Revenue, "320000000".to_owned(), Some("H1 2026")),
            (MetricKind::Loss, "45000000".to_owned(), Some("H1 2026")),
        ]
    );
}

#[test]
fn read_tells_whose_figure_is_expected() {
    let [metric] = &metrics("Northlamp预计2027年营收将达12亿美元。")[..] else {
        panic!()
    };
    assert_eq!((metric.status, metric.period.as_deref()), (MetricStatus::Projected, Some("2027")));
    assert_eq!(metrics("高盛预计2027年营收将达12亿美元。"), []);
    assert_eq!(metrics("高盛预计Northlamp营收将达12亿美元。"), []);
}

#[test]
fn read_takes_nothing_of_other_money() {
    for text in [
        "灵巧星拟赴港上市，募资10亿港元。",
        "灵巧星公告，拟定增募资不超过2亿元。",
        "海河资本完成新一期20亿元人民币基金募集。",
        "海河资本完成20亿元融资。",
        "灵巧星以3亿元收购北斗核。",
        "灵巧星获得5亿元银行贷款。",
        "灵巧星获融资买入12.3亿元，融资余额200亿元。",
        "谷歌向Northlamp投资20亿美元建设数据中心。",
        "灵巧星获5亿元订单。",
        "灵巧星市值突破1000亿元。",
        "灵巧星否认完成5亿元融资。",
        "海河集团完成对灵巧星的2亿元战略投资。",
        "灵巧星新品售价2999元，用户达3亿。",
    ] {
        assert_eq!(rows(text), [], "{text}");
    }
}

#[test]
fn read_takes_rounds_by_who_leads_them() {
    for text in [
        "具身智能“独角兽”灵巧星获海河基金5亿元领投，带动产业。",
        "Northlamp获海河基金领投5亿元构建平台。",
    ] {
        let round = only_round(text);
        assert!(["灵巧星", "Northlamp"].contains(&&*round.company), "{round:?}");
        assert_eq!(raised(&round).as_deref(), Some("500000000"), "{text}");
        assert_eq!(round.lead_investors, ["海河基金"], "{text}");
    }
}

#[test]
fn read_takes_a_stake_told_without_a_preposition() {
    for text in ["海河集团50亿美元投资Northlamp。", "海河集团斥资50亿美元入股Northlamp。"]
    {
        let round = only_round(text);
        assert_eq!((&*round.company, round.kind), ("Northlamp", RoundKind::Strategic), "{text}");
        assert_eq!(raised(&round).as_deref(), Some("5000000000"), "{text}");
        assert_eq!(round.lead_investors, ["海河集团"], "{text}");
    }
    assert_eq!(rows("海河集团50亿美元投资Northlamp数据中心园区。"), []);
}

#[test]
fn read_takes_figures_that_came_to_an_amount() {
    let told: Vec<_> = metrics(
        "Northlamp公布了二季度业绩。Northlamp营收同比增长16%，至3亿美元；营业利润微降0.2%，至5000万美元；\
         其云业务运营亏损 2000 万美元。",
    )
    .into_iter()
    .map(|metric| (metric.kind, metric.value.low.unwrap().to_string(), metric.period, metric.scope))
    .collect();
    let quarter = || Some("Q2 2026".to_owned());
    assert_eq!(
        told,
        [
            (MetricKind::Revenue, "300000000".to_owned(), quarter(), None),
            (MetricKind::Profit, "50000000".to_owned(), quarter(), None),
            (MetricKind::Loss, "20000000".to_owned(), quarter(), Some("云业务".to_owned())),
        ]
    );
    assert_eq!(metrics("Northlamp二季度营收增长3亿美元。"), []);
}

#[test]
fn read_takes_the_amount_before_its_figure() {
    let [metric] = &metrics("Northlamp到2030年实现120亿美元的收入。")[..] else {
        panic!()
    };
    assert_eq!((metric.kind, metric.status), (MetricKind::Revenue, MetricStatus::Projected));
    assert_eq!(metric.period.as_deref(), Some("2030"));
}
