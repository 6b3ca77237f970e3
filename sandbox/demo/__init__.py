"""The demo company: who works there, what happens on which day, and what it must come to."""
