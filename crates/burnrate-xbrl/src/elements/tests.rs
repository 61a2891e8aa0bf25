use super::*;

/// The elements in the order in which they end, those without an end in brackets, and the damage.
fn ends(text: &str) -> (Vec<String>, Vec<String>) {
    let mut elements = Elements::new(text);
    let mut found = Vec::new();
    while let Some(event) = elements.next() {
        if let Event::End(end) = event {
            let content = &text[end.content.clone()];
            let name = end.element.tag.name;
            found.push(if end.is_closed {
                format!("{name}:{content}")
            } else {
                format!("({name})")
            });
        }
    }
    (found, elements.damage.into_iter().map(|(_, reason)| reason).collect())
}

#[test]
fn elements_of_the_page_are_not_followed() {
    let (found, damage) = ends("<p><br>a<x:b>c<i>d</x:b></i></p></p>");
    assert_eq!((found, damage), (vec!["x:b:c<i>d".to_owned()], vec![]));
}

#[test]
fn a_scope_ends_where_its_own_element_does() {
    let text = "<div xmlns:x='urn:x'><x:a><div>b</div></x:a><div></div></div><x:c/>";
    let mut elements = Elements::new(text);
    let mut namespaces = Vec::new();
    while let Some(event) = elements.next() {
        if let Event::Start(element) = event {
            namespaces.push((element.local, element.namespace));
        }
    }
    assert_eq!(namespaces, [("a", Some("urn:x")), ("c", None)]);
    assert_eq!(elements.damage, []);
}

#[test]
fn an_elements_own_bindings_hold_at_its_end() {
    let mut elements = Elements::new("<a:b xmlns:a='urn:a'>a:c</a:b>");
    while let Some(event) = elements.next() {
        if let Event::End(_) = event {
            assert_eq!(elements.namespaces.namespace("a"), Some("urn:a"));
        }
    }
    assert_eq!(elements.namespaces.namespace("a"), None);
}

#[test]
fn an_element_without_an_end_ends_with_the_one_around_it() {
    let (found, damage) = ends("<x:a><x:b>c</x:a></x:b>");
    assert_eq!(found, ["(x:b)", "x:a:<x:b>c"]);
    assert_eq!(damage, ["`<x:b>` is not closed", "`</x:b>` closes nothing"]);
}

#[test]
fn a_default_namespace_makes_names_without_a_prefix_count() {
    let (found, _) =
        ends("<xbrl xmlns='urn:x'><unit/><p xmlns='http://www.w3.org/1999/xhtml'><b/></p></xbrl>");
    let names: Vec<_> = found.iter().map(|text| text.split(':').next().unwrap()).collect();
    assert_eq!(names, ["unit", "xbrl"]);
}

#[test]
fn damage_is_not_listed_without_end() {
    let (_, damage) = ends(&"</x:a>".repeat(5000));
    assert_eq!(damage.len(), DAMAGES + 1);
    assert_eq!(damage.last().unwrap(), "more of the markup is wrong from here on");
}
