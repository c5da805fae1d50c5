//! One spelling for inlines that say the same, and run-in headings as bold text and back.
//!
//! Formats that mark runs of characters (Markdown, Word) can say one thing in many ways: bold in bold, two
//! bold runs side by side, `<b>` for `**`. [`canonical`] chooses one, so that trees can be compared.

use std::borrow::Cow;

use crate::tree::{Block, BlockKind, Document, Inline, InlineStyle, Lead, Paragraph, Role};

/// HTML elements that only name a style.
const STYLE_TAGS: [(&str, InlineStyle); 11] = [
    ("b", InlineStyle::Strong),
    ("strong", InlineStyle::Strong),
    ("i", InlineStyle::Emphasis),
    ("em", InlineStyle::Emphasis),
    ("s", InlineStyle::Strike),
    ("strike", InlineStyle::Strike),
    ("del", InlineStyle::Strike),
    ("u", InlineStyle::Underline),
    ("ins", InlineStyle::Underline),
    ("sup", InlineStyle::Superscript),
    ("sub", InlineStyle::Subscript),
];

/// Says nothing; it only keeps apart what stands on its two sides.
pub(crate) const EMPTY_COMMENT: &str = "<!-- -->";

/// Tags that may be open at once; deeper ones stay markup, so that a tree is never deep.
const MAX_OPEN_TAGS: usize = 8;

/// The canonical spelling of `content`.
///
/// Adjacent texts, codes and runs of one style are one; a style inside itself is dissolved (but raised
/// text may be raised again); what is empty is gone; well-formed pairs of HTML tags that only name a style
/// (`<u>`, `<sup>`, `<b>` …) are that style, `<br>` is a break and `<!-- -->` nothing; other markup stands on one line. Characters stay as they are.
pub(crate) fn canonical(content: Vec<Inline>) -> Vec<Inline> {
    if is_plain(&content) {
        return content;
    }
    let mut content = merged(tags(content), &mut Vec::new());
    while pair_tags(&mut content) {
        content = merged(content, &mut Vec::new());
    }
    content
}

/// True for texts and runs in one style, no two of one sort side by side, as nearly all paragraphs are: they are
/// canonical.
pub(crate) fn is_plain(content: &[Inline]) -> bool {
    let filled = |inline: &Inline| matches!(inline, Inline::Text(text) if !text.is_empty());
    // The style of a run; nothing for text.
    let sort = |inline: &Inline| match inline {
        text @ Inline::Text(_) if filled(text) => Some(None),
        Inline::Styled(style @ (InlineStyle::Strong | InlineStyle::Emphasis | InlineStyle::Strike), run) => {
            matches!(run.as_slice(), [text] if filled(text)).then_some(Some(*style))
        }
        Inline::Text(_)
        | Inline::Styled(..)
        | Inline::Code(_)
        | Inline::Link { .. }
        | Inline::Image(_)
        | Inline::NoteRef(_)
        | Inline::Break
        | Inline::Raw(_) => None,
    };
    let mut before = None;
    !content.is_empty()
        && content.iter().all(|inline| {
            let own = sort(inline);
            own.is_some() && std::mem::replace(&mut before, own) != own
        })
}

/// Styles that have no mark but a tag, as tags: what pairs with a lone tag beside them is settled anew.
fn tags(content: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Styled(style, inner) => {
                let name = match style {
                    InlineStyle::Underline => "u",
                    InlineStyle::Superscript => "sup",
                    InlineStyle::Subscript => "sub",
                    InlineStyle::Strong | InlineStyle::Emphasis | InlineStyle::Strike => {
                        out.push(Inline::Styled(style, tags(inner)));
                        continue;
                    }
                };
                out.push(Inline::Raw(format!("<{name}>")));
                out.extend(tags(inner));
                out.push(Inline::Raw(format!("</{name}>")));
            }
            Inline::Link { target, title, content } => {
                out.push(Inline::Link { target, title, content: tags(content) });
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::NoteRef(_)
            | Inline::Break
            | Inline::Raw(_) => out.push(inline),
        }
    }
    out
}

fn merged(content: Vec<Inline>, active: &mut Vec<InlineStyle>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    merge_into(content, active, &mut out);
    out
}

fn merge_into(content: Vec<Inline>, active: &mut Vec<InlineStyle>, out: &mut Vec<Inline>) {
    for inline in content {
        match inline {
            Inline::Styled(style, inner) if active.contains(&style) && !nests(style) => {
                merge_into(inner, active, out);
            }
            Inline::Styled(style, inner) => {
                active.push(style);
                let inner = merged(inner, active);
                active.pop();
                push(out, Inline::Styled(style, inner));
            }
            Inline::Link { target, title, content } => {
                let content = merged(content, active);
                out.push(Inline::Link { target, title, content });
            }
            Inline::Raw(markup) if is_break_tag(&markup) => out.push(Inline::Break),
            Inline::Raw(markup) if markup == EMPTY_COMMENT => {}
            Inline::Raw(markup) => push(out, Inline::Raw(markup.replace(['\r', '\n'], " "))),
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::NoteRef(_) | Inline::Break => {
                push(out, inline);
            }
        }
    }
}

/// Appends `inline`, joined to the last one where both say the same; nothing where it is empty.
fn push(out: &mut Vec<Inline>, inline: Inline) {
    match inline {
        Inline::Text(text) => match out.last_mut() {
            Some(Inline::Text(last)) => last.push_str(&text),
            Some(_) | None if text.is_empty() => {}
            Some(_) | None => out.push(Inline::Text(text)),
        },
        Inline::Styled(_, inner) if inner.is_empty() => {}
        Inline::Styled(style, inner) => match out.last_mut() {
            Some(Inline::Styled(last, content)) if *last == style => {
                inner.into_iter().for_each(|inline| push(content, inline));
            }
            Some(_) | None => out.push(Inline::Styled(style, inner)),
        },
        Inline::Code(text) | Inline::Raw(text) if text.is_empty() => {}
        Inline::Code(text) => match out.last_mut() {
            Some(Inline::Code(last)) => last.push_str(&text),
            Some(_) | None => out.push(Inline::Code(text)),
        },
        Inline::Link { .. } | Inline::Image(_) | Inline::NoteRef(_) | Inline::Break | Inline::Raw(_) => {
            out.push(inline);
        }
    }
}

/// Raised text may be raised again; bold text can't be made bolder.
fn nests(style: InlineStyle) -> bool {
    matches!(style, InlineStyle::Superscript | InlineStyle::Subscript)
}

/// True for `<br>` in its spellings.
pub(crate) fn is_break_tag(markup: &str) -> bool {
    let inner = markup.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| inner.trim_end_matches(['/', ' ']).eq_ignore_ascii_case("br"))
}

/// Style and side (true for the opening tag) of a tag that only names a style.
fn style_tag(markup: &str) -> Option<(InlineStyle, bool)> {
    let inner = markup.strip_prefix('<')?.strip_suffix('>')?;
    let (name, opens) = inner.strip_prefix('/').map_or((inner, true), |name| (name, false));
    let found = STYLE_TAGS.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(name))?;
    Some((found.1, opens))
}

/// Replaces pairs of style tags among siblings; true where a pair was found.
fn pair_tags(content: &mut Vec<Inline>) -> bool {
    let mut found = false;
    for inline in content.iter_mut() {
        if let Inline::Styled(_, inner) | Inline::Link { content: inner, .. } = inline {
            found |= pair_tags(inner);
        }
    }
    let is_tag = |inline: &Inline| matches!(inline, Inline::Raw(markup) if style_tag(markup).is_some());
    if content.iter().filter(|inline| is_tag(inline)).count() < 2 {
        return found;
    }
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    let mut open: Vec<(usize, String)> = Vec::new();
    for inline in std::mem::take(content) {
        if let Inline::Raw(markup) = &inline
            && let Some((style, opens)) = style_tag(markup)
        {
            let name = markup.trim_matches(['<', '>', '/']).to_ascii_lowercase();
            if opens && open.len() < MAX_OPEN_TAGS {
                open.push((out.len(), name));
            } else if opens {
            } else if let Some(depth) = open.iter().rposition(|(_, opened)| *opened == name) {
                let inner = out.split_off(open[depth].0 + 1);
                out.pop();
                open.truncate(depth);
                out.push(Inline::Styled(style, inner));
                found = true;
                continue;
            }
        }
        out.push(inline);
    }
    *content = out;
    found
}

/// The same characters with the same styles and links, nested in one order: what reaches furthest stands outside.
///
/// Word marks runs, not nests of them, so that `*a **b***` and `*a* ***b***` are one to it. Pictures and marks of notes
/// have no style: what is bold is the text around them.
pub(crate) fn nested(content: Vec<Inline>) -> Vec<Inline> {
    let mut runs = Vec::new();
    let mut links = Vec::new();
    flatten(content, &mut Vec::new(), &mut links, &mut runs);
    nest(&runs, &links)
}

/// What covers a run: a style, or the link of that number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cover {
    Style(InlineStyle),
    Link(usize),
}

/// A piece that is no style and no link, and what covers it.
type Run = (Vec<Cover>, Inline);

fn flatten(
    content: Vec<Inline>,
    covers: &mut Vec<Cover>,
    links: &mut Vec<(String, String)>,
    runs: &mut Vec<Run>,
) {
    for inline in content {
        let (cover, inner) = match inline {
            // Raised text that is raised again stays in itself.
            Inline::Styled(style, inner) if covers.contains(&Cover::Style(style)) => {
                runs.push((covers.clone(), Inline::Styled(style, nested(inner))));
                continue;
            }
            Inline::Styled(style, inner) => (Cover::Style(style), inner),
            Inline::Link { target, title, content } => {
                links.push((target, title));
                (Cover::Link(links.len() - 1), content)
            }
            leaf @ (Inline::Image(_) | Inline::NoteRef(_)) => {
                let links = covers.iter().copied().filter(|cover| matches!(cover, Cover::Link(_)));
                runs.push((links.collect(), leaf));
                continue;
            }
            leaf @ (Inline::Text(_) | Inline::Code(_) | Inline::Break | Inline::Raw(_)) => {
                runs.push((covers.clone(), leaf));
                continue;
            }
        };
        if let (Cover::Link(_), true) = (cover, inner.is_empty()) {
            // A link without text covers nothing, and stays.
            covers.push(cover);
            runs.push((covers.clone(), Inline::Text(String::new())));
            covers.pop();
            continue;
        }
        covers.push(cover);
        flatten(inner, covers, links, runs);
        covers.pop();
    }
}

/// How many runs a cover of the first reaches over. A style ends before a link that it covers in part.
fn reach(runs: &[Run], cover: Cover) -> usize {
    let mut end = runs.iter().take_while(|(covers, _)| covers.contains(&cover)).count();
    let link = |at: usize| runs.get(at)?.0.iter().find(|cover| matches!(cover, Cover::Link(_)));
    while end > 0 && !matches!(cover, Cover::Link(_)) && link(end - 1).is_some() && link(end - 1) == link(end)
    {
        end -= 1;
    }
    end
}

fn nest(runs: &[Run], links: &[(String, String)]) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut rest = runs;
    while let Some((covers, leaf)) = rest.first() {
        // Of two that reach as far, emphasis stands outside of bold text: `_**甲**_`.
        let inside = |cover: Cover| (cover != Cover::Style(InlineStyle::Emphasis), cover);
        let furthest =
            covers.iter().map(|cover| (reach(rest, *cover), std::cmp::Reverse(inside(*cover)))).max();
        let Some((runs, std::cmp::Reverse((_, cover)))) = furthest else {
            push(&mut out, leaf.clone());
            rest = &rest[1..];
            continue;
        };
        let (covered, after) = rest.split_at(runs);
        let without = |(covers, leaf): &Run| {
            (covers.iter().copied().filter(|other| *other != cover).collect(), leaf.clone())
        };
        let inner = nest(&covered.iter().map(without).collect::<Vec<Run>>(), links);
        match cover {
            Cover::Style(style) => push(&mut out, Inline::Styled(style, inner)),
            Cover::Link(number) => {
                let (target, title) = links[number].clone();
                out.push(Inline::Link { target, title, content: inner });
            }
        }
        rest = after;
    }
    out
}

/// Characters that [`Paragraph::text`] counts for `inlines`.
pub(crate) fn length(inlines: &[Inline]) -> usize {
    let of = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Raw(text) => text.chars().count(),
        Inline::Styled(_, content) | Inline::Link { content, .. } => length(content),
        Inline::Image(image) => image.alt.chars().count(),
        Inline::Break => 1,
        Inline::NoteRef(_) => 0,
    };
    inlines.iter().map(of).sum()
}

/// Parts `content` after `at` characters. What can't be parted (code, links, pictures, markup) stays whole
/// and on the left where any of its characters are.
pub(crate) fn split(content: Vec<Inline>, at: usize) -> (Vec<Inline>, Vec<Inline>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut start = 0;
    for inline in content {
        if start >= at {
            right.push(inline);
            continue;
        }
        let end = start + length(std::slice::from_ref(&inline));
        match inline {
            Inline::Text(text) if end > at => {
                let cut = text.char_indices().nth(at - start).map_or(text.len(), |(offset, _)| offset);
                right.push(Inline::Text(text[cut..].to_owned()));
                left.push(Inline::Text(text[..cut].to_owned()));
            }
            Inline::Styled(style, inner) if end >= at => {
                // What has no characters, such as the mark of a note, may stand behind the last.
                let (inside, outside) = split(inner, at - start);
                left.push(Inline::Styled(style, inside));
                if !outside.is_empty() {
                    right.push(Inline::Styled(style, outside));
                }
            }
            Inline::Text(_)
            | Inline::Styled(..)
            | Inline::Code(_)
            | Inline::Link { .. }
            | Inline::Image(_)
            | Inline::NoteRef(_)
            | Inline::Break
            | Inline::Raw(_) => left.push(inline),
        }
        start = end;
    }
    (left, right)
}

/// `content` without the style, its text kept.
fn without(style: InlineStyle, content: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for inline in content {
        match inline {
            Inline::Styled(own, inner) if own == style => out.extend(without(style, inner)),
            Inline::Styled(own, inner) => out.push(Inline::Styled(own, without(style, inner))),
            Inline::Link { target, title, content } => {
                out.push(Inline::Link { target, title, content: without(style, content) });
            }
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::NoteRef(_)
            | Inline::Break
            | Inline::Raw(_) => out.push(inline),
        }
    }
    out
}

/// Whether any of it is bold.
fn has_strong(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Styled(style, inner) => *style == InlineStyle::Strong || has_strong(inner),
        Inline::Link { content, .. } => has_strong(content),
        Inline::Text(_)
        | Inline::Code(_)
        | Inline::Image(_)
        | Inline::NoteRef(_)
        | Inline::Break
        | Inline::Raw(_) => false,
    })
}

/// Whether the run-in heading of `paragraph` has bold text of its own.
pub(crate) fn has_strong_lead(paragraph: &Paragraph) -> bool {
    let content = &paragraph.content;
    paragraph.lead.is_some_and(|lead| {
        let strong = !is_plain(content) || has_strong(content);
        strong && has_strong(&split(canonical(content.clone()), lead.end).0)
    })
}

/// The content of `paragraph` with its run-in heading, if it has one, as bold text; as it is where some words of the
/// heading are bold, which would not be told from the others then.
///
/// The mark that ends the heading stays outside where it can: `**第一，要培养“四心”**。一是`. With the mark
/// inside, the closing `**` would stand between a mark and a letter, where CommonMark does not close.
pub(crate) fn lead_as_bold(paragraph: &Paragraph) -> Cow<'_, [Inline]> {
    let content = || paragraph.content.clone();
    let Some(lead) = paragraph.lead.filter(|_| !has_strong_lead(paragraph)) else {
        let plain = is_plain(&paragraph.content);
        return if plain { Cow::Borrowed(&paragraph.content) } else { Cow::Owned(canonical(content())) };
    };
    let mut opening: Vec<char> = paragraph.characters().chars().take(lead.end).collect();
    let outside = take_outside(&mut opening);
    // Text alone, as nearly all paragraphs are.
    if let [Inline::Text(text)] = paragraph.content.as_slice() {
        let end = if outside.is_some() { opening.len() } else { lead.end };
        let at = text.char_indices().nth(end).map_or(text.len(), |(at, _)| at);
        let (left, right) = text.split_at(at);
        if at > 0 {
            let mut bold = vec![Inline::Styled(InlineStyle::Strong, vec![Inline::Text(left.to_owned())])];
            bold.extend((!right.is_empty()).then(|| Inline::Text(right.to_owned())));
            return Cow::Owned(bold);
        }
    }
    let begins =
        |right: &[Inline], mark| matches!(right.first(), Some(Inline::Text(text)) if text.starts_with(mark));
    let (left, right) = outside
        .map(|mark| (mark, split(content(), opening.len())))
        .and_then(|(mark, parts)| begins(&parts.1, mark).then_some(parts))
        .unwrap_or_else(|| split(content(), lead.end));
    let mut bold = vec![Inline::Styled(InlineStyle::Strong, left)];
    bold.extend(right);
    Cow::Owned(canonical(bold))
}

/// Whether `paragraph` is plain text with a run-in heading that is read again where it is written as bold text.
pub(crate) fn keeps_lead(paragraph: &Paragraph) -> bool {
    let (Some(lead), [Inline::Text(text)]) = (paragraph.lead, paragraph.content.as_slice()) else {
        return false;
    };
    let mut chars = text.chars();
    let mut opening: Vec<char> = chars.by_ref().take(lead.end).collect();
    let ends = ends_inside(&opening) || take_outside(&mut opening).is_some();
    ends && chars.next().is_some()
}

/// [`lead_as_bold`] of a paragraph that nobody needs any more.
pub(crate) fn with_bold_lead(paragraph: Paragraph) -> Vec<Inline> {
    let changed = match lead_as_bold(&paragraph) {
        Cow::Owned(content) => Some(content),
        Cow::Borrowed(_) => None,
    };
    changed.unwrap_or(paragraph.content)
}

/// What [`lead_as_bold`] made bold: `content` without bold in its first `end` characters, the run-in heading, where all
/// of them are bold; else as it is.
pub(crate) fn plain_lead(content: Vec<Inline>, end: usize) -> Vec<Inline> {
    let content = canonical(content);
    let (left, right) = split(content.clone(), end);
    if !has_strong(&left) {
        return content;
    }
    let mut plain = Paragraph::new(Role::Body, without(InlineStyle::Strong, left));
    plain.content.extend(right);
    plain.content = canonical(plain.content);
    plain.lead = Some(Lead { end, level: 1 });
    if *lead_as_bold(&plain) == *content { plain.content } else { content }
}

/// Takes the last character from a run-in heading; gives it where it is the mark that stands outside the bold text.
fn take_outside(opening: &mut Vec<char>) -> Option<char> {
    opening.pop().filter(|mark| !ends_inside(opening) && ends_outside(opening, *mark))
}

/// Whether the bold `opening` ends with a mark that ends a run-in heading, closing quotes and brackets apart.
fn ends_inside(opening: &[char]) -> bool {
    let closes = |c: char| matches!(c, '”' | '’' | '」' | '』' | '）' | '》' | '】' | '"' | ')');
    let last = opening.iter().rev().find(|c| !closes(**c));
    last.is_some_and(|c| matches!(c, '。' | '！' | '？' | '；' | '：'))
}

/// The label of a list of names is no longer: `出席人员`.
const LONGEST_LABEL: usize = 4;

/// Whether `mark`, right behind the bold `opening`, ends a run-in heading. A colon does so only behind a number
/// or the label of a list of names; `**说明**：` is a bold word.
fn ends_outside(opening: &[char], mark: char) -> bool {
    let numbered = || match opening {
        [first, ..] if "（(第①②③④⑤⑥⑦⑧⑨⑩".contains(*first) || first.is_numeric() => true,
        [_, '、', ..] | [_, _, '、', ..] => true,
        _ => false,
    };
    let lists_names = || {
        let label: String = opening.iter().filter(|c| !c.is_whitespace()).collect();
        let known = ["出席", "列席", "请假", "缺席"].iter().any(|name| label.starts_with(name));
        known && label.chars().count() <= LONGEST_LABEL
    };
    let bold = opening.last().is_some_and(|c| !c.is_whitespace());
    bold && (matches!(mark, '。' | '！' | '？' | '；') || mark == '：' && (numbered() || lists_names()))
}

/// Makes bold openings of body paragraphs run-in headings, outside tables.
///
/// An opening is bold text at the start of a paragraph that has text after it and ends with a sentence-final mark
/// or colon (。！？；：, with closing quotes and brackets after it), or is followed by such a mark. Its level is one below
/// the heading it stands under. `Strong` is taken from it: how a run-in heading looks is the profile's matter.
pub(crate) fn bold_openings_to_leads(document: &mut Document) {
    let mut level = 0;
    set_leads(&mut document.blocks, &mut level);
    for note in &mut document.notes {
        set_leads(&mut note.blocks, &mut 0);
    }
}

fn set_leads(blocks: &mut [Block], level: &mut u8) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(paragraph) => match paragraph.role {
                Role::Title => *level = 0,
                Role::Heading(own) => *level = own,
                Role::Body => set_lead(paragraph, level.saturating_add(1).min(9)),
                Role::Subtitle
                | Role::Marking
                | Role::DocumentNumber
                | Role::Occasion
                | Role::Date
                | Role::Byline
                | Role::Recipient
                | Role::Salutation
                | Role::Point(_)
                | Role::Caption
                | Role::Closing
                | Role::Signature
                | Role::SigningDate
                | Role::AttachmentNote
                | Role::AttachmentLabel
                | Role::Remark
                | Role::Attendance
                | Role::CopyTo
                | Role::Boilerplate => {}
            },
            BlockKind::List(list) => {
                list.items.iter_mut().for_each(|item| set_leads(&mut item.blocks, level));
            }
            BlockKind::Quote(blocks) => set_leads(blocks, level),
            BlockKind::Table(_)
            | BlockKind::Code(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::PageBreak
            | BlockKind::Raw(_) => {}
        }
    }
}

/// The characters of the run-in heading that a bold opening of body text stands for, if it does.
pub(crate) fn bold_opening(content: &[Inline]) -> Option<usize> {
    let Some((Inline::Styled(InlineStyle::Strong, bold), rest)) = content.split_first() else { return None };
    let mut opening = String::new();
    crate::tree::push_inlines(bold, &mut opening);
    let letters: Vec<char> = opening.chars().collect();
    let mut end = letters.len();
    if !ends_inside(&letters) {
        let Some(Inline::Text(text)) = rest.first() else { return None };
        if !text.chars().next().is_some_and(|mark| ends_outside(&letters, mark)) {
            return None;
        }
        end += 1;
    }
    // Code on both sides would be one piece, which has no place for the end of the heading.
    let text = matches!(rest.first(), Some(Inline::Text(_)));
    let whole = || text || length(&split(unbolded(content.to_vec()), end).0) == end;
    (length(rest) != end - letters.len() && whole()).then_some(end)
}

/// `content` without the bold of its first inline.
fn unbolded(mut content: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Styled(InlineStyle::Strong, bold)) = content.first_mut() {
        let bold = std::mem::take(bold);
        content.splice(..1, bold);
        content = merged(content, &mut Vec::new());
    }
    content
}

fn set_lead(paragraph: &mut Paragraph, level: u8) {
    if let Some(end) = bold_opening(&paragraph.content) {
        paragraph.lead = Some(Lead { end, level });
        paragraph.content = unbolded(std::mem::take(&mut paragraph.content));
    } else if let Some(lead) = &mut paragraph.lead {
        lead.level = level;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    fn raw(markup: &str) -> Inline {
        Inline::Raw(markup.into())
    }

    fn strong(content: Vec<Inline>) -> Inline {
        Inline::Styled(InlineStyle::Strong, content)
    }

    #[test]
    fn what_reaches_furthest_stands_outside() {
        let emphasis = |content| Inline::Styled(InlineStyle::Emphasis, content);
        let wanted = vec![emphasis(vec![text("甲"), strong(vec![text("乙")]), text("丙")])];
        let cut = vec![
            emphasis(vec![text("甲")]),
            strong(vec![emphasis(vec![text("乙")])]),
            emphasis(vec![text("丙")]),
        ];
        assert_eq!(nested(cut), wanted);
        assert_eq!(nested(wanted.clone()), wanted);
        let link = |content| Inline::Link { target: "u".into(), title: String::new(), content };
        let outside = vec![strong(vec![text("甲"), link(vec![text("乙")])])];
        assert_eq!(nested(vec![strong(vec![text("甲")]), link(vec![strong(vec![text("乙")])])]), outside);
        let partly = vec![strong(vec![text("甲")]), link(vec![strong(vec![text("乙")]), text("丙")])];
        assert_eq!(nested(partly.clone()), partly);
        let lone = vec![link(vec![]), link(vec![text("乙")]), link(vec![text("丙")])];
        assert_eq!(canonical(nested(lone.clone())), canonical(lone));
    }

    #[test]
    fn adjacent_and_nested_runs_are_one() {
        let content = vec![
            text("甲"),
            text("乙"),
            strong(vec![text("丙"), strong(vec![text("丁")])]),
            strong(vec![text("戊")]),
            strong(vec![]),
        ];
        assert_eq!(canonical(content), vec![text("甲乙"), strong(vec![text("丙丁戊")])]);
    }

    #[test]
    fn what_is_plain_is_canonical() {
        let emphasis = |content| Inline::Styled(InlineStyle::Emphasis, content);
        for plain in
            [vec![text("甲")], vec![strong(vec![text("甲")]), emphasis(vec![text("乙")]), text("丙")]]
        {
            assert!(is_plain(&plain));
            assert_eq!(merged(tags(plain.clone()), &mut Vec::new()), plain);
        }
        for other in [
            vec![],
            vec![text("")],
            vec![text("甲"), text("乙")],
            vec![strong(vec![text("甲")]), strong(vec![text("乙")])],
            vec![strong(vec![])],
            vec![strong(vec![emphasis(vec![text("甲")])])],
            vec![text("甲"), raw("<b>")],
            vec![Inline::Styled(InlineStyle::Underline, vec![text("甲")])],
        ] {
            assert!(!is_plain(&other), "{other:?}");
        }
    }

    #[test]
    fn pairs_of_tags_are_styles_and_lone_tags_stay() {
        let content = vec![raw("<u>"), text("甲"), raw("<sup>"), raw("</u>"), raw("</sup>"), raw("<BR />")];
        let underlined = Inline::Styled(InlineStyle::Underline, vec![text("甲"), raw("<sup>")]);
        assert_eq!(canonical(content), vec![underlined, raw("</sup>"), Inline::Break]);
    }

    #[test]
    fn raised_text_may_be_raised_again() {
        let content = vec![raw("<sup>"), text("a"), raw("<sup>"), text("b"), raw("</sup>"), raw("</sup>")];
        let inner = Inline::Styled(InlineStyle::Superscript, vec![text("b")]);
        assert_eq!(
            canonical(content),
            vec![Inline::Styled(InlineStyle::Superscript, vec![text("a"), inner])]
        );
    }

    #[test]
    fn a_lead_is_bold_text_and_back() {
        let emphasis = Inline::Styled(InlineStyle::Emphasis, vec![text("要实。因为")]);
        let mut paragraph = Paragraph::new(Role::Body, vec![text("第一，"), emphasis]);
        paragraph.lead = Some(Lead { end: 6, level: 1 });
        let bold = lead_as_bold(&paragraph);
        assert_eq!(bold.len(), 2);
        let mut back = Paragraph::new(Role::Body, bold.into_owned());
        set_lead(&mut back, 1);
        assert_eq!(back, paragraph);
    }

    #[test]
    fn the_mark_that_ends_a_lead_stands_outside() {
        for (opening, rest) in [
            ("第一，要培养“四心”", "。一是"),
            ("（一）总体目标", "：到年底"),
            ("出席", "：李四"),
            ("列　席", "：王五"),
        ] {
            let mut paragraph = Paragraph::new(Role::Body, vec![text(&format!("{opening}{rest}"))]);
            paragraph.lead = Some(Lead { end: opening.chars().count() + 1, level: 2 });
            assert!(keeps_lead(&paragraph));
            let bold = lead_as_bold(&paragraph);
            assert_eq!(*bold, [strong(vec![text(opening)]), text(rest)]);
            let mut back = Paragraph::new(Role::Body, bold.into_owned());
            set_lead(&mut back, 2);
            assert_eq!(back, paragraph);
        }
    }

    #[test]
    fn a_lead_that_is_kept_is_read_from_bold_text() {
        for whole in [
            "一、要实。因为",
            "要实：因为",
            "一、要实：因为",
            "说明因为",
            "要实。",
            "（一）要实。”因为",
            "要",
            "：要",
        ] {
            for end in 0..=whole.chars().count() {
                let mut paragraph = Paragraph::new(Role::Body, vec![text(whole)]);
                paragraph.lead = Some(Lead { end, level: 1 });
                let read = bold_opening(&lead_as_bold(&paragraph)) == Some(end);
                assert_eq!(keeps_lead(&paragraph), read, "{whole} {end}");
            }
        }
    }

    #[test]
    fn bold_words_of_a_lead_are_told_from_it() {
        let content = vec![text("第一，"), strong(vec![text("要实")]), text("。因为")];
        let mut paragraph = Paragraph::new(Role::Body, content.clone());
        paragraph.lead = Some(Lead { end: 6, level: 1 });
        assert_eq!(*lead_as_bold(&paragraph), *content);
        assert_eq!(plain_lead(content.clone(), 6), content);
        assert_eq!(
            plain_lead(vec![strong(vec![text("第一，要实")]), text("。因为")], 6),
            [text("第一，要实。因为")]
        );
    }

    #[test]
    fn bold_words_are_no_lead() {
        for content in [
            vec![strong(vec![text("注意")]), text("：内容")],
            vec![strong(vec![text("全段加粗。")])],
            vec![text("前"), strong(vec![text("加粗。")]), text("后")],
        ] {
            let mut paragraph = Paragraph::new(Role::Body, content.clone());
            set_lead(&mut paragraph, 1);
            assert_eq!((paragraph.lead, paragraph.content), (None, content));
        }
    }
}
