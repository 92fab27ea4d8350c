"""Rows of a file that speak of records which are here already."""

#: The context of an import that has found its records itself.
#: An object of this process: no remote caller can put it into a context.
FOUND = object()


def has_ids(fields):
    """Whether the file itself says which records its rows are.

    >>> has_ids(["id", "name"]), has_ids([".id"]), has_ids(["name", "parent_id/id"])
    (True, True, False)
    """
    return not {"id", ".id"}.isdisjoint(fields)


def as_dicts(fields, data):
    """The rows by the names of their columns.

    >>> list(as_dicts(["name", False], [["A", "x"], ["B", ""]]))
    [{'name': 'A'}, {'name': 'B'}]
    """
    for cells in data:
        yield {name: cell for name, cell in zip(fields, cells, strict=False) if name}


def with_ids(fields, data, ids):
    """The file, with a column that says which records its rows are.

    :param ids: the ID of each row, ``False`` for a new one

    >>> with_ids(["name"], [["A"], ["B"]], [7, False])
    (['name', '.id'], [['A', '7'], ['B', '']])
    """
    rows = [[*cells, str(known or "")] for cells, known in zip(data, ids, strict=True)]
    return [*fields, ".id"], rows
