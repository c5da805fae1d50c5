//! Words in columns for a terminal, where a Han character takes two.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Columns that a character takes.
pub fn width_of(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// A line for each row, its cells under those of the row above, with two blanks between.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, to) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(to - width(cell) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_take_two_columns() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["格式", "读", ""]), row(["md", "yes", "x"])];
        assert_eq!(table(&rows), "格式  读\nmd    yes  x\n");
        assert_eq!((width("版式“"), width_of('\t')), (5, 1));
    }
}
