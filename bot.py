"""The door: `python bot.py <command>`; what each command does is in app/commands/."""

import sys

from app.main import main

if __name__ == "__main__":
    sys.exit(main())
