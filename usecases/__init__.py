"""What a person may ask for: one verb a file, permission first, one outcome."""
