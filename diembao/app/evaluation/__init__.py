"""`diembao eval`: how well the product does on any set, measured through the product's own parts."""
