//! The line over a table that tells the unit of its figures.

use super::{Block, BlockKind, Role};

/// It is no longer than so many characters.
const LONGEST: usize = 20;

/// True for the unit of the figures of a table: `单位：万元`, `（计量单位：亩）`.
pub(crate) fn is_unit(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['（', '(']);
    if !text.starts_with(['单', '计', '金']) {
        return false;
    }
    let labelled = ["单位", "计量单位", "金额单位"].iter().find_map(|label| text.strip_prefix(label));
    labelled.is_some_and(|rest| rest.starts_with(['：', ':'])) && text.chars().count() <= LONGEST
}

/// True where the first of `blocks` is the line of the unit, as a caption right above its table.
pub(crate) fn is_table_unit(blocks: &[Block]) -> bool {
    let [unit, Block { kind: BlockKind::Table(_), .. }, ..] = blocks else { return false };
    unit.paragraph().is_some_and(|unit| unit.role == Role::Caption && is_unit(&unit.characters()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_their_label() {
        assert!(is_unit("单位：万元") && is_unit("（计量单位：亩）"));
        assert!(!is_unit("单位负责人：李四") && !is_unit("各单位：请于周五前报送有关情况，不得延误推诿"));
    }
}
