"use server";
import { notFound, redirect } from "next/navigation";
import type { Context, Language } from "#lib/kernel/context.ts";
import { lookAtRegistrations } from "#lib/relying-party/provider/clients/registrations.ts";
import { addRelyingParty } from "#lib/relying-party/registration/add-relying-party.ts";
import { changeRelyingParty } from "#lib/relying-party/registration/change-relying-party.ts";
import { readRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import type { Parsed } from "#lib/relying-party/registration/parse/parse-registration.ts";
import type { Registration } from "#lib/relying-party/registration/registration.ts";
import { config } from "#lib/server/config.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../refused.ts";
import { conflictOf } from "../conflict.ts";
import { readVersion } from "../read-version.ts";
import { type PartyField, type PartyValues, partyFields } from "./form/fields.ts";
import type { PartyState } from "./form/party-state.ts";
import { errorsOf, formOfParty, parseParty, shownAgain, typedParty } from "./form/party-values.ts";
import { idIn, pathOf } from "./paths.ts";

/** A new system, with its secret this once; or another registration of one. */
export async function saveParty(_: PartyState, form: FormData): Promise<PartyState> {
  const partyId = idIn(form, "party");
  const { ctx } = await requireOfficer(pathOf(partyId), "admin.change");
  const { refusals, form: words } = messages[ctx.request.language].relyingParties;
  const values = typedParty(form);
  const version = readVersion(form);
  const wanted = parseParty(values, { loopback: config().mode === "demo" });
  if (wanted.ok)
    return partyId === "" ? add(ctx, wanted.value, values) : change(ctx, partyId, version, wanted.value, values);
  return {
    values: { ...shownAgain(values, wanted.faults), version: String(Math.max(version, 0)) },
    errors: errorsOf(wanted.faults, values, { ...words, refusals }),
  };
}

async function add(ctx: Context, wanted: Parsed, values: PartyValues): Promise<PartyState> {
  const added = await addRelyingParty(ctx, wanted);
  const { refusals, shown } = messages[ctx.request.language].relyingParties;
  if (!added.ok) {
    if (isOfWhoAsks(added.error)) return refusedAt(added.error, pathOf(""), values);
    return { values: { ...values, version: "0" }, errors: { name: refusals[added.error] } };
  }
  await Promise.all([lookAtRegistrations(ctx), forgetTyped()]);
  const { relyingPartyId, clientId, clientSecret } = added.value;
  const heading = shown.headingAdded.replace("{system}", () => wanted.registration.name);
  return {
    values: {},
    errors: {},
    shown: { heading, clientId, secret: clientSecret, older: null, next: pathOf(relyingPartyId) },
  };
}

async function change(
  ctx: Context,
  relyingPartyId: string,
  version: number,
  { registration }: Parsed,
  values: PartyValues,
): Promise<PartyState> {
  const outcome = await changeRelyingParty(ctx, { relyingPartyId, version }, registration);
  const path = pathOf(relyingPartyId);
  if (outcome.ok) {
    await Promise.all([lookAtRegistrations(ctx), forgetTyped()]);
    redirect(`${path}?done=${outcome.value.changed ? "changed" : "same"}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, path, values);
  const { language } = ctx.request;
  if (error === "system_name_taken") {
    const name = messages[language].relyingParties.refusals.system_name_taken;
    return { values: { ...values, version: String(version) }, errors: { name } };
  }
  const now = (await readRelyingParty(ctx, relyingPartyId)) ?? notFound();
  const theirs = formOfParty({ ...now, jwks: now.jwks as Registration["jwks"] });
  return {
    values: { ...values, version: String(now.version) },
    errors: {},
    conflict: conflictOf(
      language,
      null,
      partyFields.map((name) => ({
        what: nameOf(language, name),
        theirs: shownAs(language, name, theirs[name]),
        yours: shownAs(language, name, values[name]),
      })),
    ),
  };
}

function nameOf(language: Language, name: PartyField): string {
  const { form } = messages[language].relyingParties;
  return name === "parRequired" || name === "dpopBound" ? form.strictOptions[name] : form[name];
}

/** A choice by its words, and everything else as it was typed. */
function shownAs(language: Language, name: PartyField, value: string): string {
  const { form } = messages[language].relyingParties;
  if (name === "parRequired" || name === "dpopBound") return value === "true" ? form.yes : form.no;
  const options: Readonly<Record<string, string>> | undefined = (
    form as Readonly<Record<string, string | Readonly<Record<string, string>>>>
  )[`${name}Options`] as Readonly<Record<string, string>> | undefined;
  return options && Object.hasOwn(options, value) ? (options[value] ?? value) : value;
}
