"""How it is all put together: the configuration, the composition root, one file per command."""
