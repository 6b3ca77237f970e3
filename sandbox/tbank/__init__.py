"""T-Bank Business on localhost: accounts and the statement of T-API, over the sandbox bank."""
