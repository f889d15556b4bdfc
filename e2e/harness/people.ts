import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { parseKeyring } from "#lib/server/start/keys.ts";
import { addAccount, GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { addSecurityAnswers } from "#lib/testing/security-answers.ts";
import { addTotp } from "#lib/testing/totp.ts";

/** Somebody who signs in from a browser and an address of their own. */
export type Client = { address: string; identityNumber: string; officialEmail: string; password: string };

type Person = ReturnType<typeof fixturePerson>;

/** The address of the n-th virtual client. */
export const addressOf = (n: number): string => `10.${100 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;

/** The n-th made-up person as a client, with an account or without. */
export function clientOf(n: number): Client {
  const { identity, officialEmail } = fixturePerson(n);
  return { address: addressOf(n), identityNumber: identity.number, officialEmail, password: GOOD_PASSWORD };
}

/** The keys that the demonstration of `dataDir` made for itself. */
export const keysOf = (dataDir: string): Keyring =>
  parseKeyring(fs.readFileSync(path.join(dataDir, "keys.json"), "utf8"), "keys.json");

/** Gives these people accounts in the running portal of `dataDir`, sealed under its keys. Their ids. */
export const settlePeople = async (
  dataDir: string,
  people: readonly Person[],
  status: AccountStatus,
): Promise<string[]> =>
  settleIn({ ownerUrl: (await joinEmbedded(dataDir)).ownerUrl, keys: keysOf(dataDir) }, people, status);

/** The same in the portal of a database, whose keys are these. */
export async function settleIn(
  portal: { ownerUrl: string; keys: Keyring },
  people: readonly Person[],
  status: AccountStatus,
): Promise<string[]> {
  const db = connect(portal.ownerUrl, { max: 4 });
  try {
    const office = await db.query.office.findFirst();
    if (!office) throw new Error("The portal has no office");
    const ctx = { db, keys: portal.keys, now: () => new Date(), random: randomBytes };
    const wanted = { status, ...(status === "activated" && { password: true as const }) };
    const ids: string[] = [];
    for (const person of people) ids.push((await addAccount(ctx, { ...person, officeId: office.id }, wanted)).id);
    return ids;
  } finally {
    await db.$client.end();
  }
}

/** Gives an account of the running portal an authenticator app. Its secret. */
export async function settleApp(dataDir: string, accountId: string): Promise<string> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    const ctx = { db, keys: keysOf(dataDir), now: () => new Date(), random: randomBytes };
    return (await addTotp(ctx, accountId)).secret;
  } finally {
    await db.$client.end();
  }
}

/** Gives an account of the running portal three security answers: those of `rightAnswers`. */
export async function settleAnswers(dataDir: string, accountId: string): Promise<void> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    await addSecurityAnswers({ db, now: () => new Date() }, accountId);
  } finally {
    await db.$client.end();
  }
}
export { GOOD_PASSWORD };
