//! What is taken of a reference document, and what it lacks, in words.

use std::collections::BTreeSet;

use super::Template;
use super::reference::Child;
use super::styles::Style;
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;
use crate::ooxml::{Geometry, TWIPS_PER_PT};
use crate::profile::PT_PER_MM;
use crate::tree::Location;

/// The code of what is said of a reference document.
const CODE: &str = "reference";

impl Template {
    /// Reports what the document takes of it and what it does not find there. `own` are our styles, `cited` those of them
    /// that the text has, by id; `numbered` says whether the profile numbers pages.
    pub(super) fn report(
        &self,
        own: &[Style],
        cited: &BTreeSet<String>,
        numbered: bool,
        geometry: Geometry,
        diagnostics: &mut Diagnostics,
    ) {
        let mut say = |kind, message: Message| diagnostics.report(kind, CODE, Location::Whole, message);
        for (name, message) in self.package.damaged() {
            let name = if name.is_empty() { &self.package.document } else { name };
            say(
                Kind::Noticed,
                message!("the reference document: {name}: {message}", name, message = message.clone()),
            );
        }
        let section = self.section();
        let margins = self.margins(&section);
        let there = margins.iter().flatten().count();
        let millimetres = |twips: i32| (f64::from(twips) / TWIPS_PER_PT / PT_PER_MM).round();
        say(
            Kind::Inferred,
            message!(
                "from the reference document: a page of {width} × {height} mm, {styles} styles, {margins} headers and footers",
                width = millimetres(geometry.width),
                height = millimetres(geometry.height),
                styles = self.styles.len(),
                margins = there
            ),
        );
        if !section.iter().any(|child| child.name == "w:pgSz") {
            say(
                Kind::Noticed,
                message!("the reference document states no size of the page; that of the profile is used"),
            );
        }
        if there < margins.len() {
            say(
                Kind::Noticed,
                message!(
                    "the reference document lacks {count} of the headers and footers that it names",
                    count = margins.len() - there
                ),
            );
        }
        let numbers = |part: &str| self.package.text(part).is_ok_and(|text| text.contains("PAGE"));
        if numbered && !margins.iter().flatten().any(|part| numbers(part)) {
            say(
                Kind::Noticed,
                message!("no footer of the reference document numbers the pages, so they bear no numbers"),
            );
        }
        let lacking = own.iter().filter(|style| cited.contains(&style.id) && self.find(style).is_none());
        let lacking: Vec<&str> = lacking.map(|style| style.name.as_str()).collect();
        if self.styles.is_empty() {
            say(
                Kind::Noticed,
                message!("the reference document has no styles; those of the profile are used"),
            );
        } else if !lacking.is_empty() {
            say(
                Kind::Noticed,
                message!(
                    "the reference document has no style for {styles}; those of the profile are added",
                    styles = lacking
                ),
            );
        }
    }

    /// The parts of the headers and footers that a section names; `None` for those that are not there.
    fn margins(&self, section: &[Child<'_>]) -> Vec<Option<&str>> {
        let named = section.iter().filter(|child| child.name.ends_with("erReference"));
        let part = |child: &Child<'_>| {
            let id = child.attribute("r:id")?;
            let (_, row) = self.package.of_document().find(|(other, _)| **other == id)?;
            self.package.part(&row.target)?;
            Some(row.target.as_str())
        };
        named.map(part).collect()
    }
}
