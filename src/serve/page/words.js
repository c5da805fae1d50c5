// Every word of the page, Chinese first.

export const languages = { zh: "zh-CN", en: "en" };

/** So many of a thing, in English. */
const count = (n, thing) => `${n} ${thing}${n === 1 ? "" : "s"}`;

/** How many paragraphs changed with a correction, and in which lines, or which paragraphs of a Word file. */
const following = (chinese, english) => [
  (n, places) => `另有 ${n} 段随之改变${places.length ? `：第 ${places.slice(0, 6).join("、")}${n > 6 ? " … " : " "}${chinese}` : ""}`,
  (n, places) => `${count(n, "other paragraph")} changed with it${places.length ? `: ${english}${places.length > 1 ? "s" : ""} ${places.slice(0, 6).join(", ")}${n > 6 ? " …" : ""}` : ""}`,
];

const WORDS = {
  pageTitle: ["版式 banshi", "banshi"],
  documents: ["文稿", "Documents"], close: ["关闭", "Close"], closeHint: ["从本页移除，原文件不受影响", "Removes it from this page; your file stays as it is"],
  open: ["打开…", "Open…"], paste: ["粘贴…", "Paste…"], theme: ["明暗", "Light/dark"], language: ["English", "中文"], quit: ["退出", "Quit"],
  dropLead: ["把文稿拖到这里", "Drop your document here"],
  dropMore: ["文本（GBK、UTF-8 等）、Word、Markdown，可一次多份", "Text (GBK, UTF-8 …), Word or Markdown, several at once"],
  choose: ["选择文件", "Choose files"], pasteText: ["粘贴文字", "Paste text"],
  local: ["全部在本机处理，不联网；关闭程序后不留存。", "Everything stays on this machine; nothing is kept when the program ends."],
  script: ["文稿结构", "Structure"], undo: ["撤销", "Undo"], redo: ["重做", "Redo"], undoHint: ["Ctrl+Z", "Ctrl+Z"], redoHint: ["Ctrl+Shift+Z", "Ctrl+Shift+Z"],
  fields: ["标题、讲话人、日期", "Title, speaker, date"], fieldTitle: ["标题", "Title"], fieldByline: ["讲话人", "Speaker"], fieldDate: ["日期", "Date"],
  sheet: ["版面预览", "Pages"], profile: ["版式", "Profile"], number: ["页码", "Number"], titleFace: ["标题字体", "Title"], bodyFace: ["正文字体", "Body"],
  asProfile: ["依版式", "Default"], 
  undone: ["已撤销", "Undone"], redone: ["已重做", "Done again"], closed: ["已关闭", "Closed"], joined: ["已并入上段", "Joined with the previous"], splitDone: ["已拆成两段", "Split in two"],
  nowIs: [(where, role) => `${where}改为${role}`, (where, role) => `${where} is now ${role}`], isBack: [(where) => `${where}已恢复`, (where) => `${where} is back`],
  pieceOf: [(where, n) => `${where}第 ${n} 部分`, (where, n) => `${where}, part ${n}`],
  sentence: [(says) => `${says.join("；")}。`, (says) => `${says.join("; ")}.`],
  tabs: ["左栏内容", "Left column"], setProfile: ["版式设置", "Profile settings"], auto: ["自动", "auto"], ownProfile: ["自定版式", "Own profile"],
  profileAsIs: [(base) => `按“${base}”排版。改动任何一项，版面随即显示。`, (base) => `As “${base}”. Change anything; the pages show it at once.`],
  profileChanged: [(base, n) => `以“${base}”为底，改动 ${n} 项。`, (base, n) => `“${base}” with ${n} changed.`],
  profileReset: ["全部还原", "Reset all"], profileSave: ["存为版式文件…", "Save as a file…"], profileOpen: ["打开版式文件…", "Open a file…"],
  profileSaveHint: ["TOML 文件，可再次打开，也可用于命令行的 --profile", "A TOML file, to be opened here again or used by --profile"],
  profileAll: ["用于全部文稿", "Use for all documents"], profileForAll: [(n) => `${n} 份文稿已用此版式`, (n) => `This profile is that of ${count(n, "document")} now`],
  resetOne: [(label) => `还原${label}`, (label) => `Reset ${label}`], outOfRange: [(a, b, unit) => `须在 ${a} 到 ${b} ${unit}之间`, (a, b, unit) => `Between ${a} and ${b} ${unit}`],
  styleOf: ["段落种类", "Kind of paragraph"], latin: ["西文", "Latin"],
  "group-page": ["纸张与页边距", "Paper and margins"], "group-grid": ["版心", "Grid"], "group-styles": ["段落样式", "Paragraphs"], "group-page-number": ["页码", "Page number"],
  "group-rules": ["标点、分页与空行", "Punctuation, page breaks, gaps"], "group-imposition": ["拼版（仅 PDF）", "Sheets (PDF only)"], "group-names": ["字体名称", "Names of faces"],
  "value-outer": ["外侧", "Outer side"], "value-centre": ["居中", "Centre"], "value-none": ["不要", "None"], "value-left": ["居左", "Left"], "value-right": ["居右", "Right"],
  "value-justify": ["两端对齐", "Justified"], "value-basic": ["基本", "Basic"], "value-gb": ["国标", "GB"], "value-strict": ["严格", "Strict"],
  "value-last": ["末页", "Last page"], "value-even": ["末页背面（偶数页）", "Back of the last leaf"],
  "value-biaosong": ["小标宋", "Biaosong"], "value-hei": ["黑体", "Hei"], "value-kai": ["楷体", "Kai"], "value-fangsong": ["仿宋", "Fangsong"], "value-song": ["宋体", "Song"],
  "profile-gongwen": ["公文（国标）", "Official"], "profile-speech": ["讲话稿", "Speech"], "profile-reading": ["大字讲稿", "Large, for reading"],
  "profile-handout": ["会议材料", "Handout"], "profile-plain": ["普通文稿", "Plain"],
  takeMoreLabel: ["其他格式", "More formats"], leftColumn: ["文稿", "Document"],
  takeWord: ["下载 Word", "Save as Word"], takeMore: ["其他格式 ▾", "More ▾"],
  "take-docx": ["Word 文档（.docx）", "Word (.docx)"], "take-pdf": ["PDF", "PDF"], "take-two-up": ["PDF：每面两页", "PDF, two pages a side"],
  "take-booklet": ["PDF：折页小册子", "PDF booklet"], "take-md": ["Markdown", "Markdown"],
  takeCorrections: ["更正文件（供命令行）", "Corrections, for the command line"],
  takeAll: [(n) => `全部 ${n} 份打包（Word＋PDF＋报告）`, (n) => `All ${n} as one zip (Word, PDF, report)`],
  zoomOut: ["缩小", "Zoom out"], zoomIn: ["放大", "Zoom in"], zoomFit: ["适合宽度", "Fit"], pageList: ["页列表", "List of pages"], sheets: ["逐页预览", "Page by page"],
  pageOf: [(n, all) => `第 ${n} 页，共 ${all} 页`, (n, all) => `Page ${n} of ${all}`],
  unsaved: [(names) => `${names.slice(0, 3).map((name) => `“${name}”`).join("、")}${names.length > 3 ? `等 ${names.length} 份` : ""}有改动尚未下载，离开后不再保留。`,
    (names) => `${names.slice(0, 3).map((name) => `“${name}”`).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}: changes that were not saved will be gone.`],
  making: ["正在生成文件…", "Making the file…"],
  cancel: ["取消", "Cancel"], useText: ["排版", "Lay out"], pastedName: ["粘贴的文稿", "Pasted text"],
  reading: [(name) => `正在读取 ${name}`, (name) => `Reading ${name}`], taken: [(n) => `已读取 ${n} 份`, (n) => `${count(n, "document")} read`],
  summary: [(p, c, s) => `${p} 段，${c} 字，排成 ${s} 页`, (p, c, s) => `${count(p, "paragraph")}, ${count(c, "character")}, ${count(s, "page")}`],
  leftOut: [(n) => `略去非正文 ${n} 行（下方带删除线，可恢复）`, (n) => `${count(n, "line")} left out as not the author's (struck below; can be put back)`],
  empty: ["文件里没有文字，没有可下载的内容", "There is no text in it, and nothing to take away"],
  putAllBack: ["全部恢复", "Put all back"], putAllBackHint: ["恢复所有略去的行", "Puts back every line that was left out"], allBack: [(n) => `${n} 段已恢复`, (n) => `${count(n, "paragraph")} put back`],
  forgetAll: ["撤销全部更正", "Remove all corrections"], forgetAllHint: ["全文恢复自动识别；可撤销", "Has all of it recognised again; can be undone"], allForgotten: ["全文已恢复自动识别", "All of it is as recognised"],
  followed: following("行", "line"), "followed-docx": following("段", "paragraph"),
  usedProfile: [(name) => `已用版式文件 ${name}`, (name) => `The profile is that of ${name}`],
  usedCorrections: [(name, n, astray) => `已按 ${name} 更正 ${n} 处${astray ? `，另有 ${astray} 处在本文找不到` : ""}`,
    (name, n, astray) => `${count(n, "correction")} of ${name} taken${astray ? `, ${astray} found nowhere in this text` : ""}`],
  about: [(names, words) => `${names.slice(0, 10).join("、")}${names.length > 10 ? `等 ${names.length} 份` : ""}：${words}`,
    (names, words) => `${names.slice(0, 10).join(", ")}${names.length > 10 ? ` and ${names.length - 10} more` : ""}: ${words}`],
  ofThisKind: [(words, n) => `${words}（同类共 ${n} 处）`, (words, n) => `${words} (${n} of this kind)`],
  lineNumber: [(n) => `第 ${n} 行`, (n) => `Line ${n}`], "lineNumber-docx": [(n) => `第 ${n} 段`, (n) => `Paragraph ${n}`], moreFindings: [(n) => `另有 ${n} 条`, (n) => `${n} more`],
  chipLabel: [(role, where, text) => `${role}${where && `，${where}`}：${text}`, (role, where, text) => `${role}${where && `, ${where}`}: ${text}`],
  role: ["段落角色", "Role"], level: ["级别", "Level"], levelName: [(n) => `${n} 级`, (n) => `Level ${n}`],
  join: ["并入上段", "Join with previous"], split: ["拆分…", "Split…"], leave: ["不要这段", "Leave out"], putBack: ["恢复", "Put back"], forget: ["恢复自动识别", "Recognise again"],
  splitPlace: ["把光标放在要拆分的地方", "Put the caret where it is to be split"],
  splitTip: ["把光标放到要拆开的字前，再按回车或“拆分”；按 Esc 取消", "Put the caret where to split, then press Enter or Split again; Esc to cancel"],
  encoding: ["文字编码", "Encoding"], encodingAuto: ["自动判断", "Automatic"], lossy: ["替换坏字后继续", "Replace broken characters and go on"],
  ended: ["程序已退出，可以关闭本页。", "banshi has ended; you can close this page."],
};

export function word(key, ...values) {
  const found = WORDS[key]?.[word.language === "en" ? 1 : 0] ?? key;
  return typeof found === "function" ? found(...values) : found;
}
word.language = "zh";

const zh = () => word.language !== "en";
const english = (name) => name.replaceAll("-", " ").replace(/^./, (c) => c.toUpperCase());

const ROLES = {
  title: "标题", subtitle: "副标题", marking: "密级紧急程度", "document-number": "发文字号", occasion: "场合", date: "日期", byline: "讲话人", recipient: "主送机关",
  salutation: "称呼", heading: "小标题", point: "要点", body: "正文", caption: "题注", closing: "结束语", signature: "署名", "signing-date": "成文日期",
  "attachment-note": "附件说明", "attachment-label": "附件", remark: "附注", attendance: "出席名单", "copy-to": "抄送", boilerplate: "略去", table: "表格", list: "列表",
  quote: "引文", code: "代码", image: "图片", raw: "标记", note: "注释",
};
export const roleName = (name) => (zh() ? ROLES[name] ?? name : name === "boilerplate" ? "Left out" : english(name));

/** Keys of a profile, by the table that they stand in. */
const KEYS = {
  "page.width": ["纸宽", "Width"], "page.height": ["纸高", "Height"], "page.top": ["上边距（天头）", "Top margin"], "page.bottom": ["下边距", "Bottom margin"],
  "page.left": ["左边距（订口）", "Left margin"], "page.right": ["右边距", "Right margin"],
  "grid.characters": ["每行字数", "Characters a line"], "grid.lines": ["每页行数", "Lines a page"], "grid.pitch": ["固定行距", "Fixed line distance"],
  "style.face": ["字体", "Face"], "style.size": ["字号", "Size"], "style.bold": ["加粗", "Bold"], "style.align": ["对齐", "Alignment"],
  "style.first-line": ["首行缩进", "First line indent"], "style.left": ["左缩进", "Left indent"], "style.right": ["右缩进", "Right indent"],
  "style.before": ["段前空", "Space before"], "style.after": ["段后空", "Space after"], "style.keep-with-next": ["与下段同页", "Keep with next"],
  "style.keep-together": ["段落不跨页", "Keep together"], "style.page-break": ["另起一页", "Begins a page"],
  "page-number.position": ["位置", "Position"], "page-number.before": ["数字前", "Before it"], "page-number.after": ["数字后", "After it"], "page-number.face": ["字体", "Face"],
  "page-number.size": ["字号", "Size"], "page-number.below": ["在版心下", "Below the text"], "page-number.indent": ["距外侧", "From the outer edge"],
  ".kinsoku": ["行首行尾禁则", "Marks at line ends"], ".hanging-punctuation": ["行尾标点悬挂", "Hanging punctuation"], ".widow-control": ["避免孤行", "No single lines"],
  ".centred-divisions": ["章节与目录居中", "Chapters and contents centred"],
  ".divide-rows": ["表格行可跨页", "Rows of tables may be divided"],
  ".numbered-paragraphs": ["段落编号", "Numbered paragraphs"], ".title-gap": ["标题下空", "Gap under the title"], ".front-gap": ["正文前空", "Gap before the text"],
  ".imprint-page": ["版记位置", "Place of the imprint"], ".name": ["版式名称", "Name of the profile"],
  "imposition.pages-per-sheet": ["每面页数", "Pages a side"], "imposition.booklet": ["折页小册子", "Booklet"],
  "names.name": ["名称", "name"], "names.also": ["的替代", "also"],
};
export const keyWord = (table, key) => KEYS[`${table}.${key}`]?.[zh() ? 0 : 1] ?? key;
export const valueWord = (value) => word(`value-${value}`);

const UNITS = { mm: ["毫米", "mm"], pt: ["磅", "pt"], em: ["字", "em"], lines: ["行", "lines"], "whole-lines": ["行", "lines"], characters: ["字", "characters"] };
export const unitWord = (unit) => UNITS[unit]?.[zh() ? 0 : 1] ?? unit;

const SIZES = { 42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三", 14: "四号", 12: "小四", 10.5: "五号", 9: "小五", 7.5: "六号", 6.5: "小六" };
export const sizeName = (points) => (zh() && SIZES[points] ? ` ${SIZES[points]}` : "");

const STYLES = { "list-item": "列表项", quote: "引文", code: "代码", "table-cell": "表格", "table-head": "表头", note: "注释" };
/** A style of a profile, by the table that it is in the file. */
export function styleWord(path) {
  const [table, name] = path.split(".");
  if (table === "headings") return zh() ? `小标题 ${name} 级` : `Heading ${name}`;
  if (table === "leads") return zh() ? `段首小标题 ${name} 级` : `Run-in heading ${name}`;
  return zh() ? STYLES[name] ?? ROLES[name] ?? name : english(name);
}

/** Why a paragraph is what it is, by the rule that decided. */
const RULES = {
  plain: ["没有别的特征，是正文", "Nothing speaks for anything but text"],
  stated: ["原文件已注明", "The file says so"],
  corrected: ["按您的更正", "As you corrected it"],
  "like-corrected": ["与您更正过的同类段落一致", "Like one that you corrected"],
  "field-filled": ["按您填写的内容", "As you filled it in"],
  "source-role": ["原文件的样式已注明", "The style in the file says so"],
  "source-title": ["全文唯一的一级标题", "The only heading of level 1"],
  "source-outline-level": ["原文件有大纲级别", "It has an outline level in the file"],
  title: ["按措辞、位置和下文判断为标题", "The most title-like lines by wording, place and what follows"],
  "title-goes-on": ["标题的下一行", "A further line of it"],
  "title-again": ["网页重复的标题", "The page's own copy above or below the title; not the author's"],
  marking: ["份号、密级或紧急程度", "Copy number, grade of secrecy or urgency"],
  "document-number": ["文号或期号", "发文字号, number of an order or an issue"],
  "signer-beside-number": ["签发人，移到发文字号所在行", "签发人 on a line of its own, with the letterhead at most between it and the number: it goes on the line of the number"],
  masthead: ["发文机关或刊头", "The issuing body or the bulletin above the number"],
  "issuer-with-date": ["编发单位和日期", "Who issues a bulletin and when"],
  "date-under-title": ["标题下的日期", "A date on a line of its own, in any form, in brackets or with the place"],
  "date-above-title": ["标题上的日期", "A date on a line of its own, in any form, in brackets or with the place"],
  occasion: ["讲话的场合", "Where it was said, or the enactment of a law"],
  "occasion-goes-on": ["场合的下一行", "Its second line; one that stands above the title"],
  "occasion-above-title": ["标题上方的场合", "Its second line; one that stands above the title"],
  subtitle: ["副标题", "Right below the title: which text of it this is, in brackets; what a report of news says of itself above its dateline"],
  byline: ["讲话人或作者", "Speaker or author: office and name, a name with a gap, a label, the body that wrote a report"],
  recipient: ["主送机关，以冒号结束", "The bodies that a letter goes to, up to the colon, over several lines"],
  "recipient-goes-on": ["主送机关的下一行", "The bodies that a letter goes to, up to the colon, over several lines"],
  salutation: ["称呼，讲话由此开始", "The form of address that opens a speech, over several lines"],
  "salutation-goes-on": ["称呼的下一行", "The form of address that opens a speech, over several lines"],
  "remark-under-title": ["标题下的括注", "A note in brackets, the head note of a reprint"],
  "remark-above-title": ["标题上的括注", "A note in brackets, the head note of a reprint"],
  "heading-in-contents": ["目录中列出的标题", "A line without a number that the contents of a bulletin name, right over its text"],
  "table-of-contents": ["目录", "目录, 本期要目 and the lines that repeat headings of the text"],
  "above-title": ["标题之上夹有广告", "Lines above the title, one of which is an advert for certain"],
  "page-frame": ["网页上的来源、字号、按钮等", "Source, date and hour, font size, buttons, menus, labels with their values, the introduction of a site"],
  caption: ["图片说明", "The caption of a photograph and who took it"],
  "advert-inside": ["文中的推广", "A call to readers inside the text; two or more adverts between its paragraphs"],
  "below-end": ["结尾之后的杂项", "Debris below the signature, the date or the closing words"],
  "links-below": ["文后的链接", "The list of links under a text"],
  "page-number": ["页码或标记", "Page numbers, end marks, markup, wherever they stand"],
  "running-head": ["重复的页眉", "A line that comes again beside page numbers"],
  separator: ["分隔线", "A line drawn with characters"],
  "numbered-heading": ["有序号，独立成行，下面有正文", "A numbered line that heads what follows"],
  "numbered-point": ["有序号，自成一段", "A numbered paragraph of text, often with a run-in heading"],
  "division-heading": ["编、章、节的标题", "编, 章, 节, 部分 on a line of its own, or run into text"],
  "division-text": ["编、章、节的文字", "编, 章, 节, 部分 on a line of its own, or run into text"],
  article: ["条文", "第…条 of a rule, with its text"],
  "prose-heading": ["“第一”“一是”等独立成行", "第一，, 一是, 首先，, 第一点体会： alone over text, or with their text"],
  "prose-point": ["以“第一”“一是”等开头", "第一，, 一是, 首先，, 第一点体会： alone over text, or with their text"],
  "prose-aspect": ["以“一方面”等开头", "一方面 and 另一方面 open a sentence and head nothing"],
  "dash-point": ["以破折号开头", "——, bullets, ① and letters"],
  "bullet-point": ["以项目符号开头", "——, bullets, ① and letters"],
  "minor-point": ["以①、a) 等开头", "——, bullets, ① and letters"],
  "unnumbered-heading": ["无序号的短行，各领一段文字", "Two or more short lines without a mark over passages, where no top level is numbered"],
  "heading-over-numbers": ["在各组序号之上的短行", "The same above a whole list 一、二、, which moves one level down"],
  "table-name": ["表的名称", "What names the table right below it"],
  "numbered-caption": ["表或图的题注", "表 or 图 with a number, right at a table or a picture"],
  "table-unit": ["表中数字的单位，紧接在表上方", "the unit of the figures, right above their table"],
  "closing-words": ["结束语", "Words that end a text and say little else"],
  "closing-call": ["结尾的号召", "The call with which a speech ends, its last paragraph before them"],
  "attachment-note": ["附件说明", "附件说明 and its list"],
  "attachment-note-goes-on": ["附件说明的下一行", "附件说明 and its list"],
  "attachment-label": ["附件的标号", "The head of an annex"],
  "signature-above-date": ["日期之上的署名", "Names of bodies or persons above the date, several too"],
  "signature-with-date": ["署名和日期在一行", "Name and date on one line; a name as the last line"],
  "signature-below-date": ["日期之下的署名", "A name as the last line, below the date"],
  "note-below-end": ["结尾之后的编者注", "Notes of an editor below the closing words"],
  attendance: ["纪要末尾的出席、列席、请假名单", "Who was present, sat in or was excused, below the text of minutes"],
  "attendance-goes-on": ["名单的下一行", "A further row of names"],
  "copy-to-goes-on": ["抄送机关的下一行", "A further line of those it is copied to"],
  "signature-at-end": ["文末的署名", "Name and date on one line; a name as the last line"],
  "signing-date": ["成文日期", "The date under them, or alone"],
  "seal-row": ["签章处", "Where the parties of a contract sign"],
  "date-under-seals": ["签章下的日期", "Where the parties of a contract sign"],
  "remark-after-date": ["日期之后的附注", "（此件公开发布）, the dateline of an agency"],
  "remark-at-end": ["文末的附注", "（此件公开发布）, the dateline of an agency"],
  "signature-below-closing": ["结束语之下的署名", "A name below the closing words of a mail"],
  "contact-note": ["联系人和电话", "Whom to ask"],
  "copy-to": ["抄送机关", "抄送, 印发, 份数, 主题词"],
  "printed-by": ["印发机关", "抄送, 印发, 份数, 主题词"],
  "printed-copies": ["份数", "抄送, 印发, 份数, 主题词"],
  "subject-words": ["主题词", "抄送, 印发, 份数, 主题词"],
  "verse": ["缩进的等长诗句读作引文", "Lines of one length that are set in below a colon"],
  "marks-as-form": ["文本中的 Markdown 标记按其含义处理", "Marks of Markdown in a plain text"],
  "boxes-as-table": ["用制表线画成的表格读作表格", "Lines of a text that draw the rules of a table with characters"],
  "blanks-as-table": ["用空格分列的行读作表格", "Lines of a text in columns that blanks part, with a head and a column of figures"],
  "form-as-table": ["带空格子的标签读作表单", "Two lines of labels or more with an empty cell behind each"],
  "tabs-as-table": ["用制表符分列的行读作表格", "Lines of a text, each below the other, whose cells are parted by tabs"],
  "set-off-heading": ["字体、字号或加粗与正文不同的短行", "A short line without a number that is bold, larger or in 黑体 or 楷体 as a whole, where the text is not; one look is one level"],
};
export const ruleWords = (rule) => RULES[rule]?.[zh() ? 0 : 1] ?? rule;

/** A sentence of the server in the language of the page. */
export const said = (one) => one.said?.[word.language] ?? "";

const ERRORS = {
  encoding: [(e) => `第 ${e.line} 行有不成文字的字节。请选择正确的编码，或替换坏字后继续。`, (e) => `Line ${e.line} has bytes that are not text. Choose the right encoding, or replace them and go on.`],
  "unknown-encoding": ["认不出这份文字的编码。请选择编码，或另存为 UTF-8。", "The encoding is not known. Choose one, or save the text as UTF-8."],
  "not-text": ["这不是文本文件，可能只是扩展名写错了。", "This is not a text, whatever its name says."],
  malformed: ["文件已损坏，或不是它的扩展名所说的格式。请在原来的程序里重新保存。", "The file is damaged, or not what its extension says. Save it anew in its own program."],
  unsupported: ["读不了这种文件。请另存为 .docx 或 .txt。", "Files of this kind are not read. Save it as .docx or .txt."],
  "too-large": [(e) => said(e) || "文件太大：Word 至多 32 MB，文本至多 4 MB。", (e) => said(e) || "The file is too large: 32 MB at most for Word, 4 MB for text."], full: ["文稿太多了，请先关闭几份。", "Too many documents; close some first."],
  busy: ["正忙，请稍后再试。", "Busy; try again in a moment."], late: ["转换超时，已停止。", "It took too long and was stopped."], slow: ["传输太慢，已停止。", "The transfer was too slow."],
  fault: ["程序出错，文稿未受影响。请把文件发给开发者。", "A fault in the program; your document is safe. Please report it."],
  unreadable: ["读不出来。若是文件夹，请打开它，选其中的文件。", "It cannot be read. If it is a folder, open it and choose the files in it."],
  folder: ["这是文件夹。请打开文件夹，选其中的文件。", "This is a folder. Open it and choose the files in it."],
  "no-document": ["请先打开文稿，再使用它的更正文件或版式文件。", "Open a document first, then its file of corrections or profile."],
  missing: ["文稿已不在，请重新打开。", "The document is gone; open it again."], offline: ["程序已退出，请重新启动。", "The program has ended; start it again."],
};
export function errorWords(error) {
  // What is wrong with a file, and what helps, the server knows best: an old .doc, a password.
  if (error.code === "malformed" && said(error)) return said(error);
  const found = ERRORS[error.code]?.[zh() ? 0 : 1];
  return typeof found === "function" ? found(error) : found ?? (said(error) || error.code);
}
