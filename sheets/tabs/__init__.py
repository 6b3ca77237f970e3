"""What each tab shows: pure drawings of cells, formulas and looks from one reading of the books."""
