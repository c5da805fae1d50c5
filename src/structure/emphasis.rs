//! What stands out in print: text that is larger than that of most paragraphs, bold, or in a face for headings.
//!
//! Only Word files and Markdown say so. What most of the text has is the body's and stands out nowhere.

use crate::tree::{Document, Face, Inline, InlineStyle};

use super::line::Line;

/// How a line is set against the body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Emphasis {
    /// Larger by two points or more.
    pub large: bool,
    /// Bold or in a face for headings as a whole, where the body is not.
    pub strong: bool,
    /// What sets it off, for comparison with others: size, bold, face.
    pub look: (u16, bool, Option<Face>),
}

/// Half points by which a title or a heading is larger than the text.
const LARGER: u16 = 4;

/// Compares every line with the body, which is what most characters are set in.
pub(super) fn weigh(lines: &mut [Line], document: &Document) {
    let looks: Vec<(u16, bool, Option<Face>)> = lines.iter().map(|line| look(line, document)).collect();
    let mut sizes = std::collections::BTreeMap::<u16, usize>::new();
    let (mut bold, mut all) = (0usize, 0usize);
    let mut faces = std::collections::BTreeMap::<Option<u8>, usize>::new();
    for (line, (size, strong, face)) in lines.iter().zip(&looks) {
        let weight = line.length;
        *sizes.entry(*size).or_default() += weight;
        *faces.entry(face.map(|face| face as u8)).or_default() += weight;
        bold += if *strong { weight } else { 0 };
        all += weight;
    }
    let most = |counts: &std::collections::BTreeMap<u16, usize>| {
        counts.iter().max_by_key(|(_, weight)| **weight).map_or(0, |(size, _)| *size)
    };
    let body = most(&sizes);
    let face = faces.iter().max_by_key(|(_, weight)| **weight).and_then(|(face, _)| *face);
    let bold_body = bold * 2 > all;
    for (line, look) in lines.iter_mut().zip(looks) {
        let (size, strong, own) = look;
        let heading_face = own.is_some_and(|own| {
            matches!(own, Face::BiaoSong | Face::Hei | Face::Kai) && Some(own as u8) != face
        });
        line.emphasis = Emphasis {
            large: body > 0 && size >= body + LARGER,
            strong: strong && !bold_body || heading_face,
            look,
        };
    }
}

/// The look of a whole line; in Markdown, and in runs that are set apart, strong text round all of it is bold.
fn look(line: &Line, document: &Document) -> (u16, bool, Option<Face>) {
    let strong = document.blocks[line.block].paragraph().is_some_and(|paragraph| {
        matches!(paragraph.content.as_slice(), [Inline::Styled(InlineStyle::Strong, _)])
    });
    (line.appearance.size, line.appearance.bold || strong, line.appearance.face)
}
