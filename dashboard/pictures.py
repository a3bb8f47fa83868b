"""Charts on a screen. Putting one together and checking it costs more than all else that is drawn: it is done once for
the same figures, however many readers look at them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import deepcopy
from functools import lru_cache
from typing import Any, Literal

import streamlit as st


def draw(
    make: Callable[..., Any],
    *figures: Hashable,
    alt: str | None = None,
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """``make(*figures)``, an Altair chart."""
    st.vega_lite_chart(spec=deepcopy(_made(make, figures)), alt=alt, width=width)


@lru_cache(maxsize=64)
def _made(make: Callable[..., Any], figures: tuple[Hashable, ...]) -> dict[str, Any]:
    found: dict[str, Any] = make(*figures).to_dict()
    return found
