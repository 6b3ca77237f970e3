"""What is given from outside: time, identity and chance, each behind one small protocol."""
