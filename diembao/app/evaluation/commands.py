"""The commands of `diembao eval`: each prints one JSON object on standard output, fractions from 0 to 1."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diembao.app.options import Home, opened, print_json

if TYPE_CHECKING:
    from diembao.app.evaluation.judging import Item, Said
    from diembao.core.ports import Encoder

eval_app = typer.Typer(
    help="Đo chất lượng trên một tập bất kỳ; in một đối tượng JSON. Measure the product on any set.",
    no_args_is_help=True,
)

DIGITS = 4  # of a fraction; no set is large enough for a fifth

Train = Annotated[Path, typer.Option("--train", help="JSONL để học. What to learn from.")]
Test = Annotated[Path, typer.Option("--test", help="JSONL để hỏi. What to ask.")]
Worst = Annotated[
    int, typer.Option("--worst", min=0, max=1000, help="In thêm chừng ấy lỗi nặng nhất. The worst errors too.")
]
EncoderName = Annotated[
    str,
    typer.Option(
        "--encoder",
        help="Mô hình: tên, thư mục, none; bỏ trống: đi kèm. By name or path; none; empty: the shipped one.",
    ),
]


@eval_app.command("judge")
def judge(
    gold: Annotated[Path, typer.Option("--gold", help="JSONL: url, source, date, title, summary, binhdinh, gialai, …")],
    province: Annotated[str, typer.Option("--province", help="binh-dinh | gia-lai")],
    worst: Worst = 0,
    second: Annotated[
        bool, typer.Option("--second-opinion", help="Đo cả mô hình ngôn ngữ của cài đặt. The language model too.")
    ] = False,
    home: Home = None,
) -> None:
    """Liên quan, chủ đề, thái độ. Relevance, themes and stance of headlines with their true labels."""
    from diembao.app.evaluation import judging
    from diembao.app.progress import counted
    from diembao.pipeline.worker import utc_now

    judging.refuse_unknown(province)
    items = judging.load(gold)
    if second:
        _refuse_without_model(home)  # before the product is measured, which takes a while
    with tempfile.TemporaryDirectory(prefix="diembao-eval-") as folder, counted("Đánh giá", len(items)) as step:
        own = judging.judged(items, province, Path(folder), utc_now(), step)
    told = {"second_opinion": _second(items, province, own, home)} if second else {}
    _print(judging.figures_of(items, province, own, worst) | told)


def _refuse_without_model(home: Home) -> None:
    from diembao.pipeline.opining import open_asking

    with opened(home) as house:
        open_asking(house)


def _second(items: Sequence[Item], province: str, own: Sequence[Said], home: Home) -> dict[str, Any]:
    from diembao.app.evaluation.second import measure
    from diembao.app.progress import counted
    from diembao.pipeline.worker import utc_now

    with opened(home) as house, counted("Ý kiến thứ hai", len(items)) as step:
        return measure(house, items, province, own, utc_now(), step)


@eval_app.command("extract")
def extract(
    pages: Annotated[Path, typer.Option("--pages", help="Thư mục có ground_truth.jsonl. A folder with it.")],
) -> None:
    """Bóc bài khỏi trang. Articles taken out of their pages: text, title, date, speed."""
    from diembao.app.evaluation import pages as measured
    from diembao.app.progress import counted
    from diembao.pipeline.worker import utc_now

    truths = measured.load(pages)
    with counted("Bóc bài", len(truths)) as step:
        _print(measured.measure(pages, truths, utc_now(), step))


@eval_app.command("language")
def language(texts: Annotated[Path, typer.Option("--texts", help="JSONL: lang, text")], worst: Worst = 0) -> None:
    """Nhận ngôn ngữ. The language of texts, told from the text alone."""
    from diembao.app.evaluation import languages
    from diembao.app.progress import counted

    found = languages.load(texts)
    with counted("Ngôn ngữ", len(found)) as step:
        _print(languages.measure(found, step, worst))


@eval_app.command("stories")
def stories(
    docs: Annotated[Path, typer.Option("--docs", help="JSONL: cluster_id, doc_id, title, body, published?, outlet?")],
    worst: Worst = 0,
) -> None:
    """Gom bài cùng một chuyện. Articles about one event put together."""
    from diembao.app.evaluation import stories as measured
    from diembao.app.progress import counted
    from diembao.pipeline.worker import utc_now

    found = measured.load(docs)
    with tempfile.TemporaryDirectory(prefix="diembao-eval-") as home, counted("Gom chuyện", len(found)) as step:
        _print(measured.measure(found, Path(home), utc_now(), step, worst))


@eval_app.command("memory")
def memory(
    claims: Annotated[Path, typer.Argument(help="JSONL: id, language, published, claim, answer, passages")],
) -> None:
    """Báo nhắc lại điều đã trả lời. Coverage that says an answered claim again, told from coverage that does not."""
    from diembao.app.evaluation import memory as measured
    from diembao.app.progress import counted

    found = measured.load(claims)
    with (
        tempfile.TemporaryDirectory(prefix="diembao-eval-") as home,
        counted("Đối chiếu", sum(len(one.passages) for one in found)) as step,
    ):
        _print(measured.measure(found, Path(home), step))


@eval_app.command("topics")
def topics(train: Train, test: Test, encoder: EncoderName = "", worst: Worst = 0) -> None:
    """Chủ đề qua nhiều ngôn ngữ. Topics across languages, with a head learned from --train: label, lang, text."""
    from diembao.app.evaluation import topics as measured
    from diembao.app.progress import counted

    learned, asked = measured.load(train, test)
    with counted("Chủ đề", len(learned) + len(asked)) as step:
        _print(measured.measure(learned, asked, _encoder(encoder), step, worst))


@eval_app.command("stance")
def stance(train: Train, test: Test, encoder: EncoderName = "", worst: Worst = 0) -> None:
    """Thái độ với một tên trong câu. Stance towards a name in a text, learned from --train: text, target, label."""
    from diembao.app.evaluation import attitudes
    from diembao.app.progress import counted

    learned, asked = attitudes.load(train, test)
    with counted("Thái độ", len(learned) + len(asked)) as step:
        _print(attitudes.measure(learned, asked, _encoder(encoder), step, worst))


@eval_app.command("search")
def search(
    passages: Annotated[Path, typer.Option("--passages", help="JSONL: pid, text")],
    queries: Annotated[Path, typer.Option("--queries", help="JSONL: qid, query, relevant_pid")],
    engine: Annotated[str, typer.Option("--engine", help="embedded | elastic")] = "embedded",
    meaning: Annotated[bool, typer.Option("--meaning", help="như search --meaning")] = False,
    home: Home = None,
) -> None:
    """Tìm đoạn trả lời câu hỏi. Does the passage that answers a question come first, and how fast?"""
    from diembao.app.evaluation import searching
    from diembao.app.progress import counted
    from diembao.pipeline.worker import utc_now

    with tempfile.TemporaryDirectory(prefix="diembao-eval-") as folder:
        chosen = searching.settings(Path(folder), engine, home)
        found, asked = searching.load(passages, queries)
        with counted("Tìm kiếm", len(found) + len(asked)) as step:
            _print(searching.measure(found, asked, chosen, utc_now(), step, meaning))


@eval_app.command("dates")
def dates(
    cases: Annotated[Path, typer.Option("--cases", help="JSONL: raw, outlet?, language?, expected (ISO 8601)")],
) -> None:
    """Đọc ngày giờ. Dates as outlets write them; counts, not fractions."""
    from diembao.app.evaluation import dates as measured
    from diembao.app.progress import counted
    from diembao.pipeline.worker import utc_now

    found = measured.load(cases)
    with counted("Ngày giờ", len(found)) as step:
        _print(measured.measure(found, utc_now(), step))


@eval_app.command("feeds")
def feeds(files: Annotated[Path, typer.Option("--files", help="Thư mục tệp feed. A folder of feed files.")]) -> None:
    """Đọc feed. Feed files: how many are read, and what is found in them."""
    from diembao.app.evaluation import feeds as measured
    from diembao.app.progress import counted
    from diembao.pipeline.worker import utc_now

    found = measured.load(files)
    with counted("Feed", len(found)) as step:
        _print(measured.measure(found, utc_now(), step))


def _encoder(name: str) -> Encoder | None:
    """Through the wiring, which is where engines are chosen; without a name, the one that an installation has."""
    from diembao.core.settings import ClassifierSettings, Settings
    from diembao.pipeline.wiring import open_installation

    settings = Settings(home=Path(tempfile.gettempdir()), classifier=ClassifierSettings(encoder=name))
    return open_installation(settings).encoder


def _print(found: Mapping[str, Any]) -> None:
    print_json(_rounded(found))


def _rounded(value: Any) -> Any:  # noqa: ANN401 (anything that JSON holds)
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, Mapping):
        return {str(key): _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value
