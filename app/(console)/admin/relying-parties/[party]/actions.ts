"use server";
import { redirect } from "next/navigation";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { lookAtRegistrations } from "#lib/relying-party/provider/clients/registrations.ts";
import type { ChangeRefusal, Which } from "#lib/relying-party/registration/hold-relying-party.ts";
import { removeLogo as dropLogo } from "#lib/relying-party/registration/logo/change-logo.ts";
import { endSecret as stopSecret } from "#lib/relying-party/registration/secrets/change-secrets.ts";
import { disableRelyingParty, enableRelyingParty } from "#lib/relying-party/registration/switch-relying-party.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { isOfWhoAsks, refusedAt } from "../../../refused.ts";
import { readVersion } from "../../read-version.ts";
import { idIn, pathOf } from "../paths.ts";

type Deed = (ctx: Context, which: Which) => Promise<Result<unknown, ChangeRefusal | "secret_current">>;

/** Nobody signs in there any more, at once. */
export async function turnOff(form: FormData): Promise<void> {
  return doAt(form, "off", disableRelyingParty);
}

export async function turnOn(form: FormData): Promise<void> {
  return doAt(form, "on", enableRelyingParty);
}

/** One that is being replaced ends before its time. */
export async function endSecret(form: FormData): Promise<void> {
  const secretId = idIn(form, "secret");
  return doAt(form, "secretEnded", (ctx, which) => stopSecret(ctx, which, secretId));
}

export async function removeLogo(form: FormData): Promise<void> {
  return doAt(form, "logoRemoved", dropLogo);
}

async function doAt(form: FormData, done: string, deed: Deed): Promise<never> {
  const relyingPartyId = idIn(form, "party");
  const path = pathOf(relyingPartyId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const outcome = await deed(ctx, { relyingPartyId, version: readVersion(form) });
  if (outcome.ok) {
    await lookAtRegistrations(ctx);
    redirect(`${path}?done=${done}`);
  }
  const { error } = outcome;
  // A secret that has come to its end meanwhile is none any more: the page says how it is, or that there is none.
  if (error === "not_found") redirect(path);
  if (isOfWhoAsks(error)) return refusedAt(error, path);
  redirect(`${path}?refused=${error}`);
}
