"""Names of languages and countries, for the screens."""

from __future__ import annotations

from diembao.core.names import COUNTRY_NAMES, LANGUAGE_NAMES, country_name, language_name

__all__ = ["COUNTRY_NAMES", "LANGUAGE_NAMES", "country_name", "language_name"]
