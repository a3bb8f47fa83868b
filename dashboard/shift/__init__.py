"""Trực: the stories of a shift looked through one by one, what the machine asks, what is handed over."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Final

# Keys beside the figures; Streamlit keeps C and R for itself.
LETTERS: Final = "".join(letter for letter in ascii_lowercase if letter not in "cr")
