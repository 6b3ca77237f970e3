"""Reads the spreadsheet back: what differs, what people did, what is taken in, what is written again."""
