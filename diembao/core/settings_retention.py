"""Settings of how long what was received is kept (part of `settings`). Days."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class RetentionSettings(BaseModel):
    """Bytes of pages, never their words. ``automatic``: the loop does it once a day; else only when somebody asks."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    pages_days: int = Field(1095, ge=30, le=36_500)  # of articles about a watched province
    other_pages_days: int = Field(180, ge=7, le=36_500)  # of articles about none
    aside_days: int = Field(180, ge=7, le=36_500)  # of what was set aside, after a person dropped it
    automatic: bool = False
