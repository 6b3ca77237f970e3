"""The page that `make demo` opens: phones, spreadsheet, CRM and bank side by side."""
