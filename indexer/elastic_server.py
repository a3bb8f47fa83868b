"""One Elasticsearch server (or cluster): how it is reached, how long it is waited for, and what its refusals mean.

    cannot be reached, no answer in time, busy (429), disk full, shards not ready, 5xx    IndexAway
    password, rights, certificate, version, not Elasticsearch at all                      Misconfigured
    a query or an aggregation it will not answer                                          WrongUse

No message holds a password. After a few silences in a row nobody waits any more: `elastic_circuit`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from diembao.core.errors import DiembaoError, IndexAway, Misconfigured, WrongUse
from indexer.elastic_circuit import Circuit

if TYPE_CHECKING:
    from elastic_transport import TransportError
    from elasticsearch import ApiError, Elasticsearch

# Once more where a connection that had been kept open is found closed. Not after a time-out.
_RETRIES: Final = 1
_LONGEST_REASON: Final = 300  # characters; a refusal may quote the whole request
_UNKNOWN_VERSION: Final = 406  # a server before 8 does not accept this client's content type
# The server's words for what is too much of a question, under whichever status it says them.
_TOO_MUCH: Final = ("too_many_buckets_exception", "too_many_clauses", "too_many_nested_clauses")
CLOSED: Final = "index_closed_exception"
# What else is told by its kind, and what by its status, whichever is known first.
_KINDS: Final[Mapping[str, tuple[type[DiembaoError], str, str]]] = {
    CLOSED: (IndexAway, "đã đóng chỉ mục, phải có người mở lại", "has the index closed; somebody must open it"),
    "cluster_block_exception": (IndexAway, "lúc này không nhận ghi, đầy đĩa?", "takes no writes now (disk full?)"),
}
_STATUSES: Final[Mapping[int, tuple[type[DiembaoError], str, str]]] = {
    401: (Misconfigured, "không nhận {account}", "does not accept {account}"),
    403: (
        Misconfigured,
        "không cho tài khoản của {account} làm việc này",
        "does not allow this to the account of {account}",
    ),
    429: (IndexAway, "đang quá bận", "is too busy now"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How long is waited: seconds, but for ``again``, which counts."""

    read: float = 15.0  # for one answer; somebody looks at a screen
    write: float = 60.0  # for one answer to a batch, or to the making of an index
    again: int = 3  # how often articles that a busy server (429) sends back are sent once more
    pause: float = 0.5  # before the first time; each further one waits twice as long


DEFAULT_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Login:
    """How a server knows us: a key, or a user with a password, or neither. ``ca`` is a file of certificates to trust;
    empty: the system's.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)  # as Kibana shows it: base64 of id:key
    ca: str = ""

    @property
    def named(self) -> str:
        """The settings to look at when the server does not let us in."""
        return "index.api_key" if self.api_key else "index.user and index.password"


NOBODY: Final = Login()


class Server:
    """A client with time limits whose errors are sorted by what happens next. Safe to share between threads."""

    def __init__(
        self, url: str, login: Login = NOBODY, limits: Limits = DEFAULT_LIMITS, circuit: Circuit | None = None
    ) -> None:
        """``url`` is an address, or several of one cluster with commas between them.

        Raises:
            Misconfigured: no usable address, two ways to log in, or no such file of certificates.
        """
        hosts = [_checked(each) for each in (part.strip() for part in url.split(",")) if each] or [_checked(url)]
        self.url, self.limits = ", ".join(hosts), limits
        self._login, self._circuit = login, circuit or Circuit()
        from elasticsearch import Elasticsearch

        try:
            self._client = Elasticsearch(
                hosts,
                max_retries=max(_RETRIES, len(hosts) - 1),  # another host of the cluster may be there
                retry_on_timeout=False,
                retry_on_status=(),
                **_credentials(login),
            )
        except (ValueError, OSError) as error:
            msg = (
                f"không dùng được index.url, index.api_key hay index.ca: {error}"
                f" (index.url, index.api_key or index.ca cannot be used: {error})"
            )
            raise Misconfigured(msg) from error

    def close(self) -> None:
        self._client.close()

    @contextlib.contextmanager
    def asked(self, *, writes: bool = False) -> Iterator[Elasticsearch]:
        """The client, for one question.

        Raises:
            IndexAway, Misconfigured, WrongUse: see the head of this file.
        """
        from elastic_transport import TransportError
        from elasticsearch import ApiError

        seconds = self.limits.write if writes else self.limits.read
        self._circuit.check(f"Elasticsearch at {self.url}")
        try:
            yield self._client.options(request_timeout=seconds)
        except ApiError as error:
            self._circuit.answered()
            raise self._refusal(error) from error
        except TransportError as error:
            self._circuit.silent()
            raise self._silence(error, seconds) from error
        else:
            self._circuit.answered()

    # -- what its errors mean ---------------------------------------------------------------------

    def _silence(self, error: TransportError, seconds: float) -> DiembaoError:
        """There was no answer, or none that is JSON."""
        from elastic_transport import ConnectionTimeout, SerializationError, TlsError

        if isinstance(error, ConnectionTimeout):
            return IndexAway(
                f"Elasticsearch ở {self.url} không trả lời trong {seconds:g} giây"
                f" (Elasticsearch at {self.url} did not answer within {seconds:g} seconds)"
            )
        if isinstance(error, TlsError):
            return Misconfigured(
                f"chứng thư của Elasticsearch ở {self.url} không được tin cậy, xem index.ca: {error}"
                f" (the certificate of Elasticsearch at {self.url} is not trusted: index.ca)"
            )
        if isinstance(error, SerializationError):
            return Misconfigured(
                f"máy trả lời ở {self.url} không phải Elasticsearch; xem index.url"
                f" (what answers at {self.url} is not Elasticsearch; check index.url)"
            )
        return IndexAway(f"không tới được Elasticsearch ở {self.url} (Elasticsearch at {self.url} cannot be reached)")

    def _refusal(self, error: ApiError) -> DiembaoError:
        from elasticsearch import UnsupportedProductError

        status, kind, why = error.meta.status, *named(error.body)
        if isinstance(error, UnsupportedProductError):
            return Misconfigured(
                f"máy trả lời ở {self.url} không phải Elasticsearch 8 hay 9; xem index.url"
                f" (what answers at {self.url} is not Elasticsearch 8 or 9; check index.url)"
            )
        if status == _UNKNOWN_VERSION or kind == "media_type_header_exception" or "compatible-with" in why:
            return Misconfigured(
                f"Elasticsearch ở {self.url} là bản khác; cần bản 8 hay 9"
                f" (Elasticsearch at {self.url} is of another version; 8 or 9 is needed)"
            )
        return self.refusal(status, kind, why)

    def refusal(self, status: int, kind: str, why: str) -> DiembaoError:
        """What one refusal means, of a request or of one document in it."""
        if kind in _TOO_MUCH or (status == 400 and kind not in _KINDS):
            return WrongUse(f"this cannot be answered by the index: {why}")
        other = IndexAway, f"chưa làm được, {status}", f"could not do it now ({status})"
        fate, vi, en = _KINDS.get(kind) or _STATUSES.get(status) or other
        told = vi.format(account=self._login.named), en.format(account=self._login.named)
        return fate(f"Elasticsearch ở {self.url} {told[0]}: {why} (Elasticsearch at {self.url} {told[1]}: {why})")


def named(body: Any) -> tuple[str, str]:  # noqa: ANN401 (whatever the server answered)
    """Kind and reason of a refusal, the innermost where several are nested."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return "", str(error or body)[:_LONGEST_REASON]
    kind = str(error.get("type", ""))
    for inner in (error.get("caused_by"), *(error.get("root_cause") or [])):
        if isinstance(inner, dict) and inner.get("reason"):
            return str(inner.get("type") or kind), str(inner["reason"])[:_LONGEST_REASON]
    return kind, str(error.get("reason", ""))[:_LONGEST_REASON]


def _credentials(login: Login) -> dict[str, Any]:
    """The client's words for it."""
    if login.api_key and login.user:
        msg = (
            "đặt cả index.api_key lẫn index.user; chỉ giữ một"
            " (index.api_key and index.user are both set; one of them is needed)"
        )
        raise Misconfigured(msg)
    if login.ca and not Path(login.ca).is_file():
        msg = f"index.ca: không có tệp {login.ca} (index.ca: there is no file {login.ca})"
        raise Misconfigured(msg)
    known = {"api_key": login.api_key} if login.api_key else {}
    if login.user:
        known = {"basic_auth": (login.user, login.password)}  # type: ignore[dict-item]  # a pair of words
    return {**known, **({"ca_certs": login.ca} if login.ca else {})}


def _checked(url: str) -> str:
    """The address, without a path's last stroke. An account in it would be shown in messages, so it is refused."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        usable = False
    if not usable:
        msg = (
            "index.url: cần địa chỉ như http://127.0.0.1:9200"
            " (index.url: an address like http://127.0.0.1:9200 is needed)"
        )
        raise Misconfigured(msg)
    if parts.username or parts.password:
        msg = (
            "index.url có tài khoản bên trong; đặt ở index.user và index.password"
            " (index.url holds an account; give it as index.user and index.password)"
        )
        raise Misconfigured(msg)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"
