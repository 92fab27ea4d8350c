"""What a person looks at, and when it is read again."""

from dataclasses import dataclass


@dataclass
class InFront:
    """What a person looks at, and what outdates it."""

    read: object
    boards: tuple = ()
    visit: int = 0

    def is_outdated(self, news: dict, uid: int) -> bool:
        """As `live_board.js` and `live_views.js` decide it."""
        if self.boards:
            return any(board in news["boards"] for board in self.boards)
        if not self.visit:
            return False
        visits = news.get("visits")
        return visits is None or any(
            told["id"] == self.visit and told["by"] != uid for told in visits
        )


@dataclass
class Hands:
    """Whether the person is doing something: nothing is read away from the hand."""

    busy: int = 0

    def __enter__(self):
        self.busy += 1

    def __exit__(self, *_trouble):
        self.busy -= 1
