"""What people see of the spreadsheet, tab by tab, on a desk's screen and on a phone's: `make pictures`."""
