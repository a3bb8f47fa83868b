"""`diembao evidence`: write a packet, check one, show the key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from diembao.app.options import AsJson, Home, Province, opened, print_json
from diembao.core.accounts import CONSOLE
from diembao.core.errors import Misconfigured, Refused, WrongUse

if TYPE_CHECKING:
    from diembao.pipeline.wiring import Installation

CHANGED = 1  # exit code of `verify` for a packet that is not as it was signed


class _PacketFirst(TyperGroup):
    """`diembao evidence URL --out FILE` is short for `diembao evidence write URL --out FILE`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 (click's are untyped to us)
        named = args and args[0] in self.commands
        return super().resolve_command(ctx, args if named else ["write", *args])


evidence_app = typer.Typer(
    cls=_PacketFirst,
    help="Hồ sơ chứng cứ của một bài báo. Evidence of an article, in a file that proves itself.",
    no_args_is_help=True,
)


@evidence_app.command("write")
def write(
    url: Annotated[str, typer.Argument(help="Địa chỉ hoặc mã bài. Its address or id.")],
    out: Annotated[Path, typer.Option(help="Tệp ZIP sẽ viết. The ZIP file to write.")],
    province: Province = "",
    home: Home = None,
) -> None:
    """Viết hồ sơ: yêu cầu và câu trả lời (WARC), chữ, thời gian, chữ ký. Write the packet of one article."""
    from diembao.pipeline.evidence import packet_of
    from diembao.pipeline.worker import utc_now

    with opened(home, province=province) as house:
        article = article_of(house, url)
        data = packet_of(house, article, utc_now())
        about = f"article:{article}"
        house.store.note(CONSOLE.actor, "evidence.export", about, where=CONSOLE.where, now=utc_now())
    if out.exists():
        raise WrongUse(f"{out} đã có; đặt tên khác ({out} is there already; name another file)")
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Misconfigured(
            f"không ghi được {out}: {error.strerror} ({out} cannot be written: {error.strerror})"
        ) from error
    typer.echo(f"Đã viết {out} ({len(data)} byte).")


def article_of(house: Installation, named: str) -> str:
    """The id of an article by its address, by one that led to it, or by its id."""
    from crawlers.identity import identify

    if house.store.article(named) is not None:
        return named
    try:
        url, key = identify(named)
    except Refused as error:
        raise WrongUse(
            f"'{named}' không phải số hay địa chỉ của bài ('{named}' is neither an article's id nor an address)"
        ) from error
    known = house.store.known([key]).get(key)
    found = key if house.store.article(key) else known.article_id if known else None
    if found is None:
        raise WrongUse(
            f"trong kho không có bài {url}; tìm bằng `diembao search`"
            f" (no article of {url} is in the store; `diembao search` finds what is)"
        )
    return found


@evidence_app.command("verify")
def verify_packet(
    file: Annotated[Path, typer.Argument(help="Tệp ZIP. The ZIP file.")],
    key: Annotated[str, typer.Option(help="Dấu vân tay khóa mà cơ quan công bố. The published fingerprint.")] = "",
    as_json: AsJson = False,
) -> None:
    """Hồ sơ có còn như lúc ký không? Không cần kho dữ liệu. Is it as it was signed? Needs no store."""
    from diembao.response.verifying import verify

    found = verify(file, key=key)
    if as_json:
        print_json(found.as_json())
    else:
        good = "KHÔNG BỊ SỬA / UNCHANGED" if found.good else "ĐÃ BỊ SỬA / CHANGED"
        about = f"{found.url}\n{found.made_at} · {found.made_by} · {found.files} tệp/files\nKhóa/Key: {found.key}"
        typer.echo("\n".join([good, about, *(f"! {problem}" for problem in found.problems)]))
        if found.good and not key:
            typer.echo("So khóa trên với khóa mà cơ quan công bố. Compare this key with the one the office publishes.")
    if not found.good:
        raise typer.Exit(CHANGED)


@evidence_app.command("key")
def show_key(home: Home = None, as_json: AsJson = False) -> None:
    """Khóa công khai để công bố; khóa được tạo ở lần đầu. The public key, to be published; made at first use."""
    from diembao.core.settings import default_home
    from diembao.response.signing import signer

    key = signer((home or default_home()).resolve())
    pem = key.public_pem.decode()
    print_json({"fingerprint": key.fingerprint, "pem": pem}) if as_json else typer.echo(f"{key.fingerprint}\n{pem}")
