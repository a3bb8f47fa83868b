"""The truth: articles, labels, the ledger and the log, kept with SQLAlchemy (`record.SqlStore`)."""
