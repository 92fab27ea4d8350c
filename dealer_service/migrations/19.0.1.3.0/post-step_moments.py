"""Steps that share a state of the visit are measured by moments of their own."""

#: What the record of old visits shows; where it shows nothing, the step has no minutes.
#: Reports to waiting customers were not told apart from those entered afterwards.
_KNOWN = """
UPDATE dealer_reception r
SET date_walk_signed = known.signed,
    date_walk_begun = known.begun,
    date_consulted = known.consulted
FROM (
    SELECT v.id, sheet.signed, mark.begun, (
        SELECT date_trunc('second', MAX(LEAST(c.create_date, mark.begun)))
        FROM dealer_reception_concern c
        WHERE c.reception_id = v.id AND c.create_date >= v.date_greeted
            AND c.create_date <= v.date_inspected
    ) AS consulted
    FROM dealer_reception v
    LEFT JOIN LATERAL (
        SELECT MIN(i.date_signed) AS signed FROM dealer_inspection i
        WHERE i.reception_id = v.id AND i.state = 'signed'
            AND i.date_signed >= v.date_greeted
            AND i.date_signed <= v.date_inspected
    ) sheet ON TRUE
    LEFT JOIN LATERAL (
        SELECT date_trunc('second', MIN(m.create_date)) AS begun
        FROM dealer_damage_mark m
        WHERE m.reception_id = v.id AND m.create_date >= v.date_greeted
            AND m.create_date <= COALESCE(sheet.signed, v.date_inspected)
    ) mark ON TRUE
    WHERE v.date_greeted IS NOT NULL AND v.date_inspected IS NOT NULL
) known
WHERE r.id = known.id
    AND COALESCE(known.signed, known.begun, known.consulted) IS NOT NULL
"""


def migrate(cr, version):
    """Keep what is known of them for the visits there were."""
    if version:
        cr.execute(_KNOWN)
