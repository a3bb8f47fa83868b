"""The words around an article, by language: what stands on every page and belongs to none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Furniture:
    home: str
    related: str
    latest: str
    share: str
    comments: str
    cookie: str
    accept: str
    rights: str
    missing: str
    more: str


FURNITURE: Final[dict[str, Furniture]] = {
    "vi": Furniture(
        "Trang chủ",
        "Tin liên quan",
        "Tin mới nhất",
        "Chia sẻ bài viết",
        "Ý kiến bạn đọc. Bình luận sẽ được duyệt trước khi đăng.",
        "Trang này dùng cookie để ghi nhớ lựa chọn của bạn đọc.",
        "Đồng ý",
        "Tòa soạn mẫu: mọi cơ quan báo chí, doanh nghiệp và sự việc trên trang này đều là hư cấu.",
        "Không tìm thấy trang",
        "Xem thêm",
    ),
    "en": Furniture(
        "Home",
        "Related stories",
        "Latest news",
        "Share this article",
        "Comments are moderated and appear after review.",
        "This site uses cookies to remember your choices.",
        "Accept",
        "A sample newsroom: every outlet, company and event on this site is invented.",
        "Page not found",
        "Read more",
    ),
    "zh": Furniture(
        "首页",
        "相关新闻",
        "最新消息",
        "分享到",
        "网友评论须经审核后发布。",
        "本网站使用 Cookie 记录您的选择。",
        "同意",
        "演示用新闻网站：本站所有媒体、企业和事件均为虚构。",
        "页面不存在",
        "查看更多",
    ),
    "ko": Furniture(
        "홈",
        "관련기사",
        "최신기사",
        "기사 공유하기",
        "댓글은 검토 후 게시됩니다.",
        "이 사이트는 쿠키를 사용합니다.",
        "동의",
        "시연용 뉴스 사이트: 이 사이트의 모든 매체와 기업, 사건은 가상입니다.",
        "페이지를 찾을 수 없습니다",
        "더 보기",
    ),
    "ja": Furniture(
        "ホーム",
        "関連記事",
        "新着記事",
        "この記事をシェア",
        "コメントは確認後に掲載されます。",
        "当サイトはクッキーを使用しています。",
        "同意する",
        "デモ用のニュースサイトです。媒体、企業、出来事はすべて架空のものです。",
        "ページが見つかりません",
        "もっと読む",
    ),
    "lo": Furniture(
        "ໜ້າຫຼັກ",
        "ຂ່າວທີ່ກ່ຽວຂ້ອງ",
        "ຂ່າວລ່າສຸດ",
        "ແບ່ງປັນຂ່າວນີ້",
        "ຄຳເຫັນຂອງຜູ້ອ່ານ",
        "ເວັບໄຊນີ້ໃຊ້ຄຸກກີ້",
        "ຍອມຮັບ",
        "ເວັບໄຊຕົວຢ່າງ: ທຸກສື່, ບໍລິສັດ ແລະ ເຫດການແມ່ນແຕ່ງຂຶ້ນ",
        "ບໍ່ພົບໜ້ານີ້",
        "ອ່ານຕໍ່",
    ),
    "km": Furniture(
        "ទំព័រដើម",
        "ព័ត៌មានពាក់ព័ន្ធ",
        "ព័ត៌មានថ្មី",
        "ចែករំលែក",
        "មតិអ្នកអាន",
        "គេហទំព័រនេះប្រើខូគី",
        "យល់ព្រម",
        "គេហទំព័រគំរូ៖ សារព័ត៌មាន ក្រុមហ៊ុន និងព្រឹត្តិការណ៍ទាំងអស់គឺប្រឌិត",
        "រកមិនឃើញទំព័រ",
        "អានបន្ត",
    ),
    "th": Furniture(
        "หน้าแรก",
        "ข่าวที่เกี่ยวข้อง",
        "ข่าวล่าสุด",
        "แชร์ข่าวนี้",
        "ความคิดเห็นจะแสดงหลังการตรวจสอบ",
        "เว็บไซต์นี้ใช้คุกกี้",
        "ยอมรับ",
        "เว็บไซต์ข่าวตัวอย่าง: สื่อ บริษัท และเหตุการณ์ทั้งหมดเป็นเรื่องสมมติ",
        "ไม่พบหน้านี้",
        "อ่านต่อ",
    ),
    "fr": Furniture(
        "Accueil",
        "À lire aussi",
        "Dernières nouvelles",
        "Partager cet article",
        "Les commentaires sont modérés avant publication.",
        "Ce site utilise des cookies pour retenir vos choix.",
        "Accepter",
        "Rédaction de démonstration : médias, entreprises et événements de ce site sont inventés.",
        "Page introuvable",
        "Lire la suite",
    ),
    "ru": Furniture(
        "Главная",
        "Читайте также",
        "Последние новости",
        "Поделиться",
        "Комментарии публикуются после проверки.",
        "Сайт использует файлы cookie.",
        "Согласен",
        "Демонстрационная редакция: все издания, компании и события на этом сайте вымышлены.",
        "Страница не найдена",
        "Подробнее",
    ),
}
