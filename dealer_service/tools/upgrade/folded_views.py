"""Views that a release folds into the view they extended.

Somebody's own module, or Studio, may inherit a view that goes with the release. From
then on it inherits the view that the other was folded into, and finds there what it
looks for.
"""


def fold_views(cr, module, folded):
    """Remove views before the new ones are loaded; who inherited them is handed over.

    :param dict folded: XML id of a view of the module: suffixes, which behind this
        XML id made those of the views that were folded into it
    """
    for into, suffixes in folded.items():
        gone = tuple(f"{into}_{suffix}" for suffix in suffixes)
        cr.execute(
            """UPDATE ir_ui_view
                  SET inherit_id = kept.res_id
                 FROM ir_model_data kept, ir_model_data gone
                WHERE (kept.module, kept.model, kept.name) = (%s, 'ir.ui.view', %s)
                  AND (gone.module, gone.model) = (kept.module, kept.model)
                  AND gone.name IN %s
                  AND inherit_id = gone.res_id""",
            [module, into, gone],
        )
        cr.execute(
            """WITH gone AS (DELETE FROM ir_model_data
                              WHERE module = %s AND model = 'ir.ui.view' AND name IN %s
                          RETURNING res_id)
               DELETE FROM ir_ui_view USING gone WHERE id = gone.res_id""",
            [module, gone],
        )
