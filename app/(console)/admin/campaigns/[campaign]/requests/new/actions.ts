"use server";
import { notFound, redirect } from "next/navigation";
import type { FormState } from "#app/form-state.ts";
import { typedIn } from "#app/typed-in.ts";
import { askForMove } from "#lib/campaign/requests/ask-for-move.ts";
import { moveRequestKinds, TOGETHER } from "#lib/campaign/requests/request-state.ts";
import { parseReason } from "#lib/helpdesk/reason.ts";
import { type Found, findByIdentity } from "#lib/helpdesk/search/find-by-identity.ts";
import { SEARCH_MAX, understandSearch, understandWords } from "#lib/helpdesk/search/understand-search.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { type RefusalCode, refusalWords } from "#lib/text/refusal-words.ts";
import { preparePath, requestsPath } from "../paths.ts";

const campaignIn = (form: FormData): string => (isUuid(form.get("campaign")) ? typedIn(form, "campaign") : notFound());

export type FindState = FormState<"q"> & { several?: Found[] };

/** A number leads to its person and never into an address; words lead to the list they narrow. */
export async function findPeople(_: FindState, form: FormData): Promise<FindState> {
  const path = preparePath(campaignIn(form));
  const { ctx, officer } = await requireOfficer(path, "move.request");
  const words = refusalWords(ctx.request.language);
  const read = field(form, "q", { max: SEARCH_MAX });
  const typed = read.ok ? read.value : typedIn(form, "q").slice(0, SEARCH_MAX);
  const wrong = (code: RefusalCode): FindState => ({ values: { q: typed }, errors: { q: words(code) } });
  if (!read.ok) return wrong(read.error === "missing" ? "search_missing" : read.error);
  const understood = understandSearch(typed);
  if (!understood.ok) return wrong(understood.error);
  if (understood.value.by === "identity") {
    const [first, ...others] = await findByIdentity(ctx, officer, understood.value.identities);
    if (first && others.length === 0) redirect(`${path}?person=${first.id}`);
    if (first) return { values: { q: typed }, errors: {}, several: [first, ...others] };
    if (understood.value.surely) return wrong("search_nobody");
    const asWords = understandWords(typed);
    if (!asWords.ok) return wrong(asWords.error);
  }
  redirect(`${path}?q=${encodeURIComponent(typed)}`);
}

export type PrepareField = "person" | "kind" | "role" | "reason";
/** `passedOver`: by account, why nothing was prepared. `prepared`: how many were. */
export type PrepareState = FormState<PrepareField> & { passedOver?: Record<string, string>; prepared?: number };

/** Prepares the same for everybody who is ticked, each by themselves: one for whom it cannot be stops no other. */
export async function prepare(_: PrepareState, form: FormData): Promise<PrepareState> {
  const campaignId = campaignIn(form);
  const path = preparePath(campaignId);
  const { ctx } = await requireOfficer(path, "move.request");
  const words = refusalWords(ctx.request.language);
  const people = [...new Set(form.getAll("person").filter(isUuid))].slice(0, TOGETHER);
  const kind = moveRequestKinds.find((each) => each === form.get("kind")) ?? "enrolment";
  const roleId = typedIn(form, "role");
  const reason = parseReason(form);
  const values = { person: people.join(" "), kind, role: roleId, reason: typedIn(form, "reason") };
  const roleMissing = kind !== "enrolment" && !isUuid(roleId);
  if (people.length === 0 || roleMissing || !reason.ok)
    return {
      values,
      errors: {
        ...(people.length === 0 && { person: words("move_nobody") }),
        ...(roleMissing && { role: words("move_role_missing") }),
        ...(!reason.ok && { reason: words(reason.error) }),
      },
    };
  const passedOver: Record<string, string> = {};
  for (const accountId of people) {
    const asked = await askForMove(ctx, { campaignId, accountId, kind, roleId, reason: reason.value });
    if (asked.ok) continue;
    if (asked.error === "signed_out") redirect(signInPath(path));
    passedOver[accountId] = words(asked.error === "not_found" ? "move_not_yours" : asked.error);
  }
  const left = Object.keys(passedOver);
  const prepared = people.length - left.length;
  if (left.length === 0) redirect(`${requestsPath(campaignId)}?asked=${prepared}`);
  return { values: { ...values, person: left.join(" ") }, errors: {}, passedOver, prepared };
}
