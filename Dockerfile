# The program as README installs it, with what documents need (LibreOffice, fonts of all ten languages).
FROM python:3.11-slim-bookworm

RUN apt-get update \
 && apt-get install --yes --no-install-recommends make libreoffice-writer-nogui \
    fonts-liberation2 fonts-noto-core fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /opt/diembao
COPY . .
RUN make install \
 && useradd --system --create-home --uid 10001 diembao \
 && install --directory --owner=diembao --group=diembao /var/lib/diembao

ENV PATH=/opt/diembao/.venv/bin:$PATH DIEMBAO_HOME=/var/lib/diembao PYTHONUNBUFFERED=1
VOLUME /var/lib/diembao
USER diembao
# The first start writes a commented diembao.toml into the volume.
CMD ["sh", "-c", "[ -f \"$DIEMBAO_HOME/diembao.toml\" ] || diembao init; exec diembao up"]
