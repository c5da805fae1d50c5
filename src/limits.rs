//! How much of a machine a document may take.
//!
//! Files come from strangers: a package of 40 kB can unpack to terabytes, brackets can be nested until the stack ends.
//! Every bound stands in one table, with its default; what exceeds one is [`Error::Limit`](crate::Error::Limit).

use crate::message::Message;

/// Something that is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Size of a source, in MiB.
    Input,
    /// Files in a package.
    Entries,
    /// Size of one file of a package, unpacked, in MiB.
    Part,
    /// Size of all files that are read of a package, unpacked, in MiB.
    Unpacked,
    /// How many times larger unpacking makes a file of a package that is then larger than 16 MiB.
    Ratio,
    /// Elements of XML within one another.
    XmlDepth,
    /// Elements and texts in a part of XML.
    XmlNodes,
    /// Blocks within blocks, and styles within styles.
    Nesting,
    /// Cells of all tables, each row as wide as its table.
    Cells,
    /// Pixels of a picture that must be opened, in millions.
    Pixels,
    /// Pages of a PDF or SVG.
    Pages,
    /// Lines of a text or of Markdown, each of which may be a paragraph; paragraphs of a Word file.
    Lines,
}

/// A limit as users name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The limit.
    pub limit: Limit,
    /// Its name.
    pub name: &'static str,
    /// Its value unless another is set.
    pub default: u64,
    /// The largest value that can be set: what recurses needs stack, and offsets have 32 bits.
    pub highest: u64,
}

const fn row(limit: Limit, name: &'static str, default: u64, highest: u64) -> Row {
    Row { limit, name, default, highest }
}

/// All limits, in the order of [`Limit`].
///
/// A book of a thousand pictures has about a thousand entries; Office XML shrinks 10 to 60 times, repeated tables 200;
/// Word nests tables 20 deep, which is about 80 elements; a book of 2,000 pages has about a million elements.
pub const TABLE: [Row; 12] = [
    row(Limit::Input, "input", 512, 1 << 20),
    row(Limit::Entries, "entries", 16_384, 1 << 32),
    row(Limit::Part, "part", 256, 4095),
    row(Limit::Unpacked, "unpacked", 512, 1 << 20),
    row(Limit::Ratio, "ratio", 400, 1 << 20),
    row(Limit::XmlDepth, "xml-depth", 256, 2560),
    row(Limit::XmlNodes, "xml-nodes", 16_000_000, (1 << 32) - 2),
    row(Limit::Nesting, "nesting", 100, 1000),
    row(Limit::Cells, "cells", 1_000_000, 1 << 40),
    row(Limit::Pixels, "pixels", 128, 1 << 20),
    row(Limit::Pages, "pages", 20_000, 1 << 32),
    row(Limit::Lines, "lines", 1_000_000, 1 << 32),
];

impl Limit {
    /// Its row in [`TABLE`].
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The limit of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.limit)
    }

    /// What is wrong with a document that has more than `most`.
    pub(crate) fn excess(self, most: u64) -> Message {
        match self {
            Self::Input => message!("it is larger than {most} MiB", most),
            Self::Entries => message!("the package holds more files than {most}", most),
            Self::Part => message!("it unpacks to more than {most} MiB", most),
            Self::Unpacked => message!("the files of the package unpack to more than {most} MiB", most),
            Self::Ratio => message!("it unpacks to more than {most} × its size, as no text does", most),
            Self::XmlDepth => message!("elements stand more than {most} deep", most),
            Self::XmlNodes => message!("it has more elements than {most}", most),
            Self::Nesting => message!("elements are nested more than {most} deep", most),
            Self::Cells => message!("its tables have more cells than {most}", most),
            Self::Pixels => message!("it has more than {most} million pixels", most),
            Self::Pages => message!("it takes more pages than {most}", most),
            Self::Lines => message!("it has more lines or paragraphs than {most}", most),
        }
    }
}

/// A value for every limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits([u64; TABLE.len()]);

impl Default for Limits {
    /// The defaults of [`TABLE`].
    fn default() -> Self {
        Self(TABLE.map(|row| row.default))
    }
}

impl Limits {
    /// The value of a limit.
    pub fn get(&self, limit: Limit) -> u64 {
        self.0[limit as usize]
    }

    /// Sets a limit, to no more than the highest value of its row.
    ///
    /// Deep documents need stack: give the thread that converts them 8 MiB for each 100 of [`Limit::Nesting`] and each
    /// 256 of [`Limit::XmlDepth`].
    pub fn set(&mut self, limit: Limit, value: u64) {
        self.0[limit as usize] = value.min(limit.row().highest);
    }

    /// The value of a limit as a number of things in memory.
    pub(crate) fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.get(limit)).unwrap_or(usize::MAX)
    }

    /// The value of a limit in MiB, in bytes.
    pub(crate) fn bytes(&self, limit: Limit) -> u64 {
        self.get(limit).saturating_mul(1 << 20)
    }

    /// Objects and arrays of JSON within one another. A block takes up to six of them: a cell of a table does.
    pub(crate) fn json_depth(&self) -> usize {
        self.count(Limit::Nesting).saturating_mul(6).saturating_add(40)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_limits() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.limit as usize, index, "{}", row.name);
            assert_eq!(Limit::from_name(row.name), Some(row.limit));
            assert!(row.default <= row.highest, "{}", row.name);
        }
    }

    #[test]
    fn a_limit_is_set_up_to_its_highest_value() {
        let mut limits = Limits::default();
        limits.set(Limit::Pages, 3);
        limits.set(Limit::Nesting, u64::MAX);
        assert_eq!((limits.get(Limit::Pages), limits.get(Limit::Nesting)), (3, 1000));
        assert_eq!(limits.get(Limit::Cells), Limits::default().get(Limit::Cells));
    }
}
