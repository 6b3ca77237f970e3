"""What comes in over HTTP: webhooks now; the pages of the web cabinet stand here too."""
