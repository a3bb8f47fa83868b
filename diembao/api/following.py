"""Other databases that follow this one: from where they go on, and whether it still is the record they followed."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query

from diembao.api import cursors
from diembao.core.bulk import Followed, Place
from diembao.core.errors import Parted
from diembao.core.ports import Store

# In answers: where they lead, and the mark of that place.
POSITION, RECORD = "Diembao-Position", "Diembao-Record"

Since = Annotated[
    int, Query(ge=0, le=cursors.LARGEST, description=f"`{POSITION}` of the stream that was read before; 0: everything")
]
Mark = Annotated[
    str,
    Query(
        alias="record",
        pattern=r"^([0-9]{1,18}-[0-9a-f]{16})?$",
        description=f"`{RECORD}` of that stream: where the record was set back since, the answer is 410",
    ),
]
_ANEW: Final = (
    "kho đã được khôi phục về lúc trước: bỏ bản đang có, đọc lại từ since=0"
    " (the record was set back since: drop the copy, read again from since=0)"
)


def now_at(store: Store, what: Followed, since: int, mark: str) -> Place:
    """Where the list stands, for one who has read it up to ``since``.

    Raises:
        Parted: they read what this record does not hold.
    """
    place = store.place_followed(what) or Place(0, "")
    if since > place.number:
        raise Parted(_ANEW)
    if since and mark:
        then = store.place_followed(what, int(mark.partition("-")[0]))
        if then is None or then.mark != mark:
            raise Parted(_ANEW)
    return place
