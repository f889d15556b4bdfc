import type { account } from "#db/schema/account.ts";
import type { Person } from "#lib/authenticators/personal.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { unsealIdentity } from "./seal-identity.ts";

type Owner = Pick<typeof account.$inferSelect, "id" | "identitySealed" | "fullName" | "officialEmail">;

/** What the secrets of an account's owner must not be made of, from its row. */
export const personOf = (ctx: Pick<Context, "keys">, owner: Owner): Person & { identity: IdentityNumber } => ({
  fullName: owner.fullName,
  officialEmail: owner.officialEmail,
  identity: unsealIdentity(ctx, owner),
});
