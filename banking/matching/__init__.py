"""Which payment is this statement line? Pure: lines and open payments in, proposals out."""
