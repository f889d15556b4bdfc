"use server";
import { redirect } from "next/navigation";
import { changeSettings } from "#lib/administration/settings/change-settings.ts";
import { readPage } from "#lib/administration/settings/read-settings.ts";
import { over, type PolicySettings } from "#lib/administration/settings/settings.ts";
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
import { type PolicyField, policyChoices, policyFields, wordsOfPolicy } from "./choices.ts";

const PATH = "/admin/policy";

export async function savePolicy(_: AdminState<PolicyField>, form: FormData): Promise<AdminState<PolicyField>> {
  const { ctx } = await requireOfficer(PATH, "admin.change");
  const wanted = readPolicy(form);
  const base = configuredSettings(configured()).policy;
  const outcome = await changeSettings(ctx, "policy", wanted, base, readVersion(form));
  if (outcome.ok) {
    await Promise.all([lookAgain(ctx), forgetTyped()]);
    redirect(`${PATH}?done=${outcome.value.changed ? "saved" : "nothing"}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, PATH, wanted);
  const { language } = ctx.request;
  if (error !== "changed_meanwhile")
    return { values: wanted, errors: { consoleAssurance: messages[language].administration.refusals[error] } };
  const now = await readPage(ctx, "policy");
  const theirs = over<"policy">(base, now.chosen);
  const said = wordsOfPolicy(language);
  return {
    values: { ...wanted, version: String(now.changed.version) },
    errors: {},
    conflict: conflictOf(
      language,
      now.changed,
      policyFields.map((name) => ({
        what: said.names[name],
        theirs: said.values[theirs[name]],
        yours: wanted[name] === undefined ? "" : said.values[wanted[name]],
      })),
    ),
  };
}

/** What was ticked among what is offered; anything else is not there. */
function readPolicy(form: FormData): Partial<PolicySettings> {
  const ticked = policyFields.flatMap((name) => {
    const value = policyChoices[name].find((choice) => choice === form.get(name));
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(ticked) as Partial<PolicySettings>;
}
