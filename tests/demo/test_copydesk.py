from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from demo.copydesk import ARTICLES, BadCopy, neighbours, pieces, read_pieces
from demo.edition import Edition, Item
from demo.faults import FAULTS
from demo.masthead import BY_ID, OUTLETS
from demo.piece import THEMES
from tests.classifier.places_judged import relevance

PARAGRAPH = " ".join(["mot"] * 30)
GOOD = f"""
language: fr
articles:
  - slug: fr-essai
    when: -3d 08:15
    title: Le port
    lead: Un chapeau du {{d:0}}.
    body: [{PARAGRAPH}, {PARAGRAPH}, {PARAGRAPH}]
    section: Asie
    truth: {{gialai: yes, binhdinh: no, themes: [tourism], stance: neutral}}
"""


def read(tmp_path: Path, text: str) -> None:
    file = tmp_path / "fr.yaml"
    file.write_text(text, encoding="utf-8")
    read_pieces([file])


def test_there_are_150_articles_in_ten_languages_of_at_least_14_outlets() -> None:
    by_language = Counter(piece.language for piece in pieces())
    assert by_language.total() >= 150
    assert len(by_language) >= 10
    assert by_language["vi"] >= 90
    assert by_language["en"] >= 12
    assert {piece.outlet for piece in pieces()} == {outlet.id for outlet in OUTLETS}
    assert len(OUTLETS) >= 14


def test_every_theme_stance_and_relevance_occurs() -> None:
    truths = [piece.truth for piece in pieces()]
    assert {theme for truth in truths for theme in truth.themes} == THEMES
    assert {truth.stance for truth in truths} == {"positive", "neutral", "critical", "na"}
    assert {truth.gialai for truth in truths} == {"yes", "part", "no"}
    west = [truth for truth in truths if truth.gialai == "yes" and truth.binhdinh == "no"]
    assert len(west) >= 15


def test_a_good_share_is_not_about_the_province() -> None:
    about = Counter(piece.truth.gialai == "no" for piece in pieces())
    assert 0.25 <= about[True] / about.total() <= 0.45


def test_ten_articles_or_more_come_out_after_start_at_different_minutes() -> None:
    minutes = sorted({piece.when.minutes for piece in pieces() if piece.when.minutes > 0})
    assert {1, 2, 3, 5} <= set(minutes)
    assert len(minutes) >= 10


def test_a_wire_story_is_copied_word_for_word_by_four_and_edited_by_two() -> None:
    copies = Counter((piece.copy_of, piece.edited_copy) for piece in pieces() if piece.copy_of)
    wire = "nuoc-song-kon-vuot-bao-dong-iii-9600-nguoi-so-tan"
    assert copies[wire, False] == 4
    assert copies[wire, True] == 2


def test_copies_come_after_their_original_and_edits_after_the_first_words() -> None:
    at = {item.piece.slug: item for item in _all_items()}
    for item in at.values():
        if item.piece.copy_of:
            assert item.at > at[item.piece.copy_of].at
            assert item.outlet.id != at[item.piece.copy_of].outlet.id
        if item.piece.edit:
            assert item.changed > item.at


def test_stories_with_a_wrong_claim_hold_its_answer_later_and_a_correction() -> None:
    items = [item for item in _all_items() if item.piece.story == "de-gi"]
    wrong = [item for item in items if item.piece.claim == "wrong"]
    answers = [item for item in items if item.piece.claim == "answer"]
    first_answer = min(item.at for item in answers)
    assert sum(item.at < first_answer and item.piece.language == "vi" for item in wrong) == 2
    assert any(item.at < first_answer and item.piece.language not in {"vi", "en"} for item in wrong)
    assert any(item.at > first_answer for item in wrong), "somebody repeats it after the answer"
    assert any(item.piece.role == "correction" for item in answers)


def test_each_fault_is_used_once_at_least() -> None:
    assert {piece.fault for piece in pieces()} == {"", *FAULTS}


def test_no_address_is_used_twice_in_an_outlet() -> None:
    places = [(item.outlet.id, path) for item in _all_items() for path in {item.address, *item.listed}]
    assert len(places) == len(set(places))


def test_a_good_file_is_read(tmp_path: Path) -> None:
    read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("section: Asie", "section: Asie\n    mood: gay", "unknown mood"),
        ("    section: Asie\n", "", "missing section"),
        ("section: Asie", "section: Asie\n    section: Asie", "twice"),
        ("slug: fr-essai", "slug: essai", "begins with fr-"),
        ("slug: fr-essai", "slug: fr_Essai", "slug"),
        ("-3d 08:15", "-15d 08:15", "when"),
        ("-3d 08:15", "2026-11-21", "when"),
        ("{d:0}", "{d:1}", "braces"),
        ("Le port", "Le port {d:0}", "no placeholders in titles"),
        ("Un chapeau", "Un  chapeau", "doubled"),
        ("tourism", "sport", "themes"),
        ("stance: neutral", "stance: na", "stance is na"),
        ("gialai: yes", "gialai: maybe", "gialai"),
        ("gialai: yes, binhdinh: no", "gialai: no, binhdinh: yes", "former Bình Định"),
        ("section: Asie", "section: Asie\n    fault: fire", "fault"),
        ("section: Asie", "section: Asie\n    outlet: tac-dat", "outlet"),
        ("section: Asie", "section: Asie\n    edit: {after: 4m}", "edit"),
        ("Le port", "Le marche\u0301", "NFC"),
        ("mot mot", "mot", "too short"),
        ("language: fr", "language: de", "language"),
    ],
)
def test_a_mistake_is_refused_and_said(tmp_path: Path, good: str, bad: str, said: str) -> None:
    assert good in GOOD
    with pytest.raises(BadCopy, match=said):
        read(tmp_path, GOOD.replace(good, bad))


def test_a_slug_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCopy, match="slug twice"):
        read(tmp_path, GOOD + GOOD[GOOD.index("  - slug") :])


def test_a_copy_of_nothing_is_refused(tmp_path: Path) -> None:
    copy = "  - {slug: fr-copie, outlet: fanal-asie, when: -1d 08:00, copy_of: fr-rien}\n"
    with pytest.raises(BadCopy, match="no article 'fr-rien'"):
        read(tmp_path, GOOD + copy)


def test_the_readme_lists_every_outlet_and_theme() -> None:
    text = (ARTICLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*BY_ID, *THEMES) if name not in text] == []


def test_texts_hold_no_absolute_dates() -> None:
    for file in ARTICLES.glob("*.yaml"):
        for record in yaml.safe_load(file.read_text(encoding="utf-8"))["articles"]:
            text = " ".join([record.get("title", ""), record.get("lead", ""), *record.get("body", [])])
            assert not any(year in text for year in ("2025", "2026", "2027")), record["slug"]


def _all_items() -> list[Item]:
    edition = Edition(seed=1, start=datetime(2026, 3, 1, 1, 30, tzinfo=UTC))
    return [item for outlet in OUTLETS for item in edition.visible(outlet.id, datetime(2026, 3, 2, tzinfo=UTC))]


def test_with_several_provinces_there_is_news_of_the_others_and_no_address_moves() -> None:
    start = datetime(2026, 11, 21, 5, tzinfo=UTC)
    alone, several = Edition(seed=1, start=start), Edition(seed=1, start=start, more=neighbours())
    for outlet in OUTLETS:
        before, now = alone.visible(outlet.id, start), several.visible(outlet.id, start)
        assert [item for item in now if item.piece not in neighbours()] == list(before)
        assert [item.at for item in now] == sorted((item.at for item in now), reverse=True)
        assert len({item.address for item in now}) == len(now)
    for province in ("bac-ninh", "quang-tri", "dong-nai", "phu-tho"):
        about = [x for x in neighbours() if relevance(province, x.words.title, x.words.lead) != "no"]
        assert len(about) >= 4
        assert {"vi"} < {x.language for x in about}
