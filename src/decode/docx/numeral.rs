//! Numbers in the formats of `w:numFmt` (ECMA-376 17.18.59).

/// What digits and units a counting system of Han characters has.
struct Han {
    digits: [char; 10],
    units: [&'static str; 4],
    myriads: [&'static str; 3],
    /// `一十` for ten instead of `十`.
    says_one_ten: bool,
    /// A zero between units that are not neighbours: `一百零一`.
    says_zero: bool,
    /// `一百` instead of `百`.
    says_one: bool,
}

const SIMPLE: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

const THOUSAND: Han = Han {
    digits: SIMPLE,
    units: ["", "十", "百", "千"],
    myriads: ["", "万", "亿"],
    says_one_ten: false,
    says_zero: true,
    says_one: true,
};

const THOUSAND_TRADITIONAL: Han = Han { myriads: ["", "萬", "億"], ..THOUSAND };

const JAPANESE: Han = Han { says_zero: false, says_one: false, ..THOUSAND };

const LEGAL: Han = Han {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    units: ["", "拾", "佰", "仟"],
    says_one_ten: true,
    ..THOUSAND
};

const LEGAL_TRADITIONAL: Han = Han {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    myriads: ["", "萬", "億"],
    ..LEGAL
};

const LEGAL_JAPANESE: Han = Han {
    digits: ['零', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'],
    units: ["", "拾", "百", "阡"],
    myriads: ["", "萬", "億"],
    says_zero: false,
    ..LEGAL
};

const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] = ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];

/// Formats that count in the letters of an alphabet, which are repeated where it ends.
const ALPHABETS: [(&str, &str); 13] = [
    ("aiueo", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"),
    (
        "aiueoFullWidth",
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    ),
    ("iroha", "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"),
    (
        "irohaFullWidth",
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
    ),
    ("ganada", "가나다라마바사아자차카타파하"),
    ("chosung", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    ("russianLower", "абвгдежзиклмнопрстуфхцчшщыэюя"),
    ("russianUpper", "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
    ("arabicAlpha", "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    ("arabicAbjad", "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    ("hebrew2", "אבגדהוזחטיכלמנסעפצקרשת"),
    ("thaiLetters", "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"),
    ("chicago", "*†‡§"),
];

/// Formats that are figures with other signs, from nought.
const FIGURES: [(&str, [char; 10]); 4] = [
    ("koreanDigital", ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구']),
    ("koreanDigital2", SIMPLE),
    ("thaiNumbers", ['๐', '๑', '๒', '๓', '๔', '๕', '๖', '๗', '๘', '๙']),
    ("hindiNumbers", ['०', '१', '२', '३', '४', '५', '६', '७', '८', '९']),
];

/// The number in that format; `None` for a format that is not known. Numbers that a format has no sign
/// for are written with figures, as Word does.
pub(super) fn numeral(format: &str, n: u32) -> Option<String> {
    let figures = n.to_string();
    // The sign that stands so many after `first`, where the row has `count` signs from 1.
    let sign = |first: char, count: u32| {
        (1..=count).contains(&n).then(|| char::from_u32(first as u32 + n - 1)).flatten().map(String::from)
    };
    let text = match format {
        "decimal" | "decimalHalfWidth" => figures,
        "none" => String::new(),
        "decimalZero" => format!("{n:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(&figures),
        "numberInDash" => format!("- {n} -"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(n).map_or(figures, String::from),
        "decimalEnclosedFullstop" => sign('⒈', 20).unwrap_or(figures),
        "decimalEnclosedParen" => sign('⑴', 20).unwrap_or(figures),
        "ideographEnclosedCircle" => sign('㊀', 10).unwrap_or(figures),
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperLetter" => repeated(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        "lowerLetter" => repeated(n, "abcdefghijklmnopqrstuvwxyz"),
        "ordinal" => format!("{n}{}", ordinal_suffix(n)),
        "cardinalText" => capital(&words(n, false)),
        "ordinalText" => capital(&words(n, true)),
        "hex" => format!("{n:X}"),
        "chineseCountingThousand" => han(n, &THOUSAND),
        "taiwaneseCountingThousand" => han(n, &THOUSAND_TRADITIONAL),
        "chineseCounting" | "taiwaneseCounting" if n < 100 => han(n, &THOUSAND),
        "chineseCounting" | "taiwaneseCounting" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            digits(&figures, '○')
        }
        "ideographDigital" => digits(&figures, '〇'),
        "japaneseCounting" => han(n, &JAPANESE),
        "chineseLegalSimplified" => han(n, &LEGAL),
        "ideographLegalTraditional" => han(n, &LEGAL_TRADITIONAL),
        "japaneseLegal" => han(n, &LEGAL_JAPANESE),
        "ideographTraditional" => {
            n.checked_sub(1).and_then(|at| STEMS.get(at as usize)).map_or(figures, |stem| stem.to_string())
        }
        "ideographZodiac" => n
            .checked_sub(1)
            .and_then(|at| BRANCHES.get(at as usize))
            .map_or(figures, |branch| branch.to_string()),
        "ideographZodiacTraditional" if (1..=60).contains(&n) => {
            let at = n as usize - 1;
            format!("{}{}", STEMS[at % 10], BRANCHES[at % 12])
        }
        "ideographZodiacTraditional" => figures,
        _ => {
            let alphabet = ALPHABETS.iter().find(|row| row.0 == format).map(|row| repeated(n, row.1));
            let digits = FIGURES.iter().find(|row| row.0 == format).map(|row| row.1);
            let sign =
                |digits: [char; 10]| figures.bytes().map(|digit| digits[usize::from(digit - b'0')]).collect();
            return alphabet.or_else(|| digits.map(sign));
        }
    };
    Some(text)
}

/// ① to ㊿, and ⓪ for nought.
pub(super) fn circled(n: u32) -> Option<char> {
    char::from_u32(match n {
        0 => 0x24EA,
        1..=20 => 0x2460 + n - 1,
        21..=35 => 0x3251 + n - 21,
        36..=50 => 0x32B1 + n - 36,
        _ => return None,
    })
}

fn full_width(figures: &str) -> String {
    figures.chars().map(|c| char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)).collect()
}

fn digits(figures: &str, zero: char) -> String {
    figures
        .bytes()
        .map(|digit| if digit == b'0' { zero } else { SIMPLE[usize::from(digit - b'0')] })
        .collect()
}

fn han(n: u32, system: &Han) -> String {
    if n == 0 {
        return system.digits[0].to_string();
    }
    let mut text = String::new();
    let mut gap = false;
    for myriad in (0..3).rev() {
        let group = n / 10_000_u32.pow(myriad) % 10_000;
        for unit in (0..4).rev() {
            let digit = group / 10_u32.pow(unit) % 10;
            if digit == 0 {
                gap = !text.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) && system.says_zero {
                text.push(system.digits[0]);
            }
            let first_ten = unit == 1 && text.is_empty() && !system.says_one_ten;
            let bare = digit == 1 && unit > 0 && (first_ten || !system.says_one);
            if !bare {
                text.push(system.digits[digit as usize]);
            }
            text.push_str(system.units[unit as usize]);
        }
        if group > 0 {
            text.push_str(system.myriads[myriad as usize]);
        }
    }
    text
}

fn roman(n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Word stops at 32 767; beyond that the signs would only grow.
    if n == 0 || n > 32_767 {
        return n.to_string();
    }
    let mut rest = n;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

/// The letter of that number; beyond the last the first is there twice, and so on (17.18.59 lowerLetter).
fn repeated(n: u32, letters: &str) -> String {
    let count = letters.chars().count();
    let Some(at) = n.checked_sub(1).map(|at| at as usize) else { return n.to_string() };
    // Word stops at 30 times the last.
    match letters.chars().nth(at % count) {
        Some(c) if at / count < 30 => std::iter::repeat_n(c, at / count + 1).collect(),
        _ => n.to_string(),
    }
}

fn ordinal_suffix(n: u32) -> &'static str {
    match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// English words, for numbers below a thousand; figures beyond.
fn words(n: u32, ordinal: bool) -> String {
    const SMALL: [(&str, &str); 20] = [
        ("zero", "zeroth"),
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("four", "fourth"),
        ("five", "fifth"),
        ("six", "sixth"),
        ("seven", "seventh"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("ten", "tenth"),
        ("eleven", "eleventh"),
        ("twelve", "twelfth"),
        ("thirteen", "thirteenth"),
        ("fourteen", "fourteenth"),
        ("fifteen", "fifteenth"),
        ("sixteen", "sixteenth"),
        ("seventeen", "seventeenth"),
        ("eighteen", "eighteenth"),
        ("nineteen", "nineteenth"),
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    match n {
        0..=19 if ordinal => SMALL[n as usize].1.into(),
        0..=19 => SMALL[n as usize].0.into(),
        20..=99 if n.is_multiple_of(10) && ordinal => TENS[n as usize / 10].replace('y', "ieth"),
        20..=99 if n.is_multiple_of(10) => TENS[n as usize / 10].into(),
        20..=99 => format!("{}-{}", TENS[n as usize / 10], words(n % 10, ordinal)),
        100..=999 if n.is_multiple_of(100) => {
            format!("{} hundred{}", words(n / 100, false), if ordinal { "th" } else { "" })
        }
        100..=999 => format!("{} hundred {}", words(n / 100, false), words(n % 100, ordinal)),
        _ if ordinal => format!("{n}{}", ordinal_suffix(n)),
        _ => n.to_string(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_shows_them() {
        for (format, n, expected) in [
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 12, "十二"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1010, "一千零一十"),
            ("chineseCountingThousand", 20_003, "二万零三"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCounting", 100, "一○○"),
            ("japaneseCounting", 111, "百十一"),
            ("taiwaneseCountingThousand", 10_000, "一萬"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("chineseLegalSimplified", 21, "贰拾壹"),
            ("ideographDigital", 10, "一〇"),
            ("ideographTraditional", 3, "丙"),
            ("ideographTraditional", 11, "11"),
            ("ideographZodiac", 12, "亥"),
            ("decimalEnclosedCircleChinese", 20, "⑳"),
            ("decimalEnclosedCircle", 36, "㊱"),
            ("decimalEnclosedCircle", 51, "51"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalZero", 7, "07"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerLetter", 28, "bb"),
            ("ordinal", 112, "112th"),
            ("ordinalText", 30, "Thirtieth"),
            ("cardinalText", 342, "Three hundred forty-two"),
            ("none", 4, ""),
            ("chicago", 2, "†"),
            ("chicago", 5, "**"),
            ("lowerLetter", 781, "781"),
            ("irohaFullWidth", 3, "ハ"),
            ("russianLower", 30, "аа"),
            ("hebrew2", 0, "0"),
            ("koreanDigital2", 20, "二零"),
            ("thaiNumbers", 15, "๑๕"),
        ] {
            assert_eq!(numeral(format, n).as_deref(), Some(expected), "{format} {n}");
        }
        assert_eq!(numeral("thaiCounting", 1), None);
    }
}
