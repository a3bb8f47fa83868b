"""Elasticsearch's aggregation JSON, the part of it that every engine of ours answers exactly alike.

    terms            of a keyword field: size, order (_count, _key), min_doc_count, missing
    date_histogram   of a time: fixed_interval, offset, min_doc_count, extended_bounds
    cardinality      of a keyword field
    value_count      of a keyword field
    aggs             within terms and date_histogram

tantivy has more and says some of it differently (it cuts the buckets at hard_bounds, Elasticsearch leaves out those
that begin outside), wrongly (it ignores a time zone) or not at all; that is refused here with a word about what to ask
instead, so that no screen works on one engine only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from diembao.core.errors import WrongUse
from indexer.fields import KEYWORDS, TIMES

Json = dict[str, Any]

_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "terms": frozenset({"field", "size", "order", "min_doc_count", "missing"}),
    "date_histogram": frozenset({"field", "fixed_interval", "offset", "min_doc_count", "extended_bounds"}),
    "cardinality": frozenset({"field", "precision_threshold"}),
    "value_count": frozenset({"field"}),
}
_INSTEAD: Final = {
    "time_zone": "shift the buckets with 'offset', for example \"-7h\"",
    "hard_bounds": "narrow the query to a range of times",
    "calendar_interval": "use 'fixed_interval', for example \"1d\"",
}
_NESTING: Final = frozenset({"terms", "date_histogram"})
_MOST_DEEP: Final = 4
MOST_BUCKETS: Final = 10_000  # of one terms aggregation; tantivy gives up at 65,000 of all together

# tantivy counts each segment's terms apart, Elasticsearch each shard's, and both keep few of each, and so lose counts;
# keep all of them.
_ALL: Final = 1_000_000_000
# Both only estimate cardinality (1,000 may come out as 1,023: more stories than articles). Up to this many values are
# counted one by one beside the estimate; it is Elasticsearch's own default.
_EXACT: Final = 3000
_COUNTED: Final = "\x00counted"  # no name of ours has a control character
_MAYBE: Final = 2 * _EXACT  # an estimate above is never of fewer values than are counted one by one


def prepared(aggs: Mapping[str, Any], *, keeps_all: str, depth: int = 1) -> Json:
    """What to ask an engine for these aggregations; ``keeps_all`` is its setting of how many terms of a part it keeps.

    Raises:
        WrongUse: something that is not in the list above.
    """
    if depth > _MOST_DEEP:
        msg = f"aggregations nested deeper than {_MOST_DEEP}"
        raise WrongUse(msg)
    asked: Json = {}
    for name, body in aggs.items():
        kind, settings, within = _parts(name, body)
        if kind == "terms":
            settings = {"size": 10, **settings, keeps_all: _ALL}
        if kind == "cardinality":
            # A part of the index that has more than can be counted is cut there: what is left over tells.
            counted = {"field": settings["field"], "size": _EXACT, keeps_all: _EXACT + 1, "order": {"_key": "asc"}}
            asked[name + _COUNTED] = {"terms": counted}
            settings = {"field": settings["field"]}
        inner = {"aggs": prepared(within, keeps_all=keeps_all, depth=depth + 1)} if within else {}
        asked[name] = {kind: settings, **inner}
    return asked


Ask = Callable[[Json], Mapping[str, Any]]


def in_two(asked: Json, ask: Ask, *, quick: bool) -> Json:
    """The answer to what `prepared` gave. Different values are counted one by one *or* estimated: the other way is
    asked only where the first did not do. ``quick``: finding what matches costs little, as of filters, so that many
    values are likely, and an estimate comes first.
    """
    counted = {name.removesuffix(_COUNTED) for name in asked if name.endswith(_COUNTED)}
    later = {name + _COUNTED for name in counted} if quick else counted
    found = dict(ask({name: body for name, body in asked.items() if name not in later}))
    if quick:
        again = {name + _COUNTED for name in counted if (found[name]["value"] or 0) <= _MAYBE}
    else:
        again = {name for name in counted if found[name + _COUNTED]["sum_other_doc_count"]}
        found |= {name: {"value": 0} for name in counted}
    return {**found, **ask({name: asked[name] for name in again})} if again else found


def _parts(name: str, body: object) -> tuple[str, Json, Mapping[str, Any]]:
    """Kind, settings and inner aggregations of one aggregation, checked."""
    if not isinstance(body, Mapping) or not all(isinstance(part, Mapping) for part in body.values()):
        msg = f"aggregation '{name}': an object of objects is needed"
        raise WrongUse(msg)
    within = body.get("aggs") or body.get("aggregations") or {}
    kinds = [key for key in body if key not in {"aggs", "aggregations"}]
    kind = kinds[0] if len(kinds) == 1 else ""
    if kind not in _KINDS:
        msg = f"aggregation '{name}': exactly one of {', '.join(_KINDS)} is needed, not {', '.join(kinds) or 'nothing'}"
        raise WrongUse(msg)
    if within and kind not in _NESTING:
        msg = f"aggregation '{name}': nothing goes inside {kind}"
        raise WrongUse(msg)
    settings = dict(body[kind])
    _check(name, kind, settings)
    return kind, settings, within


def _check(name: str, kind: str, settings: Json) -> None:
    for unknown in sorted(settings.keys() - _KINDS[kind]):
        instead = f": {_INSTEAD[unknown]}" if unknown in _INSTEAD else ""
        msg = f"aggregation '{name}': '{unknown}' is not supported{instead}"
        raise WrongUse(msg)
    fields = TIMES if kind == "date_histogram" else KEYWORDS
    if settings.get("field") not in fields:
        msg = f"aggregation '{name}': {kind} needs one of the fields {', '.join(sorted(fields))}"
        raise WrongUse(msg)
    if kind == "date_histogram" and "fixed_interval" not in settings:
        msg = f"aggregation '{name}': date_histogram needs a fixed_interval"
        raise WrongUse(msg)
    if kind == "terms":
        _check_terms(name, settings)


def _check_terms(name: str, settings: Json) -> None:
    size = settings.get("size", 10)
    if not isinstance(size, int) or not 1 <= size <= MOST_BUCKETS:
        msg = f"aggregation '{name}': size must be 1 to {MOST_BUCKETS}"
        raise WrongUse(msg)
    if settings.get("min_doc_count", 1) < 1:
        msg = f"aggregation '{name}': terms without articles cannot be asked for"
        raise WrongUse(msg)
    order = settings.get("order", {"_count": "desc"})
    if not isinstance(order, dict) or len(order) != 1 or not order.keys() <= {"_count", "_key"}:
        msg = f"aggregation '{name}': order is one of _count and _key"
        raise WrongUse(msg)


def answered(found: Mapping[str, Any]) -> Json:
    """An engine's answer in the same words: whole numbers, times with milliseconds, exact small counts."""
    answer: Json = {}
    for name, body in found.items():
        if name.endswith(_COUNTED):
            continue
        counted = found.get(name + _COUNTED)
        if counted is not None and not counted["sum_other_doc_count"]:
            answer[name] = {"value": len(counted["buckets"])}
        elif "value" in body:
            answer[name] = {"value": round(body["value"] or 0)}
        else:
            # Of terms an engine may say how far its counts are off; all are kept, so they are not.
            plain = {key: value for key, value in body.items() if key != "doc_count_error_upper_bound"}
            answer[name] = {**plain, "buckets": [_bucket(bucket) for bucket in body["buckets"]]}
    return answer


def _bucket(bucket: Json) -> Json:
    """Two years by day and stance are thousands of these, so they are changed where they stand."""
    if "key_as_string" in bucket:
        bucket["key"] = round(bucket["key"])
        bucket["key_as_string"] = bucket["key_as_string"].removesuffix(".000Z").removesuffix("Z") + ".000Z"
        plain = 3
    else:
        plain = 2
    if len(bucket) == plain:
        return bucket
    within = {name: value for name, value in bucket.items() if isinstance(value, dict)}
    return {name: value for name, value in bucket.items() if name not in within} | answered(within)
