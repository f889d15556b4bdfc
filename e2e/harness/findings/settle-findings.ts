import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { connect, type Db } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { account as accounts } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import type { FindingCode } from "#lib/helpdesk/diagnosis/findings.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, days, after as later } from "#lib/kernel/time.ts";
import { addAccount } from "#lib/testing/add-account.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { keysOf } from "../people.ts";

import { scenes } from "./scenes.ts";
import type { Stage } from "./stage.ts";
/** Somebody for each finding in the running portal of `dataDir`; `first`: the number of the first of them. Their ids. */
export async function settleFindings(
  dataDir: string,
  first: number,
  codes: readonly FindingCode[] = Object.keys(scenes) as FindingCode[],
): Promise<Map<FindingCode, string>> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 2 });
  try {
    const office = await db.query.office.findFirst();
    if (!office) throw new Error("The portal has no office");
    const now = new Date();
    const ctx = contextOf(db, dataDir, now);
    const settled = new Map<FindingCode, string>();
    for (const [nth, code] of codes.entries()) {
      const { who: { domain, ...who } = {}, play } = scenes[code];
      const person = fixturePerson(first + nth);
      const officialEmail = domain ? person.officialEmail.replace(/@.*/, `@${domain}`) : person.officialEmail;
      const createdAt = before(now, days(who.status === "registered" ? 0.1 : 150));
      const owner = await addAccount(
        { ...ctx, now: () => createdAt },
        { ...person, officialEmail, officeId: office.id },
        who,
      );
      if (who.status === "registered")
        await db.update(accounts).set({ selfRegisteredAt: createdAt }).where(eq(accounts.id, owner.id));
      const told: Stage["told"] = (event, at) => db.transaction((tx) => record(tx, { ...ctx, now: () => at }, event));
      if (who.status === "registered")
        await told({ type: "account.registered", accountId: owner.id, officeId: office.id, captcha: true }, createdAt);
      await play({ ctx, db, owner, told, ago: (span) => before(now, span), in: (span) => later(now, span) });
      settled.set(code, owner.id);
    }
    return settled;
  } finally {
    await db.$client.end();
  }
}

const contextOf = (db: Db, dataDir: string, now: Date): Context => ({
  db,
  now: () => now,
  random: randomBytes,
  origin: "http://localhost",
  keys: keysOf(dataDir),
  policy: {
    registration: "open",
    emailDomains: [],
    passwordPolicy: "jpa",
    twoFactors: "owner",
    passkeyRpId: "localhost",
  },
  actor: { kind: "nobody" },
  request: { id: randomUUID(), ip: "192.0.2.1", device: "Edge pada Windows", deviceToken: null, language: "ms" },
});
