"""A province adds a theme, or calls one by another name, without anybody writing code."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classifier.added_themes import AddedThemeTagger
from diembao.core.article import Article, DateFrom, Kind, Label, TextFrom
from diembao.core.errors import Misconfigured, WrongUse
from diembao.plan import theme_files
from diembao.plan.reader import profile, themes

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
NEWS = Article("a", "", "", "", "", "", TextFrom.PAGE, "vi", NOW, DateFrom.FEED, NOW)
SEEDS = {
    "vi": "cảng hàng không, sân bay\nđường băng",
    "en": "airport, runway",
    "fr": "aéroport",
    "ru": "аэропорт",
    "zh": "机场、跑道",
    "ja": "空港",
    "ko": "공항",
    "th": "สนามบิน",
    "lo": "ສະໜາມບິນ",
    "km": "ព្រលានយន្តហោះ",
}


def added(folder: Path) -> str:
    theme = theme_files.named("Hàng không", "Aviation!", "Sân bay và đường bay", "so-vhttdl", SEEDS)
    theme_files.keep(folder, "gia-lai", theme)
    return theme.id


def named(folder: Path, article: Article, relevance: str = "yes") -> list[tuple[str, str]]:
    found = [Label("a", Kind.RELEVANCE, relevance, "gia-lai")]
    return [(x.key, x.why) for x in AddedThemeTagger(profile("gia-lai", folder)).judge(article, found)]


def test_an_added_theme_has_its_unit_and_is_one_of_this_province_alone(tmp_path: Path) -> None:
    theme = added(tmp_path)
    ours = profile("gia-lai", tmp_path)
    assert theme == "aviation"
    assert (ours.themes[theme].vi, ours.fields[theme], len(ours.themes)) == ("Hàng không", "so-vhttdl", 19)
    assert theme not in profile("bac-ninh", tmp_path).themes
    assert len(themes()) == 18
    theme_files.drop(tmp_path, "gia-lai", theme)
    assert theme not in profile("gia-lai", tmp_path).themes


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("vi", "Mở rộng sân bay Phù Cát"),
        ("en", "New airports for the province"),
        ("fr", "L’aéroport rouvre"),
        ("ru", "Новый аэропорт открыт"),
        ("zh-Hans", "归仁机场扩建"),
        ("ja", "フーカット空港の拡張"),
        ("ko", "푸깟공항 확장"),
        ("th", "ขยายสนามบินใหม่"),
        ("lo", "ຂະຫຍາຍສະໜາມບິນ"),
        ("km", "ពង្រីកព្រលានយន្តហោះ"),
    ],
)
def test_it_is_recognised_by_its_seeds_in_ten_languages(tmp_path: Path, language: str, title: str) -> None:
    added(tmp_path)
    article = replace(NEWS, title=title, language=language)
    ((key, why),) = named(tmp_path, article)
    assert key == "aviation"
    assert why.strip("“”").lower() in title.lower()
    assert named(tmp_path, article, relevance="no") == []
    assert named(tmp_path, replace(article, title="2026")) == []


def test_in_the_text_alone_it_takes_two_phrases(tmp_path: Path) -> None:
    added(tmp_path)
    once = replace(NEWS, title="Tin vắn", text="Khách ra sân bay sớm. Sân bay đông.")
    assert named(tmp_path, once) == []
    assert named(tmp_path, replace(once, text=f"{once.text} Đường băng dài.")) == [
        ("aviation", "“sân bay”, “đường băng”")
    ]


def test_a_fixed_theme_may_be_called_otherwise_and_stays_itself(tmp_path: Path) -> None:
    theme_files.keep(tmp_path, "gia-lai", theme_files.renamed("tourism", "Du lịch xanh", "Green tourism"))
    ours = profile("gia-lai", tmp_path)
    assert (ours.themes["tourism"].vi, ours.seeds) == ("Du lịch xanh", {})
    assert ours.themes["tourism"].covers == themes()["tourism"].covers
    assert ours.fields == profile("gia-lai").fields


def test_new_seeds_make_the_judges_others(tmp_path: Path) -> None:
    added(tmp_path)
    before = AddedThemeTagger(profile("gia-lai", tmp_path)).version
    theme_files.keep(
        tmp_path, "gia-lai", theme_files.named("Hàng không", "Aviation", "", "so-vhttdl", {"vi": "máy bay"})
    )
    assert AddedThemeTagger(profile("gia-lai", tmp_path)).version != before


@pytest.mark.parametrize(
    ("vi", "en", "seeds"),
    [
        ("", "Aviation", {"vi": "sân bay"}),
        ("Hàng không", "!!!", {"vi": "sân bay"}),
        ("Hàng không", "Aviation", {"vi": " , ; "}),
        ("Hàng không", "Aviation", {}),
        ("Hàng không", "Aviation", {"vi": "x" * 81}),
        ("Hàng không", "Aviation", {"vi": ",".join(f"cụm {n}" for n in range(201))}),
        ("x" * 121, "Aviation", {"vi": "sân bay"}),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_written(
    tmp_path: Path, vi: str, en: str, seeds: dict[str, str]
) -> None:
    with pytest.raises(WrongUse):
        theme_files.keep(tmp_path, "gia-lai", theme_files.named(vi, en, "", "so-vhttdl", seeds))
    assert not list(tmp_path.glob("**/*.yaml"))


def test_a_file_with_a_unit_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    theme_files.keep(tmp_path, "gia-lai", theme_files.named("Hàng không", "Aviation", "", "so-khong-co", {"vi": "x"}))
    with pytest.raises(Misconfigured, match="so-khong-co"):
        profile("gia-lai", tmp_path)
