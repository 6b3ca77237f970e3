"""Where statements come from: the APIs of banks, read again and again into the same books."""
