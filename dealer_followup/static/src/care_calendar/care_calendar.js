import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarController } from "@web/views/calendar/calendar_controller";
import { CalendarRenderer } from "@web/views/calendar/calendar_renderer";
import { calendarView } from "@web/views/calendar/calendar_view";

/** A click on an entry opens what stands behind it: an entry is a sum, no record. */
class CareCalendarCommonRenderer extends CalendarCommonRenderer {
    onClick(info) {
        this.props.editRecord(this.props.model.records[info.event.id]);
    }

    onDblClick(info) {
        this.onClick(info);
    }
}

class CareCalendarRenderer extends CalendarRenderer {
    static components = {
        ...CalendarRenderer.components,
        day: CareCalendarCommonRenderer,
        week: CareCalendarCommonRenderer,
        month: CareCalendarCommonRenderer,
    };
}

class CareCalendarController extends CalendarController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.actionService = useService("action");
    }

    async editRecord(record) {
        const entry = record.rawRecord;
        const idOf = (value) => (Array.isArray(value) ? value[0] : value?.id || value) || false;
        const action = await this.orm.call("dealer.care.calendar", "action_open_entry", [
            entry.kind,
            entry.date_start,
            idOf(entry.rule_id),
            idOf(entry.activity_id),
        ]);
        return this.actionService.doAction(action);
    }
}

registry.category("views").add("dealer_care_calendar", {
    ...calendarView,
    Controller: CareCalendarController,
    Renderer: CareCalendarRenderer,
});
