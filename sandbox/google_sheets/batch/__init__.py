"""The kinds of `spreadsheets.batchUpdate`, one module for each family."""
