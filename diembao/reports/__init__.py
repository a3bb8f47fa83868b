"""A period of coverage, in numbers and stories."""
