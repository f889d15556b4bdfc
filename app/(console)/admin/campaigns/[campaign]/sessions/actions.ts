"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { findSession } from "#lib/campaign/onsite/find-session.ts";
import { cancelSession } from "#lib/campaign/onsite/session/cancel-session.ts";
import { changeSession } from "#lib/campaign/onsite/session/change-session.ts";
import { createSession } from "#lib/campaign/onsite/session/create-session.ts";
import { parseSession, type SessionField, sessionFields } from "#lib/campaign/onsite/session/parse-session.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { requireOfficer, type SignedOfficer } from "#lib/server/request/current-officer.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { messages } from "#lib/text/messages.ts";
import type { AdminState } from "../../../admin-state.ts";
import { conflictOf } from "../../../conflict.ts";
import { readVersion } from "../../../read-version.ts";
import { formOfSession } from "./form-of-session.ts";
import { sessionPath, sessionsPath } from "./paths.ts";
import { readIds } from "./read-ids.ts";

type State = AdminState<SessionField>;

/** Makes a session, or changes the one that the form names. */
export async function saveSession(_: State, form: FormData): Promise<State> {
  const [campaignId, sessionId] = [form.get("campaign"), form.get("session")];
  if (!isUuid(campaignId) || (sessionId !== "" && !isUuid(sessionId))) notFound();
  const path = sessionId === "" ? `${sessionsPath(campaignId)}/new` : sessionPath(campaignId, sessionId, "edit");
  const signed = await requireOfficer(path, "onsite.manage");
  const { ctx } = signed;
  const values = typedValues(form);
  const { wrong, refused } = messages[ctx.request.language].onsite;
  const read = parseSession(form, ctx.now());
  if (!read.ok) {
    const errors = Object.entries(read.errors).map(([name, code]) => [name, wrong[code]]);
    return { values: { ...values, version: typedIn(form, "version") }, errors: Object.fromEntries(errors) };
  }
  const saved =
    sessionId === ""
      ? await createSession(ctx, campaignId, read.value)
      : await changeSession(ctx, sessionId, read.value, readVersion(form));
  if (saved.ok) {
    if ("sessionId" in saved.value) redirect(`${sessionPath(campaignId, saved.value.sessionId)}?done=created`);
    redirect(`${sessionPath(campaignId, sessionId)}?done=${saved.value.changed ? "changed" : "unchanged"}`);
  }
  switch (saved.error) {
    case "signed_out":
      return redirect(signInPath(path as `/${string}`));
    case "not_found":
      return notFound();
    case "changed_meanwhile":
      return overtaken(signed, { campaignId, sessionId }, values);
    case "offices_unknown":
      return { values, errors: { offices: wrong.offices_unknown } };
    case "capacity_below_booked":
      return { values, errors: { capacity: wrong.capacity_below_booked } };
    default:
      return { values, errors: { form: refused[saved.error] } };
  }
}

const typedValues = (form: FormData): State["values"] => ({
  ...Object.fromEntries(sessionFields.map((name) => [name, typedIn(form, name)])),
  offices: form.getAll("offices").filter(isUuid).join(" "),
});

/** Both versions of what two officers changed; saving again is done over the other's. */
async function overtaken(
  { ctx, officer }: SignedOfficer,
  ids: { campaignId: string; sessionId: string },
  values: State["values"],
): Promise<State> {
  const session = (await findSession(ctx, officer, "onsite.manage", ids)) ?? notFound();
  const { language } = ctx.request;
  const { onsite } = messages[language];
  const theirs = formOfSession(session);
  const rows = sessionFields.map((name) => ({
    what: onsite.form[name],
    theirs: shown(name, theirs[name]),
    yours: shown(name, values[name] ?? ""),
  }));
  return {
    values: { ...values, version: String(session.version) },
    errors: { form: onsite.refused.changed_meanwhile },
    conflict: conflictOf(language, null, rows),
  };
}

/** Offices by how many they are: their names would fill the page. */
const shown = (name: SessionField, value: string): string =>
  name === "offices" ? String(value.split(" ").filter(Boolean).length) : value;

export async function cancel(form: FormData): Promise<void> {
  const { campaignId, sessionId } = readIds(form);
  const path = sessionPath(campaignId, sessionId);
  const { ctx } = await requireOfficer(path, "onsite.manage");
  const cancelled = await cancelSession(ctx, sessionId, readVersion(form));
  if (cancelled.ok) redirect(`${path}?done=cancelled`);
  if (cancelled.error === "signed_out") redirect(signInPath(path));
  if (cancelled.error === "not_found") notFound();
  redirect(`${path}?refused=${cancelled.error}`);
}
