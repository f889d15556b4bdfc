import { randomBytes } from "node:crypto";
import { connect } from "#db/client.ts";
import { record } from "#lib/audit/record.ts";
import { sealTrail } from "#lib/audit/seal/seal-trail.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { addAccount } from "#lib/testing/add-account.ts";
import { fixturePerson } from "#lib/testing/identities.ts";

const WRITERS = 4;
/** Far above the numbers that others use. */
const FIRST_PERSON = 60_000;

export type Writing = {
  /** Accounts whose transaction was acknowledged, with the moment it was. */
  committed: { id: string; at: number }[];
  stop: () => Promise<void>;
};

/**
 * People who come and come: each an account with its event and its letter, in one transaction, by writers that wait for nothing; and
 * the trail is sealed meanwhile. What is in a copy of them shows whether it is of one moment.
 */
export async function keepWriting(database: { ownerUrl: string; keys: Keyring }): Promise<Writing> {
  const db = connect(database.ownerUrl, { max: WRITERS + 2 });
  const office = await db.query.office.findFirst();
  if (!office) throw new Error("The portal has no office");
  const ctx = { db, keys: database.keys, now: () => new Date(), random: randomBytes, ...asSystem } as Context;
  const committed: Writing["committed"] = [];
  let going = true;
  let next = FIRST_PERSON;
  const write = async (): Promise<void> => {
    while (going) {
      const person = { ...fixturePerson(next++), officeId: office.id };
      const id = await db.transaction(async (tx) => {
        const account = await addAccount({ ...ctx, db: tx as never }, person, { status: "registered" });
        await record(tx, ctx, {
          type: "account.registered",
          accountId: account.id,
          officeId: office.id,
          captcha: false,
        });
        const about = { from: "Chrome pada Windows", at: ctx.now().toISOString() };
        await enqueue(tx, ctx, { kind: "account_activated", accountId: account.id, to: person.officialEmail, about });
        return account.id;
      });
      committed.push({ id, at: Date.now() });
    }
  };
  const seal = async (): Promise<void> => {
    while (going) {
      await sealTrail(ctx);
      await new Promise((done) => setTimeout(done, 1_000));
    }
  };
  const working = Promise.all([...Array.from({ length: WRITERS }, write), seal()]);
  return {
    committed,
    stop: async () => {
      going = false;
      await working.finally(() => db.$client.end());
    },
  };
}

const asSystem = {
  actor: { kind: "system" },
  request: { id: "drill", ip: "127.0.0.1", device: "Kunci", deviceToken: null, language: "ms" },
} as const;
