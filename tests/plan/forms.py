"""Plans of the forms that provinces write, all made up here: a province of Sơn Hà does not exist."""

from __future__ import annotations


def lines_of(document: str) -> list[str]:
    return document.split("\n")


TABLE = lines_of("""
KẾ HOẠCH
## II. CÁC NHIỆM VỤ TRỌNG TÂM
### **1. Phổ biến chủ trương**
- Phổ biến chủ trương tới cán bộ,

trong đó chú trọng điểm mới.
- Làm tốt công tác báo chí.
**2. Quản lý nhà nước**
- Rà soát quy định.
### IV. TỔ CHỨC THỰC HIỆN
**1.** Giao Sở Thông tin và Truyền thông theo dõi, đôn đốc; báo cáo kết quả hằng năm hoặc khi có yêu cầu.
**2.** Đề nghị Ban Tuyên giáo Tỉnh ủy, Ban Chỉ đạo Công tác thông tin đối ngoại chỉ đạo, định hướng công tác.
**3.** Căn cứ nội dung Kế hoạch, các cơ quan, đơn vị, địa phương tổ chức triển khai thực hiện.
**Noi nhận:**
- Như trên;
PHỤ LỤC
TT\tCHƯƠNG TRÌNH, NHIỆM VỤ\tĐƠN VỊ CHỦ TRÌ\tĐƠN VỊ PHỐI HỢP\tTHỜI GIAN THỰC HIỆN
1\tPhổ biến chủ trương của Đảng,\t\t\t

<b>chính sách của Nhà nước</b>\t\t\t\t
1.1\tĐịnh hướng tuyên truyền, phổ biến, giáo\tSở Thông tin và Truyền\tCác sở, ban, ngành,\tHằng năm

\tdục pháp luật\tthông\tUBND các huyện, thị xã, thành phố.\t
1.2\tThi hành Nghị định số 70/2023/NĐ-CP ngày 18/9/2023\tSở Nội vụ; Sở Du lịch\tSở Ngoại vụ và và các cơ quan\
 có liên quan\t2024 - 2030
<b>2 Quản lý nhà nước</b>\t\t\t\t
2.1\tLập kho dữ liệu\tVăn phòng UBND tỉnh\tSở Văn hóa, Thể thao và Du lịch\tĐến năm 2030
2.3\tThuê phần mềm\t\tSở Tài chính\t
""")
BLOCKS = lines_of("""II. NỘI DUNG KẾ HOẠCH
1. Quán triệt văn bản chỉ đạo
- Nội dung thực hiện: Theo Thông tư số 22/2016/TT-BTTTT ngày 19/10/2016.
- Đơn vị thực hiện: Các sở, ban, ngành; Ủy ban nhân dân các huyện.
- Đơn vị theo dõi, hướng dẫn: Sở Thông tin và Truyền thông chủ trì, phối hợp với Ban Tuyên giáo Tỉnh ủy thực hiện.
- Thời gian thực hiện: Trong năm 2022.
2. Tuyên truyền
2.1. Quảng bá tiềm năng của tỉnh.
- Đơn vị chủ trì: Đài Phát thanh - Truyền hình và Báo Sơn Hà.
- Đơn vị phối hợp: Sở Ngoại vụ (dịch ra tiếng Anh, tiếng Lào); các sở, ngành.
- Thời gian thực hiện: Quý II/2022.
IV. TỔ CHỨC THỰC HIỆN
1. Sở Thông tin và Truyền thông: Chủ trì thực hiện Kế hoạch này.
2. Các sở, ban, ngành (tại phần II) xây dựng kế hoạch cụ thể.
Các cơ quan, đơn vị định kỳ báo cáo về Sở Thông tin và Truyền thông (trước ngày 20/5 đối với báo cáo 6 tháng; trước \
ngày 15/11 đối với báo cáo năm).
Nơi nhận:
""")


# Taken out of a PDF: each line broken at the margin and followed by an empty one.
PROSE = lines_of("""III. NHIỆM VỤ VÀ GIẢI PHÁP

1. Công tác quán triệt, tuyên truyền, phổ biến thông tin và triển khai

thực hiện Nghị quyết

- Nghiên cứu, quán triệt nội dung của Kết luận số 57-

KL/TW đến toàn thể cán bộ công chức, viên chức, người lao động, người

dân trong tỉnh.

2. Tăng cường nguồn lực

- Phát huy tối đa các nguồn lực trong và ngoài tỉnh để quảng bá hình ảnh

của tỉnh.

IV. TỔ CHỨC THỰC HIỆN

1. Sở Ngoại vụ

Chủ trì, phối hợp với các cơ quan liên quan hướng dẫn, quản lý các đoàn

phóng viên nước ngoài hoạt động trên địa bàn tỉnh theo đúng quy định..  \n
Làm đầu mối thông tin với Bộ Ngoại giao về tình hình kinh tế của tỉnh.

2. Các sở, ban, ngành; UBND các huyện, thành phố

Bố trí người phụ trách.

Định kỳ trước ngày 15/11 hằng năm, các cơ quan, đơn vị báo cáo kết quả

thực hiện, gửi Sở Thông tin và Truyền thông tổng hợp.

Nơi nhận:

- Lưu: VT.
""")
