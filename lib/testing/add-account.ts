import { randomUUID } from "node:crypto";
import { type AccountStatus, account } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { sealIdentity } from "#lib/account/seal-identity.ts";
import { hashSecret } from "#lib/authenticators/hashing.ts";
import { indexColumns } from "#lib/kernel/blind-index.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import type { fixturePerson } from "./identities.ts";

export type AccountWanted = {
  /** `activated` where nothing else is asked for. */
  status?: AccountStatus;
  identity?: IdentityNumber;
  fullName?: string;
  officialEmail?: string;
  personalEmail?: string;
  /** `true` for a good one of the fixtures' choosing. Hashing takes some 10 ms, so only where it is needed. */
  password?: string | true;
  language?: Language;
  officeId?: string;
  opensAt?: Date;
  staffConfirmed?: boolean;
  /** They registered themselves. */
  selfRegistered?: boolean;
  createdAt?: Date;
};

export type WorldAccount = {
  id: string;
  identity: IdentityNumber;
  fullName: string;
  officialEmail: string;
  /** Only where one was asked for. */
  password: string | undefined;
};

export const GOOD_PASSWORD = "Teh-Tarik-Kurang-Manis-7";

const verified = new Set<AccountStatus>(["email_verified", "activated", "locked", "suspended", "closed"]);
const wasActivated = new Set<AccountStatus>(["activated", "locked", "suspended", "closed"]);

/** Puts an account in place in any state of its life, with what belongs to that state. */
export async function addAccount(
  ctx: Pick<Context, "db" | "now" | "random" | "keys">,
  person: ReturnType<typeof fixturePerson> & { officeId: string },
  wanted: AccountWanted = {},
): Promise<WorldAccount> {
  const now = ctx.now();
  const id = randomUUID();
  const status = wanted.status ?? "activated";
  const identity = wanted.identity ?? person.identity;
  const fullName = wanted.fullName ?? person.fullName;
  const officialEmail = wanted.officialEmail ?? person.officialEmail;
  const password = wanted.password === true ? GOOD_PASSWORD : wanted.password;
  await ctx.db.insert(account).values({
    id,
    status,
    suspendedFrom: status === "suspended" ? "activated" : null,
    identityType: identity.type,
    identitySealed: sealIdentity(ctx, id, identity),
    ...indexColumns(ctx.keys, identity),
    fullName,
    officialEmail,
    officialEmailVerifiedAt: verified.has(status) ? now : null,
    personalEmail: wanted.personalEmail ?? null,
    officeId: wanted.officeId ?? person.officeId,
    language: wanted.language ?? null,
    opensAt: wanted.opensAt ?? null,
    staffConfirmedAt: (wanted.staffConfirmed ?? status === "pre_registered") ? now : null,
    createdAt: wanted.createdAt ?? now,
    selfRegisteredAt: wanted.selfRegistered ? (wanted.createdAt ?? now) : null,
    activatedAt: wasActivated.has(status) ? now : null,
    closedAt: status === "closed" ? now : null,
  });
  if (password !== undefined) {
    await ctx.db.insert(passwordCredential).values({ accountId: id, hash: await hashOf(password), setAt: now });
  }
  return { id, identity, fullName, officialEmail, password };
}

const hashes = new Map<string, Promise<string>>();

/** One hash for each password: what the test is about is seldom the salt. */
function hashOf(password: string): Promise<string> {
  const known = hashes.get(password);
  if (known) return known;
  const made = hashSecret(password).then((hashed) => {
    if (!hashed.ok) throw new Error(`The fixture's password was refused: ${hashed.error}`);
    return hashed.value;
  });
  hashes.set(password, made);
  return made;
}
