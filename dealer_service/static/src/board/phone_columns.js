import { utils } from "@web/core/ui/ui_service";
import { SearchModel } from "@web/search/search_model";

/** On a phone there is room for one column: all cards in it, the most urgent first. */
export class PhoneColumns extends SearchModel {
    load(config) {
        return super.load(utils.isSmall() ? { ...config, defaultGroupBy: undefined } : config);
    }
}
