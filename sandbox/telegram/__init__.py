"""The Telegram stand-in: a Bot API 10.3 server on localhost, and the phones of the people who talk to the bot."""
