"""Words around a name that say what it is doing there. Patterns are matched on lower-case text.

Before a name they must end where the name starts; after it they must start where it ends.
"""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick


class Cue:
    """A pattern that is tried only where a text holds one of its words: most texts hold none, and that is known sooner.
    Whatever it matches holds one of ``words`` (with "|" between; a test draws matches and looks).
    """

    def __init__(self, pattern: re.Pattern[str], words: str) -> None:
        self.pattern = pattern
        self._words = AhoCorasick(words.split("|"))

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None

    def findall(self, text: str) -> list[str]:
        return self.pattern.findall(text) if self.may_match(text) else []

    def may_match(self, text: str) -> bool:
        return bool(self._words.find_matches_as_indexes(text))


def _before(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w])(?:{'|'.join(words)})\s*$")


def _after(*words: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{'|'.join(words)})")


REACH = 48  # characters looked at on either side of a name

UNIT_BEFORE = _before(
    r"xã|phường|thị trấn|thị xã|huyện|thành phố|quận|tp\.?|tx\.?|tt\.?|p\.|x\.|h\.|thôn|làng|khu phố|địa bàn",
    r"commune d[e']|commune of|ward of|district of|district d[e']|quartier d[e']|уезд\w*|общин\w*|квартал\w*",
    r"ເມືອງ|ຕາແສງ|ស្រុក|ឃុំ|សង្កាត់|อำเภอ|ตำบล|แขวง",
)
PROVINCE_BEFORE = _before(r"tỉnh|province|province of|province de|провинци\w+")
UNIT_AFTER = _after(r"district|commune|ward|town\b|township|县|縣|坊|社|市社|郡|区|區|면|현|동\b|уезд|区|村")

FAMILY_BEFORE = Cue(
    re.compile(
        r"(?:^|[^\w])(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Đinh|Trương"
        r"|(?<!ỉnh )(?<!ành )(?<!ương )(?<!uyện )(?<!ông )(?<!iên )Đoàn|Lương"
        r"|Trịnh|Tô)(?:\s+(?:Thị|Văn))?\s+$"
    ),
    "Nguyễn|Trần|Lê|Phạm|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Đinh|Trương|Đoàn|Lương|Trịnh|Tô",
)
# "anh Dương Long Thành": a person, where another capital follows.
TITLE_BEFORE = _before(r"ông|bà|anh|chị|em|cô|thầy|bác sĩ|nghệ sĩ|diễn viên|ca sĩ|đạo diễn|hlv")
# "ca sĩ Hoài Nhơn": an artist's name where a commune or district follows; "ca sĩ Gia Lai" comes from there.
ARTIST_BEFORE = _before(r"ca sĩ|nam ca sĩ|nữ ca sĩ|nhạc sĩ|diễn viên|đạo diễn|nghệ sĩ|người mẫu|rapper")
DISH_BEFORE = re.compile(
    r"(?:^|[^\w])(?:bún|bánh|nem|chả|mì|phở|cơm|chè|mắm|tré|rượu|món|đặc sản)(?: [^\W\d_]+){0,4} $"
)
# A street of that name, or a house or firm that took it: where the text is about somewhere else.
STREET_BEFORE = _before(
    r"khách sạn|nhà hàng|quán(?: ăn)?|nhà xe|đường|(?<!khu )phố|đại lộ|ngõ|hẻm|tuyến phố|con phố mang tên",
    r"rue(?: de)?|avenue(?: de)?"
    r"|boulevard(?: de)?|улиц\w*|ул\.",
    r"ถนน|ถ\.|ຖະໜົນ|ຖະຫນົນ|ផ្លូវ|វិថី",
)
STREET_AFTER = _after(
    r"(?:street|road|avenue|boulevard|lane)\b(?! (?:sweeper|vendor|food|child|dog|art|light|life"
    r"|market))"
)
# Written as one word with the name, these leave no doubt.
STREET_JOINED = re.compile(r"^(?:路|街|大街|通り|길(?![가-힣]{2})|거리)")

ORIGIN_BEFORE = Cue(
    _before(
        r"(?:quê|gốc|nguyên quán|quê quán|quê gốc|quê nhà)(?: ở| tại| từ)?(?: tỉnh| huyện| xã| phường)?",
        r"người con(?: của| đất)?|người gốc|sinh ra(?: và lớn lên)?(?: ở| tại)|đến từ|về từ|đi ra từ",
        r"\d{2} tuổi,(?: ở| quê| ngụ| trú| từ| đến từ)?(?: tỉnh)?",
        r"nguyên (?:phó )?(?:bí thư|chủ tịch|giám đốc|lãnh đạo)(?:(?! ở )[^.,;]){0,40}|từng (?:là|giữ)[^.;]{0,40}",
        r"(?:cô gái|chàng trai|nữ sinh|kỳ thủ|tay đua|võ sĩ|hoa hậu|á hậu|ca sĩ|nữ ca sĩ|diễn viên"
        r"|nhạc sĩ|nhà thơ|thí sinh|vận động viên|vđv|chân chạy|tay vợt|kình ngư|cua-rơ|xạ thủ|đô cử)",
        r"(?:cựu sinh viên|trúng tuyển|tốt nghiệp|thủ khoa)(?: của| vào| tại)?",
        r"来自|來自|出生于|出生於|出身|born in|native of|hails from|a native of|originally from"
        r"|née? (?:à|dans)|venue?s? d[e']|originaire (?:de|d')|natif d[e']",
        r"уроженец|уроженка|родом из|ເກີດຢູ່|ເກີດທີ່|ບ້ານເກີດ|สาว|หนุ่ม|นักเตะดาวรุ่ง|เกิดที่|កើតនៅ|កំណើត",
    ),
    "quê|gốc|nguyên |từng |người con|sinh ra|đến từ|về từ|đi ra từ|tuổi,|cô gái|chàng trai|nữ sinh|kỳ thủ|tay đua"
    "|võ sĩ|hậu|ca sĩ|diễn viên|nhạc sĩ|nhà thơ|thí sinh|vận động viên|vđv|chân chạy|tay vợt|kình ngư|cua-rơ|xạ thủ"
    "|đô cử|cựu sinh viên|trúng tuyển|tốt nghiệp|thủ khoa|来自|來自|出生于|出生於|出身|born in|native of|hails from"
    "|originally|né|venu|originaire|natif|урожен|родом из|ເກີດ|สาว|หนุ่ม|นักเตะ|เกิดที่|កើតនៅ|កំណើត",
)
ORIGIN_AFTER = _after(
    r"-born|\bnative\b|(?:quê|gốc)\b|성?\s?(?:출신|태생)|省?(?:出身|生まれ|出生|籍|裔)|(?:姑娘|媳婦|媳妇|女孩)",
)
# "(Minh Tuân, Gia Lai)": a reader's letter is signed.
SIGNED_BEFORE = re.compile(r"\((?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\.? ?){1,4},\s*$")
DISTANCE_BEFORE = re.compile(r"cách (?:bờ biển |đất liền |trung tâm |(?:phía )?(?:đông|tây|nam|bắc) ){0,3}$")
# "ông Nguyễn Văn A - Gia Lai": where the person lives.
PERSON_DASH_BEFORE = Cue(
    re.compile(r"(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu)(?: [A-ZĐÀ-Ỹ][\wÀ-ỹ]*){2,4}\s*[-–]\s*$"),
    "-|–",
)
DISTANCE_AFTER = re.compile(r"^[^.,;]{0,20}\d+[,.]?\d*\s?(?:km|hải lý)")

# Between two names of one list; "đến" and a dash also between the ends of a road.
LIST_GAP = re.compile(
    r"^\s*(?:,|;|/|&|、|，|·|và|hoặc|hay|cùng|với|cũng như|and|or|et|ou|и|или|和|与|與|及|跟|と|や"
    r"|및|와|과|ແລະ|ກັບ|និង|และ|กับ|, and|, et|, và"
    r"|성과|성\s?및|省和|省、|省和|省与|省與|省と|省、)+\s*"
    r"(?:(?:các )?tỉnh|tp\.?|thành phố|p\.|xã|phường|huyện|vùng|khu vực|khu du lịch|in|to|à|de|d'"
    r"|la province de|провинци\w+|ແຂວງ|ខេត្ត|จังหวัด|省|市)?\s*$"
)
RANGE_GAP = re.compile(
    r"^\s*(?:[-–—~→]|đến|tới|đi|qua|sang|ra|vào|to|till|until|à|до|至|到|から|~|에서|ຫາ|ເຖິງ|ถึง|ទៅ|-)\s*"
    r"(?:tỉnh|tp\.?|thành phố)?\s*$"
)
# "năm tỉnh, trong đó có Gia Lai"
AMONG_BEFORE = Cue(
    _before(
        r"trong (?:số )?đó có|,? có|gồm|như|điển hình là|including|notamment|dont|such as|в том числе"
        r"|包括|などの|など"
    ),
    " có|gồm|như|điển hình là|including|notamment|dont|such as|в том числе|包括|など",
)
LOTTERY = Cue(
    re.compile(
        r"(?:kết quả|kỳ quay|vé|trúng|quay thưởng)[^.]{0,30}xổ số|xổ số[^.]{0,30}(?:trúng|kỳ quay"
        r"|kết quả|miền|\d)"
    ),
    "xổ số",
)
# The province's own firm acts ("Công ty Xổ số kiến thiết Gia Lai nộp ngân sách").
LOTTERY_FIRM_BEFORE = _before(r"công ty (?:[\w ]{1,15} )?xổ số kiến thiết(?: tỉnh)?")
STYLE_BEFORE = Cue(
    _before("kiểu|xổ số(?: kiến thiết)?|vé số|biển số(?: xe)?|chung cư|khu dân cư|tên|nickname"),
    "kiểu|xổ số|vé số|biển số|chung cư|khu dân cư|tên|nickname",
)
# "Trường THCS Nguyễn Văn Cừ (phường Thống Nhất, Gia Lai)": not the ward of that name.
SCHOOL_BEFORE = _before(r"trường|trung học|đại học|cao đẳng|trường chuyên|thcs|thpt|ptdt|ptdtnt|mầm non|tiểu học")
SEAT_GAP = re.compile(r"(?: \(|, )(?:tỉnh )?")
# "Công ty CP Lê Phong Gia Lai": a firm's own name before the place, where its last word has a capital.
COMPANY_BEFORE = re.compile(
    r"(?:[Cc]ông ty|[Tt]ập đoàn|CTCP|TNHH)\b(?![^.,;:()]* (?:ở|tại|của) )[^.,;:()]{0,40}\s(\w+) $"
)
# A capital next to a shared name makes a longer name of it ("Tân Sơn Nhất", "Tăng Nhơn Phú", "Phú Mỹ Hưng").
LONGER_AFTER = re.compile(r"^ (?!(?:Town|District|Commune|Ward)\b)([^\W\d_])[^\W\d_]")
LONGER_BEFORE = re.compile(r"(?:^|[\s(\"“'‘])([^\W\d_]{2,}) $")
# Words that may have a capital where a sentence or a place begins, and are no part of the name.
BEGINS = re.compile(
    r"xã|phường|huyện|quận|làng|thôn|bản|núi|sông|hồ|đèo|đầm|cầu|chợ|chùa|đền|biển|vùng|đất|người|dân|ở|tại|về|đến|từ|và"
    r"|ga|tỉnh|trường|khu|đảo|cửa|vịnh|cảng|sau|trước|khi|vì|gần|qua|bắc|nam|đông|tây|phố|thăm|lên|xuống|cả|như|nhờ|với"
)
# Where a council of the whole province sat says nothing of where what it spoke of lies.
SEAT_BEFORE = re.compile(
    r"(?:kỳ họp|phiên họp|cuộc họp|hội nghị|họp báo|buổi làm việc|hội đồng nhân dân|hđnd|ubnd|trụ sở)"
    r"[^.;]{0,30}(?:tại|ở) (?:phường |thành phố |tp\.? ?)?$"
)
PLACED_BEFORE = _before(r"ở|tại|về|đến|tới|từ|lên|xuống|ra|qua|gần|của|người|dân|đất|vùng|in|at|near|from|to|à|de|в|на")
VENUE_BEFORE = _before(r"sân|sân nhà|svđ|sân vận động|nhà thi đấu")
COUNTRY = re.compile(r"việt nam|viet ?nam|vietnam|вьетнам|越南|ベトナム|越|베트남|ຫວຽດນາມ|ຫວຽດ|វៀតណាម|เวียดนาม")
ROUTE_BEFORE = re.compile(
    r"(?:cao tốc|quốc lộ|tuyến|tàu|toa|chặng|hành trình|expressway|highway|autoroute|train|高速"
    r"|铁路|鐵路|고속도로|ທາງດ່ວນ|ทางด่วน|автомагистрал)[^.;]{0,45}$"
)
FLIGHT_BEFORE = re.compile(r"(?:đường bay|chuyến bay|bay thẳng|sân bay|flight|vol)[^.;]{0,30}$")

SPORT = Cue(
    re.compile(
        r"v[-.]?\s?league|giải hạng (?:nhất|nhì)|ghi bàn|bàn thắng|thủ môn|\bhlv\b|t[ỉỷ] số"
        r"|bảng xếp hạng|\bhighlight\b|cúp quốc gia|tiền đạo|tiền vệ"
        r"|trung vệ|luân lưu|cầu thủ|bóng đá|đội khách|đội bóng|sân nhà|sân khách|vòng \d+"
        r"|trụ hạng|thăng hạng|cầm hòa|tuyển thủ"
        r"|football|soccer|\bcoach\b|striker|goalkeeper|\bwin(?:s|ners)?\b|\bgoals?\b|relegat"
        r"|\bleague\b|championnat|\bbuts?\b|entraîneur|match"
        r"|足球|联赛|聯賽|球队|球隊|主场|主場|客场|客場|进球|進球|サッカー|リーグ|ゴール|監督|축구"
        r"|리그|감독|골키퍼|골\b|футбол|тренер|матч|гол\w?\b|лиг\w"
        r"|ฟุตบอล|ลีก|ประตู|โค้ช|ເຕະບານ|ບານເຕະ|ລີກ|ບານ|បាល់ទាត់|ក្រុម|លីក"
    ),
    "league|giải hạng|ghi bàn|bàn thắng|thủ môn|hlv|tỉ số|tỷ số|bảng xếp hạng|highlight|cúp quốc gia|tiền đạo|tiền vệ"
    "|trung vệ|luân lưu|cầu thủ|bóng đá|đội khách|đội bóng|sân nhà|sân khách|vòng |trụ hạng|thăng hạng|cầm hòa"
    "|tuyển thủ|football|soccer|coach|striker|goal|win|relegat|championnat|but|entraîneur|match|足球|联赛|聯賽"
    "|球队|球隊|主场|主場|客场|客場|进球|進球|サッカー|リーグ|ゴール|監督|축구|리그|감독|골|футбол|тренер|матч|гол|лиг"
    "|ฟุตบอล|ลีก|ประตู|โค้ช|ບານ|ລີກ|បាល់ទាត់|ក្រុម|លីក",
)
TEAM_BEFORE = _before(
    r"clb|câu lạc bộ|đội(?: bóng)?|đội khách|thắng|thua|hạ|hòa|cầm hòa|gặp|đấu|trước|đón|tiếp"
    r"|tiếp đón|bại|vs\.?|\d\s?[-–:]\s?\d"
)
AT_BEFORE = _before(r"tại|ở|về|đến|trên sân|sân|svđ|sân vận động|phường|p\.|at|in|à|в|на")
HOME_GAME = re.compile(
    r"sân nhà|chủ nhà|tiếp đón|đội nhà|at home|à domicile|主场|主場|ホーム|홈|дома\b|บ้าน|ເຮືອນ|ສະໜາມຕົນເອງ"
)
AWAY_GAME = re.compile(r"sân khách|đội khách|làm khách|away|en déplacement|客场|客場|アウェイ|원정|в гостях|เยือน|ຢາມ")
SCORE_BEFORE = re.compile(r"\d+\s?[-–:]\s?\d+\s*$")
SCORE_AFTER = re.compile(r"^\s*(?:\([^)]{1,12}\)\s*)?\d+\s?[-–:]\s?\d+")
# Two numbers of a match, not of a storm's wind or of a day and a month ("28-9", "118-133 km/h").
SCORE = re.compile(
    r"(?<!ngày )(?<![\d.,/-])\d{1,2}\s?[-–:]\s?\d{1,2}(?![\d.,]*\s?(?:km|mm|m\b|%|độ|giờ|h\b|[-/]\d)|\d)"
)
MATCH = re.compile(
    r"\bthắng\b|\bthua\b|\bhòa\b|tỉ số|tỷ số|\btrận\b|vòng \d|bảng xếp hạng|lịch thi đấu"
    r"|\d+\s?[-–:]\s?\d+|beat|lost|draw|match|round"
)

# One person's or one place's incident, somewhere in the province.
INCIDENT = re.compile(
    r"\b(?:một|1|2|hai|đôi|vợ chồng|nhóm) (?:người|phụ nữ|đàn ông|thanh niên|cô gái|chàng trai"
    r"|thiếu niên|học sinh|em|cháu|chị|anh|ông|bà|gia đình|trường)\b"
    r"|người (?:phụ nữ|đàn ông)|\bbé (?:trai|gái)|nữ sinh|nam sinh|tử vong|thiệt mạng|va chạm"
    r"|tông\b|lừa đảo|\bcướp|\btrộm|bị cáo|lãnh án"
    r"|hỗn chiến|đánh nhau|ngộ độc|đuối nước|nghi phạm|bắt tạm giam|xe tải|xe khách|ngân hàng"
    r"|phòng giao dịch|tổ trưởng|\bthôn\b|\bbuôn\b|\blàng\b"
)
# The province as a whole acts, or is struck as a whole.
WIDE = re.compile(
    r"(?:ubnd|[uủ][yỷ] ban nhân dân|hđnd|hội đồng nhân dân|chủ tịch(?: ubnd)?"
    r"|phó chủ tịch(?: ubnd)?|bí thư|công an|thanh tra|tỉnh đoàn|mttq|mặt trận"
    r"|bộ chqs|bộ chỉ huy quân sự|tòa án nhân dân|viện ksnd|liên đoàn lao động|lđlđ"
    r"|hội [\wà-ỹ ]{2,20}) tỉnh|tỉnh [uủ][yỷ]|tỉnh đoàn|toàn tỉnh|địa bàn tỉnh|tỉnh này"
    r"|các xã, phường|\d+ xã, phường|\bsở [\wà-ỹ]|sáp nhập|điện lực|\bbão\b|mưa lũ|lũ lụt|vùng lũ"
    r"|ngập|sơ tán|dự án|nhà đầu tư|quy hoạch|người dân|nhà đầu tư|nhiều (?:nơi|xã|hộ|dự án"
    r"|khu vực)"
)
STORM = re.compile(
    r"\bbão\b|áp thấp|mưa lớn|mưa (?:rất )?to|ngập|mưa lũ|\blũ\b|sóng|đổ bộ|biển|typhoon|storm|flood|tempête|inondation"
    r"|тайфун|шторм|наводнен|台风|颱風|洪水|暴雨|台風|태풍|홍수"
    r"|ພາຍຸ|ນ້ຳຖ້ວມ|ພະຍຸ|ព្យុះ|ទឹកជំនន់|พายุ|น้ำท่วม"
)

# Several stories in one: a bulletin, a digest.
DIGEST = re.compile(
    r"^(?:toàn cảnh|điểm tin|(?:bản )?tin(?: tức)? (?:sáng|trưa|tối|nhanh|\d)|news in brief)"
    r"|\s\|\s"
)
VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
