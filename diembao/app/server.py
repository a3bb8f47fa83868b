"""One ASGI process: the dashboard, the API under /api, the fonts, behind one gate.

``serve`` blocks until it is asked to stop. Nothing it sends to a browser points outside.
"""

from __future__ import annotations

import socket
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from diembao.app.ending import heeded
from diembao.core import garbage
from diembao.core.errors import IndexAway, Misconfigured, RecordDamaged, Refused, Retry
from diembao.core.settings import Settings

if TYPE_CHECKING:
    import streamlit as st
    from starlette.routing import BaseRoute

    from diembao.api.door import Door
    from diembao.pipeline.wiring import Installation

log = structlog.get_logger()

# Seconds a stopping server waits for open answers; websockets are cut.
STOPPING = 3
# Connections waiting to be accepted; enough for an office that opens the page at eight o'clock.
BACKLOG = 256
# Bytes of one message from a browser: clicks and typed words, nothing is uploaded.
WS_BYTES = 2_000_000


def serve(settings: Settings, *, port: int, ready: Callable[[int], None] | None = None) -> None:
    """Serve the dashboard and the API of an installation at ``settings.web.host`` until a signal ends it.

    ``ready`` is called once, with the port, when the address answers (port 0: any that is free).

    Raises:
        Misconfigured: the host is for other machines while nobody administers, the port is taken, or the
            installation cannot be opened, or is one of several with another home than theirs.
    """
    from diembao.app.options import hears
    from diembao.app.peopling import check_host, open_at
    from diembao.pipeline.home import same_home
    from diembao.pipeline.wiring import open_installation

    with open_installation(settings) as house:
        house.hears = hears()
        check_host(house)
        if settings.shared:  # with other keys, the links and seals of one process would not open at the next
            same_home(house)
        listening = listen(settings.web.host, port)
        try:
            _warm(house)
            port = listening.getsockname()[1]
            with open_at(settings.home, port):
                _run(application(house, port=port), listening, settings, ready)
        finally:
            listening.close()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket."""
    host = "127.0.0.1" if host.lower() == "localhost" else host.strip("[]")
    # By its protocol asyncio knows that small answers must not wait: without it each is 40 ms late (Nagle).
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:  # an address that cannot be found too
        listening.close()
        msg = f"cổng {port} của {host} không dùng được (port {port} of {host} cannot be used): {error.strerror}"
        raise Misconfigured(msg) from error
    return listening


def application(house: Installation, *, port: int) -> st.App:
    """The ASGI application. Streamlit allows one in a process."""
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit.web import bootstrap

    from dashboard import look, page, shipped
    from diembao.api.door import open_door
    from diembao.api.gate import Gate, content_security_policy

    door = open_door(house.store, house.settings, house.profile.id)
    policy = content_security_policy(page.inline_scripts(house.settings.web.language))
    bootstrap.load_config_options(look.options(house.settings.web.host, port))
    # After the options: a module that keeps answers is noisy about having no server yet.
    from dashboard import newsroom, theme_once

    theme_once.use()

    newsroom.use(house, door=door)
    return st.App(
        Path(newsroom.__file__).with_name("app.py"),
        routes=_routes(house, door),
        middleware=[Middleware(Gate, policy=policy, door=door), Middleware(shipped.Shipped, files=shipped.files())],
        lifespan=partial(_lifespan, door),
        on_script_error=_tell,
    )


def _routes(house: Installation, door: Door) -> list[BaseRoute]:
    from starlette.routing import Mount

    from dashboard.entrance import Entrance
    from dashboard.reply import PER_MINUTE, Reply
    from dashboard.stopping import Stopping
    from diembao.api.accounts import secret_of
    from diembao.api.choosing import by_province
    from diembao.api.feeds import FeedPage
    from diembao.api.limits import Limits
    from diembao.api.metrics import Metrics
    from diembao.api.provider import Provider
    from diembao.api.service import create_app
    from diembao.app.setup import read_demo

    demo = read_demo(house.settings.home) is not None
    web, oidc = house.settings.web, house.settings.oidc
    provider = Provider(oidc, door.accounts, secret_of(house.store, lambda: "")) if oidc.issuer else None
    entrance = Entrance(door, web.language, demo=demo, provider=provider, public_url=web.public_url)
    by_link = (each(house, door.now, Limits(PER_MINUTE, time.monotonic)) for each in (Reply, Stopping, FeedPage))
    return [
        Mount("/api", app=by_province(house, create_app)),
        *entrance.routes(),
        *Metrics(house, door.now, time.monotonic).routes(),
        *(route for each in by_link for route in each.routes()),
        *_pages(web.language),
    ]


def _pages(language: str) -> list[BaseRoute]:
    """What is answered beside the screens, the same to everybody."""
    from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
    from starlette.routing import Route

    from dashboard import look, page
    from diembao.api.paths import FIRST

    html = page.first_page(language)

    def first(_request: Any) -> Response:  # noqa: ANN401 (Starlette's request)
        return HTMLResponse(html, headers={"Cache-Control": "no-cache"})

    def home(request: Any) -> Response:  # noqa: ANN401 (Starlette's request)
        """Streamlit knows its first screen by "/" alone."""
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{asked}", status_code=307)

    def no_font(_request: Any) -> Response:  # noqa: ANN401 (those there are were answered before: `shipped`)
        return PlainTextResponse("không có (not found)", status_code=404)

    def nobody_may_index(_request: Any) -> Response:  # noqa: ANN401
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    return [
        Route(f"/{FIRST}", home),
        *(Route(path, first) for path in page.PATHS),
        Route(f"{look.FONT_PATH}/{{name}}", no_font),
        Route("/robots.txt", nobody_may_index),
    ]


@asynccontextmanager
async def _lifespan(door: Door, _app: st.App) -> AsyncIterator[None]:
    """Import what the first reader would otherwise wait for; at the end, write down whom we still counted."""
    import altair as alt  # noqa: F401 (imported for its time)

    import dashboard.screens.administration
    import dashboard.screens.article
    import dashboard.screens.own
    import dashboard.screens.stream
    import dashboard.screens.today  # noqa: F401

    yield
    door.tally.settle(at_end=True)


def _warm(house: Installation) -> None:
    """Open every door once, before threads of readers race for them; a wrong setting stops us here."""
    house.profile.id  # noqa: B018 (a cached property that reads a file)
    house.crawled  # noqa: B018
    house.store.head()
    with suppress(IndexAway):  # the screens say so
        house.index.position()


def _tell(error: Exception) -> bool:
    """An error of a screen: the reader gets one sentence and a code to quote; Streamlit logs the rest."""
    import streamlit as st

    from dashboard.newsroom import words

    code = uuid.uuid4().hex[:6]
    log.error("screen-failed", code=code, error=repr(error))
    say = words()
    if isinstance(error, Refused) and error.reason == "rights":
        st.error(say("error.rights"))
    elif isinstance(error, RecordDamaged):
        st.error(say("error.damaged"))
    elif isinstance(error, Misconfigured):
        st.error(say("error.misconfigured", why=error))
    elif isinstance(error, Retry):
        st.error(say("error.retry", why=error))
    else:
        st.error(say("error.screen", code=code))
    return True


def _run(app: st.App, listening: socket.socket, settings: Settings, ready: Callable[[int], None] | None) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            garbage.settle()
            if ready is not None and self.started:
                ready(listening.getsockname()[1])

    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        proxy_headers=bool(settings.web.proxies),
        forwarded_allow_ips=list(settings.web.proxies),
        server_header=False,
        timeout_graceful_shutdown=STOPPING,
        ws="websockets-sansio",
        ws_max_size=WS_BYTES,
    )
    with heeded():
        Server(config).run(sockets=[listening])
