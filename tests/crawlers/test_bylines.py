from __future__ import annotations

import pytest

from crawlers.bylines import without_bylines


@pytest.mark.parametrize(
    "line",
    [
        "Lê Thị Viết",
        "LÊ THỊ VIẾT - TRẦN VĂN GHI",
        "(Trần Văn Ghi)",
        "Bài, ảnh: Nguyễn Chụp",
        "Tin: Phạm Thu",
        "By Tom Writer",
        "Reported by Tom Writer and Ann Other",
        "par Jean Plume et Marie Encre",
        "Автор: Иван Перо",
        "文/陈笔",
        "홍길동 기자 hong@bao.example",
        "โดย สมชาย",
    ],
)
def test_a_line_that_only_names_authors_goes(line: str) -> None:
    text = f"Câu đầu.\n{line}\nCâu cuối."
    assert without_bylines(text, ["Lê Thị Viết, Trần Văn Ghi", "Lê Thị Viết - Trần Văn Ghi"]) == "Câu đầu.\nCâu cuối."


@pytest.mark.parametrize(
    "line",
    [
        "Lê Thị Viết cho biết khách đông hơn.",
        "By the time the storm came, the boats were in.",
        "Par ailleurs, la ville ouvre un port.",
        "Tin: bão số 13 đã suy yếu thành áp thấp nhiệt đới.",
        "โดยประชาชนบอกว่าการเดินทางสะดวกขึ้นมากกว่าเดิมหลายเท่า",
        "by and and and and and and and and and and and and and and x!",
    ],
)
def test_a_sentence_stays(line: str) -> None:
    assert without_bylines(line, ["Lê Thị Viết"]) == line
