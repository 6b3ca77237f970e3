"""CSV and XLSX statements: one reader for all banks, what differs stands in profiles (TOML)."""
