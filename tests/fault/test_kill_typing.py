"""kill -9 during typing, fifteen times; a hundred times in test_kill_typing_slow.py."""
from kill_typing import kill_often

if __name__ == "__main__":
    kill_often(15)
