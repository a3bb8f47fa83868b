"""A report's figures, articles and tasks as tables: sheets of one XLSX, or a CSV each; in Vietnamese or English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from diembao.core.names import country_name, language_name
from diembao.paper.sheet import Cell, Sheet, csv_of, workbook
from diembao.reports import article_table, tasks
from diembao.reports.article_table import LANGUAGES, STANCES
from diembao.reports.figures import Counted, Figure
from diembao.reports.house import House
from diembao.reports.periodic import Periodic
from diembao.reports.weekly import Weekly

_NAMES: Final = (("Số liệu", "Bài", "Nhiệm vụ"), ("Figures", "Articles", "Tasks"))
_ENDINGS: Final = ("so-lieu", "bai", "nhiem-vu")
_FIGURES: Final = (
    ("Mã", "Số liệu", "Đếm", "Trong kỳ", "Kỳ trước", "Trung bình các kỳ trước", "Số kỳ", "Câu tìm"),
    ("Mark", "Figure", "Counts", "In the period", "Period before", "Mean of those before", "Periods", "Query"),
)
_COUNTED: Final = {
    Counted.ARTICLES: ("bài", "articles"),
    Counted.STORIES: ("chuyện", "stories"),
    Counted.OUTLETS: ("nguồn", "outlets"),
    Counted.CASES: ("vụ việc", "cases"),
    Counted.REQUESTS: ("yêu cầu", "requests"),
}


def xlsx(house: House, its: Periodic, language: str) -> bytes:
    return workbook(sheets(house, its, language))


def csvs(house: House, its: Periodic, language: str) -> Mapping[str, bytes]:
    """By the endings of their files: ".so-lieu.csv"."""
    made = zip(_ENDINGS, sheets(house, its, language), strict=True)
    return {f".{ending}.csv": csv_of(each.head, each.rows) for ending, each in made}


def sheets(house: House, its: Periodic, language: str) -> Sequence[Sheet]:
    at = LANGUAGES.index(language)
    names, zone = _NAMES[at], its.found.period.zone
    articles = [article_table.row(house, item, zone, at) for item in its.found.items]
    return [
        Sheet(names[0], _FIGURES[at], list(_figures(its.found, at))),
        Sheet(names[1], article_table.HEADS[at], articles),
        Sheet(names[2], tasks.HEADS[at], list(tasks.rows(its.tasks, house.profile, at))),
    ]


def _figures(found: Weekly, at: int) -> Iterator[Sequence[Cell]]:
    english = english_names(found) if at else {}
    for each in found.figures:
        name = english.get(each.number, each.name)
        last, mean = "" if each.last is None else each.last, "" if each.mean is None else round(each.mean, 2)
        counted = _COUNTED[each.counted][at]
        yield (f"S{each.number}", name, counted, each.count, last, mean, len(each.before), each.now.query)


def english_names(found: Weekly) -> dict[int, str]:
    """Figures that every report has, by their numbers; those of single stories keep the title that names them."""
    o = found.overview
    named: dict[int, str] = {
        o.articles.number: "Articles about the province",
        o.texts.number: "Different texts (without copies)",
        o.stories.number: "Stories",
        o.outlets.number: "Outlets with articles",
        o.home.number: "Outlets at home",
        o.abroad.number: "Outlets abroad",
        o.nowhere.number: "Outlets whose country is not known",
        o.foreign.number: "Articles of the foreign press",
        o.critical.number: "Critical articles",
        o.by_person.number: "Critical articles settled by a person",
        found.answering.answered.number: "Critical articles that were answered",
        found.answering.in_hand.number: "Critical articles in a case, not answered",
        found.answering.not_to_answer.number: "Critical articles of ended cases, no answer issued",
        found.answering.no_case.number: "Critical articles without a case",
        found.owing.asked.number: "Requests to units",
        found.owing.open.number: "Requests not answered",
        found.owing.late.number: "Requests not answered, past their time",
        found.official.figure.number: "Articles with official information",
        found.corrections.figure.number: "Corrections",
        found.revised.figure.number: "Articles changed after they came out",
        found.withdrawn.figure.number: "Articles taken away by their outlets",
    }
    for pairs, name in _grouped(found):
        named |= {figure.number: name(key) for key, figure in pairs}
    return named


def _grouped(found: Weekly) -> Iterator[tuple[Sequence[tuple[str, Figure]], Callable[[str], str]]]:
    known = found.province.themes
    yield found.overview.stances, lambda key: f"Stance: {STANCES[key][1]}"
    yield found.overview.themes, lambda key: f"Theme: {known[key].en}" if key in known else "No theme"
    yield found.overview.languages, lambda key: f"Language: {language_name(key, 'en')}"
    yield found.countries, lambda key: f"Country: {country_name(key, 'en')}"
