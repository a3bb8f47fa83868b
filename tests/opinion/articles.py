"""Articles and answers for the tests of opinions, written for the project."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from diembao.core.article import Article
from tests.store.making import article

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LAO = (
    "ທ່າເຮືອກວີເຍີນ ໃນແຂວງຢາລາຍ ຮັບກຳປັ່ນລຳທຳອິດຈາກລາວ. ສິນຄ້າສອງພັນໂຕນຖືກສົ່ງໄປປາກເຊ. "
    "ທ່ານ ບຸນມີ ກ່າວວ່າ ເສັ້ນທາງໃໝ່ຊ່ວຍຫຼຸດຄ່າຂົນສົ່ງ. ອ່ານເພີ່ມ https://lao.example/port"
)
PASSAGE = "ທ່າເຮືອກວີເຍີນ ໃນແຂວງຢາລາຍ ຮັບກຳປັ່ນລຳທຳອິດຈາກລາວ"


def lao(slug: str = "lao", text: str = LAO) -> Article:
    return article(slug, title="ກຳປັ່ນລາວ", lead="", text=text, language="lo", published_at=NOW)


def gist(**changes: object) -> str:
    told = {
        "sentences": [
            "Cảng Quy Nhơn [ກວີເຍີນ] đón chuyến tàu đầu tiên từ Lào.",
            "Hai nghìn tấn hàng được chở về Pakse.",
            "Ông Bounmy [ບຸນມີ] nói tuyến mới giảm cước vận chuyển.",
        ],
        "passage": PASSAGE,
        "passage_told": "Cảng Quy Nhơn ở Gia Lai đón chuyến tàu đầu tiên từ Lào.",
    }
    return json.dumps(told | changes, ensure_ascii=False)


def second(**changes: object) -> str:
    told: dict[str, object] = {
        "relevance": "yes",
        "relevance_quote": PASSAGE,
        "themes": [{"theme": "tourism", "quote": "ສິນຄ້າສອງພັນໂຕນ"}],
        "stance": "positive",
        "stance_quote": "ເສັ້ນທາງໃໝ່ຊ່ວຍຫຼຸດຄ່າຂົນສົ່ງ",
    }
    return json.dumps(told | changes, ensure_ascii=False)


def outline(*sentences: tuple[str, int, str]) -> str:
    told = [{"text": text, "source": source, "quote": quote} for text, source, quote in sentences]
    return json.dumps({"sentences": told}, ensure_ascii=False)
