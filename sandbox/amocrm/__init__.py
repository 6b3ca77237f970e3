"""amoCRM on localhost: API v4, webhooks, and the people who work in the CRM."""
