//! Damage that the text already had when it was saved: it is valid, and yet not what was written.

use encoding_rs::GBK;

use super::Place;
use crate::diagnostic::{Diagnostics, Kind};
use crate::message::Message;

/// What is left where bytes of another encoding were once replaced, and how that came about.
fn remains() -> [(&'static str, Message); 2] {
    [
        (
            "\u{FFFD}",
            message!(
                "characters were replaced by U+FFFD before the file was saved; ask for the original file"
            ),
        ),
        (
            "锟斤拷",
            message!(
                "锟斤拷 is what is left where text was read in the wrong encoding and saved; ask for the original file"
            ),
        ),
    ]
}

/// Han characters below which a text that reads as UTF-8 by chance proves nothing.
const FEWEST: usize = 6;

/// What `，`, `。` and the commonest Han become when their UTF-8 is taken for GBK; rare characters otherwise.
const MISREAD: [&str; 8] = ["锛", "銆", "鐨", "鍏", "閫", "鎴", "涓", "鍦"];

/// False for a text in UTF-8 that has nothing of this, as nearly all: told by three bytes of each character, in pieces
/// without a branch, which the compiler turns into a few instructions for many bytes.
fn may_have_any(utf8: &[u8]) -> bool {
    const PIECE: usize = 1024;
    let pieces = |from: usize| utf8.get(from..).unwrap_or_default().chunks(PIECE);
    pieces(0).zip(pieces(1)).zip(pieces(2)).any(|((first, second), third)| {
        first.iter().zip(second).zip(third).fold(false, |found, ((&first, &second), &third)| {
            let replaced = (first == 0xEF) & (second == 0xBF);
            // 锟 and 锛 stand among common characters, 涓 too; the others are rare all round.
            let common = (first == 0xE9) & (second == 0x94) & ((third == 0x9F) | (third == 0x9B))
                | (first == 0xE6) & (second == 0xB6) & (third == 0x93);
            let rare = (first == 0xE9)
                & ((second == 0x8A)
                    | (second == 0x8D)
                    | (second == 0x8E)
                    | (second == 0x90)
                    | (second == 0x96));
            found | replaced | common | rare
        })
    })
}

/// Reports such damage at its first line. The text stays as it is. `replaced` says that U+FFFD stands for bytes of
/// this file, which are reported already.
pub(super) fn report(text: &str, replaced: bool, diagnostics: &mut Diagnostics) {
    if !may_have_any(text.as_bytes()) {
        return;
    }
    for (remains, message) in remains().into_iter().skip(usize::from(replaced)) {
        // `contains` is much faster than `find` where there is nothing.
        if text.contains(remains)
            && let Some(at) = text.find(remains)
        {
            let times = text.matches(remains).count();
            let message = message!("{message} (places: {times})", message, times);
            diagnostics.report(Kind::Inferred, "damaged-before", Place::of(text, at), message);
        }
    }
    if !MISREAD.iter().any(|sign| text.contains(sign)) {
        return;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(meant) = misread(line) {
            let message = message!(
                "UTF-8 that was read as GBK and saved; meant was: {meant}",
                meant = meant.chars().take(20).collect::<String>()
            );
            diagnostics.report(Kind::Inferred, "damaged-before", Place::of(text, at), message);
            return;
        }
        at += line.len();
    }
}

/// What a line was before its UTF-8 was taken for GBK: `閫氱煡` was `通知`.
fn misread(line: &str) -> Option<String> {
    let (bytes, _, lacking) = GBK.encode(line.trim());
    if lacking {
        return None;
    }
    // A character of three bytes may have lost its last one to the character after it.
    let meant: String = bytes.utf8_chunks().map(|chunk| chunk.valid()).collect();
    let faults = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let han = meant.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).count();
    (han >= FEWEST && faults * 8 <= han).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Location;

    fn found(text: &str) -> Vec<(Location, String)> {
        let mut diagnostics = Diagnostics::default();
        report(text, false, &mut diagnostics);
        diagnostics.into_vec().into_iter().map(|finding| (finding.at, finding.message.to_string())).collect()
    }

    #[test]
    fn remains_of_a_wrong_encoding_are_named_with_their_line() {
        let found = found("关于会议的通知\n各单位：\n请于锟斤拷锟斤拷日前报名\u{FFFD}。\n");
        assert_eq!(
            found.iter().map(|(at, _)| at.clone()).collect::<Vec<_>>(),
            [Location::Spot { line: 3, column: 13 }, Location::Spot { line: 3, column: 3 }]
        );
        assert!(found[1].1.ends_with("(places: 2)"), "{}", found[1].1);
    }

    #[test]
    fn utf8_taken_for_gbk_is_recognised_and_read() {
        let meant = "关于召开全市办公室主任会议的通知";
        let (misread, ..) = GBK.decode(meant.as_bytes());
        let found = found(&format!("第一行\n{misread}\n"));
        assert_eq!(found[0].0, Location::Spot { line: 2, column: 1 });
        assert!(found[0].1.contains("关于召开全市"), "{}", found[0].1);
    }

    #[test]
    fn all_signs_of_damage_are_told_by_three_bytes() {
        for sign in MISREAD.into_iter().chain(remains().map(|(remains, _)| remains)) {
            for before in ["", "一", "ab"] {
                assert!(may_have_any(format!("{before}{sign}").as_bytes()), "{sign}");
            }
        }
        assert!(!may_have_any("销售、消费、错误的钱款。".as_bytes()) && !may_have_any(b""));
    }

    #[test]
    fn ordinary_text_and_rare_characters_are_no_damage() {
        assert_eq!(found("关于召开会议的通知\n氱、鍏、鐨等字很少见，銆在古籍里才有。\n"), []);
    }
}
