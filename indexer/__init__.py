"""A searchable copy of the articles that may be deleted at any time."""
