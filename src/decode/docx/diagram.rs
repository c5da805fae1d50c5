//! The text of charts and of SmartArt, which have parts of their own (ECMA-376 21.2, 21.4).

use std::collections::{BTreeMap, BTreeSet};

use super::inline::plain_text;
use super::package::{Package, Part};
use super::xml::{Element, Ns, Tree};
use crate::diagnostic::Diagnostics;

/// The texts of the SmartArt drawings that a part refers to, by the names of their parts.
pub(super) fn read(
    package: &mut Package<'_>,
    document: &Part,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Vec<String>> {
    let data = document.relationships.of_kind("diagramData").filter(|data| !data.external);
    let texts = data.filter_map(|data| {
        let tree = super::side_tree(package, &data.target, diagnostics)?;
        Some((data.target.clone(), lines(&tree)))
    });
    texts.collect()
}

/// The texts of a SmartArt drawing, one for each paragraph, a point before those below it (21.4.3).
fn lines(data: &Tree) -> Vec<String> {
    let lists = || data.root().children().flat_map(Element::children);
    let points = lists().filter(|element| element.tag() == (Ns::Dgm, "pt"));
    let points: Vec<(&str, Element<'_>)> =
        points.map(|point| (point.get("modelId").unwrap_or_default(), point)).collect();
    let by_id: BTreeMap<&str, Element<'_>> = points.iter().copied().rev().collect();
    let mut below: BTreeMap<&str, Vec<(u32, &str)>> = BTreeMap::new();
    for connection in lists().filter(|element| element.tag() == (Ns::Dgm, "cxn")) {
        let is_parent = connection.get("type").is_none_or(|kind| kind == "parOf");
        if let (true, Some(from), Some(to)) = (is_parent, connection.get("srcId"), connection.get("destId")) {
            let place = connection.get("srcOrd").and_then(|place| place.parse().ok()).unwrap_or(u32::MAX);
            below.entry(from).or_default().push((place, to));
        }
    }
    below.values_mut().for_each(|points| points.sort_unstable_by_key(|(place, _)| *place));
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    // The document first, then whatever hangs nowhere.
    let is_document = |(_, point): &&(&str, Element<'_>)| point.get("type") == Some("doc");
    let others = points.iter().filter(|point| !is_document(point));
    for point in points.iter().filter(is_document).chain(others) {
        let mut open = vec![*point];
        while let Some((id, point)) = open.pop() {
            if !seen.insert(point.id) {
                continue;
            }
            let text = plain_text(point);
            lines.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
            let points = below.get(id).into_iter().flatten().rev();
            open.extend(points.filter_map(|(_, id)| Some((*id, *by_id.get(id)?))));
        }
    }
    lines
}

/// The text of a chart: its titles, then a line for each series with its name, and those for its categories and values.
pub(super) fn chart(chart: &Tree) -> String {
    let mut text = String::new();
    for element in chart.root().subtree(|_| false) {
        match element.tag() {
            (Ns::A, "t") => text.push_str(&element.text()),
            (Ns::C, "v") => {
                text.push('\t');
                text.push_str(&element.text());
            }
            (Ns::A, "p") | (Ns::C, "tx" | "cat" | "val" | "xVal" | "yVal" | "bubbleSize")
                if !text.is_empty() && !text.ends_with('\n') =>
            {
                text.push('\n');
            }
            _ => {}
        }
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::ooxml::parse::parse;

    const NAMESPACES: &str = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
        xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' \
        xmlns:d='http://schemas.openxmlformats.org/drawingml/2006/diagram'";

    #[test]
    fn points_are_read_in_the_order_of_the_drawing() {
        let point = |id: u8, kind: &str, text: &str| {
            format!("<d:pt modelId='{id}'{kind}><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>")
        };
        let below =
            |from: u8, to: u8, place: u8| format!("<d:cxn srcId='{from}' destId='{to}' srcOrd='{place}'/>");
        let data = format!(
            "<d:dataModel {NAMESPACES}><d:ptLst>{}{}{}{}{}{}</d:ptLst><d:cxnLst>{}{}{}{}\
             <d:cxn srcId='4' destId='3' type='presOf'/></d:cxnLst></d:dataModel>",
            point(0, " type='doc'", ""),
            point(1, "", "综合科"),
            point(2, "", "办公室"),
            point(3, "", "督查科"),
            point(4, "", "孤点"),
            point(4, "", "同号"),
            below(0, 2, 0),
            below(2, 3, 1),
            below(2, 1, 0),
            below(3, 2, 0),
        );
        let tree = parse(data.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(lines(&tree), ["办公室", "综合科", "督查科", "孤点", "同号"]);
    }

    #[test]
    fn charts_are_lines_of_what_they_show() {
        let cached = |name: &str, values: &[&str]| {
            let points: String =
                values.iter().map(|value| format!("<c:pt><c:v>{value}</c:v></c:pt>")).collect();
            format!("<c:{name}><c:strRef><c:strCache>{points}</c:strCache></c:strRef></c:{name}>")
        };
        let data = format!(
            "<c:chartSpace {NAMESPACES}><c:chart><c:title><c:tx><a:p><a:r><a:t>产量</a:t></a:r></a:p></c:tx></c:title>\
             <c:ser>{}{}{}</c:ser></c:chart></c:chartSpace>",
            cached("tx", &["水稻"]),
            cached("cat", &["一月", "二月"]),
            cached("val", &["3", "4.5"]),
        );
        let tree = parse(data.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(chart(&tree), "产量\n水稻\n一月\t二月\n3\t4.5");
    }
}
