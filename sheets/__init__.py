"""How the spreadsheet looks and how it stays true: template, formulas, writer, self-check."""
