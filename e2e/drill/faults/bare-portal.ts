import { randomBytes, randomUUID } from "node:crypto";
import fs from "node:fs";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { office as offices } from "#db/schema/office.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { after, type Duration, seconds } from "#lib/kernel/time.ts";
import { prepareDatabase } from "#lib/server/start/prepare-database.ts";
import { newDataDir } from "../../harness/portal.ts";

export type BarePortal = Awaited<ReturnType<typeof openBarePortal>>;

/** The rooms of a portal without its pages, on a PostgreSQL of its own, with a clock that can be moved on. */
export async function openBarePortal() {
  const folder = newDataDir();
  const embedded = await startEmbedded(folder, { fsync: "off" });
  await prepareDatabase(embedded.ownerUrl, embedded.appUrl);
  const db = connect(embedded.appUrl);
  const owner = connect(embedded.ownerUrl, { max: 2 });
  let ahead: Duration = seconds(0);
  const now = () => after(new Date(), ahead);
  const office = { id: randomUUID(), code: "0101", name: "Ibu Pejabat" };
  await db.insert(offices).values(office);
  const keys = Object.fromEntries(
    keyPurposes.map((purpose) => [purpose, { current: "drill", keys: { drill: randomBytes(32) } }]),
  ) as unknown as Keyring;
  const ctx: Context = {
    db,
    now,
    random: randomBytes,
    origin: "https://kunci.contoh.example.gov.my",
    keys,
    policy: {
      emailDomains: ["contoh.example.gov.my"],
      passwordPolicy: "jpa",
      twoFactors: "owner",
      registration: "open",
      passkeyRpId: "kunci.contoh.example.gov.my",
    },
    actor: { kind: "system" },
    request: { id: randomUUID(), ip: "192.0.2.1", device: "Chrome pada Windows", deviceToken: null, language: "ms" },
  };
  return {
    ctx,
    office,
    appUrl: embedded.appUrl,
    /** As the owner: for what time would do by itself. */
    owner: owner.$client,
    moveClock: (span: Duration) => {
      ahead = (ahead + span) as Duration;
    },
    stop: async () => {
      await db.$client.end();
      await owner.$client.end();
      await embedded.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
