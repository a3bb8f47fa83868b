"""A made-up month of coverage, as it was published. No article, outlet or event is real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from diembao.core.article import DateFrom, TextFrom
from diembao.core.reading import PLAIN, Reading

OUTLETS: Final = (
    ("bao-song-con", "Báo Sông Côn", "VN", "vi"),
    ("nhat-bao-bien", "Nhật báo Biển", "VN", "vi"),
    ("tin-cao-nguyen", "Tin Cao Nguyên", "VN", "vi"),
    ("thoi-su-mien-trung", "Thời sự Miền Trung", "VN", "vi"),
    ("khaosan-lao", "ຂ່າວ ສອງຝັ່ງ", "LA", "lo"),
    ("seoul-ilbo", "서울바다일보", "KR", "ko"),
    ("mekong-courier", "The Mekong Courier", "US", "en"),
    ("taipei-wanbao", "臺北海岸報", "TW", "zh-Hant"),
    ("khmer-thmey", "កាសែត ថ្មី", "KH", "km"),
    ("bangkok-khao", "ข่าวชายฝั่ง", "TH", "th"),
)
HOSTILE_TITLE: Final = "Chợ *Đầm* [xem](javascript:alert(1)) <img src=x onerror=alert(1)> :smile: $x_1$ # 50%"
HOSTILE_TEXT: Final = "<script>window.broken = true</script>\n\n# không phải đầu đề\n**không đậm** & <b>không đậm</b>"


@dataclass(frozen=True)
class Told:
    """One article and what the machine says of it."""

    outlet: str
    title: str
    hours: float
    lead: str = ""
    text: str = ""
    stance: str = "neutral"
    why: str = ""
    relevance: str = "yes"
    themes: tuple[str, ...] = ()
    story: str = ""
    role: str = "original"
    date_from: DateFrom = DateFrom.FEED
    text_from: TextFrom = TextFrom.PAGE
    score: float = 0.82
    slug: str = ""
    reading: Reading = PLAIN


WASTE: Final = (
    "Người dân xã Tây Sơn cho biết họ gửi đơn ba lần nhưng chưa được trả lời. "
    "Nước đổi màu đen từ đầu tháng, cá chết nổi trắng một đoạn dài chừng hai cây số."
)
LEADING: Final = (
    Told(
        "bao-song-con",
        "Nước thải trại heo chảy ra sông Côn, dân Tây Sơn phản ánh nhiều lần",
        0.5,
        "Nước sông Côn đoạn qua xã Tây Sơn đổi màu từ đầu tháng.",
        WASTE,
        "critical",
        "“gửi đơn ba lần”: than phiền chưa được giải quyết, luật phê-phán-3",
        themes=("environment-climate", "human-rights"),
        story="waste",
    ),
    Told(
        "nhat-bao-bien",
        "Nước thải trại heo chảy ra sông Côn",
        1,
        "",
        WASTE,
        "critical",
        "“gửi đơn ba lần”: than phiền chưa được giải quyết, luật phê-phán-3",
        themes=("environment-climate",),
        story="waste",
        role="copy",
    ),
    Told(
        "tin-cao-nguyen",
        "Tây Sơn: kiểm tra trại heo xả thải",
        3,
        "Đoàn kiểm tra lấy mẫu nước ở ba vị trí.",
        "Kết quả sẽ công bố trong tuần tới, lãnh đạo xã cho biết.",
        "neutral",
        "không thấy lời khen, chê tỉnh",
        themes=("environment-climate",),
        story="waste",
        role="follow-up",
    ),
    Told(
        "thoi-su-mien-trung",
        "Giá bồi thường cao tốc Quy Nhơn – Pleiku: hộ dân An Nhơn chờ",
        1.2,
        "Nhiều hộ chưa nhận quyết định phê duyệt phương án.",
        "Đã hơn một năm, 42 hộ dân vẫn chưa nhận quyết định phê duyệt. Việc cất nhà mới phải dừng lại.",
        "critical",
        "“chưa nhận quyết định phê duyệt”: chậm, luật phê-phán-1",
        themes=("trade-investment",),
        story="road",
    ),
    Told(
        "khaosan-lao",
        "ກວີເຍີນ ເປີດສາຍການບິນໃໝ່ ເຊື່ອມຕໍ່ ປາກເຊ",
        2,
        "ສາຍການບິນໃໝ່ ຈະບິນ ສອງຖ້ຽວ ຕໍ່ ອາທິດ.",
        "ສາຍການບິນໃໝ່ ຈະບິນ ສອງຖ້ຽວ ຕໍ່ ອາທິດ.",
        "positive",
        "“ສາຍການບິນໃໝ່”: mở đường bay, luật tích-cực-2",
        themes=("tourism", "laos-partners"),
        story="flight",
    ),
    Told(
        "seoul-ilbo",
        "귀농 투자단, 자라이성 커피 단지 방문",
        5,
        "투자단은 커피 농장 세 곳을 둘러봤다.",
        "투자단은 커피 농장 세 곳을 둘러봤다. 내년 봄 협약을 맺을 계획이다.",
        "positive",
        "“협약을 맺을 계획”",
        themes=("agriculture-ocop", "trade-investment"),
        story="coffee",
    ),
    Told(
        "taipei-wanbao",
        "歸仁港擴建工程動工，預計兩年完成",
        8,
        "歸仁港將新增兩個碼頭。",
        "歸仁港將新增兩個碼頭。工程預計兩年完成。",
        "abstain",
        "",
        themes=("trade-investment",),
        story="port",
        score=0.41,
    ),
    Told(
        "khmer-thmey",
        "ខេត្ត ហ្សាឡាយ បើក ទីផ្សារ ព្រំដែន ថ្មី",
        9,
        "ទីផ្សារ ថ្មី នៅ ជាប់ ព្រំដែន។",
        "ទីផ្សារ ថ្មី នៅ ជាប់ ព្រំដែន។",
        "positive",
        "“ទីផ្សារ ថ្មី”",
        themes=("trade-investment",),
        story="market",
    ),
    Told(
        "bangkok-khao",
        "กวีเญินจัดเทศกาลว่าวนานาชาติ",
        11,
        "มีทีมจากสิบสองประเทศ",
        "มีทีมจากสิบสองประเทศเข้าร่วมเทศกาลว่าวริมหาด",
        "positive",
        "“เทศกาลว่าว”",
        relevance="part",
        themes=("tourism",),
        story="kite",
    ),
    Told(
        "bao-song-con",
        HOSTILE_TITLE,
        6,
        "Một bài có dấu lạ trong chữ.",
        HOSTILE_TEXT,
        story="hostile",
        slug="hostile",
    ),
    Told(
        "nhat-bao-bien",
        "Bài không rõ giờ đăng về bờ kè Nhơn Lý",
        7,
        "Bờ kè dài 2,4 km.",
        "",
        date_from=DateFrom.NONE,
        text_from=TextFrom.FEED,
        story="undated",
    ),
)
_SUBJECTS: Final = (
    ("mùa cá cơm ở {0} được giá", "positive", ("agriculture-ocop",)),
    ("{0} họp bàn sửa trường trước mùa mưa", "neutral", ("policy-communication",)),
    ("hội bài chòi {0} mở vào rằm", "positive", ("culture-heritage", "tourism")),
    ("{0} diễn tập cứu nạn trên biển", "neutral", ("sea-islands", "security-order")),
    ("đường ngập sau mưa, người {0} chờ cống mới", "critical", ("environment-climate",)),
    ("{0} đưa tổ công nghệ số về thôn", "neutral", ("digital-transformation",)),
    ("lớp dệt thổ cẩm cho phụ nữ ở {0}", "abstain", ("ethnic-minorities",)),
)
_PLACES: Final = ("Hoài Nhơn", "Phù Cát", "Nhơn Châu", "An Lão", "Vĩnh Thạnh", "Đề Gi", "Tam Quan", "Pleiku")


def month(days: int = 40, seed: int = 7) -> Iterator[Told]:
    """Ordinary days: three to nine articles each, the same for every run."""
    random = Random(seed)
    for day in range(1, days):
        for n in range(random.randint(3, 9)):
            subject, stance, themes = random.choice(_SUBJECTS)
            place = random.choice(_PLACES)
            title = subject.format(place)
            name = f"{day}-{n}"
            yield Told(
                random.choice(OUTLETS[:4])[0],
                f"{title[0].upper()}{title[1:]} ({day:02d}.{n})",
                24 * day + random.uniform(-6, 12),
                f"Chuyện ở {place} hôm ấy.",
                f"Theo ghi nhận tại {place}, việc này diễn ra trong ngày. Bài số {name} của bộ thử.",
                stance,
                f"“tại {place}”",
                themes=themes,
                story=name,
                relevance="no" if random.random() < 0.1 else "yes",
            )
