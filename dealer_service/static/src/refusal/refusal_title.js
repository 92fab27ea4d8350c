import { WarningDialog } from "@web/core/errors/error_dialogs";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

/** A refusal of ours says what is missing: it is no warning of the software. */
patch(WarningDialog.prototype, {
    inferTitle() {
        return this.props.exceptionName?.startsWith("odoo.addons.dealer_")
            ? _t("Not Possible Yet")
            : super.inferTitle();
    },
});
