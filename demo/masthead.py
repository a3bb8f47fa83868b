"""The made-up outlets: who they are, how their pages and feeds are shaped.

No outlet here exists. The shapes differ as those of real outlets do: where the lead stands, where the date is
said, how addresses look, which encoding the pages are in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Feed:
    """`form` is rss, atom or rdf; `dates` is a shape of demo.datelines; `section` limits it to one section.

    `full`: whole texts, not leads only; `pictured`: the summary is HTML with a linked picture; `tracked`: links carry
    utm parameters; `relative`: links are paths.
    """

    path: str
    form: str = "rss"
    dates: str = "rfc822"
    section: str = ""
    relative: bool = False
    full: bool = False
    pictured: bool = False
    tracked: bool = False
    encoding: str = "utf-8"
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """`shell` is a page's skeleton (demo/shells), the rest its colours and type."""

    shell: str
    accent: str
    paper: str = "#ffffff"
    type: str = "Georgia, 'Noto Serif', serif"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. `path` is the form of its articles' addresses ({slug}, {number}, {date}); `charset` that of its
    pages; `crawl_delay` stands in its robots.txt (seconds); `delay` in the catalogue.
    """

    id: str
    name: str
    tagline: str
    language: str
    country: str
    timezone: str
    look: Look
    feeds: tuple[Feed, ...]
    path: str
    kind: str = "national"
    fetch: str = "prefilter"
    charset: str = "utf-8"
    charset_in_header: bool = True
    compressed: bool = False
    crawl_delay: int | None = None
    date_formats: tuple[str, ...] = ()
    note: str = ""


HANOI: Final = "Asia/Ho_Chi_Minh"
_SANS = "'Be Vietnam Pro', 'Segoe UI', Roboto, 'Noto Sans', sans-serif"

OUTLETS: Final[tuple[Outlet, ...]] = (
    Outlet(
        "nhip-song-con",
        "Nhịp Sông Côn",
        "Tiếng nói từ hai bờ đông, tây Trường Sơn",
        "vi",
        "VN",
        HANOI,
        Look("sapo", "#0b5e7e"),
        (Feed("/rss/tin-moi.rss"), Feed("/rss/van-hoa-du-lich.rss", section="Văn hóa - Du lịch")),
        "/{slug}-{number}.html",
        kind="provincial",
        fetch="all",
        compressed=True,
        note="Báo của tỉnh trong tòa soạn mẫu; mục Văn hóa - Du lịch có nguồn riêng, trùng bài với nguồn chính.",
    ),
    Outlet(
        "toan-canh-ngay",
        "Toàn Cảnh Ngày",
        "Nhật báo điện tử",
        "vi",
        "VN",
        HANOI,
        Look("description", "#9f224e", type="Arial, 'Noto Sans', sans-serif"),
        (
            Feed("/rss/tin-moi-nhat.rss", pictured=True),
            Feed("/rss/the-gioi.rss", section="Thế giới", fault="unavailable"),
        ),
        "/{slug}-{number}.html",
        note="Nguồn Thế giới luôn trả lời 503.",
    ),
    Outlet(
        "goc-pho",
        "Góc Phố",
        "Chuyện phố phường, chuyện người ta",
        "vi",
        "VN",
        HANOI,
        Look("tabloid", "#d4351c", type=_SANS),
        (Feed("/feed", dates="rfc822_gmt_plus", relative=True),),
        "/tin/{slug}.htm",
        crawl_delay=1,
        note="Ngày giờ trong nguồn ghi GMT+7, địa chỉ tương đối; robots.txt có Crawl-delay.",
    ),
    Outlet(
        "dong-truong-son",
        "Hãng tin Đông Trường Sơn",
        "Tin nhanh, tin đúng",
        "vi",
        "VN",
        HANOI,
        Look("agency", "#1d3557", type="Arial, 'Noto Sans', sans-serif"),
        (Feed("/atom.xml", form="atom", dates="iso", full=True),),
        "/tin-tuc/{number}/{slug}",
        kind="agency",
    ),
    Outlet(
        "tac-dat",
        "Tấc Đất",
        "Báo của nhà nông",
        "vi",
        "VN",
        HANOI,
        Look("plain", "#3f6212", "#fdfcf3"),
        (Feed("/rss/home.rss", dates="month_first"), Feed("/rss/nong-san.rss", section="Nông sản", fault="truncated")),
        "/{slug}-post{number}.html",
        kind="trade",
        date_formats=("%m/%d/%Y %I:%M:%S %p",),
        note="Ngày trong nguồn viết tháng trước, giờ địa phương; nguồn Nông sản bị đứt giữa chừng.",
    ),
    Outlet(
        "kinh-te-mo",
        "Kinh Tế Mở",
        "Tạp chí đầu tư và thị trường",
        "vi",
        "VN",
        HANOI,
        Look("magazine", "#7c2d12", "#fff9f2"),
        (Feed("/rss/index.rss", tracked=True), Feed("/rss/bat-dong-san.rss", section="Bất động sản", fault="html")),
        "/{date}/{slug}",
        kind="trade",
        note="Nguồn Bất động sản trả về trang lỗi HTML với mã 200.",
    ),
    Outlet(
        "hai-dang",
        "Hải Đăng",
        "Biển, cảng và những chuyến đi",
        "vi",
        "VN",
        HANOI,
        Look("description", "#0369a1", "#f7fbff"),
        (Feed("/rdf.xml", form="rdf", dates="iso"),),
        "/bai-viet?id={number}",
        note="Nguồn RSS 1.0 (RDF); bài viết phân biệt bằng tham số id.",
    ),
    Outlet(
        "vietnam-daybreak",
        "Vietnam Daybreak",
        "News from Vietnam at first light",
        "en",
        "VN",
        HANOI,
        Look("agency", "#b91c1c"),
        (Feed("/rss.xml", full=True),),
        "/{slug}-{number}",
        kind="national",
    ),
    Outlet(
        "straits-lantern",
        "The Straits Lantern",
        "Southeast Asia, explained",
        "en",
        "SG",
        "Asia/Singapore",
        Look("magazine", "#14532d"),
        (Feed("/feeds/asia.atom", form="atom", dates="iso"),),
        "/{date}/{slug}/",
        kind="foreign",
    ),
    Outlet(
        "yefeng-ribao",
        "椰风日报",
        "面向南海，报道东盟",
        "zh",
        "CN",
        "Asia/Shanghai",
        Look("description", "#b3261e", type="'Noto Serif CJK SC', 'Songti SC', serif"),
        (Feed("/rss/guoji.xml"),),
        "/{date}/c{number}.html",
        kind="foreign",
    ),
    Outlet(
        "nuribada",
        "누리바다신문",
        "바다 건너 세상 이야기",
        "ko",
        "KR",
        "Asia/Seoul",
        Look("sapo", "#1e40af", type="'Noto Sans CJK KR', 'Malgun Gothic', sans-serif"),
        (Feed("/rss/allArticle.xml"),),
        "/news/articleView.html?idxno={number}",
        kind="foreign",
        charset="euc-kr",
    ),
    Outlet(
        "minato-toa",
        "みなと東亜新聞",
        "港から見るアジア",
        "ja",
        "JP",
        "Asia/Tokyo",
        Look("magazine", "#334155", type="'Noto Serif CJK JP', serif"),
        (Feed("/index.rdf", form="rdf", dates="iso"),),
        "/articles/{number}",
        kind="foreign",
    ),
    Outlet(
        "sainam-sekong",
        "ສາຍນ້ຳເຊກອງ",
        "ຂ່າວຈາກພາກໃຕ້ຂອງລາວ",
        "lo",
        "LA",
        "Asia/Vientiane",
        Look("table", "#1d4ed8", type="'Noto Sans Lao', 'Phetsarath OT', sans-serif"),
        (Feed("/feed/"),),
        "/?p={number}",
        kind="foreign",
    ),
    Outlet(
        "tonle-srepok",
        "ទន្លេស្រែពកប៉ុស្តិ៍",
        "ព័ត៌មានពីភាគឦសាន",
        "km",
        "KH",
        "Asia/Phnom_Penh",
        Look("agency", "#7e22ce", type="'Noto Sans Khmer', 'Khmer OS', sans-serif"),
        (Feed("/rss"),),
        "/article/{number}",
        kind="foreign",
    ),
    Outlet(
        "munthara",
        "มูลธาราโพสต์",
        "ข่าวอีสานและเพื่อนบ้าน",
        "th",
        "TH",
        "Asia/Bangkok",
        Look("tabloid", "#9d174d", type="'Noto Sans Thai', Sarabun, sans-serif"),
        (Feed("/rss/asean.xml"),),
        "/news/{number}",
        kind="foreign",
    ),
    Outlet(
        "fanal-asie",
        "Le Fanal d'Asie",
        "Chroniques d'Extrême-Orient",
        "fr",
        "FR",
        "Europe/Paris",
        Look("magazine", "#1e3a8a", "#fffdf7"),
        (Feed("/feed.atom", form="atom", dates="iso"),),
        "/{date}/{slug}.html",
        kind="foreign",
        compressed=True,
    ),
    Outlet(
        "mayak-vostoka",
        "Маяк Востока",
        "Новости Азиатско-Тихоокеанского региона",
        "ru",
        "RU",
        "Asia/Vladivostok",
        Look("plain", "#374151"),
        (Feed("/rss.xml", encoding="windows-1251"),),
        "/news/{number}.html",
        kind="foreign",
        charset="windows-1251",
        charset_in_header=False,
    ),
)

BY_ID: Final[dict[str, Outlet]] = {outlet.id: outlet for outlet in OUTLETS}


def outlets_of(language: str) -> tuple[Outlet, ...]:
    return tuple(outlet for outlet in OUTLETS if outlet.language == language)
