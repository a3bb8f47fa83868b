"""On *Dòng tin*: several articles chosen at once, and what is done to all of them."""
