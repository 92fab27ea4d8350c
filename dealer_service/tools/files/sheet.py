"""The file of an import, as the one sees it who has it open beside the screen."""

#: How many wrong or doubtful cells are told at once.
TOLD = 10


class Sheet:
    """Headings and numbers of the rows, and what is doubtful about the cells.

    It travels in the context of an import; no remote caller can send one.

    :param list columns: paths of fields, or ``False``, by column
    :param list headings: what stands above each column in the file
    :param str name: what the file is called

    >>> sheet = Sheet(["vin_sn", False], ["车架号", "备注"])
    >>> sheet.heading("vin_sn"), sheet.heading("color"), sheet.row(0)
    ('车架号', '', 1)

    A heading, a row, two blank ones, a row:

    >>> sheet = Sheet()
    >>> sheet.find_lines, sheet.places = lambda: [1, 2, 5], [1, 2]
    >>> sheet.row(0), sheet.row(1)
    (2, 5)
    """

    def __init__(self, columns=(), headings=(), name=""):
        self.name = name
        self.headings = {
            path: heading
            for path, heading in zip(columns, headings, strict=False)
            if path and heading
        }
        #: what is read of the file: its rows without the blank ones
        self.cells = []
        #: which of them are imported
        self.places = []
        #: gives the number of each of them in the file
        self.find_lines = list
        self.doubts = []
        self._lines = None

    @classmethod
    def of(cls, env):
        """That of the import that is going on; a blank one for programs."""
        sheet = env.context.get("dealer_sheet")
        return sheet if isinstance(sheet, cls) else cls()

    def heading(self, path):
        """What stands above the column; ``""`` for none."""
        return self.headings.get(path, "")

    def row(self, index):
        """The number that a spreadsheet shows beside a row of the import."""
        return self.line(self.places[index] if index < len(self.places) else index)

    def line(self, place):
        """The same of a row of the file, blank ones not counted."""
        if self._lines is None:
            self._lines = self.find_lines()
        return self._lines[place] if place < len(self._lines) else place + 1

    def number(self, result):
        """Let the result of an import count rows as the file does.

        The screen adds one to ``rows``, shows ``record`` as it is, and looks in
        ``name`` for what the row is called.

        >>> sheet = Sheet()
        >>> sheet.find_lines, sheet.places = lambda: [1, 2, 5], [1, 2]
        >>> rows = {"from": 1, "to": 1}
        >>> result = {"messages": [{"record": 1, "rows": rows}], "name": ["A", "B"]}
        >>> sheet.number(result)
        >>> result["messages"], result["name"]
        ([{'record': 5, 'rows': {'from': 4, 'to': 4}}], ['', 'A', '', '', 'B'])
        """
        for message in result["messages"]:
            if "rows" in message:
                message["rows"] = {
                    end: self.row(index) - 1 for end, index in message["rows"].items()
                }
            if isinstance(message.get("record"), int):
                message["record"] = self.row(message["record"])
        if result["messages"] and result.get("name"):
            names = {
                self.row(index) - 1: name
                for index, name in enumerate(result["name"][: len(self.places)])
            }
            result["name"] = [names.get(i, "") for i in range(max(names) + 1)]
