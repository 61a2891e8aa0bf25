//! The words that rules on Chinese news are made of.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::news::han::Money;
use crate::news::{MetricKind, RoundKind, ValuationBasis};

/// What a word means to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// An amount of money, by its index.
    Amount(usize),
    /// The name of a round, with what extends it.
    Round(RoundKind, Option<&'static str>),
    /// The how-manieth round.
    Ordinal(u8),
    /// Money was got: 完成, 获得.
    Done,
    /// Money is sought: 洽谈, 拟.
    Talks,
    /// A source without a name: 知情人士, 据悉.
    Hearsay,
    /// 融资
    Financing,
    /// All of it so far: 累计.
    Cumulative,
    /// 估值
    Valuation(Option<ValuationBasis>),
    /// Led by those before it.
    Lead,
    /// Joined by those before it.
    Follow,
    /// Those after it invested.
    Investors,
    /// Of those before it nothing is said but that they advise.
    Adviser,
    /// A figure of the company.
    Metric(MetricKind),
    /// It is expected: 预计.
    Expected,
    /// The round just told of: 本轮.
    This,
    /// An earlier time: 此前.
    Earlier,
    /// The sentence tells of other money than rounds.
    Other,
    /// Says nothing.
    Filler,
    Comma,
    Open,
    Close,
    /// Anything else: names and what describes them.
    Text,
}

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) span: Range<usize>,
}

/// Words by their meaning. The longest that fits is taken.
const WORDS: &[(Word, &[&str])] = &[
    (
        Word::Done,
        &[
            "完成",
            "获得",
            "再获",
            "获",
            "斩获",
            "揽获",
            "喜获",
            "拿下",
            "筹集",
            "筹得",
            "融得",
            "募得",
            "募集了",
            "签署",
            "再融",
            "连获",
            "收获",
        ],
    ),
    (
        Word::Talks,
        &[
            "洽谈",
            "商谈",
            "谈判",
            "磋商",
            "寻求",
            "计划",
            "拟",
            "启动",
            "开启",
            "重启",
            "考虑",
            "筹备",
            "接近",
            "有望",
            "将",
            "目标",
            "准备",
            "谋求",
            "筹划",
            "酝酿",
            "讨论",
            "开始",
            "推进",
            "希望",
            "正进行",
            "正在进行",
            "接洽",
            "预计",
            "敲定中",
            "进入尾声",
            "交割当中",
            "交割中",
            "正以",
            "正就",
            "正寻求",
            "正与",
            "正在与",
            "正在寻求",
            "正在交割",
        ],
    ),
    (
        Word::Hearsay,
        &[
            "知情人士",
            "消息人士",
            "据悉",
            "据报道",
            "报道称",
            "消息称",
            "被曝",
            "曝",
            "据传",
            "据称",
            "传闻",
            "交易人士",
            "媒体报道",
            "外媒",
        ],
    ),
    (
        Word::Financing,
        &[
            "融资",
            "融资额",
            "融资金额",
            "融资规模",
            "融资总额",
            "融资款",
            "募资",
            "募集资金",
            "股权融资",
        ],
    ),
    (Word::Cumulative, &["累计", "累积", "总融资", "合计", "总计"]),
    (Word::Valuation(None), &["估值"]),
    (Word::Valuation(Some(ValuationBasis::PreMoney)), &["投前估值", "投前"]),
    (Word::Valuation(Some(ValuationBasis::PostMoney)), &["投后估值", "投后"]),
    (
        Word::Lead,
        &["领投", "共同领投", "联合领投", "独家领投", "联合共同领投", "主投", "多方联合领投"],
    ),
    (
        Word::Follow,
        &[
            "跟投",
            "参投",
            "参与投资",
            "参与本轮",
            "参与了本轮",
            "参与",
            "联合投资",
            "共同投资",
            "独家投资",
            "战略投资",
            "追投",
            "超额追投",
            "追加投资",
            "加注",
            "大额加注",
            "加码",
            "注资",
            "联合注资",
            "共同注资",
            "继续加码",
            "入股",
            "联合出资",
            "等投资",
            "增持",
        ],
    ),
    (
        Word::Investors,
        &[
            "投资方包括",
            "投资方为",
            "投资方有",
            "资方为",
            "投资人包括",
            "投资者包括",
            "投资机构包括",
            "股东包括",
            "参投方包括",
            "领投方为",
            "跟投方包括",
        ],
    ),
    (Word::Adviser, &["财务顾问", "融资顾问", "法律顾问", "FA", "项目孵化", "孵化"]),
    (
        Word::Metric(MetricKind::Revenue),
        &["营收", "营业收入", "总收入", "营业总收入", "销售收入", "收入"],
    ),
    (
        Word::Metric(MetricKind::RevenueRunRate),
        &["年化收入", "年化营收", "年化营业收入", "年化销售额", "年化收入规模"],
    ),
    (Word::Metric(MetricKind::Arr), &["年度经常性收入", "年化经常性收入", "年经常性收入", "ARR"]),
    (
        Word::Metric(MetricKind::Profit),
        &[
            "净利润",
            "营业利润",
            "经营利润",
            "运营利润",
            "归母净利润",
            "归属于上市公司股东的净利润",
            "纯利",
            "净利",
        ],
    ),
    (
        Word::Metric(MetricKind::Loss),
        &[
            "亏损",
            "净亏损",
            "净利润亏损",
            "归母净利润亏损",
            "经营亏损",
            "运营亏损",
            "营业亏损",
            "归母净亏损",
        ],
    ),
    (Word::Metric(MetricKind::Capex), &["资本开支", "资本支出"]),
    (Word::Metric(MetricKind::CashBurn), &["烧钱", "现金消耗", "烧掉"]),
    (
        Word::Expected,
        &["预测", "或达到", "或", "预期", "预估", "指引", "或达", "或将达", "有望达", "将达"],
    ),
    (Word::This, &["本轮", "本次", "此次", "该轮", "此轮", "这轮", "这一轮", "本笔", "最新一轮"]),
    (
        Word::Earlier,
        &[
            "此前",
            "上一轮",
            "早前",
            "曾于",
            "曾在",
            "去年",
            "上年同期",
            "继",
            "前一轮",
            "个月前",
            "年前",
        ],
    ),
    (
        Word::Other,
        &[
            "担保",
            "定增",
            "增发",
            "特定对象",
            "特定投资者",
            "发行股票",
            "发行股份",
            "首次公开募股",
            "首次公开发行",
            "公开发行",
            "IPO",
            "上市",
            "发债",
            "债券",
            "债务",
            "贷款",
            "借款",
            "可转债",
            "票据",
            "收购",
            "融资买入",
            "融资净买入",
            "融资偿还",
            "融资净偿还",
            "净买入",
            "主力资金",
            "定向增发",
            "配股",
            "REIT",
            "永续债",
            "授信",
            "信托",
            "并购",
            "回购",
            "涌入",
            "补贴",
            "拨款",
            "罚款",
            "和解",
            "市值",
            "叫停",
            "暂停",
            "否认",
            "不实",
            "辟谣",
            "终止",
            "取消",
            "未能",
            "泡汤",
            "融资租赁",
            "投融资",
            "基金募集",
            "募集基金",
            "首期关账",
            "终关",
            "新基金",
            "再融资计划",
            "行业",
            "赛道融资",
        ],
    ),
    (
        Word::Filler,
        &[
            "新一轮",
            "股权",
            "外部",
            "独立",
            "追加",
            "规模",
            "人民币",
            "的",
            "总额",
            "系列",
            "超额",
            "后期",
            "早期",
            "轮",
            "了",
            "资金",
            "首次",
            "额",
            "金额",
            "总金额",
            "达",
            "达到",
            "为",
            "高达",
            "共",
            "已",
            "宣布",
            "级",
            "近日",
            "成功",
            "独家",
            "顺利",
            "逾额",
            // "营收增长16%，至3亿元" goes on with the figure.
            "，至",
            "一笔",
            "正式",
            "总规模",
            "等",
        ],
    ),
    (Word::Ordinal(1), &["首轮", "第一轮", "首笔"]),
    (Word::Ordinal(2), &["第二轮", "二轮"]),
    (Word::Ordinal(3), &["第三轮", "三轮"]),
    (Word::Comma, &["，", "，至今", "，至此", "，至于", "；", ";", "：", ": ", "！", "？", "…"]),
    (Word::Open, &["（", "("]),
    (Word::Close, &["）", ")"]),
    // What holds a word of the above but does not mean it.
    (
        Word::Text,
        &[
            "获悉",
            "获批",
            "获取",
            "获奖",
            "获益",
            "荣获",
            "模拟",
            "虚拟",
            "上市公司",
            "融资本",
            "融资余额",
            "融资融券",
            "融资成本",
            "融资环境",
            "融资需求",
            "融资产",
            "融资客",
            "Pre-IPO",
            "Pre IPO",
            "PreIPO",
            "Pre-IPO轮",
            "Pre IPO轮",
            "将军",
            "参与者",
            "收入囊",
            "投资者",
            "新上市",
            "领投人",
            "完成度",
            "完成交易",
            "FAIR",
            "行业龙头",
            "行业头部",
            "行业领先",
        ],
    ),
    (Word::Financing, &["融资本轮", "融资本次"]),
    (
        Word::Round(RoundKind::Strategic, None),
        &["战略融资", "战略股权融资", "战略轮", "战略投资轮"],
    ),
];

/// The words of `text[span]`; `money` are the amounts of the text in order.
pub(super) fn tokens(text: &str, span: Range<usize>, money: &[Money]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut amount = money.partition_point(|money| money.span.start < span.start);
    let mut at = span.start;
    while at < span.end {
        if money.get(amount).is_some_and(|money| money.span.start == at) {
            tokens.push(Token { word: Word::Amount(amount), span: money[amount].span.clone() });
            at = money[amount].span.end;
            amount += 1;
            continue;
        }
        let limit = money.get(amount).map_or(span.end, |money| money.span.start.min(span.end));
        let (word, length) = word_at(&text[at..limit]);
        push(&mut tokens, word, at..at + length);
        at += length;
    }
    tokens
}

/// Adds a word; characters that are none are joined, and so are words of `Text` to them.
fn push(tokens: &mut Vec<Token>, word: Word, span: Range<usize>) {
    if let (Word::Text, Some(last)) = (word, tokens.last_mut())
        && last.word == Word::Text
        && last.span.end == span.start
    {
        last.span.end = span.end;
        return;
    }
    tokens.push(Token { word, span });
}

/// The word at the beginning of `rest`, or one character of text.
fn word_at(rest: &str) -> (Word, usize) {
    if let Some((kind, modifier, length)) = super::series::read(rest) {
        return (Word::Round(kind, modifier), length);
    }
    let Some(first) = rest.chars().next() else { return (Word::Text, 1) };
    let forms = INDEX.get(&first).map_or(&[][..], Vec::as_slice);
    if let Some((form, word)) = forms.iter().find(|(form, _)| begins_with(rest, form)) {
        return (*word, form.len());
    }
    // Latin words are taken whole: the "FA" of "FAST" is no adviser.
    let latin = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (Word::Text, latin.max(first.len_utf8()))
}

/// Whether a text begins with a word, and not with a longer one in Latin letters.
fn begins_with(rest: &str, form: &str) -> bool {
    let after = rest.strip_prefix(form);
    let is_latin = form.ends_with(|c: char| c.is_ascii_alphanumeric());
    after.is_some_and(|after| !is_latin || !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// The words by their first character, the longest first.
static INDEX: LazyLock<BTreeMap<char, Vec<(&'static str, Word)>>> = LazyLock::new(|| {
    let mut index: BTreeMap<char, Vec<(&'static str, Word)>> = BTreeMap::new();
    for (word, forms) in WORDS {
        for form in *forms {
            let first = form.chars().next().unwrap_or_default();
            index.entry(first).or_default().push((form, *word));
        }
    }
    for forms in index.values_mut() {
        forms.sort_by_key(|(form, _)| Reverse(form.len()));
    }
    index
});
