//! One writing for the words that are looked for: what is written in traditional characters, or with the half-width
//! marks of a web page, is read like the rest.

use super::super::ideographs::{Ideographs, code};
use super::is_han;

/// The traditional characters of common use, each before its simplified one.
const TRADITIONAL: &str = "\
丟丢並并亂乱亞亚佈布佔占併并來来侖仑侶侣侷局係系俠侠倆俩倉仓個个們们倖幸倫伦偉伟側侧偵侦偽伪傑杰傘伞備备傢家傭佣\
傳传債债傷伤傾倾僅仅僑侨僕仆僥侥僱雇價价儀仪億亿儈侩儉俭儘尽償偿優优儲储兇凶兌兑兒儿內内兩两冊册冪幂凍冻凜凛凱凯\
別别刪删則则剋克剎刹剛刚剝剥創创剷铲劃划劇剧劉刘劊刽劍剑劑剂勁劲動动務务勛勋勝胜勞劳勢势勳勋勵励勸劝勻匀匯汇區区\
協协卹恤卻却厭厌厲厉參参叢丛吳吴吶呐呂吕員员唸念問问啓启啞哑啟启喚唤喪丧喫吃喬乔單单喲哟嗆呛嗎吗嗚呜嘆叹嘔呕嘗尝\
嘩哗嘯啸噓嘘噴喷噸吨噹当嚇吓嚐尝嚥咽嚨咙嚮向嚴严囂嚣囌苏囑嘱囪囱國国圍围園园圓圆圖图團团執执堅坚堯尧報报場场塊块\
塗涂塢坞塵尘塹堑墊垫墜坠墮堕墳坟墾垦壇坛壓压壘垒壞坏壟垄壩坝壯壮壺壶壽寿夠够夢梦夾夹奧奥奪夺奮奋妝妆姦奸娛娱婁娄\
婦妇媽妈嬌娇嬰婴嬸婶孃娘孫孙學学孿孪宮宫寢寝實实寧宁審审寫写寬宽寵宠寶宝將将專专尋寻對对導导屆届屍尸屜屉屢屡層层\
屬属岡冈島岛峽峡崑昆崗岗崙仑嶄崭嶺岭嶼屿嶽岳巒峦巖岩帥帅師师帳帐帶带幀帧幟帜幣币幫帮幹干幾几庫库廁厕廂厢廄厩廈厦\
廚厨廟庙廠厂廢废廣广廬庐廳厅弔吊張张強强彆别彈弹彌弥彎弯彙汇彥彦彫雕彿佛後后徑径從从復复徵征徹彻恆恒恥耻悅悦悶闷\
悽凄惡恶惱恼愛爱慄栗態态慘惨慚惭慣惯慫怂慮虑慶庆慼戚慾欲憂忧憊惫憐怜憑凭憚惮憤愤憫悯憲宪憶忆懇恳應应懲惩懶懒懷怀\
懸悬懼惧懾慑戀恋戰战戲戏戶户拋抛挾挟捨舍捱挨捲卷掃扫掄抡掙挣掛挂採采揀拣揚扬換换揮挥損损搖摇搗捣搶抢摟搂摯挚摺折\
摻掺撈捞撐撑撓挠撥拨撫抚撲扑撻挞撾挝撿捡擁拥擄掳擇择擊击擋挡擔担據据擠挤擬拟擰拧擱搁擲掷擴扩擺摆擻擞擾扰攆撵攏拢\
攔拦攙搀攜携攝摄攣挛攤摊攪搅攬揽敗败敘叙敵敌數数斂敛斃毙斬斩斷断於于昇升時时晉晋晝昼暈晕暢畅暫暂曆历曉晓曠旷曬晒\
書书會会朮术東东枴拐柵栅桿杆條条棄弃棗枣棟栋棧栈棲栖楊杨楓枫業业極极榦干榮荣構构槍枪槓杠槳桨樁桩樂乐樑梁樓楼標标\
樞枢樣样樸朴樹树橋桥機机橢椭橫横檔档檢检檯台檸柠檻槛櫃柜櫥橱櫻樱欄栏權权欽钦歎叹歐欧歡欢歲岁歷历歸归殘残殲歼殺杀\
殼壳毀毁毆殴氈毡氣气氫氢氾泛汎泛汙污決决沒没沖冲況况洩泄洶汹涼凉淒凄淚泪淨净淪沦淵渊淺浅渙涣減减渦涡測测渾浑湊凑\
湧涌湯汤準准溝沟溫温溼湿滄沧滅灭滌涤滬沪滯滞滲渗滷卤滾滚滿满漁渔漢汉漣涟漬渍漲涨漸渐漿浆潑泼潔洁潛潜潤润潰溃澀涩\
澆浇澗涧澤泽澱淀濁浊濃浓濕湿濘泞濛蒙濟济濤涛濫滥濰潍濱滨濺溅濾滤瀉泻瀋沈瀕濒瀝沥瀰弥瀾澜灑洒灘滩灣湾灤滦災灾為为\
烏乌無无煉炼煙烟煥焕煩烦熒荧熱热熾炽燈灯燒烧燙烫營营燦灿燬毁燭烛燴烩燻熏燼烬爍烁爐炉爛烂爭争爲为爺爷爾尔牆墙牽牵\
犢犊犧牺狀状狹狭狽狈猙狰猶犹獄狱獅狮獎奖獨独獰狞獲获獵猎獸兽獺獭獻献現现琺珐瑣琐瑤瑶瑩莹瑪玛環环瓊琼甕瓮產产甦苏\
畝亩畢毕畫画異异當当疇畴疊叠痙痉痠酸瘋疯瘍疡瘓痪瘡疮瘧疟療疗癒愈癟瘪癡痴癢痒癥症癬癣癱瘫發发皚皑皺皱盃杯盜盗盞盏\
盡尽監监盤盘盧卢盪荡眾众睏困睜睁瞞瞒矇蒙矚瞩矯矫硃朱硯砚碩硕確确碼码磚砖礎础礙碍礦矿礫砾礬矾祕秘祿禄禍祸禦御禮礼\
禱祷禿秃稅税稈秆稜棱種种稱称穀谷積积穎颖穢秽穩稳穫获窩窝窪洼窮穷窯窑窺窥竄窜竅窍竊窃競竞筆笔筍笋箇个箋笺節节範范\
築筑篩筛簍篓簑蓑簡简簽签簾帘籃篮籌筹籠笼籤签籬篱籮箩籲吁粵粤糞粪糧粮糰团糾纠紀纪約约紅红紉纫紋纹納纳紐纽純纯紗纱\
紙纸級级紛纷紡纺紮扎細细紳绅紹绍終终絃弦組组絆绊結结絕绝絛绦絞绞絡络絢绚給给絨绒統统絲丝絹绢綁绑綏绥綑捆經经綜综\
綠绿綢绸維维綱纲網网綴缀綵彩綸纶綻绽綽绰綿绵緊紧緒绪緘缄線线緝缉緞缎締缔緣缘編编緩缓緬缅緯纬練练緻致縛缚縣县縫缝\
縮缩縱纵縴纤縷缕總总績绩繃绷織织繕缮繞绕繡绣繩绳繪绘繫系繭茧繳缴繹绎繼继續续纏缠纓缨纔才纖纤纜缆缽钵罈坛罰罚罵骂\
罷罢羅罗羣群羨羡義义習习翹翘聖圣聞闻聯联聰聪聲声聳耸聶聂職职聽听聾聋肅肃脅胁脈脉脣唇脩修脫脱脹胀腎肾腦脑腫肿腳脚\
腸肠膚肤膠胶膩腻膽胆膿脓臉脸臍脐臘腊臟脏臥卧臨临臺台與与興兴舉举舊旧艙舱艦舰艱艰艷艳茲兹荊荆莊庄莖茎莢荚華华菸烟\
萊莱萬万葉叶葦苇葷荤蒐搜蒼苍蓆席蓋盖蓮莲蔔卜蔣蒋蔥葱蔭荫蕩荡蕪芜蕭萧薊蓟薑姜薔蔷薦荐薩萨薹苔藍蓝藝艺藥药藹蔼蘆芦\
蘇苏蘊蕴蘋苹蘭兰蘿萝處处虛虚虜虏號号虧亏蛻蜕蝕蚀蝦虾蝨虱蝸蜗螞蚂螢萤蟬蝉蟲虫蟻蚁蠅蝇蠍蝎蠟蜡蠱蛊蠶蚕蠻蛮術术衛卫\
衝冲裏里補补裝装裡里製制複复褲裤襖袄襪袜襬摆襯衬襲袭覈核見见規规覓觅視视親亲覺觉覽览觀观觸触訂订訃讣計计訊讯討讨\
訓训訖讫託托記记訛讹訝讶訟讼訣诀訪访設设許许訴诉診诊註注証证詐诈評评詛诅詞词詠咏詢询詣诣試试詩诗詫诧詭诡話话該该\
詳详誅诛誇夸誌志認认誕诞誘诱語语誠诚誡诫誣诬誤误誦诵誨诲說说誰谁課课誹诽誼谊調调諄谆談谈請请諒谅論论諜谍諧谐諮咨\
諱讳諷讽諸诸諺谚諾诺謀谋謂谓謄誊謊谎謎谜謗谤謙谦講讲謝谢謠谣謬谬謹谨譁哗證证譏讥識识譚谭譜谱譟噪譯译議议譴谴護护\
譽誉讀读變变讒谗讓让讚赞豈岂豎竖豐丰豔艳豬猪貓猫貝贝貞贞負负財财貢贡貧贫貨货販贩貪贪貫贯責责貯贮貳贰貴贵貶贬買买\
貸贷費费貼贴貿贸賀贺賂赂賃赁賄贿資资賈贾賊贼賒赊賓宾賜赐賞赏賠赔賢贤賣卖賤贱賦赋質质賬账賭赌賴赖賺赚購购賽赛贅赘\
贈赠贊赞贍赡贏赢贓赃贖赎贛赣趕赶趙赵趨趋跡迹踐践踴踊蹟迹蹤踪躊踌躍跃軀躯車车軋轧軌轨軍军軒轩軟软軸轴較较載载輓挽\
輔辅輕轻輛辆輝辉輥辊輩辈輪轮輯辑輸输輻辐輾辗輿舆轄辖轅辕轉转轍辙轎轿轟轰辦办辭辞辮辫辯辩農农迴回這这連连週周進进\
遊游運运過过達达違违遙遥遜逊遞递遠远適适遲迟遷迁選选遺遗遼辽邁迈還还邊边邏逻郵邮鄉乡鄒邹鄧邓鄭郑鄰邻醜丑醞酝醣糖\
醫医醬酱釀酿釁衅釋释釐厘釘钉針针釣钓釦扣釩钒鈉钠鈍钝鈔钞鈕钮鈞钧鈣钙鈴铃鈾铀鉀钾鉅巨鉑铂鉗钳鉚铆鉛铅鉤钩鉸铰鉻铬\
銀银銅铜銑铣銘铭銜衔銳锐銷销銻锑鋁铝鋅锌鋇钡鋒锋鋤锄鋪铺鋸锯鋼钢錄录錐锥錘锤錠锭錢钱錦锦錨锚錫锡錯错錳锰錶表鍊炼\
鍋锅鍍镀鍛锻鍬锹鍵键鍾钟鎂镁鎊镑鎖锁鎚锤鎢钨鎬镐鎮镇鎳镍鏈链鏟铲鏡镜鏽锈鐘钟鐮镰鐳镭鐵铁鑄铸鑑鉴鑒鉴鑰钥鑲镶鑷镊\
鑼锣鑽钻鑿凿長长門门閃闪閉闭開开閏闰閑闲閒闲間间閘闸閡阂閣阁閤合閥阀閨闺閩闽閱阅閻阎闆板闊阔闌阑闖闯關关闡阐闢辟\
陝陕陞升陣阵陰阴陳陈陸陆陽阳隊队階阶隕陨際际隨随險险隱隐隴陇隸隶隻只雖虽雙双雛雏雜杂雞鸡離离難难雲云電电霑沾霧雾\
靈灵靜静鞏巩鞦秋韆千韋韦韌韧韓韩韻韵響响頁页頂顶頃顷項项順顺須须頌颂預预頑顽頒颁頓顿頗颇領领頤颐頭头頰颊頸颈頹颓\
頻频顆颗題题額额顏颜願愿顛颠類类顧顾顫颤顯显顱颅風风颱台颳刮飄飘飛飞飢饥飯饭飲饮飼饲飽饱飾饰餃饺餅饼養养餌饵餒馁\
餓饿餘余餞饯餡馅館馆餵喂餾馏饅馒饑饥饒饶饞馋馬马馭驭馮冯馱驮馳驰馴驯駁驳駐驻駒驹駕驾駛驶駝驼駭骇駱骆駿骏騁骋騎骑\
騙骗騰腾騷骚騾骡驅驱驕骄驗验驚惊驟骤驢驴骯肮髒脏體体髮发鬆松鬍胡鬚须鬥斗鬧闹鬨哄鬱郁魚鱼魯鲁鮑鲍鮮鲜鯉鲤鯨鲸鰓鳃\
鱉鳖鱗鳞鳥鸟鳳凤鳴鸣鴉鸦鴕鸵鴛鸳鴦鸯鴨鸭鴻鸿鴿鸽鵑鹃鵝鹅鵬鹏鵲鹊鶴鹤鷗鸥鷹鹰鹵卤鹹咸鹼碱鹽盐麗丽麥麦麴曲麵面麼么\
黃黄點点黨党黴霉鼕冬齊齐齋斋齒齿齡龄齣出齧啮齲龋龍龙龐庞龔龚龜龟";

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// The simplified character for every Han character of the table; 0 where there is none.
static SIMPLIFIED: [u16; (LAST - FIRST + 1) as usize] = {
    let mut table = [0; (LAST - FIRST + 1) as usize];
    let text = TRADITIONAL.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let traditional = code([text[at], text[at + 1], text[at + 2]]);
        let simplified = code([text[at + 3], text[at + 4], text[at + 5]]);
        table[(traditional - FIRST) as usize] = simplified as u16;
        at += 6;
    }
    table
};

/// The traditional characters of the table.
static ALL_TRADITIONAL: Ideographs = Ideographs::of(TRADITIONAL, 2);

/// The simplified character for a traditional one.
fn simplified(c: char) -> Option<char> {
    let at = u32::from(c).checked_sub(FIRST)?;
    let simplified = *SIMPLIFIED.get(usize::try_from(at).ok()?)?;
    char::from_u32(u32::from(simplified)).filter(|_| simplified != 0)
}

/// The full-width mark for a half-width one.
fn widened(c: char) -> Option<char> {
    Some(match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        _ => return None,
    })
}

/// Bytes of the reading that a page adds in brackets, in letters with a mark for the tone: `(guān)`.
fn gloss(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['(', '（'])?;
    let letters: usize =
        inner.chars().take_while(|c| c.is_alphabetic() && !is_han(*c)).map(char::len_utf8).sum();
    let (letters, rest) = inner.split_at(letters);
    let spoken = (1..=7).contains(&letters.chars().count()) && !letters.is_ascii();
    let close = rest.chars().next().filter(|c| spoken && matches!(c, ')' | '）'))?;
    Some(text.len() - rest.len() + close.len_utf8())
}

/// The first byte of UTF-8 from which on characters are those of a Chinese text, its marks included.
const WIDE: u8 = 0xE2;

/// Where the first character stands that [`write()`] changes.
pub(super) fn first_change(text: &str) -> Option<usize> {
    let mut rest = text.as_bytes();
    let mut han = false;
    loop {
        let at = text.len() - rest.len();
        match *rest {
            // U+4000 to U+9FFF, nearly all characters.
            [first @ 0xE4..=0xE9, second, third, ref after @ ..] => {
                if ALL_TRADITIONAL.has_utf8([first, second, third]) == Some(true) {
                    return Some(at);
                }
                han = true;
                rest = after;
            }
            // U+FF01 to U+FF3F but for the bracket before a reading, U+3001 to U+303F, U+2014 to U+201D: nearly all marks.
            [0xEF, 0xBC, 0x81..=0x87 | 0x89..=0xBF, ref after @ ..]
            | [0xE3, 0x80, 0x81..=0xBF, ref after @ ..]
            | [0xE2, 0x80, 0x94..=0x9D, ref after @ ..] => {
                han = true;
                rest = after;
            }
            [first, ..] => {
                let c = text[at..].chars().next()?;
                let glossed = || han && matches!(c, '(' | '（') && gloss(&text[at..]).is_some();
                if c.is_whitespace() || han && widened(c).is_some() || glossed() {
                    return Some(at);
                }
                han = first >= WIDE;
                rest = &rest[c.len_utf8()..];
            }
            [] => return None,
        }
    }
}

/// The characters of `text` without white space and the readings of a page, in simplified characters, and with
/// full-width marks after those of Chinese text. Nothing before `first` changes.
pub(super) fn write(text: &str, first: usize) -> String {
    let mut written = String::with_capacity(text.len());
    written.push_str(&text[..first]);
    let mut rest = &text[first..];
    let mut chinese = written.chars().next_back().is_some_and(is_wide);
    while let Some(c) = rest.chars().next() {
        let gloss = if chinese { gloss(rest) } else { None };
        rest = &rest[gloss.unwrap_or(c.len_utf8())..];
        if gloss.is_some() || c.is_whitespace() {
            continue;
        }
        let c = simplified(c).or_else(|| widened(c).filter(|_| chinese)).unwrap_or(c);
        chinese = is_wide(c);
        written.push(c);
    }
    written
}

fn is_wide(c: char) -> bool {
    c >= '\u{2000}'
}

#[cfg(test)]
mod tests {
    use super::super::compact;

    #[test]
    fn one_writing_for_all() {
        for (text, plain) in [
            ("感謝信", "感谢信"),
            ("各位來賓,女士們:", "各位来宾，女士们："),
            ("時間:8:30", "时间：8:30"),
            ("共 3 項 ; 完", "共3项；完"),
            ("關(guān)于發(fā)展(2026)的(x)說明", "关于发展(2026)的(x)说明"),
            ("A: b", "A:b"),
        ] {
            assert_eq!(compact(text), plain);
            assert_eq!(compact(plain), plain);
        }
    }
}
