import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { parseReason, type Reason } from "#lib/helpdesk/reason.ts";
import type { Period } from "#lib/helpdesk/roles/check-period.ts";
import { parseDay } from "#lib/kernel/calendar-day.ts";
import { after, days } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { RefusalCode } from "#lib/text/refusal-words.ts";

export type RolesField = "roles" | "from" | "until" | "reason";
export type RolesRead = Period & { roleIds: readonly string[]; reason: Reason };

/** What an officer has chosen and typed, and what is wrong with it; `wanted` where nothing is. */
export function readRolesForm(
  form: FormData,
  words: (code: RefusalCode) => string,
): FormState<RolesField> & { wanted: RolesRead | null } {
  const roleIds = form.getAll("roles").filter(isUuid);
  const values = {
    roles: roleIds.join(" "),
    from: typedIn(form, "from"),
    until: typedIn(form, "until"),
    reason: typedIn(form, "reason"),
  };
  const from = parseDay(values.from);
  const until = values.until === "" ? null : parseDay(values.until);
  const reason = parseReason(form);
  const errors: FormState<RolesField>["errors"] = {
    ...(roleIds.length === 0 && { roles: words("system_roles_missing") }),
    ...(!from.ok && { from: words(from.error) }),
    ...(until && !until.ok && { until: words(until.error) }),
    ...(!reason.ok && { reason: words(reason.error) }),
  };
  if (roleIds.length === 0 || !from.ok || (until && !until.ok) || !reason.ok) return { values, errors, wanted: null };
  // The last day counts to its end.
  const wanted = { roleIds, from: from.value, until: until && after(until.value, days(1)), reason: reason.value };
  return { values, errors, wanted };
}

/** Beside which field the words of a refusal stand; the form as a whole for the rest. */
export const fieldOf = (refusal: string): RolesField | "form" =>
  refusal === "system_roles_missing" || refusal === "system_role_held"
    ? "roles"
    : refusal === "period_backwards"
      ? "until"
      : refusal === "period_far"
        ? "from"
        : "form";
