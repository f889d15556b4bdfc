import { randomBytes } from "node:crypto";
import { connect, type Db } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { account } from "#db/schema/account.ts";
import { type Entity, readEntity } from "#lib/mail/bounces/read-entity.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { startPortal } from "../harness/portal.ts";
import { alternate, inAnotherProcess } from "./alternate.ts";
import { type MailSink, startMailSink } from "./mail-sink.ts";
import { compare, say } from "./report.ts";

const LETTERS = 1_000;
const ROUNDS = 5;

/**
 * Letters per second from the transaction that owes them to a mail server on this machine: put together, rendered, handed
 * over and marked, against nodemailer alone with a letter that is ready.
 */
export async function measureMail(): Promise<void> {
  const sink = await startMailSink();
  // A demonstration keeps letters to the examples' mailboxes to itself; these go to no domain there is.
  const portal = await startPortal({ env: { SMTP_URL: sink.url } });
  const db = connect((await joinEmbedded(portal.dataDir)).appUrl, { max: 2 });
  try {
    await oweAndWait(db, sink, 50);
    const letter = partsOf(readEntity(sink.last()));
    say(`mail: ${ROUNDS} rounds of ${LETTERS} letters each`);
    const { ours, reference } = await alternate(
      ROUNDS,
      async () => LETTERS / (await oweAndWait(db, sink, LETTERS)),
      async () =>
        LETTERS / (await inAnotherProcess<{ seconds: number }>("mail-load.ts", [sink.url, LETTERS], letter)).seconds,
    );
    compare("mail", undefined, ours, reference, "letters/s");
  } finally {
    await db.$client.end();
    await portal.stop();
    await sink.stop();
  }
}

/** Seconds from the commit until the last of them was taken. */
async function oweAndWait(db: Db, sink: MailSink, howMany: number): Promise<number> {
  const [owner] = await db.select({ id: account.id }).from(account).limit(1);
  if (!owner) throw new Error("The demonstration has nobody");
  const ctx = { now: () => new Date(), random: randomBytes };
  const about = { change: "two_factors_on", from: "Chrome pada Windows", at: ctx.now().toISOString() } as const;
  const all = sink.taken(howMany);
  let from = 0;
  await db.transaction(async (tx) => {
    for (let n = 0; n < howMany; n++)
      await enqueue(tx, ctx, {
        kind: "security_change",
        accountId: owner.id,
        to: `penerima.${n}@contoh.test`,
        about,
      });
    from = performance.now();
  });
  await all;
  return (performance.now() - from) / 1_000;
}

/** What was rendered, for whoever hands it over without rendering. */
function partsOf(letter: Entity): { text: string; html: string } {
  const words = (type: string): string => {
    const found = letter.parts.find((part) => part.type === type)?.text;
    if (!found) throw new Error(`The letter has no ${type}`);
    return Buffer.from(found, "latin1").toString("utf8");
  };
  return { text: words("text/plain"), html: words("text/html") };
}
