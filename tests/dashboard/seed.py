"""A made-up month of coverage, put in through the store's own doors. No article, outlet or event is real."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Final

import yaml

from diembao.core.alert import Alert
from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom, article_id
from diembao.core.document import document
from diembao.core.ledger import Entry, Outcome, Sighting, Validators
from diembao.core.reading import PLAIN, Reading
from diembao.core.settings import FILE, Settings, load
from diembao.pipeline.steps import OF_READING
from diembao.pipeline.wiring import Installation

ZONE: Final = timezone(timedelta(hours=7))
NOW: Final = datetime(2026, 11, 21, 6, 40, tzinfo=ZONE)
PROVINCE: Final = "gia-lai"
MODEL: Final = "model:seed-1"

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


def home_at(home: Path) -> Settings:
    """The settings of an installation whose catalogue is the list above."""
    entries = [
        {
            "id": name,
            "name": title,
            "country": country,
            "language": language,
            "home": f"https://{name}.example/",
            "feeds": [f"https://{name}.example/rss"],
        }
        for name, title, country, language in OUTLETS
    ]
    (home / "outlets.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    (home / FILE).write_text('[crawl]\ncatalogue = "outlets.yaml"\n', encoding="utf-8")
    return load(home)


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


@dataclass
class Seeded:
    """What was put in, by a short name."""

    ids: dict[str, str] = field(default_factory=dict)


def fill(house: Installation, told: Sequence[Told] = (), *, now: datetime = NOW) -> Seeded:
    """Store, judge, group and index these articles, as one run that has ended."""
    told = told or (*LEADING, *month())
    run = house.store.begin_run(now - timedelta(minutes=9))
    entries = [entry_of(each) for each in told]
    _read(house, run, entries, now)
    seeded = Seeded()
    for each, entry in zip(told, entries, strict=True):
        article = _article(each, entry, now)
        seen = now - timedelta(hours=each.hours)
        house.store.page_stored(run, entry, article, now=seen, response=None, reading=each.reading)
        seeded.ids[each.slug or each.story] = seeded.ids.get(each.slug or each.story, article.id)
    _fail(house, run, now)
    house.store.end_run(run, now - timedelta(minutes=4))
    _judge(house, told, entries, now)
    index(house)
    return seeded


def revise(house: Installation, told: Told, *, title: str, text: str, now: datetime = NOW) -> str:
    """The outlet changes its words: a new revision."""
    run = house.store.begin_run(now - timedelta(minutes=3))
    entry = entry_of(told)
    house.store.source_read(
        run, "again", told.outlet, settled=(), left_out=(), pending=[entry], validators=Validators(), now=now
    )
    article = replace(_article(told, entry, now), title=title, text=text)
    house.store.page_stored(run, entry, article, now=now, response=None)
    house.store.end_run(run, now - timedelta(minutes=2))
    return article.id


def index(house: Installation) -> None:
    """The whole store into the index, and the index to the end of the log."""
    items = house.store.articles(list(house.store.article_ids()))
    house.index.put(document(x, provinces=[house.viewed], country=house.country(x.article.outlet)) for x in items)
    house.index.mark(house.store.head())


def entry_of(told: Told) -> Entry:
    url = f"https://{told.outlet}.example/{article_id(told.title + told.story)[:10]}.html"
    return Entry(article_id(url), url, told.outlet, f"https://{told.outlet}.example/rss", told.title, told.lead)


def _article(told: Told, entry: Entry, now: datetime) -> Article:
    at = now - timedelta(hours=told.hours)
    language = {name: language for name, _, _, language in OUTLETS}[told.outlet]
    return Article(
        id=entry.id,
        url=entry.url,
        outlet=told.outlet,
        title=told.title,
        lead=told.lead,
        text=told.text,
        text_from=told.text_from,
        language=language,
        published_at=None if told.date_from is DateFrom.NONE else at,
        published_from=told.date_from,
        seen_at=at + timedelta(minutes=4),
    )


def _read(house: Installation, run: int, entries: Sequence[Entry], now: datetime) -> None:
    by_outlet: dict[str, list[Entry]] = {}
    for entry in entries:
        by_outlet.setdefault(entry.outlet, []).append(entry)
    for outlet, pending in by_outlet.items():
        house.store.source_read(
            run,
            pending[0].source,
            outlet,
            settled=(),
            left_out=(),
            pending=pending,
            validators=Validators(),
            now=now - timedelta(minutes=8),
        )


def _fail(house: Installation, run: int, now: datetime) -> None:
    """One outlet has never been read, and its feed is on the books."""
    source = "https://mekong-courier.example/rss"
    sighting = Sighting(run, source, source, "mekong-courier", source, Outcome.RETRY, "status-503", now)
    house.store.source_failed(sighting, now=now)


def _judge(house: Installation, told: Sequence[Told], entries: Sequence[Entry], now: datetime) -> None:
    first = {each.story: entry.id for each, entry in zip(reversed(told), reversed(entries), strict=True)}
    with house.store.writing() as write:
        for each, entry in zip(told, entries, strict=True):
            labels = list(_labels(each, entry.id, first[each.story]))
            write.set_labels(entry.id, [kind for kind in Kind if kind not in OF_READING], labels, now=now)
        write.add_alert(_alert(told[0], entries[0], now))


def _labels(told: Told, article: str, story: str) -> Iterator[Label]:
    yield Label(article, Kind.LANGUAGE, {n: language for n, _, _, language in OUTLETS}[told.outlet])
    yield Label(article, Kind.RELEVANCE, told.relevance, PROVINCE, 1, 0.97, "rules", "“Tây Sơn”: xã của tỉnh")
    yield Label(article, Kind.RELEVANCE, "yes", "binh-dinh", 1, 0.97, "rules", "“Tây Sơn”: xã của tỉnh cũ")
    if told.relevance == "no":
        return
    yield Label(article, Kind.STANCE, told.stance, PROVINCE, 1, told.score, MODEL, told.why)
    for n, theme in enumerate(told.themes):
        yield Label(article, Kind.THEME, theme, PROVINCE, 1, 0.9 - n / 10, MODEL, "từ khóa của chủ đề")
    yield Label(article, Kind.STORY, story, "", 1, 0.9, MODEL, "cùng sự việc")
    yield Label(article, Kind.ROLE, told.role, "", 1, 0.9, MODEL)


def _alert(told: Told, entry: Entry, now: datetime) -> Alert:
    return Alert(0, "Phê phán về tỉnh", entry.id, entry.id, told.title, entry.url, told.outlet, told.why, now)
