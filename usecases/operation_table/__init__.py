"""A table of operations as people keep it: cells, words, rows. Nothing here knows the books."""
