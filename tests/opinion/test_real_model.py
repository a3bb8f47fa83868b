"""The whole way with a real causal language model, served by transformers' own server. It is tiny, and can say {}; how
good a model of an office is, only the office can measure.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from diembao.core.errors import SetAside
from diembao.core.settings_opinion import OpinionSettings
from diembao.opinion import prompts, telling
from diembao.opinion.asking import Asking
from diembao.opinion.endpoint import Endpoint, Question
from diembao.plan.reader import profile
from diembao.store.record import SqlStore
from tests.opinion.articles import NOW, lao
from tests.opinion.tiny_model import make
from tests.parts import needs

PATIENCE = 120.0  # seconds until the server stands; four on a machine at rest
LOOK = 0.2  # seconds between two looks
GIA_LAI = profile("gia-lai")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpinionSettings]:
    folder = tmp_path_factory.mktemp("model") / "tiny"
    make(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder)]
    alone = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder.parent), "OMP_NUM_THREADS": "1"}
    with (folder.parent / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
            env=os.environ | alone,
            stdout=log,
            stderr=log,
        )
        try:
            _stands(server, port, folder.parent / "log")
            yield OpinionSettings(url=f"http://127.0.0.1:{port}/v1", model=str(folder), max_tokens=64, timeout=100)
        finally:
            server.kill()
            server.wait()


def _stands(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    pause = threading.Event()
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < until and server.poll() is None:
            try:
                if client.get(f"http://127.0.0.1:{port}/health").is_success:
                    return
            except httpx.TransportError:
                pause.wait(LOOK)
    pytest.fail(log.read_text(errors="replace")[-2000:])


@needs("transformers-serve")
def test_a_real_model_answers_through_the_door_and_what_is_no_gist_is_set_aside(
    served: OpinionSettings, tmp_path: Path
) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/a.db")
    asking = Asking(Endpoint(served, Path()), served, store, "Asia/Ho_Chi_Minh")
    raw = asyncio.run(asking.endpoint.ask(Question("raw", "Nói.", "{}", {"type": "object"})))
    assert raw.text == "{}"
    assert raw.tokens_in
    assert raw.tokens_out in {2, 3}  # with the end, or without
    article = lao(text="ທ່າເຮືອກວີເຍີນ")
    with pytest.raises(SetAside, match="form"):
        asyncio.run(
            asking.ask(
                prompts.gist(article, "vi", GIA_LAI, 500),
                telling.gist_of(article, GIA_LAI, "vi", served.model, 500, NOW),
                NOW,
            )
        )
    (day,) = store.opinion_costs()
    assert (day.questions, day.kept) == (1, 0)
    store.close()
