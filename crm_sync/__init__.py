"""How deals come in and results go back: one connector per CRM behind one small protocol."""
