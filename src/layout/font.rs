//! The faces: which file has a character, by which glyph, and how wide it is. The only home of skrifa.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use skrifa::charmap::{Charmap, MapVariant};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::DrawSettings;
use skrifa::outline::pen::SvgPen;
use skrifa::raw::TableProvider;
use skrifa::raw::tables::gsub::{SingleSubst, SubstitutionSubtables};
use skrifa::{FontRef, MetadataProvider};

use crate::charset::gb2312_level;
use crate::diagnostic::{Diagnostics, Kind};
use crate::fonts::{FontFace, FontLibrary};
use crate::message::Message;
use crate::profile::{Face, Profile};
use crate::tree::{Location, ideograph};

/// A face: one that is built in, or one of the user's in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(u8);

struct File {
    /// PostScript name, without spaces.
    name: &'static str,
    /// Family and weight, for messages.
    full_name: &'static str,
    data: &'static [u8],
}

macro_rules! file {
    ($name:literal, $full_name:literal, $path:literal) => {
        File {
            name: $name,
            full_name: $full_name,
            data: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/", $path)),
        }
    };
}

static FILES: [File; 8] = [
    file!("NotoSerifSC-SemiBold", "Noto Serif SC SemiBold", "noto-serif-sc/NotoSerifSC-SemiBold.ttf"),
    file!("NotoSansSC-Medium", "Noto Sans SC Medium", "noto-sans-sc/NotoSansSC-Medium.ttf"),
    file!("BanshiKai-Regular", "Banshi Kai", "banshi-kai/BanshiKai-Regular.ttf"),
    file!("ZhuqueFangsong-Regular", "Zhuque Fangsong", "zhuque-fangsong/ZhuqueFangsong-Regular.ttf"),
    file!("NotoSerifSC-Regular", "Noto Serif SC", "noto-serif-sc/NotoSerifSC-Regular.ttf"),
    file!("HanaMinB-rare", "Hanazono Mincho B", "hanamin/HanaMinB-rare.ttf"),
    file!("LiberationSerif", "Liberation Serif", "liberation-serif/LiberationSerif-Regular.ttf"),
    file!("LiberationSerif-Bold", "Liberation Serif Bold", "liberation-serif/LiberationSerif-Bold.ttf"),
];

const KAI: FaceId = FaceId(2);
const SONG: FaceId = FaceId(4);
const RARE: FaceId = FaceId(5);
const LATIN: FaceId = FaceId(6);
const LATIN_BOLD: FaceId = FaceId(7);

/// Faces that a user's own may take the place of; the first of those has this number.
const IN_PLACE_OF: [FaceId; 7] = [FaceId(0), FaceId(1), KAI, FaceId(3), SONG, LATIN, LATIN_BOLD];
const OWN: u8 = 8;

/// Faces that are asked for a character that the wanted one lacks, in this order.
const FALLBACK: [FaceId; 4] = [SONG, RARE, KAI, LATIN];

/// The sign that a raised or lowered one is, `⁻` or `₊`. Faces with the figures of exponents lack the signs beside them.
pub(super) fn sign_of_script(c: char) -> Option<char> {
    Some(match c {
        '\u{207A}' | '\u{208A}' => '+',
        '\u{207B}' | '\u{208B}' => '\u{2212}',
        '\u{207C}' | '\u{208C}' => '=',
        '\u{207D}' | '\u{208D}' => '(',
        '\u{207E}' | '\u{208E}' => ')',
        _ => return None,
    })
}
/// A glyph narrower than this is not of the full width of Chinese text, in em.
pub(super) const NARROW: f64 = 0.75;
/// Arrows, signs of mathematics, boxes and other signs begin with this character (Unicode, blocks of symbols).
const FIRST_SIGN: char = '\u{2190}';

/// 〓, the printers' mark for a sort that is missing.
const GETA: char = '\u{3013}';

/// Selects the full-width form of a quotation mark (Unicode standardized variation sequences).
const FULL_WIDTH_SELECTOR: char = '\u{FE01}';

impl FaceId {
    /// The built-in face for a Chinese face of a profile.
    pub fn of(face: Face) -> Self {
        match face {
            Face::Biaosong => Self(0),
            Face::Hei => Self(1),
            Face::Kai => KAI,
            Face::Fangsong => Self(3),
            Face::Song => SONG,
        }
    }

    /// The face of Latin letters and figures.
    pub fn latin(bold: bool) -> Self {
        if bold { LATIN_BOLD } else { LATIN }
    }

    /// The face in whose place a user's own stands; a built-in face itself.
    fn built_in(self) -> Self {
        self.0.checked_sub(OWN).map_or(self, |at| IN_PLACE_OF[usize::from(at)])
    }

    /// True for the faces of Latin letters and figures.
    pub fn is_latin(self) -> bool {
        matches!(self.built_in(), LATIN | LATIN_BOLD)
    }

    /// PostScript name of the face that is built in, also where a user's own stands in its place.
    pub fn name(self) -> &'static str {
        self.file().name
    }

    fn file(self) -> &'static File {
        &FILES[usize::from(self.built_in().0)]
    }

    /// A number for tables by face, below [`FaceId::COUNT`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// How many faces there are.
    pub const COUNT: usize = FILES.len() + IN_PLACE_OF.len();

    /// The faces that are built in.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..8).map(Self)
    }
}

/// Measures of a whole face in 1/1000 em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceMetrics {
    /// Above the baseline.
    pub ascent: i16,
    /// Below the baseline, negative.
    pub descent: i16,
    /// Height of capitals.
    pub cap_height: i16,
    /// Smallest box around every glyph: left, lower, right, upper edge.
    pub bounds: [i16; 4],
    /// Weight from 100 to 900.
    pub weight: u16,
}

/// Slant of Latin emphasis: tangent of about 12 degrees.
pub(crate) const SLANT: f64 = 0.21;
/// Stroke that makes a face bold, in em.
pub(crate) const EMBOLDEN: f64 = 0.028;

/// A glyph of a face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub(crate) face: FaceId,
    pub(crate) glyph: u16,
    /// Advance in em.
    pub(crate) advance: f64,
}

/// Of a character that a face lacks. No glyph has the number 65535, for there are that many at most.
const MISSING: u32 = u32::MAX;

struct Opened {
    /// What was found before, by character in the first plane, 256 of them in a row: the glyph and, in the lower half, its
    /// advance in units; [`MISSING`] where the face has none; 0 for what was not looked for.
    known: RefCell<[Option<Box<[u32; 256]>>; 256]>,
    font: FontRef<'static>,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f64,
    half_width: OnceCell<BTreeMap<u16, u16>>,
}

impl Opened {
    fn new((data, index): (&'static [u8], u32)) -> Option<Self> {
        let font = FontRef::from_index(data, index).ok()?;
        Some(Self {
            known: RefCell::new([const { None }; 256]),
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: f64::from(font.head().ok()?.units_per_em()),
            half_width: OnceCell::new(),
            font,
        })
    }

    fn advance(&self, glyph: u16) -> f64 {
        f64::from(self.metrics.advance_width(glyph.into()).unwrap_or(0.0)) / self.units
    }

    /// The glyph of a character and its advance in em.
    fn glyph(&self, c: char) -> Option<(u16, f64)> {
        let find = |c| Some((self.map(c)?, self.advance(self.map(c)?)));
        let Ok(at) = u16::try_from(u32::from(c)) else { return find(c) };
        let [row, at] = at.to_be_bytes();
        let mut known = self.known.borrow_mut();
        let row = known[usize::from(row)].get_or_insert_with(|| Box::new([0; 256]));
        let entry = &mut row[usize::from(at)];
        if *entry == 0 {
            *entry = find(c).map_or(MISSING, |(glyph, advance)| {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "16 bits in the file"
                )]
                let units = (advance * self.units).round() as u16;
                u32::from(glyph) << 16 | u32::from(units)
            });
        }
        let [high, low, advance @ ..] = entry.to_be_bytes();
        let advance = f64::from(u16::from_be_bytes(advance)) / self.units;
        (*entry != MISSING).then(|| (u16::from_be_bytes([high, low]), advance))
    }

    /// How many ideographs it has: of the first block, and of all others.
    fn ideographs(&self) -> (usize, usize) {
        let mapped = self.charmap.mappings().filter(|(_, glyph)| glyph.to_u32() != 0);
        mapped.fold((0, 0), |(han, rare), (c, _)| match c {
            0x4E00..=0x9FFF => (han + 1, rare),
            0x3400..=0x4DBF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => (han, rare + 1),
            _ => (han, rare),
        })
    }

    /// How many characters it has of each level of GB 2312.
    fn levels(&self) -> [usize; 2] {
        let mapped = self.charmap.mappings().filter(|(_, glyph)| glyph.to_u32() != 0);
        let levels = mapped.filter_map(|(c, _)| gb2312_level(char::from_u32(c)?));
        levels.fold([0, 0], |mut count, level| {
            count[usize::from(level - 1)] += 1;
            count
        })
    }

    fn map(&self, c: char) -> Option<u16> {
        let glyph = u16::try_from(self.charmap.map(c)?.to_u32()).ok()?;
        (glyph != 0).then_some(glyph)
    }
}

/// The faces, each opened when it is first asked for, and a record of what was asked.
#[derive(Default)]
pub(crate) struct Faces {
    opened: [OnceCell<Option<Box<Opened>>>; FaceId::COUNT],
    /// The user's own.
    own: [Option<FontFace>; IN_PLACE_OF.len()],
    /// Faces of the user's that can't be used, by the name that they were asked for.
    refused: Vec<(String, FontFace)>,
    /// Faces of the profile that were used.
    roles: RefCell<BTreeSet<Face>>,
    /// Characters that the wanted face lacks, or has no full-width form of, by the two faces.
    fallbacks: RefCell<BTreeMap<(FaceId, FaceId), BTreeSet<char>>>,
    /// Radicals that were shown as ideographs.
    radicals: RefCell<BTreeSet<char>>,
}

impl fmt::Debug for Faces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let opened = FaceId::all().filter(|id| self.opened[id.index()].get().is_some());
        f.debug_list().entries(opened.map(FaceId::name)).finish()
    }
}

impl Faces {
    fn open(&self, id: FaceId) -> Option<&Opened> {
        self.opened[id.index()].get_or_init(|| Opened::new(self.data(id)).map(Box::new)).as_deref()
    }

    /// The faces of a profile: the user's own where there are some, else those built in.
    pub(crate) fn new(profile: &Profile, library: &FontLibrary) -> Self {
        let mut faces = Self::default();
        let wanted = Face::ALL.iter().map(|face| (FaceId::of(*face), profile.face(*face), false));
        for (id, names, bold) in
            wanted.chain([(LATIN, &profile.latin, false), (LATIN_BOLD, &profile.latin, true)])
        {
            let Some(found) = library.find(names, bold) else { continue };
            if found.unusable.is_some() {
                faces.refused.push((names.name.clone(), found.clone()));
            } else if let Some(at) = IN_PLACE_OF.iter().position(|built_in| *built_in == id) {
                faces.own[at] = Some(found.clone());
            }
        }
        faces
    }

    /// The same faces for another thread, none of them opened or used.
    pub(super) fn unopened(&self) -> Self {
        Self { own: self.own.clone(), ..Self::default() }
    }

    /// Adds what was asked of the same faces on another thread.
    pub(super) fn add_uses(&mut self, others: Self) {
        self.roles.get_mut().append(&mut others.roles.into_inner());
        self.radicals.get_mut().append(&mut others.radicals.into_inner());
        for (pair, mut characters) in others.fallbacks.into_inner() {
            self.fallbacks.get_mut().entry(pair).or_default().append(&mut characters);
        }
    }

    fn own(&self, id: FaceId) -> Option<&FontFace> {
        self.own.get(usize::from(id.0.checked_sub(OWN)?))?.as_ref()
    }

    /// The face that stands for a built-in one.
    fn instead(&self, built_in: FaceId) -> FaceId {
        let own = IN_PLACE_OF.iter().position(|id| *id == built_in).filter(|at| self.own[*at].is_some());
        let own = own.and_then(|at| u8::try_from(at).ok()).map(|at| FaceId(OWN + at));
        own.unwrap_or(built_in)
    }

    /// The face for a Chinese face of a profile.
    pub(crate) fn role(&self, face: Face) -> FaceId {
        self.instead(FaceId::of(face))
    }

    /// The face of Latin letters and figures.
    pub(crate) fn latin(&self, bold: bool) -> FaceId {
        self.instead(FaceId::latin(bold))
    }

    /// The bytes of a face's file, and its number in it.
    pub(crate) fn data(&self, id: FaceId) -> (&'static [u8], u32) {
        self.own(id).map_or((id.file().data, 0), |own| (own.data, own.index))
    }

    /// PostScript name of a face.
    pub(crate) fn name(&self, id: FaceId) -> &str {
        self.own(id).map_or(id.file().name, |own| &own.name)
    }

    /// Name of a face for messages.
    fn full_name(&self, id: FaceId) -> &str {
        self.own(id).map_or(id.file().full_name, |own| &own.name)
    }

    /// Notes that a face of the profile is used.
    pub(crate) fn uses(&self, face: Face) {
        if !self.roles.borrow().contains(&face) {
            self.roles.borrow_mut().insert(face);
        }
    }

    /// The glyph of a character in that face alone.
    pub(crate) fn find_in(&self, face: FaceId, c: char) -> Option<Found> {
        let opened = self.open(face)?;
        let (glyph, advance) = opened.glyph(c)?;
        Some(Found { face, glyph, advance })
    }

    /// The glyph of a character in that face, or in the first other face that has it; of a raised or lowered sign, that
    /// of the sign itself.
    pub(crate) fn find(&self, face: FaceId, c: char) -> Option<Found> {
        let c = sign_of_script(c).unwrap_or(c);
        if let Some(found) = self.find_in(face, c) {
            return Some(found);
        }
        if let Some(ideograph) = ideograph(c) {
            self.radicals.borrow_mut().insert(c);
            return self.find(face, ideograph);
        }
        let own = FALLBACK.map(|id| self.instead(id));
        let others = std::iter::once(face.built_in()).chain(own).chain(FALLBACK);
        let found = others.filter(|id| *id != face).find_map(|id| self.find_in(id, c))?;
        self.fallbacks.borrow_mut().entry((face, found.face)).or_default().insert(c);
        Some(found)
    }

    /// A glyph of a sign as Chinese text has it, as wide as an ideograph: of that face or, where its own is narrow as in
    /// Latin text (UAX #11, ambiguous width), of the first other face that has it full.
    pub(crate) fn find_full(&self, face: FaceId, c: char) -> Option<Found> {
        let found = self.find(face, c)?;
        if found.advance >= NARROW || c < FIRST_SIGN {
            return Some(found);
        }
        let full = |found: &Found| found.advance >= NARROW;
        let others = FALLBACK.map(|id| self.instead(id)).into_iter().chain(FALLBACK);
        let Some(wide) = others.filter_map(|id| self.find_in(id, c)).find(full) else { return Some(found) };
        self.fallbacks.borrow_mut().entry((face, wide.face)).or_default().insert(c);
        Some(wide)
    }

    /// 〓 in the place of a character that no face has.
    pub(crate) fn missing(&self) -> Found {
        self.find_in(SONG, GETA).unwrap_or(Found { face: SONG, glyph: 0, advance: 1.0 })
    }

    /// The glyph of a Chinese quotation mark: the full-width variant where the face has one.
    pub(crate) fn full_width(&self, face: FaceId, c: char) -> Option<Found> {
        if let Some(found) = self.variant(face, c, FULL_WIDTH_SELECTOR) {
            return Some(found);
        }
        self.find(face, c)
    }

    /// The glyph of a character with a variation selector.
    pub(crate) fn variant(&self, face: FaceId, c: char, selector: char) -> Option<Found> {
        let opened = self.open(face)?;
        let glyph = match opened.charmap.map_variant(c, selector)? {
            MapVariant::Variant(glyph) => u16::try_from(glyph.to_u32()).ok()?,
            MapVariant::UseDefault => opened.map(c)?,
        };
        Some(Found { face, glyph, advance: opened.advance(glyph) })
    }

    /// The half-width glyph of a Latin character, for text on a grid of columns.
    pub(crate) fn half_width(&self, c: char) -> Option<Found> {
        let opened = self.open(SONG)?;
        let map = opened.half_width.get_or_init(|| single_substitutions(&opened.font, *b"hwid"));
        let glyph = *map.get(&opened.map(c)?)?;
        Some(Found { face: SONG, glyph, advance: opened.advance(glyph) })
    }

    /// Left and right edge of a glyph's ink in em.
    pub(crate) fn ink(&self, found: Found) -> Option<(f64, f64)> {
        let opened = self.open(found.face)?;
        let bounds = opened.metrics.bounds(found.glyph.into())?;
        Some((f64::from(bounds.x_min) / opened.units, f64::from(bounds.x_max) / opened.units))
    }

    /// Height of the middle of a glyph's ink above the baseline, in em.
    pub(crate) fn ink_middle(&self, found: Found) -> Option<f64> {
        let opened = self.open(found.face)?;
        let bounds = opened.metrics.bounds(found.glyph.into())?;
        Some(f64::from(bounds.y_min + bounds.y_max) / 2.0 / opened.units)
    }

    /// Advance of a glyph in whole 1/1000 em, as a PDF states it.
    pub(crate) fn advance(&self, face: FaceId, glyph: u16) -> u16 {
        let em = self.open(face).map_or(0.0, |opened| opened.advance(glyph));
        to_i16(em * 1000.0).unsigned_abs()
    }

    /// Units of an em.
    pub(crate) fn units(&self, face: FaceId) -> f64 {
        self.open(face).map_or(1000.0, |opened| opened.units)
    }

    /// The outline of a glyph in units of its face, y upwards, as path data (SVG 1.1, 8.3); empty for a blank.
    pub(crate) fn outline(&self, face: FaceId, glyph: u16) -> String {
        let mut pen = SvgPen::with_precision(0);
        let drawn = self.open(face).and_then(|opened| {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            opened.font.outline_glyphs().get(glyph.into())?.draw(settings, &mut pen).ok()
        });
        if drawn.is_some() { pen.to_string() } else { String::new() }
    }

    /// Measures of a face.
    pub(crate) fn metrics(&self, face: FaceId) -> Option<FaceMetrics> {
        let opened = self.open(face)?;
        let scale = |n: f64| to_i16(n * 1000.0 / opened.units);
        let head = opened.font.head().ok()?;
        let os2 = opened.font.os2().ok()?;
        let ascent = scale(f64::from(os2.s_typo_ascender()));
        Some(FaceMetrics {
            ascent,
            descent: scale(f64::from(os2.s_typo_descender())),
            cap_height: os2.s_cap_height().map_or(ascent, |height| scale(f64::from(height))),
            bounds: [head.x_min(), head.y_min(), head.x_max(), head.y_max()].map(|n| scale(f64::from(n))),
            weight: os2.us_weight_class(),
        })
    }

    /// Reports the faces that stand in for those of the profile, and each set of characters that came from
    /// another face.
    pub(crate) fn report(&self, profile: &Profile, diagnostics: &mut Diagnostics) {
        for (wanted, face) in &self.refused {
            let why = face.unusable.unwrap_or_default();
            let message =
                message!("{wanted} is in {file} but not used: {why}", wanted, file = face.file, why);
            diagnostics.report(Kind::Substituted, "face-unusable", Location::Whole, message);
        }
        let pair = |face: &Face| {
            let wanted = &profile.face(*face).name;
            let id = self.role(*face);
            let same = self.own(id).is_some_and(|own| own.bears(wanted));
            (!same).then(|| message!("{wanted} in {face}", wanted, face = self.full_name(id)))
        };
        let stand_ins: Vec<Message> = self.roles.borrow().iter().filter_map(pair).collect();
        if !stand_ins.is_empty() {
            let message = message!("set in other faces: {stand_ins}", stand_ins);
            diagnostics.report(Kind::Substituted, "face-substituted", Location::Whole, message);
        }
        let radicals: String = self.radicals.borrow().iter().collect();
        if !radicals.is_empty() {
            let message = message!("radicals are shown by the glyphs of their ideographs");
            diagnostics.report_text(
                Kind::Substituted,
                "radical-as-ideograph",
                Location::Whole,
                message,
                radicals,
            );
        }
        for ((wanted, found), characters) in self.fallbacks.borrow().iter() {
            let text: String = characters.iter().collect();
            let message = message!(
                "{wanted} lacks {count} character{s}, set in {found}",
                wanted = self.full_name(*wanted),
                count = characters.len(),
                s = if characters.len() == 1 { "" } else { "s" },
                found = self.full_name(*found)
            );
            diagnostics.report_text(
                Kind::Substituted,
                "character-from-another-face",
                Location::Whole,
                message,
                text,
            );
        }
    }
}

/// A role of a profile with the face that it is set in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleFace {
    /// The key of the face in a profile: `biaosong`, `latin` …
    pub key: &'static str,
    /// The name that the profile asks for.
    pub wanted: String,
    /// The name of the face that is used.
    pub found: String,
    /// The file of the user's that it is of; none where it is built in.
    pub file: Option<String>,
    /// A file of the user's that has the face but can't be used, and why.
    pub refused: Option<(String, &'static str)>,
    /// Characters of level 1 of GB 2312 that it has.
    pub level_1: usize,
    /// Characters of level 2.
    pub level_2: usize,
    /// Ideographs of U+4E00 to U+9FFF that it has.
    pub han: usize,
    /// Ideographs beyond those: extensions and compatibility.
    pub rare: usize,
}

impl RoleFace {
    /// Characters of level 1 of GB 2312.
    pub const LEVEL_1: usize = 3755;
    /// Characters of level 2 of GB 2312.
    pub const LEVEL_2: usize = 3008;
    /// Ideographs of U+4E00 to U+9FFF.
    pub const HAN: usize = 20_992;
}

/// The faces of a profile, with what they cover.
pub fn role_faces(profile: &Profile, library: &FontLibrary) -> Vec<RoleFace> {
    let faces = Faces::new(profile, library);
    let keys = ["biaosong", "hei", "kai", "fangsong", "song", "latin", "latin-bold"];
    let names = Face::ALL.iter().map(|face| profile.face(*face)).chain([&profile.latin, &profile.latin]);
    let roles =
        keys.into_iter().zip(IN_PLACE_OF).zip(names).zip([false, false, false, false, false, false, true]);
    roles
        .map(|(((key, built_in), names), bold)| {
            let id = faces.instead(built_in);
            let refused =
                library.find(names, bold).and_then(|face| Some((face.file.clone(), face.unusable?)));
            let (han, rare) = faces.open(id).map_or((0, 0), Opened::ideographs);
            let [level_1, level_2] = faces.open(id).map_or([0, 0], Opened::levels);
            RoleFace {
                key,
                wanted: names.name.clone(),
                found: faces.full_name(id).to_owned(),
                file: faces.own(id).map(|own| own.file.clone()),
                refused,
                level_1,
                level_2,
                han,
                rare,
            }
        })
        .collect()
}

/// All single substitutions of a GSUB feature.
fn single_substitutions(font: &FontRef<'_>, feature: [u8; 4]) -> BTreeMap<u16, u16> {
    let short = |id: skrifa::GlyphId| u16::try_from(id.to_u32()).ok();
    let mut map = BTreeMap::new();
    let Ok(gsub) = font.gsub() else { return map };
    let (Ok(features), Ok(lookups)) = (gsub.feature_list(), gsub.lookup_list()) else { return map };
    for record in features.feature_records() {
        if record.feature_tag().to_be_bytes() != feature {
            continue;
        }
        let Ok(found) = record.feature(features.offset_data()) else { continue };
        for index in found.lookup_list_indices() {
            let Ok(lookup) = lookups.lookups().get(usize::from(index.get())) else { continue };
            let Ok(SubstitutionSubtables::Single(subtables)) = lookup.subtables() else { continue };
            for subtable in subtables.iter().flatten() {
                match subtable {
                    SingleSubst::Format1(table) => {
                        let Ok(coverage) = table.coverage() else { continue };
                        let delta = table.delta_glyph_id();
                        map.extend(
                            coverage.iter().filter_map(short).map(|id| (id, id.wrapping_add_signed(delta))),
                        );
                    }
                    SingleSubst::Format2(table) => {
                        let Ok(coverage) = table.coverage() else { continue };
                        let substitutes = table.substitute_glyph_ids().iter().map(|id| id.get().to_u16());
                        map.extend(coverage.iter().filter_map(short).zip(substitutes));
                    }
                    // Of faces with more than 65,535 glyphs, which none of ours is.
                    SingleSubst::Format3(_) | SingleSubst::Format4(_) => {}
                }
            }
        }
    }
    map
}

#[allow(clippy::cast_possible_truncation, reason = "rounded and kept in range")]
fn to_i16(n: f64) -> i16 {
    n.round().clamp(-32768.0, 32767.0) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_opens() {
        let faces = Faces::default();
        for id in FaceId::all() {
            assert!(faces.open(id).is_some(), "{}", id.name());
            assert!(faces.metrics(id).is_some_and(|m| m.ascent > 500), "{}", id.name());
        }
    }

    #[test]
    fn a_face_is_opened_only_when_it_is_used() {
        let faces = Faces::default();
        assert!(faces.find(FaceId::of(Face::Fangsong), '中').is_some());
        assert_eq!(format!("{faces:?}"), r#"["ZhuqueFangsong-Regular"]"#);
    }

    #[test]
    fn rare_names_are_found() {
        let faces = Faces::default();
        for c in "䶮𬭊𠮷㛃①℃№".chars() {
            assert!(faces.find(FaceId::of(Face::Fangsong), c).is_some(), "{c}");
        }
        assert!(faces.find(FaceId::of(Face::Fangsong), '\u{10FFFD}').is_none());
        assert_eq!(faces.missing().face, SONG);
    }

    #[test]
    fn signs_are_as_wide_as_ideographs_where_a_face_has_them_so() {
        let faces = Faces::default();
        for face in Face::ALL {
            for c in "□■△◆→←≤≥∞○☆".chars() {
                let found = faces.find_full(FaceId::of(face), c).unwrap();
                assert!(found.advance > 0.9, "{face:?} {c} {}", found.advance);
            }
        }
        // A sign that no face has full keeps its own width, and letters do.
        let narrow = |c| faces.find_full(FaceId::of(Face::Fangsong), c).unwrap();
        assert_eq!(narrow('∂').face, FaceId::of(Face::Fangsong));
        assert_eq!(narrow('ℓ').face, FaceId::of(Face::Fangsong));
    }

    #[test]
    fn radicals_are_shown_as_ideographs() {
        let faces = Faces::default();
        let face = FaceId::of(Face::Fangsong);
        assert_eq!(faces.find(face, '\u{2F00}'), faces.find(face, '一'));
    }

    #[test]
    fn quotation_marks_have_full_width() {
        let faces = Faces::default();
        for face in Face::ALL {
            for c in "“”‘’".chars() {
                let found = faces.full_width(FaceId::of(face), c).unwrap();
                assert!((found.advance - 1.0).abs() < 0.01, "{face:?} {c} {}", found.advance);
            }
        }
    }

    /// A library with a built-in file under the name of its family.
    fn library(id: FaceId) -> FontLibrary {
        let mut library = FontLibrary::default();
        library.add("own.ttf", id.file().data).unwrap();
        library
    }

    #[test]
    fn a_face_of_the_users_takes_the_place_of_one_built_in() {
        let mut profile = Profile::gongwen().unwrap();
        profile.faces.get_mut(&Face::Fangsong).unwrap().name = "Banshi Kai".into();
        let faces = Faces::new(&profile, &library(KAI));
        let own = faces.role(Face::Fangsong);
        assert_eq!((faces.name(own), faces.data(own).0), ("BanshiKai-Regular", KAI.file().data));
        assert_ne!(own, KAI);
        assert_eq!(faces.find(own, '中').unwrap().face, own);
        // What it lacks comes from the face in whose place it stands, then from the others.
        assert_eq!(faces.role(Face::Kai), KAI);
        faces.uses(Face::Fangsong);
        faces.uses(Face::Kai);
        let mut diagnostics = Diagnostics::default();
        faces.report(&profile, &mut diagnostics);
        let said: Vec<String> = diagnostics.into_vec().into_iter().map(|d| d.message.to_string()).collect();
        assert_eq!(said, ["set in other faces: 楷体_GB2312 in Banshi Kai"]);
        let roles = role_faces(&profile, &library(KAI));
        let of = |key: &str| roles.iter().find(|role| role.key == key).unwrap();
        assert_eq!(of("fangsong").file.as_deref(), Some("own.ttf"));
        let whole = [RoleFace::LEVEL_1, RoleFace::LEVEL_2];
        assert_eq!([of("song").level_1, of("song").level_2], whole);
        assert!(of("fangsong").level_1 > 3_700 && of("latin").level_1 == 0);
        assert!(of("fangsong").han > 7_900 && of("kai").file.is_none() && of("song").han > 20_000);
    }

    #[test]
    fn columns_of_code_are_half_width() {
        let faces = Faces::default();
        for c in "Wim0{}_".chars() {
            assert!((faces.half_width(c).unwrap().advance - 0.5).abs() < 0.01, "{c}");
        }
    }
}
