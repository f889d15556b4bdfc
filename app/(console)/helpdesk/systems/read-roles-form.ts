import type { FormState } from "#app/form-state.ts";
import type { Reason } from "#lib/helpdesk/reason.ts";
import type { Period } from "#lib/helpdesk/roles/check-period.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { RefusalCode } from "#lib/text/refusal-words.ts";
import { type PeriodField, readPeriod } from "../read-period.ts";

export type RolesField = "roles" | PeriodField;
type RolesRead = Period & { roleIds: readonly string[]; reason: Reason };

/** What an officer has chosen and typed, and what is wrong with it; `wanted` where nothing is. */
export function readRolesForm(
  form: FormData,
  words: (code: RefusalCode) => string,
): FormState<RolesField> & { wanted: RolesRead | null } {
  const roleIds = form.getAll("roles").filter(isUuid);
  const { values, errors, wanted } = readPeriod(form, words);
  return {
    values: { roles: roleIds.join(" "), ...values },
    errors: { ...(roleIds.length === 0 && { roles: words("system_roles_missing") }), ...errors },
    wanted: roleIds.length === 0 ? null : wanted && { roleIds, ...wanted },
  };
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
