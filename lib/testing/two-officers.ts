import { confirmPresence } from "#lib/helpdesk/caller-check/confirm-presence.ts";
import { requestReset } from "#lib/helpdesk/factor-reset/request-reset.ts";
import { parseReason, type Reason } from "#lib/helpdesk/reason.ts";
import type { Context } from "#lib/kernel/context.ts";
import { newWorld, type World } from "./new-world.ts";
import { addTotp } from "./totp.ts";

/** A reason as an officer types it. */
export function reasonOf(words: string): Reason {
  const form = new FormData();
  form.set("reason", words);
  const read = parseReason(form);
  if (!read.ok) throw new Error(`The fixture's reason was refused: ${read.error}`);
  return read.value;
}

export const reason = reasonOf("Telefon hilang, diminta di kaunter");

/** The officer has the person in front of them. */
export async function seePerson(officer: Context, accountId: string): Promise<void> {
  const seen = await confirmPresence(officer, accountId, reason);
  if (!seen.ok) throw new Error(`The person was not seen: ${seen.error}`);
}

/** The officer has checked the caller, and asks for their second factor to be reset. Answers the request's id. */
export async function askForReset(officer: Context, accountId: string): Promise<string> {
  await seePerson(officer, accountId);
  const asked = await requestReset(officer, accountId, reason);
  if (!asked.ok) throw new Error(`The reset was not asked for: ${asked.error}`);
  return asked.value.requestId;
}

/** Somebody with an authenticator app, and two officers of the helpdesk. */
export async function withTwoOfficers(world?: World) {
  const here = world ?? (await newWorld());
  const owner = await here.account({ password: true });
  await addTotp(here.ctx, owner.id);
  const [first, second] = [await here.officer("helpdesk"), await here.officer("helpdesk")];
  return { world: here, owner, first, second };
}
