"""A bank on localhost: accounts, movements and the statement file for accounting programs."""
