"""The command line. Heavy parts are imported inside the commands: `diembao --help` is quick.

Exit codes: 0 done, 2 wrong use (a query that cannot be read too), 3 misconfigured, 130 and 143 told to end before it
was done, 1 anything else.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from diembao.app import casepaper, desking, effects, issuing, reportbook, routine, trending  # noqa: F401 (they add commands)
from diembao.app.accounts import accounts_app, audit_app
from diembao.app.alerting import alerts_app
from diembao.app.briefing import briefings_app
from diembao.app.calendaring import calendar_app
from diembao.app.casework import cases_app
from diembao.app.delivering import deliveries, resend, take_up
from diembao.app.doctor import doctor
from diembao.app.evaluation.commands import eval_app
from diembao.app.evidence import evidence_app
from diembao.app.indexing import index_app
from diembao.app.keeping import backup_app, move, restore, retention
from diembao.app.keys import keys_app
from diembao.app.kits import kits_app
from diembao.app.measuring import metrics
from diembao.app.modelling import model_app
from diembao.app.opining import opinion_app
from diembao.app.options import AsJson, Home, Province, opened, print_json, refuse_lost_demo
from diembao.app.plan import plan_app
from diembao.app.quarantine import quarantine_app
from diembao.app.questions import questions_app
from diembao.app.recording import record_page
from diembao.app.remembering import memory_app
from diembao.app.report import report_app
from diembao.app.running import crawl, run, worker
from diembao.app.searches import search, searches_app
from diembao.app.sourcing import add, backfill, discover, outlets_app
from diembao.app.storytelling import stories_app
from diembao.app.tracing import trace
from diembao.app.units import units_app
from diembao.core.errors import DiembaoError, Misconfigured, RecordDamaged, WrongUse

WRONG_USE, MISCONFIGURED, FAILED, INTERRUPTED = 2, 3, 1, 130

Host = Annotated[str, typer.Option(help="Địa chỉ lắng nghe; 0.0.0.0: mọi máy (cần có tài khoản). Where to listen.")]

app = typer.Typer(
    name="diembao",
    help="Điểm Báo: theo dõi và ứng phó báo chí của tỉnh. Press monitoring for a provincial press office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
demo_app = typer.Typer(help="Tòa soạn trình diễn. The demo newsroom.", no_args_is_help=True)
app.add_typer(searches_app, name="searches")
app.add_typer(index_app, name="index")
alerts_app.command("deliveries")(deliveries)
alerts_app.command("resend")(resend)
alerts_app.command("take-up")(take_up)
app.add_typer(alerts_app, name="alerts")
app.add_typer(cases_app, name="cases")
app.add_typer(questions_app, name="questions")
app.add_typer(briefings_app, name="briefings")
app.add_typer(calendar_app, name="calendar")
app.add_typer(evidence_app, name="evidence")
app.add_typer(quarantine_app, name="quarantine")
app.command("record")(record_page)
app.add_typer(backup_app, name="backup")
app.command()(restore)
app.command()(move)
app.command()(retention)
app.add_typer(demo_app, name="demo")
app.add_typer(report_app, name="report")
app.add_typer(eval_app, name="eval")
app.add_typer(outlets_app, name="outlets")
app.command()(add)
app.command()(backfill)
app.command()(discover)
app.add_typer(plan_app, name="plan")
app.add_typer(kits_app, name="kits")
app.add_typer(accounts_app, name="accounts")
app.add_typer(keys_app, name="keys")
app.add_typer(audit_app, name="audit")
app.add_typer(model_app, name="model")
app.add_typer(stories_app, name="stories")
app.add_typer(units_app, name="units")
app.add_typer(memory_app, name="memory")
app.add_typer(opinion_app, name="opinion")


@app.callback()
def _first_of_all() -> None:
    """Before any command, but not before `--help`: structlog draws in twisted where that is installed."""
    from diembao.core.logs import to_standard_error

    to_standard_error()


@app.command()
def init(home: Home = None) -> None:
    """Viết một diembao.toml có chú thích để dùng thật. Write a commented diembao.toml for real use."""
    from diembao.app.setup import write_settings
    from diembao.core.settings import default_home

    path = write_settings((home or default_home()).resolve())
    typer.echo(f"Đã viết {path}. Điền `crawl.contact`, rồi chạy `diembao up`.")


@app.command()
def up(
    home: Home = None,
    demo: Annotated[bool, typer.Option("--demo", help="Với tòa soạn trình diễn. With the demo newsroom.")] = False,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Cổng của trang web. Port of the dashboard.")
    ] = None,
    host: Host = "",
) -> None:
    """Chạy tất cả: thu thập, đánh giá, trang web. Collect, judge and serve the dashboard until Ctrl-C."""
    from diembao.app.up import run_up
    from diembao.core.settings import default_home

    run_up((home or default_home()).resolve(), demo=demo, port=port, host=host)


@app.command()
def web(
    home: Home = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Cổng. Port.")] = None,
    host: Host = "",
) -> None:
    """Chỉ trang web và API. The dashboard and the API alone."""
    from diembao.app.peopling import tell_first_link
    from diembao.app.server import serve
    from diembao.core.logs import load_and_log
    from diembao.pipeline.children import follow_parent

    alone = not follow_parent()
    settings = load_and_log(home).at_host(host)
    refuse_lost_demo(settings.home)
    serve(settings, port=port or settings.web.port, ready=tell_first_link(settings) if alone else None)


for _command in (run, crawl, worker, trace, metrics, doctor):
    app.command()(_command)


@app.command()
def status(home: Home = None, as_json: AsJson = False) -> None:
    """Tình trạng: số bài, dấu trang, nguồn tin, báo động. What stands, and what is wrong."""
    from diembao.app.status import as_text, status_of
    from diembao.pipeline.worker import utc_now

    with opened(home) as house:
        found = status_of(house, utc_now())
    if as_json:
        print_json(found)
    else:
        typer.echo(as_text(found))


app.command()(search)


@app.command()
def similar(
    article: Annotated[str, typer.Argument(help="Số hoặc đường dẫn của bài. Its id or its address.")],
    province: Province = "",
    home: Home = None,
    limit: Annotated[int, typer.Option(min=1, max=50)] = 5,
    as_json: AsJson = False,
) -> None:
    """Tìm các bài gần với một bài. Articles about the province that are like this one."""
    from diembao.app.similar import as_text, similar_to

    with opened(home, province=province) as house:
        found = similar_to(house, article, limit)
        zone = house.profile.timezone
    if as_json:
        print_json(found)
    else:
        typer.echo(as_text(found, zone))


@demo_app.command("serve")
def demo_serve(
    port: Annotated[int, typer.Option(min=1024, max=65000, help="Cổng đầu tiên. The first port.")],
    home: Home = None,
    seed: Annotated[int | None, typer.Option(help="Hạt giống. The same seed, the same newsroom.")] = None,
    start: Annotated[str, typer.Option(help="Giờ bắt đầu, ISO 8601 có múi giờ. Its start time; now.")] = "",
) -> None:
    """Chỉ tòa soạn trình diễn, ở các cổng N, N+1, … The newsroom alone, until Ctrl-C."""
    from diembao.app.setup import serve_newsroom
    from diembao.core.settings import default_home

    serve_newsroom(port, seed, start, (home or default_home()).resolve())


@demo_app.command("init")
def demo_init(
    port: Annotated[int, typer.Option(min=1024, max=65000, help="Cổng đầu tiên. The first port.")], home: Home = None
) -> None:
    """Viết diembao.toml để thu thập tòa soạn trình diễn. Write a diembao.toml that crawls the newsroom."""
    from diembao.app.setup import write_demo
    from diembao.core.settings import default_home

    path = write_demo((home or default_home()).resolve(), port)
    typer.echo(f"Đã viết {path}. Chạy `diembao demo serve --port {port}` và `diembao run --once`.")


def main() -> None:
    """The entry point: every error of ours is one line on standard error, and an exit code. What it and whatever it
    starts writes, only its owner reads.
    """
    os.umask(0o077)
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        _fail(WrongUse(error.format_message()), WRONG_USE)
    except typer.Abort:
        sys.exit(INTERRUPTED)
    except WrongUse as error:
        _fail(error, WRONG_USE)
    except (Misconfigured, RecordDamaged) as error:
        _fail(error, MISCONFIGURED)
    except DiembaoError as error:
        _fail(error, FAILED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _fail(error: DiembaoError, code: int) -> None:
    sys.stderr.write(f"diembao: {' '.join(str(error).split())}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
