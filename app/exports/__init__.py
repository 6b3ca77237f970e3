"""The books in the formats of other programs."""
