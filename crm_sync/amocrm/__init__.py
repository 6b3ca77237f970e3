"""amoCRM / Kommo, API v4, with a long-lived token."""
