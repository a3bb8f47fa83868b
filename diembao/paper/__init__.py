"""Documents of the administrative form (Decree 30/2020/NĐ-CP, annex I)."""
