"""What one transaction does for many records: in steps, as far as its time lasts; and
a record that fails is found by halves, and put off alone.

Plain Python; the records are handed over with what is done to them.
"""

from time import monotonic

from psycopg2 import errors

#: Two transactions met; the whole transaction is to be tried again.
CONCURRENCY_ERRORS = (errors.SerializationFailure, errors.DeadlockDetected)
#: The most minutes that what fails is put off.
MAX_BACKOFF_MINUTES = 60
#: Seconds after which a transaction begins no further step of its batch.
TRANSACTION_SECONDS = 5


def backoff_minutes(attempts):
    """How long to wait after so many failed attempts, the last one not counted.

    >>> [backoff_minutes(attempts) for attempts in (0, 1, 2, 5, 6, 5000)]
    [1, 2, 4, 32, 60, 60]
    """
    return min(2 ** min(attempts, 6), MAX_BACKOFF_MINUTES)


def in_steps(records, step, work, put_off):
    """Do ``work`` for the records, ``step`` of them at a time, until all are done or
    the time of the transaction is over. What fails keeps no other back.

    :param work: is called with records, in a savepoint
    :param put_off: is called with the one record that fails, while its error is handled
    :return: the records that were looked after: all, or the first ones, but at least
        one
    """
    until = monotonic() + TRANSACTION_SECONDS
    done = records.browse()
    for start in range(0, len(records), step):
        part = records[start : start + step]
        tried = _in_halves(part, work, put_off, until)
        done += tried
        if len(tried) < len(part) or monotonic() > until:
            break
    return done


def _in_halves(records, work, put_off, until):
    """Do ``work`` for all records at once; where that fails for their halves, until
    what fails is alone."""
    try:
        with records.env.cr.savepoint():
            work(records)
    except CONCURRENCY_ERRORS:
        raise
    except Exception as error:
        if len(records) == 1:
            put_off(records, error)
            return records
        middle = len(records) // 2
        done = _in_halves(records[:middle], work, put_off, until)
        if len(done) == middle and monotonic() < until:
            done += _in_halves(records[middle:], work, put_off, until)
        return done
    return records
