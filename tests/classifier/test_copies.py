"""Copies, cut and retitled, told from articles that only quote or go on."""

from __future__ import annotations

import datetime as dt

import pytest

from classifier.stories import StoryGrouper
from diembao.core.article import Article, Role
from diembao.core.ports import Placed
from tests.classifier.judging import NOW, article

WIRE = (
    "Chiều 18/11, UBND tỉnh Gia Lai công bố kết quả quan trắc nước đầm Đề Gi sau đợt cá lồng chết hàng loạt.",
    "Chín mẫu nước lấy tại sáu điểm đều nằm trong giới hạn cho phép đối với vùng nuôi trồng thủy sản ven bờ.",
    "Độ mặn tại trạm quan trắc tự động giảm từ 24 phần nghìn xuống 6 phần nghìn chỉ trong một đêm mưa lớn.",
    "Nhà máy thủy sản Sóng Vịnh đã dừng hoạt động mười một ngày trước đó để bảo dưỡng, cống xả được niêm phong.",
    "Công tơ điện của trạm bơm không thay đổi chỉ số trong suốt thời gian niêm phong, đoàn kiểm tra cho biết.",
    "Sáu mươi mốt hộ nuôi cá lồng bè sẽ được hỗ trợ tối đa 30 triệu đồng cho mỗi 100 mét khối lồng bị thiệt hại.",
    "Tỉnh lắp thêm hai trạm đo độ mặn, nhắn tin cảnh báo tới điện thoại người nuôi khi nước ngọt đổ về bất thường.",
    "Lãnh đạo sở đề nghị các cơ quan báo chí đã đăng thông tin nhà máy xả thải xem xét đính chính theo quy định.",
)
ZH = (
    "嘉莱省18日公布提夷潟湖水质监测结果，九份水样均符合近海养殖标准。自动监测站数据显示，一夜"
    "暴雨使盐度由千分之二十四降至千分之六。工厂此前已停产检修十一天，排水口被封存。"
)
LAO = (
    "ແຂວງຢາລາຍ ປະກາດຜົນການກວດນ້ຳ ຢູ່ອ່າວເດຢີ ຫຼັງຈ"
    "າກປາຕາຍຈຳນວນຫຼາຍ. ຕົວຢ່າງນ້ຳທັງເກົ້າແຫ່ງ ຢູ່ໃ"
    "ນເກນທີ່ອະນຸຍາດ. ໂຮງງານໄດ້ຢຸດການຜະລິດກ່ອນໜ້ານັ"
    "້ນສິບເອັດມື້ ເພື່ອສ້ອມແປງ."
)


def _at(hours: float, title: str, text: str, outlet: str, language: str = "vi") -> Article:
    when = NOW + dt.timedelta(hours=hours)
    return article(title, text[:110], text, language, id=f"{outlet}-{hours}", outlet=outlet, published_at=when)


FIRST = _at(0, "Gia Lai công bố nguyên nhân cá chết ở đầm Đề Gi", " ".join(WIRE), "ttx")


@pytest.fixture(scope="module")
def grouper() -> StoryGrouper:
    return StoryGrouper()


def _role(grouper: StoryGrouper, *articles: Article) -> Placed:
    placed = {one.article_id: one for one in grouper.group([FIRST, *articles])}
    assert placed[articles[-1].id].story == FIRST.id
    return placed[articles[-1].id]


@pytest.mark.parametrize(
    ("how", "kept"),
    [
        ("whole", WIRE),
        ("cut at the end", WIRE[:4]),
        ("cut in the middle", (*WIRE[:2], *WIRE[6:])),
        ("cut at the head", WIRE[3:]),
        ("every other sentence left out", WIRE[::2]),
        ("with a line of its own", (*WIRE, "Bài và ảnh: phóng viên thường trú tại Gia Lai.")),
        ("with a lead of its own", ("Cá chết ở đầm Đề Gi không phải do xả thải.", *WIRE[1:])),
    ],
)
def test_a_copy_is_found_however_it_was_cut_and_retitled(
    grouper: StoryGrouper, how: str, kept: tuple[str, ...]
) -> None:
    later = _at(3, "Nước ngọt đổ về, không phải xả thải, làm cá chết", " ".join(kept), "bao-khac")
    found = _role(grouper, later)
    assert found.role == Role.COPY, how
    assert found.why.startswith("trùng ")
    assert "(ttx)" in found.why


def test_the_whole_text_after_a_cut_one_is_a_text_of_its_own(grouper: StoryGrouper) -> None:
    short = _at(-1, "Kết quả quan trắc nước đầm Đề Gi", " ".join(WIRE[:3]), "bao-som")
    placed = {one.article_id: one for one in grouper.group([short, FIRST])}
    assert placed[FIRST.id].role == Role.FOLLOW_UP


def test_who_quotes_two_sentences_in_a_report_of_ones_own_has_not_copied(grouper: StoryGrouper) -> None:
    own = (
        "Phóng viên của báo trở lại đầm Đề Gi hai ngày sau khi kết quả được công bố để gặp những hộ nuôi cá lồng.",
        "Ông Tư, nuôi cá mú ở đây hai mươi năm, nói chưa bao giờ thấy nước ngọt nhanh như vậy sau một đêm mưa.",
        "Nhiều hộ đã vớt hết cá chết, cọ rửa lồng và chờ nước mặn trở lại để thả lứa giống mới trước Tết.",
        "Hợp tác xã nuôi biển cho biết sẽ kiến nghị ngân hàng khoanh nợ vụ này cho các hộ bị thiệt hại nặng.",
    )
    later = _at(9, "Người nuôi cá Đề Gi sau ngày công bố kết quả", " ".join((*own, *WIRE[1:3])), "bao-khac")
    assert _role(grouper, later).role == Role.FOLLOW_UP


def test_what_an_outlet_repeats_of_its_own_is_no_copy(grouper: StoryGrouper) -> None:
    assert (
        _role(grouper, _at(5, "Cá chết ở Đề Gi: đã rõ nguyên nhân", " ".join(WIRE[:5]), "ttx")).role == Role.FOLLOW_UP
    )


def test_a_copy_that_is_headed_as_a_correction_is_a_correction(grouper: StoryGrouper) -> None:
    later = _at(6, "Đính chính: cá chết ở đầm Đề Gi không do xả thải", " ".join(WIRE), "bao-khac")
    assert _role(grouper, later).role == Role.CORRECTION


@pytest.mark.parametrize(("language", "text"), [("zh-Hans", ZH), ("lo", LAO)])
def test_scripts_without_spaces_are_copied_too(grouper: StoryGrouper, language: str, text: str) -> None:
    first = _at(0, "一" if language == "zh-Hans" else "ຂ່າວ", text, "mot", language)
    half = text[: len(text) * 2 // 3]
    later = _at(2, "二" if language == "zh-Hans" else "ລາຍງານ", half, "hai", language)
    placed = {one.article_id: one for one in grouper.group([first, later])}
    assert placed[later.id].role == Role.COPY


def test_the_headline_is_what_most_say_not_the_first_and_not_the_oddest(grouper: StoryGrouper) -> None:
    odd = _at(1, "Chuyện bên đầm", " ".join(WIRE[:6]), "bao-la")
    near = _at(2, "Cá chết ở đầm Đề Gi do nước ngọt, không do nhà máy Sóng Vịnh xả thải", " ".join(WIRE[1:]), "bao-gan")
    foreign = _at(3, "Fresh water killed fish in De Gi lagoon", "Gia Lai published nine water samples.", "en", "en")
    placed = {one.article_id: one for one in grouper.group([odd, FIRST, near, foreign])}
    stories = {one.story for one in placed.values() if one.article_id != foreign.id}
    assert len(stories) == 1
    headed = [name for name, one in placed.items() if one.headline and one.story in stories]
    assert len(headed) == 1
    assert headed != [odd.id]


def test_of_two_versions_as_central_the_newest_tells_the_story(grouper: StoryGrouper) -> None:
    own = " ".join(WIRE[:5]) + " Báo có thêm ảnh và ý kiến của người dân ở đầm Đề Gi về nước ngọt và cá lồng."
    later = _at(4, "Gia Lai công bố nguyên nhân cá chết hàng loạt ở đầm Đề Gi", own, "ttx")
    placed = {one.article_id: one for one in grouper.group([FIRST, later])}
    assert placed[later.id].headline
    assert not placed[FIRST.id].headline


def test_every_story_has_one_headline(grouper: StoryGrouper) -> None:
    alone = _at(1, "Giá vàng hôm nay", "Vàng miếng lên 160 triệu đồng một lượng trong phiên sáng nay.", "bao")
    placed = grouper.group([FIRST, alone])
    assert sorted(one.story for one in placed if one.headline) == sorted({one.story for one in placed})
