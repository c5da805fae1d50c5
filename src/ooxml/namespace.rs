//! The namespaces of Word files, transitional and strict (ECMA-376 part 1 and part 4, annex A).

use quick_xml::name::ResolveResult;

/// The namespaces that the reader tells apart; strict and transitional ones are the same to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ns {
    /// No namespace.
    None,
    /// WordprocessingML.
    W,
    /// Ids of relationships.
    R,
    /// Markup compatibility (ECMA-376 part 3).
    Mc,
    /// DrawingML.
    A,
    /// Pictures of DrawingML.
    Pic,
    /// Drawings in a Word text.
    Wp,
    /// Shapes in a Word text, with `txbx`.
    Wps,
    /// Charts.
    C,
    /// SmartArt.
    Dgm,
    /// Mathematics.
    M,
    /// VML.
    V,
    /// Office additions to VML.
    O,
    /// Word 2010 additions.
    W14,
    /// Later additions of Word that hold formatting and bookkeeping only.
    Later,
    /// Other drawing namespaces: groups, canvases, effects.
    Drawing,
    /// `xml:`.
    Xml,
    /// Package relationships, content types, core and custom properties.
    Package,
    /// Anything else.
    Other,
}

/// The bytes that name a namespace, and which it is.
const NAMESPACES: [(&str, Ns); 43] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Ns::W),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", Ns::W),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", Ns::R),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", Ns::R),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", Ns::Mc),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", Ns::A),
    ("http://purl.oclc.org/ooxml/drawingml/main", Ns::A),
    ("http://schemas.openxmlformats.org/drawingml/2006/picture", Ns::Pic),
    ("http://purl.oclc.org/ooxml/drawingml/picture", Ns::Pic),
    ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", Ns::Wp),
    ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", Ns::Wp),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape", Ns::Wps),
    ("http://schemas.openxmlformats.org/drawingml/2006/chart", Ns::C),
    ("http://purl.oclc.org/ooxml/drawingml/chart", Ns::C),
    ("http://schemas.openxmlformats.org/drawingml/2006/diagram", Ns::Dgm),
    ("http://purl.oclc.org/ooxml/drawingml/diagram", Ns::Dgm),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", Ns::M),
    ("http://purl.oclc.org/ooxml/officeDocument/math", Ns::M),
    ("urn:schemas-microsoft-com:vml", Ns::V),
    ("urn:schemas-microsoft-com:office:office", Ns::O),
    ("urn:schemas-microsoft-com:office:word", Ns::Drawing),
    ("http://schemas.microsoft.com/office/word/2010/wordml", Ns::W14),
    ("http://schemas.microsoft.com/office/word/2012/wordml", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2015/wordml/symex", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2016/wordml/cid", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2018/wordml", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2018/wordml/cex", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2020/wordml/sdtdatahash", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2023/wordml/word16du", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2024/wordml/sdtformatlock", Ns::Later),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", Ns::Drawing),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas", Ns::Drawing),
    ("http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing", Ns::Drawing),
    ("http://schemas.microsoft.com/office/drawing/2010/main", Ns::Drawing),
    ("http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas", Ns::Drawing),
    ("http://purl.oclc.org/ooxml/drawingml/lockedCanvas", Ns::Drawing),
    ("http://www.w3.org/XML/1998/namespace", Ns::Xml),
    ("http://schemas.openxmlformats.org/package/2006/relationships", Ns::Package),
    ("http://schemas.openxmlformats.org/package/2006/content-types", Ns::Package),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", Ns::Package),
    ("http://purl.org/dc/elements/1.1/", Ns::Package),
    ("http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", Ns::Package),
    ("http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", Ns::Package),
];

/// Which namespace a name was resolved to.
pub(crate) fn namespace(result: &ResolveResult<'_>) -> Ns {
    match result {
        ResolveResult::Unbound => Ns::None,
        ResolveResult::Bound(uri) => {
            NAMESPACES.iter().find(|row| row.0.as_bytes() == uri.0).map_or(Ns::Other, |row| row.1)
        }
        ResolveResult::Unknown(_) => Ns::Other,
    }
}
