"""What the bot says in Telegram: one file a conversation, over the use cases."""
