import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import type { Person } from "#lib/authenticators/personal.ts";
import type { Context } from "#lib/kernel/context.ts";
import { personOf } from "./person-of.ts";

/**
 * What the owner's secrets must not be made of, as far as their own browser may know it: of the identity number what
 * its mask shows. Null where nobody is signed in.
 */
export async function ownPerson(ctx: Context): Promise<Person | null> {
  if (ctx.actor.kind !== "account") return null;
  const [owner] = await ctx.db.select().from(account).where(eq(account.id, ctx.actor.accountId));
  if (!owner) return null;
  const { identity, ...person } = personOf(ctx, owner);
  return { ...person, identity: { number: identity.number.slice(0, identity.type === "mykad" ? 6 : 2) } };
}
