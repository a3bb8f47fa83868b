"""What every file of the plan is read with: no key that is not known, names as a list or with commas."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _names(value: object) -> object:
    """Names may be a list, or one string with commas: long lists of communes stay readable."""
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_names)]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
