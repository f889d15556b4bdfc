import { randomBytes, randomUUID } from "node:crypto";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, hours } from "#lib/kernel/time.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { keysOf } from "./people.ts";

/**
 * What a client signs in with besides its password: the secret of its app, or a passkey with its key as PKCS #8 in PEM.
 */
export type HeldByClient = {
  totpSecret?: string;
  passkey?: { id: string; userHandle: string; privateKey: string };
};

/** Gives these accounts of the running portal an authenticator app or a passkey each, in their order. */
export async function enrolPeople(
  portal: { dataDir: string; origin: string },
  accountIds: readonly string[],
  what: "totp" | "passkey",
): Promise<HeldByClient[]> {
  const db = connect((await joinEmbedded(portal.dataDir)).ownerUrl, { max: 4 });
  const base = {
    db,
    keys: keysOf(portal.dataDir),
    now: () => new Date(),
    random: randomBytes,
    origin: portal.origin,
    policy: {
      emailDomains: [],
      passwordPolicy: "jpa",
      twoFactors: "owner",
      registration: "open",
      passkeyRpId: new URL(portal.origin).hostname,
    },
    request: { id: "harness", ip: "192.0.2.1", device: "Chrome pada Windows", deviceToken: null, language: "ms" },
  } as const satisfies Omit<Context, "actor">;
  try {
    const held: HeldByClient[] = [];
    for (const accountId of accountIds)
      held.push(
        what === "totp"
          ? { totpSecret: (await addTotp(base, accountId)).secret }
          : { passkey: await addPasskey(base, accountId) },
      );
    return held;
  } finally {
    await db.$client.end();
  }
}

async function addPasskey(
  base: Omit<Context, "actor">,
  accountId: string,
): Promise<NonNullable<HeldByClient["passkey"]>> {
  const [now, sessionId] = [base.now(), randomUUID()];
  await base.db.insert(session).values({
    id: sessionId,
    accountId,
    tokenDigest: sessionId,
    proofs: [{ factor: "password", at: now.toISOString() }],
    device: base.request.device,
    ip: base.request.ip,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: after(now, hours(12)),
  });
  const phone = phoneOf(base);
  await enrolPasskey({ ...base, actor: { kind: "account", accountId, sessionId } }, phone);
  const [made] = phone.held;
  if (!made) throw new Error("The authenticator made no passkey");
  const privateKey = made.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { id: made.id, userHandle: made.userHandle, privateKey };
}
