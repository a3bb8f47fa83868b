"""Migrations of the record. A change of `tables` comes with a new file in `versions`, and with `schema.HEAD`."""
