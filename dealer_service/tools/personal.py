"""How a place is described where the database holds words about a person."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reason:
    """Why a column stays as it is when its person is forgotten.

    ``retention``
        code of the ``dealer.retention`` whose law makes the shop keep it for a time;
        ``None``: it says nothing about the person and stays for good
    """

    text: str
    retention: str | None = None


NUMBER = Reason("A number or code given by the shop or the program")
CAR = Reason("Names the car, which goes on with its history and the next owner")
WORDING = Reason("Words of the shop that everybody is shown")
ACCOUNTING = Reason("Voucher of the accounts", "accounting")
REPAIR = Reason("Repair file of the car", "repair")
DISPUTE = Reason("Proof that an authority was answered in time", "dispute")


@dataclass(frozen=True)
class Personal:
    """Rows of one model that may hold words about a person.

    Every column of text of these rows is emptied, whoever added it, except those
    that ``keep`` names with the reason.

    ``by``
        fields that lead from a row to the person, or to a row found before it
    ``document``
        the two fields (model, id) by which a row belongs to any row found
    ``numbers``
        fields with the phone number or the mail address of the person
    ``only``
        a domain: rows besides these are never of a person
    ``keep``
        columns, also of images and files, that stay: a :class:`Reason` by name
    ``alias``
        columns that show the alias of the forgotten person; others that must not be
        empty show a dash
    ``put``
        values for columns that are no text
    ``delete``
        whether the rows go as a whole
    """

    model: str
    by: tuple = ()
    document: tuple = ()
    numbers: tuple = ()
    only: tuple = ()
    keep: dict = field(default_factory=dict)
    alias: tuple = ()
    put: dict = field(default_factory=dict)
    delete: bool = False

    def __add__(self, other):
        """Both entries of one model as one."""
        return Personal(
            self.model,
            self.by + other.by,
            self.document + other.document,
            self.numbers + other.numbers,
            self.only + other.only,
            self.keep | other.keep,
            self.alias + other.alias,
            self.put | other.put,
            self.delete or other.delete,
        )
