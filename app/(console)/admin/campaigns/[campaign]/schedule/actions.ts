"use server";
import { redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { changeSchedule } from "#lib/campaign/definition/change-campaign.ts";
import { parseSchedule, type ScheduleErrors } from "#lib/campaign/definition/parse/parse-schedule.ts";
import { ticked } from "#lib/campaign/definition/parse/parse-whom.ts";
import type { Language } from "#lib/kernel/context.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import type { AdminState } from "../../../admin-state.ts";
import { readVersion } from "../../../read-version.ts";
import { idIn, partPath } from "../../definition/definition-parts.ts";
import { notSaved } from "../../definition/not-saved.ts";
import { type ScheduleField, scheduleFields } from "./fields.ts";
import { scheduleAs } from "./schedule-as.ts";

/** Says when a campaign's letters go out, and when none does. */
export async function saveSchedule(_: AdminState<ScheduleField>, form: FormData): Promise<AdminState<ScheduleField>> {
  const campaignId = idIn(form, "campaign");
  const path = partPath(campaignId, "schedule");
  const { ctx } = await requireOfficer(path, "admin.change");
  const { language } = ctx.request;
  const { schedule } = messages[language].campaigns;
  const values = {
    remindDaysBefore: typedIn(form, "remindDaysBefore"),
    quietWeekdays: ticked(form, "quietWeekdays").join(" "),
    quietDays: typedIn(form, "quietDays"),
  };
  const version = readVersion(form);
  const wanted = parseSchedule(form);
  if (!wanted.ok)
    return { values: { ...values, version: String(Math.max(version, 0)) }, errors: inWords(language, wanted.errors) };
  const outcome = await changeSchedule(ctx, { campaignId, version }, wanted.value);
  if (outcome.ok) {
    await forgetTyped();
    redirect(`${path}?done=${outcome.value.changed ? "changed" : "same"}`);
  }
  const shown = (name: ScheduleField, value: string): string =>
    name === "quietWeekdays" ? value.split(" ").map(weekdayIn(language)).join(", ") : value;
  return notSaved<ScheduleField>(ctx, {
    campaignId,
    path,
    error: outcome.error,
    values,
    at: "remindDaysBefore",
    rows: (now) =>
      scheduleFields.map((name) => ({
        what: schedule[name],
        theirs: shown(name, scheduleAs(now)[name]),
        yours: shown(name, values[name]),
      })),
  });
}

const weekdayIn = (language: Language) => (day: string) => {
  const words: Readonly<Record<string, string>> = messages[language].campaigns.schedule.weekdays;
  return words[day] ?? "";
};

function inWords(language: Language, errors: ScheduleErrors): Partial<Record<ScheduleField, string>> {
  const { refusals } = messages[language].campaigns;
  return Object.fromEntries(
    Object.entries(errors).map(([name, { refusal, line }]) => [
      name,
      line === undefined ? refusals[refusal] : refusals.days_line.replace("{line}", () => line),
    ]),
  );
}
