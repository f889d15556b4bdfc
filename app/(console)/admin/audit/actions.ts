"use server";
import { redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { findPeople, PEOPLE_MAX, type Person } from "#lib/helpdesk/audit-trail/find-people.ts";
import { filterIn, type TrailFilter } from "#lib/helpdesk/audit-trail/trail-filter.ts";
import { SEARCH_MAX } from "#lib/helpdesk/search/understand-search.ts";
import { isDay } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";
import type { AuditField, AuditFormState, PersonField } from "./form.tsx";
import { AUDIT_PATH, auditPath } from "./paths.ts";

type Found = { id: string | null } | { choices: readonly Person[]; more: boolean } | { refused: string };

/**
 * Leads to what was asked for. People are named in the body of a post and become references: no name and no identity number
 * stands in an address.
 */
export async function searchTrailAction(_: AuditFormState, form: FormData): Promise<AuditFormState> {
  const { ctx } = await requireOfficer(AUDIT_PATH, "audit.read");
  const words = refusalWords(ctx.request.language);
  const typed = (name: AuditField) => typedIn(form, name);
  const state: AuditFormState = {
    values: Object.fromEntries(fields.map((name) => [name, typed(name)])),
    errors: {},
    choices: {},
  };
  const filter: TrailFilter = filterIn({ by: typed("by"), about: typed("about"), outcome: typed("outcome") });
  for (const name of ["from", "until"] as const) {
    const day = typed(name).trim();
    if (day === "" || isDay(day)) filter[name] = day || null;
    else state.errors[name] = words("day_unknown");
  }
  if (filter.from && filter.until && filter.until < filter.from) state.errors.until = words("date_order");
  for (const name of ["whom", "who"] as const) {
    const found = await person(ctx, form, name, words);
    if ("refused" in found) state.errors[name] = found.refused;
    else if ("choices" in found) {
      state.choices[name] = { people: found.choices, limit: found.more ? PEOPLE_MAX : null };
      if (form.has(`${name}Asked`)) state.errors[name] = words("person_unchosen");
    } else filter[name] = found.id;
  }
  if (Object.keys(state.errors).length > 0 || Object.keys(state.choices).length > 0) return state;
  redirect(auditPath(filter));
}

const fields = ["whom", "who", "by", "about", "outcome", "from", "until"] as const satisfies readonly AuditField[];

/** Whoever was typed; where nothing was, whoever was chosen before. */
async function person(
  ctx: Context,
  form: FormData,
  name: PersonField,
  words: ReturnType<typeof refusalWords>,
): Promise<Found> {
  const typed = field(form, name, { max: SEARCH_MAX });
  const chosen = form.get(`${name}Id`);
  if (!typed.ok && typed.error !== "missing") return { refused: words("person_unreadable") };
  if (!typed.ok || (isUuid(chosen) && form.has(`${name}Asked`))) return { id: isUuid(chosen) ? chosen : null };
  const found = await findPeople(ctx, typed.value);
  if (!found.ok) return found.error === "not_found" ? { id: null } : { refused: words(found.error) };
  const { people, more } = found.value;
  return people.length === 1 ? { id: people[0]?.id ?? null } : { choices: people, more };
}
