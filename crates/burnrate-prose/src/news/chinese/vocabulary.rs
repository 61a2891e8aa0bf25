//! Lists of words about names.

use std::sync::LazyLock;

/// A list of words.
type Words = LazyLock<Vec<&'static str>>;

/// Words after which the name of a company begins.
pub(super) static DESCRIPTORS: Words = LazyLock::new(|| {
    "公司 企业 独角兽 服务商 提供商 供应商 开发商 运营商 制造商 厂商 平台 品牌 龙头 巨头 \
         初创 团队 机构 社区 协议 项目 旗下 工具 工作室 实验室 新秀 黑马 应用 公链 钱包 交易所 \
         基础设施 生态 市场 游戏 创企 车企 药企 大厂 子公司"
        .split_whitespace()
        .collect()
});

/// Words after which the name of an investor begins.
pub(super) static ROLES: Words = LazyLock::new(|| {
    "旗下 联合创始人 创始合伙人 创始人 合伙人 首席执行官 董事长 CEO 老股东 新股东 股东 \
         投资方 投资人 投资者 投资机构 机构 上市公司 科技公司 公司 企业 平台 巨头 包括 以及 龙头 \
         还有 来自 产业方 资本方 财团 独角兽"
        .split_whitespace()
        .collect()
});

/// Words that only say when or how, before a subject.
pub(super) static BEFORE: Words = LazyLock::new(|| {
    "36氪独家获悉 36氪获悉 硬氪获悉 获悉 据悉 近日 日前 近期 今日 昨日 独家 首发 目前 随后 \
         此外 同时 其中 截至目前 上半年 下半年 今年 去年 此前 而 另外 继 并 且 快讯 消息 最新 \
         刚刚 近来 不久前 报道 称 透露 表示 曝 也 AI圈 早报 晚报"
        .split_whitespace()
        .collect()
});

/// Words that only say when or how, after a subject.
pub(super) static AFTER: Words = LazyLock::new(|| {
    "到 至 以 按 拟以 正以 宣布以 本周 上周 最近 据悉已 也已 于近期 去年 前年 本季度 实现 实现了 \
         录得 第三财季 第二财季 第一财季 第四财季 全年实现 近日 日前 近期 今日 昨日 已经 已 宣布 \
         官宣 正式 正在 正 于 在 今年 现已 也 还 又 再次 再度 连续 成功 顺利 刚刚 率先 对外 确认 \
         披露 主动 将 再 公告 称 表示 曾 均 的 完成了 上半年 下半年 据悉 或 独家 目前 为 此前 \
         对外宣布 首次 后期 早期 新一轮 股权 外部 其 最新 旗下 发布公告 则 通过 同步 全年 半年度 \
         一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度 单季 当季 季度 上季度 \
         集团上半年"
        .split_whitespace()
        .collect()
});

/// What a subject does with others, or for others.
pub(super) static WITH: Words = LazyLock::new(|| {
    "正在与 正与 与投资 与多家 与潜在 向投资 向多家 同投资 在与 已与 正以 正就 就新 拟以"
        .split_whitespace()
        .collect()
});

/// Words that stand for the company just named.
pub(super) static PRONOUNS: Words = LazyLock::new(|| {
    "金额 总金额 规模 总规模 总额 公司 该公司 其 该企业 企业 它 我们 该项目 该平台 双方 前者 这家公司 这家初创公司 \
         该初创公司 本轮 该机构 这家企业 这家初创企业 该集团 集团 并 且 原定 其中 整个 合计 当期 \
         报告期内 报告期 期内"
        .split_whitespace()
        .collect()
});

/// What no name holds.
pub(super) static NO_NAME: Words = LazyLock::new(|| {
    "。 ， 、 ； ： ？ ！ 《 》 … 多家 数家 若干 一家 知名 各 投资者 投资人 行业 领域 赛道 \
         产业链 全球 我国 国内 海外 市场 今年 去年 上半年 下半年 每年 数据显示 已披露 创业 获得 \
         完成 成立 多方 用于 同比 环比 这 那 该 亿 万元 % 年 实现 明确 预测 经调整 其中 利润 \
         业务 财季 季度 解决方案 押注 入局 一签 从 有关 之后 以来 正在 没有 不 超过 成为 如何 \
         什么 为何 与 基金经理 项目总"
        .split_whitespace()
        .collect()
});

/// Endings by which a phrase is of several or of none.
pub(super) static GENERIC: Words = LazyLock::new(|| {
    "机构 股东 公司 企业 投资者 投资人 投资方 产业方 资方 项目 家 基金们 财团 方 创始人 团队 \
         厂商 巨头 平台 行业 领域 地方国资 国资 产业资本 社会资本 战略合作方 资金 工具 投资机构 \
         上市公司 头部 风投 家族办公室 的基金 个人 员工 管理层 客户 产品 签 系统 部门 补充"
        .split_whitespace()
        .collect()
});

/// Endings of names of investors, after which 和 joins another.
pub(super) static INVESTOR_ENDS: Words = LazyLock::new(|| {
    "资本 创投 投资 基金 集团 科技 战投 控股 证券 银行 国际 产投 科创 股份 风投 创新 保险 \
         汽车 传媒 智能 电子 信息 云启 红杉中国 中国 腾讯 阿里巴巴 百度 小米 华为 美团 京东 蚂蚁 \
         字节跳动 英伟达 软银 谷歌 微软 亚马逊 高盛 淡马锡 真格 高瓴"
        .split_whitespace()
        .collect()
});

/// Words that count investors instead of naming them.
pub(super) static MANY: Words = LazyLock::new(|| {
    "这两 这些 这家 新老投资 一线 知名 头部 向 十多 十余 多名 多位 数家 数位 某 各路 各方"
        .split_whitespace()
        .collect()
});
