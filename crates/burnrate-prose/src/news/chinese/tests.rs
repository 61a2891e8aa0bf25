use super::*;

#[test]
fn debug() {
    let text = "韩国芯片企业DeepX近日完成新一轮融资。DeepX已签署D轮融资的首批协议，从现有投资方BNW Investment Co.和DS Asset Management Co.处获得420亿韩元资金。";
    let money = han::amounts(text);
    for s in sentences(text) {
        for t in words::tokens(text, s, &money) {
            println!("{:?} {}", t.word, &text[t.span.clone()]);
        }
    }
    println!("{:?}", read(&Article { text, title: None, published: None }));
    println!("{:?}", names::items("现有投资方BNW Investment Co.和DS Asset Management Co."));
    let text = "芯擎科技完成超2亿美元融资，老股东持续跟投，投资方覆盖汽车半导体、智慧交通领域。";
    let money = han::amounts(text);
    for s in sentences(text) {
        for t in words::tokens(text, s, &money) {
            println!("{:?} {}", t.word, &text[t.span.clone()]);
        }
    }
    println!("{:?}", read(&Article { text, title: None, published: None }));
}
