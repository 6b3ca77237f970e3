"""Speed as ratios within one run, against named alternatives: `make bench`. Nothing asserts a time."""
