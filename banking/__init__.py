"""Bank statements: pure readers and the pure matcher here, feeds from banks above them."""
