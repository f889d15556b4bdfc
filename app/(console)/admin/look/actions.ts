"use server";
import { redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import { type LookField, parseLook } from "#lib/administration/look/parse-look.ts";
import { changeSettings } from "#lib/administration/settings/change-settings.ts";
import { readPage } from "#lib/administration/settings/read-settings.ts";
import { over } from "#lib/administration/settings/settings.ts";
import { lookAgain } from "#lib/server/chosen/in-force.ts";
import { configuredSettings } from "#lib/server/chosen/overlay.ts";
import { configured } from "#lib/server/config.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../refused.ts";
import type { AdminState } from "../admin-state.ts";
import { conflictOf } from "../conflict.ts";
import { readVersion } from "../read-version.ts";
import { lookFields } from "./fields.ts";

const PATH = "/admin/look";
const configuredLook = () => configuredSettings(configured()).look;

export async function saveLook(_: AdminState<LookField>, form: FormData): Promise<AdminState<LookField>> {
  const { ctx } = await requireOfficer(PATH, "admin.change");
  const { language } = ctx.request;
  const { refusals, look } = messages[language].administration;
  const values = Object.fromEntries(lookFields.map((name) => [name, typedIn(form, name)])) as Record<LookField, string>;
  const version = readVersion(form);
  const wanted = parseLook(form);
  if (!wanted.ok) {
    const errors = Object.entries(wanted.errors).map(([name, code]) => [name, refusals[code]]);
    return { values: { ...values, version: String(Math.max(version, 0)) }, errors: Object.fromEntries(errors) };
  }
  const outcome = await changeSettings(ctx, "look", wanted.value, configuredLook(), version);
  if (outcome.ok) {
    await Promise.all([lookAgain(ctx), forgetTyped()]);
    redirect(`${PATH}?done=${outcome.value.changed ? "saved" : "nothing"}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, PATH, values);
  const now = await readPage(ctx, "look");
  const theirs = over<"look">(configuredLook(), now.chosen);
  const said = (name: LookField, value: string): string =>
    name === "colour" && Object.hasOwn(look.colours, value) ? look.colours[value as keyof typeof look.colours] : value;
  return {
    values: { ...values, version: String(now.changed.version) },
    errors: {},
    conflict: conflictOf(
      language,
      now.changed,
      lookFields.map((name) => ({
        what: look[name],
        theirs: said(name, theirs[name]),
        yours: said(name, values[name]),
      })),
    ),
  };
}

/** Back to the configuration's crest, or the portal's own mark. */
export async function removeCrest(form: FormData): Promise<void> {
  const { ctx } = await requireOfficer(PATH, "admin.change");
  const outcome = await changeSettings(ctx, "look", { crest: null }, configuredLook(), readVersion(form));
  if (outcome.ok) {
    await lookAgain(ctx);
    redirect(`${PATH}?done=removed`);
  }
  if (isOfWhoAsks(outcome.error)) await refusedAt(outcome.error, PATH);
  redirect(`${PATH}?crest=changed_meanwhile`);
}
