"use client";
import { Checks } from "#components/form/checks.tsx";
import type { ErrorSummaryProps } from "#components/form/error-summary.tsx";
import { Field } from "#components/form/field.tsx";
import { TextArea } from "#components/form/text-area.tsx";
import { AdminForm } from "../../../admin-form.tsx";
import type { AdminState } from "../../../admin-state.ts";
import { saveSchedule } from "./actions.ts";
import { type ScheduleField, scheduleFields } from "./fields.ts";

type ScheduleFormProps = {
  campaignId: string;
  now: Record<ScheduleField, string>;
  version: number;
  readOnly: boolean;
  begin: AdminState<ScheduleField>;
  weekdays: readonly { value: string; label: string }[];
  words: Record<
    ScheduleField | "remindHint" | "quietWeekdaysHint" | "quietDaysHint" | "save" | "saving" | "cancel",
    string
  >;
  cancelTo: string;
  summary: ErrorSummaryProps["words"];
};

export function ScheduleForm({ campaignId, now, weekdays, words, cancelTo, ...form }: ScheduleFormProps) {
  return (
    <AdminForm<ScheduleField>
      action={saveSchedule}
      order={scheduleFields}
      words={words}
      cancel={{ href: cancelTo, words: words.cancel }}
      {...form}
    >
      {({ values, errors }) => {
        const value = (name: ScheduleField) => values[name] ?? now[name];
        return (
          <>
            <input type="hidden" name="campaign" value={campaignId} />
            <Field
              name="remindDaysBefore"
              label={words.remindDaysBefore}
              hint={words.remindHint}
              defaultValue={value("remindDaysBefore")}
              error={errors.remindDaysBefore}
              autoComplete="off"
              width="id"
            />
            <Checks
              name="quietWeekdays"
              legend={words.quietWeekdays}
              hint={words.quietWeekdaysHint}
              options={weekdays}
              chosen={value("quietWeekdays").split(" ").filter(Boolean)}
              error={errors.quietWeekdays}
            />
            <TextArea
              name="quietDays"
              rows={6}
              label={words.quietDays}
              hint={words.quietDaysHint}
              defaultValue={value("quietDays")}
              error={errors.quietDays}
              autoComplete="off"
            />
          </>
        );
      }}
    </AdminForm>
  );
}
