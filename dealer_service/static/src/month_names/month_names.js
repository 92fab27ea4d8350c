import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";

const { DateTime } = luxon;
/** What is left of a month whose name is a number: in Chinese, "11 2026". */
const BARE_MONTH = /(^|\/)(\d{1,2}) (\d{4})(?=\/|$)/g;

/** "2026年11月" for "11 2026"; names of months stay. */
export function readableMonths(text) {
    return text.replace(BARE_MONTH, (_found, before, month, year) => {
        const first = DateTime.fromObject({ year: Number(year), month: Number(month) });
        return before + first.toLocaleString({ year: "numeric", month: "long" });
    });
}

/** "11月" for "11"; names of months and other periods stay. */
export function readableMonth(text) {
    if (!/^\d{1,2}$/.test(text)) {
        return text;
    }
    return DateTime.fromObject({ month: Number(text) }).toLocaleString({ month: "short" });
}

patch(SearchModel.prototype, {
    _getDateFilterDomain(_filter, _options, key = "domain") {
        const found = super._getDateFilterDomain(...arguments);
        return key === "description" ? readableMonths(found) : found;
    },

    _enrichItem() {
        const item = super._enrichItem(...arguments);
        if (item?.type === "dateFilter") {
            for (const option of item.options) {
                option.description = readableMonth(option.description);
            }
        }
        return item;
    },
});
