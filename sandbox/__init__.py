"""The world on localhost: stand-ins for Telegram, Google Sheets, amoCRM and a bank."""
