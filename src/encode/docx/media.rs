//! The files of pictures, and the parts that hold them (ECMA-376 15.2.14).

use std::collections::BTreeMap;

use super::package::Part;
use crate::diagnostic::{Diagnostics, Kind};
use crate::ooxml::names_picture;
use crate::tree::picture_kind::kind_of;
use crate::tree::{Document, Location, Picture};

/// The pictures of a document, and those of them that are shown.
#[derive(Debug)]
pub(super) struct Media<'a> {
    /// The files that images name, by target.
    pub(super) by_target: BTreeMap<&'a str, &'a Picture>,
    /// The files shown so far: number by target, from 1.
    pub(super) shown: BTreeMap<&'a str, usize>,
    /// Their names inside `word/`, by number.
    pub(super) names: Vec<String>,
    /// Relationship ids of the part that is being written, by number.
    pub(super) related: BTreeMap<usize, String>,
    /// How many drawings there are: each has an id of its own (20.4.2.5).
    pub(super) drawings: usize,
}

impl<'a> Media<'a> {
    /// The pictures of a document, none shown yet.
    pub(super) fn new(document: &'a Document) -> Self {
        let pictures = document.pictures.iter().rev();
        Self {
            by_target: pictures.map(|picture| (picture.target.as_str(), picture)).collect(),
            shown: BTreeMap::new(),
            names: Vec::new(),
            related: BTreeMap::new(),
            drawings: 0,
        }
    }

    /// Goes on to another part, which has relationships of its own.
    pub(super) fn next_part(&mut self) {
        self.related.clear();
    }

    /// Reports the files that are not shown, for Word files hold no others.
    pub(super) fn report_unshown(&self, diagnostics: &mut Diagnostics) {
        for (target, _) in self.by_target.iter().filter(|(target, _)| !self.shown.contains_key(*target)) {
            let message = message!("no picture in the Word file is from the file {target}", target = *target);
            diagnostics.report(Kind::Dropped, "picture-file", Location::Whole, message);
        }
    }

    /// The parts.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let mut shown: Vec<_> = self.shown.iter().collect();
        shown.sort_by_key(|(_, number)| **number);
        let part = |(target, number): (&&str, &usize)| {
            let picture = self.by_target.get(*target)?;
            let name = format!("word/{}", self.names.get(number - 1)?);
            Some(Part::picture(name, kind_of(&picture.bytes)?.media_type, &picture.bytes))
        };
        shown.into_iter().filter_map(part).collect()
    }
}

/// Where Word files keep their pictures.
const FOLDER: &str = "word/media/";

/// The name that a picture from a Word file had there.
fn own_name(target: &str) -> Option<&str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    target.strip_prefix(FOLDER).filter(|name| names_picture(name) && name.chars().all(plain))
}

impl Media<'_> {
    /// Names the part of the next picture: as it was called in the Word file it came from, or by its number.
    pub(super) fn name(&mut self, number: usize, picture: &Picture) {
        let taken = |name: &String| {
            let own = self.by_target.keys().filter_map(|target| own_name(target));
            own.chain(self.names.iter().filter_map(|name| name.strip_prefix("media/")))
                .any(|other| format!("media/{other}").eq_ignore_ascii_case(name))
        };
        let own = own_name(&picture.target).map(|own| format!("media/{own}"));
        let own = own.filter(|own| !self.names.iter().any(|name| name.eq_ignore_ascii_case(own)));
        let name = own.unwrap_or_else(|| {
            let extension = kind_of(&picture.bytes).map_or("bin", |kind| kind.extension);
            let mut names = (number..).map(|number| format!("media/image{number}.{extension}"));
            names.find(|name| !taken(name)).unwrap_or_default()
        });
        self.names.push(name);
    }
}
