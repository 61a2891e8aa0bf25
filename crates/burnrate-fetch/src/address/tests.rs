use super::*;

#[test]
fn addresses_inside_a_network_are_not_public() {
    let inside = [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.9.9.9",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a00:1::1",
    ];
    for address in inside {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    let outside = [
        "8.8.8.8",
        "100.63.0.1",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ];
    for address in outside {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn urls_that_plainly_lead_inside_are_refused() {
    let guard =
        Guard { lookup: |_| Ok(Vec::new()), proxies: Arc::new(["proxy.example".into()].into()) };
    let check = |url: &str| guard.check(&Url::parse(url).unwrap());
    for url in [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::1]:8080/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://anything.localhost/",
        "http://proxy.example:3128/",
    ] {
        assert!(matches!(check(url), Err(FetchErrorKind::AddressRefused { .. })), "{url}");
    }
    for url in ["http://data.example/", "http://8.8.8.8/", "http://localhost.example/"] {
        assert!(check(url).is_ok(), "{url}");
    }
}

#[test]
fn one_address_inside_refuses_the_name() {
    let look_up = |lookup: Lookup, proxies: &[&str]| {
        let proxies = Arc::new(proxies.iter().map(|&name| name.to_owned()).collect());
        Guard { lookup, proxies }.look_up("data.example")
    };
    let outside: Lookup = |_| Ok(vec![[8, 8, 8, 8].into()]);
    let mixed: Lookup = |_| Ok(vec![[8, 8, 8, 8].into(), [10, 0, 0, 1].into()]);
    assert_eq!(look_up(outside, &[]).unwrap(), [IpAddr::from([8, 8, 8, 8])]);
    let refused = look_up(mixed, &[]).unwrap_err();
    assert_eq!(refused.to_string(), "data.example leads to 10.0.0.1");
    assert_eq!(look_up(mixed, &["data.example"]).unwrap().len(), 2);
}

#[test]
fn a_proxy_is_named_with_or_without_a_scheme() {
    for proxy in ["http://user:word@proxy.example:3128/", "proxy.example:3128", "proxy.example"] {
        assert_eq!(host(proxy).as_deref(), Some("proxy.example"), "{proxy}");
    }
    assert_eq!(host(""), None);
}
