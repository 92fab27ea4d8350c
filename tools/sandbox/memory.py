"""What the processes of a server take, read from the system while they work."""

import threading
from pathlib import Path

#: Seconds between two looks.
LOOK = 2.0


class Memory:
    """Looks at the memory of a server's processes while the block runs.

    `taken` has for each process its first proportional size, its highest one, and its
    highest resident size, in bytes. What processes share counts for each of them in
    proportion in the first two, and fully in the last.
    """

    def __init__(self, master: int):
        self.master = master
        self.taken: dict[int, tuple[int, int, int]] = {}
        self.over = threading.Event()
        self.looker = threading.Thread(target=self._look_again, daemon=True)

    def __enter__(self):
        self.looker.start()
        return self

    def __exit__(self, *_trouble):
        self.over.set()
        self.looker.join()

    def _look_again(self):
        while not self.over.is_set():
            for process in children(self.master):
                sizes = memory_of(process)
                if sizes:
                    first, highest, resident = self.taken.get(process, (sizes[0], 0, 0))
                    self.taken[process] = (
                        first,
                        max(highest, sizes[0]),
                        max(resident, sizes[1]),
                    )
            self.over.wait(LOOK)


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    try:
        return [
            int(number)
            for task in Path(f"/proc/{process}/task").iterdir()
            for number in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def memory_of(process: int) -> tuple[int, int] | None:
    """Proportional and resident bytes of a process; None when it is gone."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return None
    sizes = dict.fromkeys(("Pss", "Rss"), 0)
    for line in text.splitlines():
        name, _colon, rest = line.partition(":")
        if name in sizes:
            sizes[name] = int(rest.split()[0]) * 1024
    return sizes["Pss"], sizes["Rss"]
