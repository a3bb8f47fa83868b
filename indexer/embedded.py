"""The index inside the program: tantivy, in a folder beside the record (`folder`), with nothing to start."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diembao.core.analysis import VERSION
from diembao.core.document import FIELDS, Document, Shape
from diembao.core.errors import WrongUse
from diembao.core.query import Query
from diembao.core.searchable import Fresh, Hits, SortBy
from indexer.aggregations import answered, in_two, prepared
from indexer.compiled import Compiler, held, scored
from indexer.fields import MARKED, Entry, entry, page_checked
from indexer.folder import HEAP, Folder, written
from indexer.paging import RANK, Page, rank, total

if TYPE_CHECKING:
    import tantivy

_LAYOUT: Final = 3  # raise it when the schema below changes in a way that FIELDS does not tell
VERSION_FIELD: Final = "version"
_FILLING_HEAP: Final = 200_000_000  # bytes for an index that is made at one go: some 40,000 articles to a part


class EmbeddedIndex:
    """`core.ports.Index` on tantivy. Safe to share between threads; a second process may read beside the one that
    writes.
    """

    def __init__(self, path: Path, *, read_only: bool = False, heap: int = HEAP) -> None:
        import tantivy

        self._schema = schema()
        self._compiler = Compiler(self._schema)
        self._path = path
        version = _version(tantivy.__version__)  # type: ignore[attr-defined]  # declared after the stub's classes
        self._folder = Folder(path, self._schema, version, read_only=read_only, heap=heap)

    # -- writing ----------------------------------------------------------------------------------

    def put(self, documents: Iterable[Document]) -> int:
        count = self.add(documents)
        if count:
            self.commit()
        return count

    def add(self, documents: Iterable[Document]) -> int:
        """As `put`, but neither durable nor visible before `commit`."""
        ready = [entry(document) for document in documents]  # all are checked before any is written
        with self._folder.writing() as writer, written(self._path):
            for one in ready:
                writer.delete_documents_by_term("id", one.id)
                writer.add_document(made(one, rank(one.id)))
        return len(ready)

    def commit(self) -> None:
        with self._folder.writing() as writer, written(self._path):
            writer.commit()

    def wipe(self) -> None:
        with self._folder.writing() as writer:
            self._folder.mark(0)
            with written(self._path):
                writer.delete_all_documents()
                writer.commit()

    @contextlib.contextmanager
    def renewed(self) -> Iterator[Fresh]:
        """Made in a folder of its own; see `core.ports.Index.renewed`."""
        with (
            self._folder.beside() as path,
            contextlib.closing(EmbeddedIndex(path, heap=_FILLING_HEAP)) as fresh,
        ):
            fresh.wipe()
            yield _Beside(fresh)
            fresh.commit()

    def position(self) -> int:
        return self._folder.position()

    def mark(self, number: int) -> None:
        self._folder.mark(number)

    def close(self) -> None:
        self._folder.close()

    # -- reading ----------------------------------------------------------------------------------

    def size(self) -> int:
        with self._folder.reading() as searcher:
            return searcher.num_docs

    def versions(self) -> Iterator[tuple[str, int]]:
        import tantivy

        with self._folder.reading() as searcher:
            limit = max(searcher.num_docs, 1)
            everything = tantivy.Query.all_query()
            found = searcher.search(everything, limit, order_by_field="id", order=tantivy.Order.Asc).hits
            numbers = searcher.fast_field_values(VERSION_FIELD, [where for _, where in found])
        return zip((str(name) for name, _ in found), (int(number or 0) for number in numbers), strict=True)

    def damaged(self) -> list[str]:
        """Names of files that are not as they were written. Reads the whole index."""
        return self._folder.damaged()

    def checked(self) -> list[str]:
        """See `core.ports.Index.checked`. Reads the whole index."""
        return self._folder.checked()

    def count(self, query: Query) -> int:
        asked = self._compiler.compiled(query, ranked=False)
        with self._folder.reading() as searcher:
            return total(searcher.search(asked, 1))

    def aggregate(self, query: Query, aggs: Mapping[str, Any]) -> dict[str, Any]:
        """See `aggregations` for what may be asked.

        Raises:
            WrongUse: something else, or more buckets than anyone can read.
        """
        compiled = self._compiler.compiled(query, ranked=False)
        asked = prepared(aggs, keeps_all="segment_size")
        try:
            with self._folder.reading() as searcher:
                ask = partial(searcher.aggregate, compiled)
                return answered(in_two(asked, ask, quick=not scored(query)))
        except ValueError as error:
            msg = f"these aggregations cannot be answered: {error}"
            raise WrongUse(msg) from error

    def search(self, query: Query, *, sort: SortBy = SortBy.SCORE, offset: int = 0, limit: int = 20) -> Hits:
        """A page of hits, with the number of all. Times count to the second; ties are in the order of their ids.

        Raises:
            WrongUse: a page past the first 10,000 hits.
        """
        page_checked(offset, limit)
        if not limit:
            return Hits(self.count(query), ())
        ranked = sort is SortBy.SCORE and scored(query)
        asked = self._compiler.compiled(query, ranked=ranked)
        with self._folder.reading() as searcher:
            page = Page(searcher, asked, offset, limit)
            if ranked:
                return page.by_score()
            return page.by_id() if sort is SortBy.SCORE else page.by_time(newest=sort is SortBy.NEWEST)


class _Beside:
    """`core.ports.Fresh`. Nobody reads it yet, so that one commit at its end does: each commit is a part of its own,
    to be merged with the others again.
    """

    def __init__(self, index: EmbeddedIndex) -> None:
        self._index = index

    def put(self, documents: Iterable[Document]) -> int:
        return self._index.add(documents)

    def mark(self, number: int) -> None:
        self._index.mark(number)


def made(one: Entry, rank: int) -> tantivy.Document:
    """An entry as tantivy takes it; ``rank`` is what pages are ordered by."""
    import tantivy

    document = tantivy.Document()
    for name, text in one.texts.items():
        document.add_text(name, text)
    for name, values in one.keywords.items():
        for value in values:
            document.add_text(name, value)
    for name, moment in one.times.items():
        document.add_date(name, held(moment))
    document.add_unsigned(RANK, rank)
    document.add_unsigned(VERSION_FIELD, one.version)
    return document


def schema() -> tantivy.Schema:
    """Nothing is stored but the id: the record has the rest. Texts come as tokens, so whitespace is all they need."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(RANK, fast=True)
    builder.add_unsigned_field(VERSION_FIELD, fast=True)
    for name, shape in FIELDS.items():
        if shape is Shape.TEXT:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
            builder.add_text_field(MARKED[name], tokenizer_name="whitespace", index_option="freq")
        elif shape is Shape.KEYWORD:
            builder.add_text_field(name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic")
        else:
            builder.add_date_field(name, indexed=True, fast=True)
    return builder.build()


def _version(engine: str) -> str:
    """16 hex digits that change with anything that makes an index unfit: fields, analysis, tantivy's format."""
    made_of = repr((_LAYOUT, VERSION, engine, sorted((name, shape.value) for name, shape in FIELDS.items())))
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]
