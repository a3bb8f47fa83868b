"""Tin chính: what several articles tell of, as one story."""
