"""What only looks like a place of a province: kinds of faults that were met in real headlines, in sentences of ours."""

import pytest

from tests.classifier.places_judged import relevance


@pytest.mark.parametrize(
    ("province", "title", "lead", "expected"),
    [
        # a capital beside a shared name makes a longer name
        ("phu-tho", "Sân bay Tân Sơn Nhất đông khách cuối tuần", "", "no"),
        ("phu-tho", "Khách từ Tân Sơn Nhất phải chờ thêm một giờ", "", "no"),
        ("phu-tho", "Hoa hậu Thanh Thủy thăm trẻ em vùng cao", "", "no"),
        ("phu-tho", "Huyện Thanh Thủy mở chợ đêm", "", "yes"),
        ("dong-nai", "Phường Hiệp Bình Phước sửa kè sông Sài Gòn", "", "no"),
        ("gia-lai", "Phường Tăng Nhơn Phú tặng sách cho học sinh", "", "no"),
        # an emperor, in Russian nearly called like the province
        ("quang-tri", "Фестиваль в честь императора Куанг Чунга", "Мастера ушу приехали во Вьетнам.", "no"),
        ("quang-tri", "Порт провинции Куангчи принял первое судно", "Вьетнамская провинция Куанг Чи растёт.", "yes"),
        # a dynasty, a school, a bridge elsewhere
        ("binh-dinh", "Phim về quân Tây Sơn bấm máy", "Đạo diễn kể chuyện các tướng Tây Sơn.", "no"),
        (
            "binh-dinh",
            "Ẩu đả trước cổng trường",
            "Trường THCS Nguyễn Văn Cừ (P.Thống Nhất, Gia Lai) báo công an.",
            "no",
        ),
        ("gia-lai", "Cầu treo Phú Thiện bị lũ cuốn", "Cầu nối hai xã của tỉnh Lâm Đồng.", "no"),
        ("binh-dinh", "Hồi hộp bên bờ sông", "Người dân hai bờ sông Kôn, sông Vu Gia lo sạt lở.", "no"),
        ("bac-ninh", "Đông người đến chùa Vĩnh Nghiêm", "Ngôi chùa ở trung tâm TP.HCM mở cửa đến khuya.", "no"),
        ("binh-dinh", "Mai vàng An Nhơn cháy hàng trước Tết", "", "yes"),
        # a firm's own name is no more than a part
        ("gia-lai", "Bắt chủ Công ty TNHH Thiên Phong Gia Lai", "Người này bị cáo buộc cưỡng đoạt tài sản.", "part"),
        ("dong-nai", "Vinacafé Biên Hòa chia cổ tức", "", "no"),
        ("gia-lai", "Công ty Xổ số kiến thiết Gia Lai trả thưởng vé rách", "", "yes"),
        ("gia-lai", "Công ty TNHH MTV Xổ số kiến thiết Gia Lai nộp ngân sách 400 tỉ", "", "yes"),
        ("gia-lai", "Xổ số kiến thiết Gia Lai: kết quả quay thưởng ngày 5-12", "", "no"),
        ("gia-lai", "Vé số Gia Lai trúng độc đắc ở Cà Mau", "", "no"),
        # each place of a list is one of several
        ("gia-lai", "Tám sân bay tạm đóng cửa tránh bão, trong đó có Phù Cát, Pleiku", "Đà Nẵng, Chu Lai.", "part"),
        # a dish sold elsewhere, an artist's name, a district that two provinces have
        ("gia-lai", "Bún chả cá Quy Nhơn hút khách ở TP HCM", "Quán bán 300 tô mỗi ngày.", "part"),
        ("gia-lai", "Bún chả cá Quy Nhơn vào danh sách món ngon", "", "yes"),
        ("gia-lai", "Ca sĩ Hoài Nhơn ra mắt album mới ở Sài Gòn", "", "no"),
        ("gia-lai", "Ca sĩ Gia Lai vào chung kết", "", "part"),
        ("gia-lai", "Lở núi ở Vĩnh Thạnh, ba thôn bị cô lập", "", "part"),
        ("gia-lai", "Lở núi ở Vĩnh Thạnh, ba thôn bị cô lập", "Tỉnh Gia Lai điều xe cứu hộ.", "yes"),
        # where a council sat, and words of one side against an act of the whole province
        (
            "binh-dinh",
            "Hơn 57.000 ha rừng của Gia Lai thiệt hại do bão",
            "Số liệu được nêu tại kỳ họp HĐND tỉnh Gia Lai ở phường Pleiku.",
            "part",
        ),
        ("binh-dinh", "越南嘉莱省与老挝占巴塞省签署合作协议", "双方将加强口岸贸易合作。", "part"),
        # all small letters without marks, a zero for an o
        ("gia-lai", "nguoi dan quy nhon buc xuc vi bai rac boc mui", "chinh quyen hua nhieu lan", "yes"),
        ("binh-dinh", "ke hoach binh dinh nong thon cua my", "sach moi ve chien tranh", "no"),
        ("gia-lai", "Người dân Quy Nh0n bức xúc vì bãi rác", "", "yes"),
        # a road between provinces, named by its ends
        ("dong-nai", "Ùn tắc trên cao tốc TP.HCM - Long Thành - Dầu Giây", "", "part"),
        ("quang-tri", "Cao tốc Cam Lộ - La Sơn mở rộng bốn làn", "", "part"),
        # numbers of a storm are no score, a union of youth is no family name, a province is no team
        (
            "quang-tri",
            "Quảng Trị gió giật mạnh",
            "Tối 28-9 tâm bão cấp 12 (118-133km/h), vòng 2 hướng vào đất liền.",
            "yes",
        ),
        ("bac-ninh", "Anh Lê Văn Minh làm Bí thư Tỉnh Đoàn Bắc Ninh", "", "yes"),
        ("bac-ninh", "Đội bóng công nhân xuất quân", "Liên đoàn Lao động tỉnh Bắc Ninh tiễn cầu thủ dự vòng 1.", "yes"),
        ("phu-tho", "Đội tuyển trẻ thắng 2-0", "Trận đấu trên sân Việt Trì có 9.000 cổ động viên bóng đá.", "part"),
    ],
)
def test_a_namesake_is_told_from_the_place(province: str, title: str, lead: str, expected: str) -> None:
    assert relevance(province, title, lead) == expected
