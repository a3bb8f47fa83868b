"""Places and relevance, after the guide for annotators: headlines and leads written for these tests."""

import datetime as dt
from dataclasses import replace

import pytest

from classifier.pages import Role
from classifier.places import Gazetteer, PlacePrefilter, PlaceTagger
from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom
from diembao.plan.reader import profile

AFTER = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
BEFORE = dt.datetime(2019, 1, 5, 8, tzinfo=dt.UTC)
PROFILE = profile("gia-lai")
GAZETTEER = Gazetteer(PROFILE)
TAGGER = PlaceTagger(PROFILE, GAZETTEER)


def article(title: str, lead: str = "", text: str = "", when: dt.datetime = AFTER) -> Article:
    return Article(
        "0123456789abcdef",
        "https://bao.example/1",
        "bao",
        title,
        lead,
        text,
        TextFrom.PAGE,
        "vi",
        when,
        DateFrom.FEED,
        when,
        revision=2,
    )


def labels(item: Article, kind: Kind) -> list[Label]:
    return [label for label in TAGGER.judge(item, ()) if label.kind is kind]


def verdict(title: str, lead: str = "", text: str = "", when: dt.datetime = AFTER) -> tuple[str, str]:
    """About Bình Định, about Gia Lai."""
    found = {label.about: label.key for label in labels(article(title, lead, text, when), Kind.RELEVANCE)}
    return found["binh-dinh"], found["gia-lai"]


EAST = [
    ("Cảng Quy Nhơn đón tàu khách đầu tiên của năm", "Tàu chở 1.200 khách cập cảng sáng nay."),
    ("Resort bên biển bị thu hồi đất", "Dự án ở phường Quy Nhơn Đông (Gia Lai) chậm tiến độ nhiều năm."),
    ("Gia Lai: Lốc xoáy làm tốc mái 20 nhà", "Lốc xảy ra chiều qua tại phường Bình Định, tỉnh Gia Lai."),
    ("Khai quật tháp cổ", "Tháp nằm ở xã Bình An, tỉnh Gia Lai (trước đây thuộc huyện Tây Sơn, Bình Định)."),
    ("Gia Lai bắn pháo hoa ở Quy Nhơn và Pleiku", "Tỉnh Gia Lai tổ chức bắn pháo hoa tại hai nơi."),
    ("Ngư dân Gia Lai trúng đậm cá ngừ đầu năm", "Nhiều tàu cá cập bến với hầm đầy."),
    ("Quy Nhon opens a night market by the sea", "Stalls sell grilled squid until midnight."),
    ("Quy Nhon Iconic mở bán đợt hai", "Chủ đầu tư công bố giá bán."),
    ("归仁市举办国际龙舟赛", "来自八个国家的队伍参加。"),
    ("퀴논 해변에 새 산책로 개장", "관광객이 늘 전망이다."),
    ("クイニョンに新しい水族館", "来年開業する。"),
    ("В Куинёне открыли музей моря", "Вход бесплатный."),
    ("ກວີເຍີນ ເປີດຕະຫຼາດປາໃໝ່", "ຢູ່ແຄມທະເລ"),
    ("ក្វីញ៉ើន បើកផ្សារថ្មី", "ប្រជាជនសប្បាយចិត្ត"),
    ("กวีเญินเปิดพิพิธภัณฑ์ทะเล", "เข้าชมฟรี"),
]
WEST = [
    ("Pleiku mở phố đi bộ", "Phố đi bộ mở cửa ba tối cuối tuần."),
    ("Cháy kho nông sản trong đêm", "Vụ cháy xảy ra ở xã Ia Hiao (Gia Lai), không có người bị thương."),
    ("Trường học ngập bùn sau mưa", "Trường ở phường Thống Nhất, tỉnh Gia Lai phải đóng cửa hai ngày."),
    ("Giá cà phê ở Gia Lai tăng", "Người trồng cà phê phấn khởi."),
    ("Một phụ nữ ở Gia Lai bị lừa 2 tỉ đồng", "Người phụ nữ chuyển tiền 12 lần."),
    ("嘉莱省咖啡丰收", "农民高兴。"),
]
WHOLE = [
    ("UBND tỉnh Gia Lai giao chỉ tiêu cho 135 xã, phường", "Các sở, ngành nhận chỉ tiêu của năm."),
    ("Gia Lai công bố tình huống khẩn cấp về thiên tai", "UBND tỉnh yêu cầu các địa phương ứng phó với bão."),
]
PART = [
    ("Bão hướng vào Quảng Ngãi - Gia Lai", "Gió giật cấp 15, biển động dữ dội."),
    ("Sáu tuyến cao tốc sắp thông xe", "Gồm Cần Thơ - Cà Mau, Quy Nhơn - Chí Thạnh và bốn tuyến khác."),
    ("Tai nạn trên cao tốc Quy Nhơn - Chí Thạnh", "Vụ việc xảy ra ở xã Tuy An Bắc, Đắk Lắk."),
    ("Tàu hàng mắc cạn ngoài khơi", "Vị trí tàu cách Quy Nhơn 120 km về phía đông bắc."),
    ("Nhiều địa phương chậm giải ngân", "Mười tỉnh bị nhắc nhở, trong đó có Bình Định; Đà Nẵng dẫn đầu."),
    ("Quy Nhơn gửi đoàn cứu trợ ra Huế", "Đoàn ở Huế ba ngày, đến Huế, Quảng Trị và Đà Nẵng, rồi từ Đà Nẵng về Huế."),
    ("Nữ đầu bếp đoạt giải ở Paris", "Chị sinh năm 1990, quê ở Bình Định, sang Pháp du học năm 2010."),
    ("Quy Nhơn United 2-1 Long An: chiến thắng phút cuối", "Đội chủ nhà giữ trọn ba điểm ở vòng 6."),
]
NEITHER = [
    ("Long An 3-1 Quy Nhơn United", "Ở vòng 4 giải hạng nhất, đội chủ nhà thắng dễ."),
    ("Hoàng Anh Gia Lai báo lãi kỷ lục", "Doanh nghiệp muốn đưa hai công ty con lên sàn."),
    ("HAGL thua trận thứ ba", "Đội bóng chìm sâu ở đáy bảng xếp hạng V-League."),
    ("Nhà Nguyễn bình định miền biên ải thế nào?", "Sách mới kể chuyện bình định và khai khẩn."),
    ("Bắt 'cò đất' Nguyễn Bình Định", "Người này nhận tiền của nhiều người."),
    ("Xã Bình Định dồn điền đổi thửa", "Nông dân xã Bình Định (Hưng Yên) gieo chung một giống lúa."),
    ("Cháy nhà trên đường Quy Nhơn", "Căn nhà ở trung tâm Đà Nẵng cháy lúc rạng sáng."),
    ("Chợ Phú Mỹ tấp nập", "Tiểu thương ở Bà Rịa - Vũng Tàu bán hết hàng sớm."),
    ("Ca sĩ Lê Thanh ra album", "Album có mười ca khúc về mùa thu."),
    ("Anh Lý Hải - Minh Hà dự liên hoan phim", "Hai vợ chồng đi thảm đỏ."),
    ("Kết quả xổ số miền Trung", "Kỳ quay của Gia Lai, Ninh Thuận có vé trúng giải đặc biệt xổ số."),
    ("平定心情再出发", "运动员说自己需要时间。"),
    ("台南歸仁交流道追撞", "警方提醒用路人。"),
    ("이태원 퀴논길에 새 카페", "용산구가 발표했다."),
]


@pytest.mark.parametrize(("title", "lead"), EAST)
def test_a_place_of_the_east_is_about_both(title: str, lead: str) -> None:
    assert verdict(title, lead) == ("yes", "yes")


@pytest.mark.parametrize(("title", "lead"), WEST)
def test_a_place_of_the_west_is_about_the_province_of_today_alone(title: str, lead: str) -> None:
    assert verdict(title, lead) == ("no", "yes")


@pytest.mark.parametrize(("title", "lead"), WHOLE)
def test_an_act_of_the_whole_province_is_in_part_about_the_former_one(title: str, lead: str) -> None:
    assert verdict(title, lead) == ("part", "yes")


@pytest.mark.parametrize(("title", "lead"), PART)
def test_one_of_several_places_or_the_end_of_a_road_or_an_origin_is_part(title: str, lead: str) -> None:
    assert verdict(title, lead) == ("part", "part")


@pytest.mark.parametrize(("title", "lead"), NEITHER)
def test_a_namesake_is_no(title: str, lead: str) -> None:
    assert verdict(title, lead) == ("no", "no")


def test_before_the_merger_the_name_of_today_meant_the_west_alone() -> None:
    title, lead = "UBND tỉnh Gia Lai họp báo", "Các sở trả lời báo chí."
    assert verdict(title, lead) == ("part", "yes")
    assert verdict(title, lead, when=BEFORE) == ("no", "yes")


def test_a_place_named_once_late_in_a_long_text_is_part_at_most() -> None:
    text = "Đoàn khảo sát dừng ở nhiều nơi dọc bờ biển. " * 60
    assert verdict("Hành trình xuyên Việt bằng xe đạp", "Chuyến đi dài 40 ngày.", text) == ("no", "no")
    late = text + "Chặng áp chót kết thúc ở Quy Nhơn."
    assert verdict("Hành trình xuyên Việt bằng xe đạp", "Chuyến đi dài 40 ngày.", late) == ("part", "part")


def test_the_text_tells_which_side_of_the_province_a_title_means() -> None:
    title, lead = "Gia Lai xin lỗi vì báo lũ chậm", "Danh bạ điện thoại của ba xã chưa được cập nhật."
    assert verdict(title, lead, "Nước lên ở Tuy Phước từ nửa đêm.") == ("yes", "yes")


def test_marks_may_be_missing_or_spelt_otherwise_but_not_be_others() -> None:
    for title in ("Phù Mỹ đón Tết", "Phù Mĩ đón Tết", "Phu My lagoon fish deaths"):
        assert verdict(title)[0] == "yes", title
    assert verdict("Phú Mỹ đón Tết")[0] == "no"
    assert verdict("Qui Nhơn đón Tết")[0] == "yes"
    assert verdict("QUY NHƠN ĐÓN TẾT")[0] == "yes"


def test_the_reason_quotes_the_text_and_names_place_and_rule() -> None:
    item = article("Bão áp sát", "Người dân ở phường Quy Nhơn Bắc (Gia Lai) chằng chống nhà cửa.")
    found = {label.about: label for label in labels(item, Kind.RELEVANCE)}
    quote, rest = found["binh-dinh"].why.removeprefix("“").split("”", 1)
    assert quote in item.lead
    assert "Quy Nhơn Bắc" in quote
    assert rest == " – Quy Nhơn Bắc: ở phần dẫn"
    assert found["binh-dinh"].revision == item.revision
    assert found["binh-dinh"].by == "rules"
    assert 0.5 < found["binh-dinh"].score <= 1


def test_a_no_says_which_rule_settled_it() -> None:
    (label, _) = labels(article("Hoàng Anh Gia Lai báo lãi"), Kind.RELEVANCE)
    assert label.key == "no"
    assert label.why.endswith(Role.NAMESAKE.value)
    (label, _) = labels(article("Đà Lạt vào mùa hoa"), Kind.RELEVANCE)
    assert label.why.endswith("chỉ nói về nơi khác")
    (label, _) = labels(article("Giá vàng tăng"), Kind.RELEVANCE)
    assert label.why == "không có địa danh nào của tỉnh"


def test_places_are_labelled_once_with_their_side() -> None:
    item = article("Quy Nhơn và Pleiku đón năm mới", "Người dân Quy Nhơn, tỉnh Gia Lai xuống phố; HAGL nghỉ Tết.")
    found = [(label.key, label.about) for label in labels(item, Kind.PLACE)]
    assert found == [("Quy Nhơn", "binh-dinh"), ("Pleiku", "gia-lai-cu"), ("Gia Lai", "gia-lai")]


def test_the_former_province_alone_can_be_watched() -> None:
    tagger = PlaceTagger(profile("binh-dinh"))
    found = [x for x in tagger.judge(article("Cảng Quy Nhơn mở rộng"), ()) if x.kind is Kind.RELEVANCE]
    assert [(label.about, label.key) for label in found] == [("binh-dinh", "yes")]
    for title, lead in (*EAST, *WEST, *WHOLE, *PART, *NEITHER):
        item = article(title, lead)
        (label,) = [x for x in tagger.judge(item, ()) if x.kind is Kind.RELEVANCE]
        assert label.key == verdict(title, lead)[0], title


def test_the_version_changes_with_the_names() -> None:
    assert PlaceTagger(PROFILE).version == TAGGER.version
    fewer = replace(PROFILE, places=PROFILE.places[1:])
    assert PlaceTagger(fewer).version != TAGGER.version


PREFILTER = PlacePrefilter(PROFILE)


@pytest.mark.parametrize(("title", "lead"), [*EAST, *WEST, *WHOLE, *PART])
def test_the_prefilter_lets_all_through_that_the_tagger_keeps(title: str, lead: str) -> None:
    assert PREFILTER.may_be_about(title, lead)


@pytest.mark.parametrize("title", ["binh dinh hop bao", "QUY NHON", "HAGL thắng trận", "chuyện bình định đất nước"])
def test_the_prefilter_is_wide(title: str) -> None:
    assert PREFILTER.may_be_about(title, "")


@pytest.mark.parametrize("title", ["Đà Lạt vào mùa hoa", "Trần Phú ghi bàn", "台风过后", "", "🙂 2026"])
def test_the_prefilter_keeps_the_rest_out(title: str) -> None:
    assert not PREFILTER.may_be_about(title, "")


def test_odd_texts_are_judged_within_bounds() -> None:
    many = "Đắk Lắk, Gia Lai, Quy Nhơn - " * 40_000
    odd = ["", " \n ", "\ud800", "İ" * 100, "Gia Lai " * 50_000, "(" * 50_000, "\u200bយ៉ា\u200bឡាយ", many]
    for text in odd:
        assert len(labels(article(text, text, text), Kind.RELEVANCE)) == 2


def test_a_name_does_not_run_on_from_title_to_lead() -> None:
    assert verdict("Tai nạn trước nhà thiếu nhi Thủ Đức", "Cơ quan chức năng đang làm rõ.") == ("no", "no")


def test_the_gazetteer_finds_every_mention_of_ours_and_none_elsewhere() -> None:
    found = GAZETTEER.mentions("Từ Quy Nhơn, Đà Nẵng về Chư Sê; HAGL ở nhà.")
    assert [mention.name.place for mention in found] == ["Quy Nhơn", "Chư Sê"]
