import type { CampaignDefinition } from "#lib/campaign/definition/find-campaign.ts";
import type { ScheduleField } from "./fields.ts";

/** When letters go out as its form holds it: days of the week apart by blanks, holidays a line each. */
export const scheduleAs = ({
  remindDaysBefore,
  quietWeekdays,
  quietDays,
}: Pick<CampaignDefinition, ScheduleField>): Record<ScheduleField, string> => ({
  remindDaysBefore: remindDaysBefore.join(", "),
  quietWeekdays: quietWeekdays.join(" "),
  quietDays: quietDays.join("\n"),
});
