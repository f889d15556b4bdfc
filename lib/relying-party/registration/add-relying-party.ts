import { relyingParty, relyingPartyRole } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { AdministerRefusal } from "#lib/office/roles/administer.ts";
import { holdNames, isNameTaken } from "./hold-relying-party.ts";
import { mayRegister } from "./may-register.ts";
import type { Parsed } from "./parse/parse-registration.ts";
import { usesSecret } from "./registration.ts";
import { makeSecret } from "./secrets/make-secret.ts";

/** system_name_taken: another one is called so. */
export type AddRefusal = AdministerRefusal | "system_name_taken";

/** `clientSecret`: shown now and never again; null where it proves itself by its own keys. */
export type Added = { relyingPartyId: string; clientId: string; clientSecret: string | null };

/** Registers a relying party with the roles it declares. People can sign in there as soon as every instance has looked again. */
export async function addRelyingParty(
  ctx: Context,
  { registration, roles }: Parsed,
): Promise<Result<Added, AddRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<Added, AddRefusal>> => {
    const may = await mayRegister(tx, ctx);
    if (!may.ok) return may;
    await holdNames(tx);
    if (await isNameTaken(tx, registration.name, null)) return refuse("system_name_taken");
    const relyingPartyId = uuidv7(ctx.now(), ctx.random);
    const clientId = clientIdOf(ctx, registration.name);
    await tx.insert(relyingParty).values({ ...registration, id: relyingPartyId, clientId, createdAt: ctx.now() });
    const declared = roles.map((role) => ({ id: uuidv7(ctx.now(), ctx.random), relyingPartyId, ...role }));
    if (declared.length > 0) await tx.insert(relyingPartyRole).values(declared);
    await record(tx, ctx, { type: "relying_party.added", accountId: null, relyingPartyId, system: registration.name });
    const made = usesSecret(registration)
      ? await makeSecret(tx, ctx, { id: relyingPartyId, name: registration.name })
      : null;
    return ok({ relyingPartyId, clientId, clientSecret: made?.clientSecret ?? null });
  });
}

/** Says in logs and configurations whose it is: `cuti-dan-kehadiran-3f9a1c07`. It stays when the name becomes another. */
function clientIdOf(ctx: Context, name: string): string {
  const readable = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .toLowerCase();
  return [...(readable ? [readable] : ["sistem"]), ctx.random(4).toString("hex")].join("-");
}
