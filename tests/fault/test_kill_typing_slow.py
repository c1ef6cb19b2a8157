"""kill -9 during typing, a hundred times."""
from kill_typing import kill_often

if __name__ == "__main__":
    kill_often(100)
