"""Settings of log lines (part of `settings`)."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class LogSettings(BaseModel):
    """``level`` debug: a line for each article at each step, too."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal["text", "json"] = "text"  # for people, or one JSON object a line
    level: Literal["debug", "info", "warning"] = "info"
