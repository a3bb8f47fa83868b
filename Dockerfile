# The program as README installs it, with what documents need (LibreOffice, fonts of all ten languages).
# Two stages: nothing that only installing needs is in what runs.
FROM python:3.11.14-slim-bookworm AS built

# DL3008: Debian takes a package away when it mends it, so a pinned one could soon not be had; its release is pinned.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends make \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/diembao
# From what changes least to what changes most: torch (the CPU build), the other libraries, the program.
COPY Makefile pyproject.toml requirements.lock README.md LICENSE ./
RUN make .venv/.torch
# DL3059: a layer of its own, so that a changed lock does not bring torch anew.
# hadolint ignore=DL3059
RUN .venv/bin/uv pip install --no-cache --python .venv/bin/python --compile-bytecode -c requirements.lock -r pyproject.toml
COPY . .
RUN make install \
 && .venv/bin/python -m compileall -q crawlers classifier indexer dashboard diembao demo

FROM python:3.11.14-slim-bookworm

# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libreoffice-writer-nogui \
    fontconfig fonts-liberation2 fonts-noto-core fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 diembao \
 && useradd --uid 10001 --gid 10001 --no-create-home diembao \
 && install --directory --mode=0700 --owner=diembao --group=diembao /var/lib/diembao /backups

WORKDIR /opt/diembao
# Owned by root: the program cannot change itself.
COPY --from=built /opt/diembao /opt/diembao

ENV PATH=/opt/diembao/.venv/bin:$PATH \
    DIEMBAO_HOME=/var/lib/diembao \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
VOLUME /var/lib/diembao
USER 10001:10001
STOPSIGNAL SIGTERM
ENTRYPOINT ["diembao"]
CMD ["up"]
