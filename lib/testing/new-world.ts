import { randomBytes, randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { letter } from "#db/schema/mail.ts";
import { office as offices } from "#db/schema/office.ts";
import type { Role } from "#db/schema/roles.ts";
import { session } from "#db/schema/session.ts";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import type { AuditType } from "#lib/audit/catalogue.ts";
import type { Context, Language, Policy } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { after, type Duration, hours } from "#lib/kernel/time.ts";
import { type AccountWanted, addAccount, type WorldAccount } from "./add-account.ts";
import { fixturePerson } from "./identities.ts";
import { addGrant } from "./officer.ts";
import { addTotp } from "./totp.ts";
import { workerDatabase } from "./worker-database.ts";

export type { AccountWanted, WorldAccount };

export type Browser = { ip?: string; device?: string; deviceToken?: string | null; language?: Language };

/** The secret of the session's cookie lies beside the context. */
export type SignedIn = Context & {
  actor: { kind: "account"; accountId: string; sessionId: string };
  sessionToken: string;
};

export type World = Awaited<ReturnType<typeof newWorld>>;

/** 3:15 in the afternoon in Kuala Lumpur. */
const BEGINNING = "2026-11-20T07:15:00.000Z";
/**
 * A portal of its own for one test: the worker's database emptied, spoken to as the role `kunci_app`, with fresh keys,
 * one office, and a clock that stands still until it is moved. One world lives at a time in a test file.
 */
export async function newWorld(options: { policy?: Partial<Policy>; origin?: string } = {}) {
  const { db, empty, owner, ownerUrl, appUrl } = await workerDatabase();
  await empty();

  let now = new Date(BEGINNING);
  let people = 0;
  const policy: Policy = {
    emailDomains: ["contoh.example.gov.my"],
    passwordPolicy: "jpa",
    twoFactors: "owner",
    registration: "open",
    passkeyRpId: "kunci.contoh.example.gov.my",
    ...options.policy,
  };
  const ctx: Context = {
    db,
    now: () => now,
    random: randomBytes,
    origin: options.origin ?? "https://kunci.contoh.example.gov.my",
    keys: freshKeys(),
    policy,
    actor: { kind: "nobody" },
    request: { id: randomUUID(), ip: "192.0.2.1", device: "Chrome pada Windows", deviceToken: null, language: "ms" },
  };

  const office = { id: randomUUID(), code: "0101", name: "Ibu Pejabat" };
  await db.insert(offices).values(office);

  /** An account in any state of its life, with what belongs to that state. */
  const account = (wanted?: AccountWanted): Promise<WorldAccount> =>
    addAccount(ctx, { ...fixturePerson(people++), officeId: office.id }, wanted);

  /**
   * The account's owner at work in a browser: a context with an open session of theirs, opened just now with these
   * factors.
   */
  async function as(whose: { id: string }, factors: readonly Factor[] = ["password"]): Promise<SignedIn> {
    const sessionId = randomUUID();
    const sessionToken = randomUUID();
    await db.insert(session).values({
      id: sessionId,
      accountId: whose.id,
      tokenDigest: digest(sessionToken),
      proofs: factors.map((factor): Proof => ({ factor, at: now.toISOString() })),
      device: ctx.request.device,
      ip: ctx.request.ip,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: after(now, hours(12)),
    });
    return { ...ctx, actor: { kind: "account", accountId: whose.id, sessionId }, sessionToken };
  }

  /**
   * Somebody who holds a role (in the world's office, where it is held for one), signed in with two factors: whose account
   * it is, and a context that acts for them.
   */
  async function officer(role: Role, wanted: { officeId?: string } & AccountWanted = {}) {
    const whose = await account({ officeId: wanted.officeId ?? office.id, ...wanted });
    const grantId = await addGrant(ctx, whose.id, { role, officeId: wanted.officeId ?? office.id });
    await addTotp(ctx, whose.id);
    return { account: whose, grantId, ctx: await as(whose, ["password", "totp"]) };
  }

  /** Another office of the agency. */
  async function anotherOffice(name = "Cawangan Utara"): Promise<{ id: string; code: string; name: string }> {
    const other = { id: randomUUID(), code: "0102", name };
    await db.insert(offices).values(other);
    return other;
  }

  return {
    ctx,
    db,
    officer,
    anotherOffice,
    /** For what only the owner of the schema may do. */
    owner,
    ownerUrl,
    appUrl,
    office,
    account,
    as,
    now: () => now,
    moveClock: (span: Duration) => {
      now = after(now, span);
    },
    /** For what goes by the machine's clock, as PostgreSQL, libraries and relying parties do. */
    takeMachinesTime: () => {
      now = new Date();
    },
    /** The same portal, reached from another browser or address. */
    asBrowser: (browser: Browser): Context => ({ ...ctx, request: { ...ctx.request, id: randomUUID(), ...browser } }),
    /** A job's context. */
    asSystem: (): Context => ({ ...ctx, actor: { kind: "system" } }),
    /** Every letter that is or was owed, in the order they were. */
    mails: () => db.select().from(letter).orderBy(asc(letter.createdAt), asc(letter.id)),
    /** The audit trail, oldest first; of one type where it is named. */
    events: (type?: AuditType) =>
      db
        .select()
        .from(auditEvent)
        .where(type ? eq(auditEvent.type, type) : undefined)
        .orderBy(asc(auditEvent.id)),
    /** The account's row as it stands. */
    reload: async (whose: { id: string }) => {
      const [row] = await db.select().from(accounts).where(eq(accounts.id, whose.id));
      if (!row) throw new Error("The account is gone");
      return row;
    },
  };
}

function freshKeys(): Keyring {
  const sets = keyPurposes.map((purpose) => [purpose, { current: "test", keys: { test: randomBytes(32) } }]);
  return Object.fromEntries(sets) as Keyring;
}
