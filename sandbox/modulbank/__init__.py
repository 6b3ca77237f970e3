"""Modulbank on localhost: accounts and operations of its API, over the sandbox bank."""
