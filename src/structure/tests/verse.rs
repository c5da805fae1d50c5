//! Verses.

use super::{decode, recognise};
use crate::diagnostic::Diagnostics;
use crate::tree::{BlockKind, Paragraph};

const AROUND: [&str; 2] =
    ["致辞\n\n各位来宾：\n\n　　正如诗中所写：\n", "　　让我们携手并进，共同迎接新的一年。\n"];

fn quoted(verse: &str) -> Vec<String> {
    let mut document = decode(&format!("{}{verse}{}", AROUND[0], AROUND[1]));
    let mut diagnostics = Diagnostics::default();
    recognise(&mut document, &mut diagnostics);
    let said = diagnostics.iter().filter(|found| found.code == "verse").count();
    let quotes = document.blocks.into_iter().filter_map(|block| {
        let BlockKind::Quote(blocks) = block.kind else { return None };
        Some(blocks)
    });
    let lines: Vec<String> =
        quotes.flatten().filter_map(|block| block.paragraph().map(Paragraph::text)).collect();
    assert_eq!(said, usize::from(!lines.is_empty()));
    lines
}

#[test]
fn lines_of_one_length_that_are_set_in_are_a_verse() {
    let verse = "　　　　春风又绿江南岸，\n　　　　明月何时照我还。\n";
    assert_eq!(quoted(verse), ["春风又绿江南岸，", "明月何时照我还。"]);
    for other in [
        // As far in as the text; of two lengths; no end; not all words; one line.
        "　　春风又绿江南岸，\n　　明月何时照我还。\n",
        "　　　　春风又绿江南岸，\n　　　　明月照我还。\n",
        "　　　　春风又绿江南岸，\n　　　　明月何时照我还，\n",
        "　　　　1.春风又绿岸，\n　　　　2.明月何时照。\n",
        "　　　　春风又绿江南岸。\n",
    ] {
        assert!(quoted(other).is_empty(), "{other}");
    }
}
