import { typedIn } from "#app/typed-in.ts";
import { parseReason, type Reason } from "#lib/helpdesk/reason.ts";
import type { Period } from "#lib/helpdesk/roles/check-period.ts";
import { parseDay } from "#lib/kernel/calendar-day.ts";
import { after, days } from "#lib/kernel/time.ts";
import type { RefusalCode } from "#lib/text/refusal-words.ts";

export type PeriodField = "from" | "until" | "reason";

/** From when until when, and why, as an officer has typed it, and what is wrong with it; `wanted` where nothing is. */
export function readPeriod(
  form: FormData,
  words: (code: RefusalCode) => string,
): {
  values: Record<PeriodField, string>;
  errors: Partial<Record<PeriodField, string>>;
  wanted: (Period & { reason: Reason }) | null;
} {
  const values = { from: typedIn(form, "from"), until: typedIn(form, "until"), reason: typedIn(form, "reason") };
  const from = parseDay(values.from);
  const until = values.until === "" ? null : parseDay(values.until);
  const reason = parseReason(form);
  const errors = {
    ...(!from.ok && { from: words(from.error) }),
    ...(until && !until.ok && { until: words(until.error) }),
    ...(!reason.ok && { reason: words(reason.error) }),
  };
  if (!from.ok || (until && !until.ok) || !reason.ok) return { values, errors, wanted: null };
  // The last day counts to its end.
  const last = until && after(until.value, days(1));
  return { values, errors, wanted: { from: from.value, until: last, reason: reason.value } };
}
