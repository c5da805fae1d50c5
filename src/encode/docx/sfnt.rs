//! A subset as a font file of its own: what Word needs beside outlines (OpenType 1.9, `cmap`, `OS/2`, `name`).

use std::collections::BTreeMap;

/// The tables of a font file, by tag.
#[derive(Debug, Default)]
pub(super) struct Tables<'a>(BTreeMap<[u8; 4], std::borrow::Cow<'a, [u8]>>);

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()
}

impl<'a> Tables<'a> {
    /// Reads the directory of a file with a single face; `None` for what is none.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let mut tables = BTreeMap::new();
        for index in 0..usize::from(u16_at(file, 4)?) {
            let at = 12 + index * 16;
            let tag: [u8; 4] = file.get(at..at + 4)?.try_into().ok()?;
            let start = u32_at(file, at + 8)?;
            let table = file.get(start..start.checked_add(u32_at(file, at + 12)?)?)?;
            tables.insert(tag, table.into());
        }
        Some(Self(tables))
    }

    pub(super) fn get(&self, tag: [u8; 4]) -> Option<&[u8]> {
        self.0.get(&tag).map(|table| &table[..])
    }

    pub(super) fn set(&mut self, tag: [u8; 4], table: Vec<u8>) {
        self.0.insert(tag, table.into());
    }

    /// The file, its checksums right.
    pub(super) fn file(mut self) -> Vec<u8> {
        if let Some(head) = self.0.get_mut(b"head") {
            let head = head.to_mut();
            head.get_mut(8..12).into_iter().for_each(|adjustment| adjustment.fill(0));
        }
        let count = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
        let power = count.max(1).ilog2();
        let range = 16 * (1_u16 << power);
        let mut file = vec![0, 1, 0, 0];
        for number in [count, range, u16::try_from(power).unwrap_or(0), (count * 16).saturating_sub(range)] {
            file.extend(number.to_be_bytes());
        }
        let mut start = 12 + 16 * self.0.len();
        let mut head_at = None;
        for (tag, table) in &self.0 {
            if tag == b"head" {
                head_at = Some(start);
            }
            file.extend(tag);
            file.extend(checksum(table).to_be_bytes());
            for number in [start, table.len()] {
                file.extend(u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes());
            }
            start += table.len().next_multiple_of(4);
        }
        for table in self.0.values() {
            file.extend_from_slice(table);
            file.resize(file.len().next_multiple_of(4), 0);
        }
        if let Some(at) = head_at {
            let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&file));
            file[at + 8..at + 12].copy_from_slice(&adjustment.to_be_bytes());
        }
        file
    }
}

fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

/// A run of characters whose glyphs follow each other, by its first and last.
struct Segment {
    first: u32,
    last: u32,
    glyph: u16,
}

fn segments(glyphs: &BTreeMap<char, u16>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for (c, glyph) in glyphs {
        let c = u32::from(*c);
        match segments.last_mut() {
            Some(last)
                if last.last + 1 == c && u32::from(last.glyph) + (c - last.first) == u32::from(*glyph) =>
            {
                last.last = c;
            }
            _ => segments.push(Segment { first: c, last: c, glyph: *glyph }),
        }
    }
    segments
}

/// `cmap`: format 4 for the basic plane, and format 12 for all characters.
pub(super) fn character_map(glyphs: &BTreeMap<char, u16>) -> Vec<u8> {
    let all = segments(glyphs);
    let mut basic: Vec<(u16, u16, u16)> = all
        .iter()
        .filter_map(|s| Some((u16::try_from(s.first).ok()?, u16::try_from(s.last).ok()?, s.glyph)))
        .filter(|(_, last, _)| *last != u16::MAX)
        .collect();
    // The last segment ends with U+FFFF, which is the missing glyph.
    basic.push((u16::MAX, u16::MAX, 0));
    let count = u16::try_from(basic.len()).unwrap_or(u16::MAX);
    let power = count.max(1).ilog2();
    let range = 2 * (1_u16 << power);
    let mut four: Vec<u16> = vec![4, 16 + 8 * count, 0, 2 * count, range, power as u16, 2 * count - range];
    four.extend(basic.iter().map(|segment| segment.1));
    four.push(0);
    four.extend(basic.iter().map(|segment| segment.0));
    four.extend(basic.iter().map(
        |(first, _, glyph)| {
            if *first == u16::MAX { 1 } else { glyph.wrapping_sub(*first) }
        },
    ));
    four.extend(basic.iter().map(|_| 0));

    let mut twelve: Vec<u32> = vec![12 << 16, 16 + 12 * all.len() as u32, 0, all.len() as u32];
    twelve.extend(all.iter().flat_map(|s| [s.first, s.last, u32::from(s.glyph)]));

    let mut table: Vec<u8> = Vec::new();
    let (first, second) = (20_u32, 20 + 2 * four.len() as u32);
    table.extend([0_u16, 2, 3, 1].into_iter().flat_map(u16::to_be_bytes));
    table.extend(first.to_be_bytes());
    table.extend([3_u16, 10].into_iter().flat_map(u16::to_be_bytes));
    table.extend(second.to_be_bytes());
    table.extend(four.into_iter().flat_map(u16::to_be_bytes));
    table.extend(twelve.into_iter().flat_map(u32::to_be_bytes));
    table
}

/// Names that stay as they are: copyright, version, trademark, licence and the like.
const KEPT: [u16; 8] = [0, 5, 7, 8, 9, 11, 13, 14];

/// `name`: the family under which a document asks for the face, and what must be kept of the names it has.
pub(super) fn names(old: &[u8], family: &str, style: &str, postscript: &str) -> Vec<u8> {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let full = if style == "Regular" { family.to_owned() } else { format!("{family} {style}") };
    let own = [(1, family), (2, style), (3, full.as_str()), (4, full.as_str()), (6, postscript)];
    let mut records: BTreeMap<(u16, u16), Vec<u8>> = BTreeMap::new();
    for language in [0x0409, 0x0804] {
        records.extend(own.iter().map(|(id, text)| ((language, *id), utf16(text))));
    }
    let count = u16_at(old, 2).unwrap_or(0);
    let storage = usize::from(u16_at(old, 4).unwrap_or(0));
    for index in 0..usize::from(count) {
        let field = |offset| u16_at(old, 6 + index * 12 + offset);
        let (Some(3), Some(1), Some(language), Some(id)) = (field(0), field(2), field(4), field(6)) else {
            continue;
        };
        let (Some(length), Some(offset)) = (field(8), field(10)) else { continue };
        let start = storage + usize::from(offset);
        if let Some(text) = old.get(start..start + usize::from(length)).filter(|_| KEPT.contains(&id)) {
            records.insert((language, id), text.to_vec());
        }
    }
    let count = u16::try_from(records.len()).unwrap_or(0);
    let mut table: Vec<u8> = [0, count, 6 + 12 * count].into_iter().flat_map(u16::to_be_bytes).collect();
    let mut texts: Vec<u8> = Vec::new();
    for ((language, id), text) in &records {
        let (length, offset) = (text.len() as u16, texts.len() as u16);
        table.extend([3, 1, *language, *id, length, offset].into_iter().flat_map(u16::to_be_bytes));
        texts.extend(text);
    }
    table.extend(texts);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_characters_are_one_segment() {
        let glyphs = BTreeMap::from([('a', 1), ('b', 2), ('d', 3), ('𠮷', 4)]);
        let found: Vec<_> = segments(&glyphs).iter().map(|s| (s.first, s.last, s.glyph)).collect();
        assert_eq!(found, [(97, 98, 1), (100, 100, 3), (0x20BB7, 0x20BB7, 4)]);
        let table = character_map(&glyphs);
        assert_eq!(u16_at(&table, 20), Some(4));
        // Two segments and the last.
        assert_eq!(u16_at(&table, 26), Some(6));
    }
}
