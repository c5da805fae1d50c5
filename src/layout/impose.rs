//! Pages to sheets: several on one side, scaled down, and the order of a booklet.

use super::{Line, Link, Page, Pages, Part, Rule};
use crate::profile::Imposition;

/// Pages on one side of a sheet of a booklet, and on a whole sheet.
const BOOKLET_SIDE: usize = 2;
const BOOKLET_SHEET: usize = 4;

/// Puts pages on sheets of the same paper. Two portrait pages stand side by side on a landscape sheet, two landscape
/// pages one above the other, four in two rows; the order is that of reading, or that of a booklet that is printed on
/// both sides, turned at the short edge, and folded.
pub(super) fn impose(pages: Pages, imposition: Imposition) -> Pages {
    let count = if imposition.booklet { BOOKLET_SIDE } else { usize::from(imposition.pages_per_sheet) };
    if count <= 1 {
        return pages;
    }
    let slots = Slots::new(&pages, count);
    let sides = if imposition.booklet {
        booklet(pages.pages.len())
    } else {
        let numbers: Vec<_> = (0..pages.pages.len()).map(Some).collect();
        numbers.chunks(count).map(<[_]>::to_vec).collect()
    };
    let mut places = vec![(0, 0); pages.pages.len()];
    for (side, slots) in sides.iter().enumerate() {
        for (slot, page) in slots.iter().enumerate() {
            if let Some(place) = page.and_then(|page| places.get_mut(page)) {
                *place = (side, slot);
            }
        }
    }
    let mut sheets: Vec<Page> = sides.iter().map(|_| Page::default()).collect();
    // In the order of reading, which a reader of the lines gets wherever one side holds its pages in that order.
    for (number, (page, (side, slot))) in pages.pages.into_iter().zip(&places).enumerate() {
        let first_line = sheets[*side].lines.len();
        sheets[*side].parts.push(Part { page: number, first_line });
        slots.placement(*slot).put(page, &mut sheets[*side]);
    }
    let mut outline = pages.outline;
    for entry in &mut outline {
        let (side, slot) = places.get(entry.page).copied().unwrap_or_default();
        entry.y = slots.placement(slot).y(entry.y);
        entry.page = side;
    }
    Pages { width: slots.width, height: slots.height, pages: sheets, outline, ..pages }
}

/// The pages of each side of the sheets of a booklet: front and back of the outer sheet first. Sides without a page
/// are blank.
fn booklet(count: usize) -> Vec<Vec<Option<usize>>> {
    let places = count.div_ceil(BOOKLET_SHEET) * BOOKLET_SHEET;
    let page = |number: usize| (number < count).then_some(number);
    let sheets = 0..places / BOOKLET_SHEET;
    sheets
        .flat_map(|sheet| {
            let (first, last) = (2 * sheet, places - 1 - 2 * sheet);
            [vec![page(last), page(first)], vec![page(first + 1), page(last - 1)]]
        })
        .collect()
}

/// The places of pages on a sheet.
struct Slots {
    width: f64,
    height: f64,
    columns: usize,
    slot_width: f64,
    slot_height: f64,
    scale: f64,
    /// White at the left of a page and above it.
    inset: (f64, f64),
}

impl Slots {
    fn new(pages: &Pages, count: usize) -> Self {
        let portrait = pages.height >= pages.width;
        let (columns, rows) = match (count, portrait) {
            (2, true) => (2, 1),
            (2, false) => (1, 2),
            _ => (2, 2),
        };
        let turned = count == 2;
        let (width, height) = if turned { (pages.height, pages.width) } else { (pages.width, pages.height) };
        #[allow(clippy::cast_precision_loss, reason = "two at most")]
        let (slot_width, slot_height) = (width / columns as f64, height / rows as f64);
        let scale = (slot_width / pages.width).min(slot_height / pages.height);
        let inset = ((slot_width - scale * pages.width) / 2.0, (slot_height - scale * pages.height) / 2.0);
        Self { width, height, columns, slot_width, slot_height, scale, inset }
    }

    fn placement(&self, slot: usize) -> Placement {
        #[allow(clippy::cast_precision_loss, reason = "four at most")]
        let (column, row) = ((slot % self.columns) as f64, (slot / self.columns) as f64);
        Placement {
            left: column * self.slot_width + self.inset.0,
            top: row * self.slot_height + self.inset.1,
            scale: self.scale,
        }
    }
}

/// Where a page stands on a sheet.
struct Placement {
    left: f64,
    top: f64,
    scale: f64,
}

impl Placement {
    fn x(&self, x: f64) -> f64 {
        self.left + x * self.scale
    }

    fn y(&self, y: f64) -> f64 {
        self.top + y * self.scale
    }

    fn put(&self, page: Page, sheet: &mut Page) {
        let first_line = sheet.lines.len();
        sheet.lines.extend(page.lines.into_iter().map(|line| self.line(line)));
        sheet.numbers.extend(page.numbers.into_iter().map(|line| self.line(line)));
        sheet.rules.extend(page.rules.into_iter().map(|rule| self.rule(rule)));
        sheet.red_rules.extend(page.red_rules.into_iter().map(|rule| self.rule(rule)));
        sheet.links.extend(page.links.into_iter().map(|link| Link { area: self.rule(link.area), ..link }));
        sheet.figures.extend(page.figures.into_iter().map(|mut figure| {
            figure.area = self.rule(figure.area);
            figure.line += first_line;
            figure
        }));
    }

    fn line(&self, mut line: Line) -> Line {
        line.x = self.x(line.x);
        line.baseline = self.y(line.baseline);
        line.width *= self.scale;
        for run in &mut line.runs {
            run.size *= self.scale;
            run.rise *= self.scale;
            #[allow(clippy::cast_possible_truncation, reason = "a place on a page needs no more digits")]
            let scale = self.scale as f32;
            run.glyphs.iter_mut().for_each(|glyph| glyph.x *= scale);
        }
        line
    }

    fn rule(&self, rule: Rule) -> Rule {
        Rule {
            x: self.x(rule.x),
            y: self.y(rule.y),
            width: rule.width * self.scale,
            height: rule.height * self.scale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::layout::layout;
    use crate::options::Options;
    use crate::profile::PT_PER_MM;
    use crate::tree::{Block, BlockKind, Document, Origin, Paragraph, Role};

    fn set(pages: usize, imposition: Imposition) -> Pages {
        let mut options = Options::new().unwrap();
        options.profile.imposition = imposition;
        let blocks = (1..=pages).flat_map(|page| {
            let heading =
                Paragraph::new(Role::Heading(1), vec![crate::tree::Inline::Text(format!("第{page}页"))]);
            [BlockKind::Paragraph(heading), BlockKind::PageBreak]
        });
        let blocks = blocks.map(|kind| Block { kind, origin: Origin::default() }).collect();
        layout(&Document { blocks, ..Document::default() }, &options, &mut Diagnostics::default())
    }

    /// The page numbers on each sheet, from left to right.
    fn numbers(pages: &Pages) -> Vec<Vec<String>> {
        let on_sheet = |sheet: &Page| {
            let mut lines: Vec<&Line> = sheet.numbers.iter().collect();
            lines.sort_by(|a, b| (a.baseline, a.x).partial_cmp(&(b.baseline, b.x)).unwrap());
            lines.iter().map(|line| line.text().replace(['—', ' '], "")).collect()
        };
        pages.pages.iter().map(on_sheet).collect()
    }

    #[test]
    fn two_pages_stand_side_by_side_at_the_scale_of_the_sheet() {
        let two = set(3, Imposition { pages_per_sheet: 2, booklet: false });
        assert!(
            (two.width - 297.0 * PT_PER_MM).abs() < 0.01 && (two.height - 210.0 * PT_PER_MM).abs() < 0.01
        );
        assert_eq!(numbers(&two), [vec!["1", "2"], vec!["3"]]);
        let one = set(3, Imposition { pages_per_sheet: 1, booklet: false });
        let scale = 297.0 / 2.0 / 210.0;
        let (small, large) = (&two.pages[0].lines[1], &one.pages[1].lines[0]);
        assert_eq!(small.text(), large.text());
        assert!((small.x - two.width / 2.0 - large.x * scale).abs() < 0.1);
        assert!((small.baseline - large.baseline * scale).abs() < 0.1);
        assert!((small.runs[0].size - large.runs[0].size * scale).abs() < 0.01);
        assert!((two.outline[1].y - one.outline[1].y * scale).abs() < 0.1);
        assert_eq!((two.outline[1].page, two.outline[2].page), (0, 1));
    }

    #[test]
    fn a_folded_booklet_reads_in_order() {
        for count in 1..=9 {
            let sheets = numbers(&set(count, Imposition { pages_per_sheet: 1, booklet: true }));
            assert_eq!(sheets.len() % 2, 0, "front and back of {count}");
            // Sheets lie in one another: first the right halves of fronts and left halves of backs, then back again.
            let order = booklet(count);
            let (fronts, backs): (Vec<_>, Vec<_>) =
                order.chunks(2).map(|sheet| (&sheet[0], &sheet[1])).unzip();
            let inwards = fronts.iter().zip(&backs).flat_map(|(front, back)| [front[1], back[0]]);
            let outwards = fronts.iter().zip(&backs).rev().flat_map(|(front, back)| [back[1], front[0]]);
            let read: Vec<usize> = inwards.chain(outwards).flatten().collect();
            assert_eq!(read, (0..count).collect::<Vec<_>>());
        }
        assert_eq!(
            numbers(&set(4, Imposition { pages_per_sheet: 2, booklet: true })),
            [["4", "1"], ["2", "3"]]
        );
    }

    #[test]
    fn four_pages_keep_the_sheet_upright() {
        let four = set(5, Imposition { pages_per_sheet: 4, booklet: false });
        assert!(four.height > four.width);
        assert_eq!(numbers(&four)[0].len(), 4);
        assert_eq!(numbers(&four)[1], ["5"]);
    }
}
