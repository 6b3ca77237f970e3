"""What does the statement say? Pure: bytes in, records out; nothing here touches the world."""
