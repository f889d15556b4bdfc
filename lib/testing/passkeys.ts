import { addPasskey } from "#lib/authenticators/passkey/add-passkey.ts";
import { passkeyCreationOptions } from "#lib/authenticators/passkey/begin-passkey.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type CreationTwist, type SoftwareAuthenticator, softwareAuthenticator } from "./software-authenticator.ts";

/** The options of a new passkey for whoever is signed in. */
export async function optionsToAdd(ctx: Context) {
  const options = await passkeyCreationOptions(ctx);
  if (!options.ok) throw new Error(`The portal gave no options: ${options.error}`);
  return options.value;
}

/** Somebody signed in adds a passkey of this authenticator. Its id and name. */
export async function enrolPasskey(ctx: Context, phone: SoftwareAuthenticator, twist: CreationTwist = {}) {
  const added = await addPasskey(ctx, phone.create(await optionsToAdd(ctx), twist));
  if (!added.ok) throw new Error(`The passkey was refused: ${added.error}`);
  return added.value;
}

/** An authenticator on whoever's machine, in a browser on the portal's origin. */
export const phoneOf = (
  ctx: Pick<Context, "origin">,
  kind: { synced?: boolean; counts?: boolean; aaguid?: string } = {},
) => softwareAuthenticator({ origin: ctx.origin, ...kind });
