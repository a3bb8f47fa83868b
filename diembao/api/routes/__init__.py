"""Routes of the API, by what they tell; `service` puts them together. Who may ask is said in `paths` and `rights`."""
