import { randomUUID } from "node:crypto";
import { eq, getTableName, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import * as schema from "#db/schema/index.ts";
import { device, session } from "#db/schema/session.ts";
import { staffDifference } from "#db/schema/staff-register.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { changeMobile } from "#lib/account/profile/change-mobile.ts";
import { requestName } from "#lib/account/profile/request-correction.ts";
import { setSecurityPhrase } from "#lib/account/settings/set-security-phrase.ts";
import { sealAll } from "#lib/audit/seal/seal-trail.ts";
import { verifyTrail } from "#lib/audit/seal/verify-trail.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import { days } from "#lib/kernel/time.ts";
import { closeAccount } from "#lib/recovery/close/close-account.ts";
import { addToken } from "#lib/testing/hardware-token.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { discardExpired } from "../jobs/discard-expired.ts";

const IP = "198.51.100.77";
const PLACE = "Peranti Contoh pada Ujian";
const PERSONAL = "contoh.peribadi@rumah.example";

/** Somebody who used much of the portal, from one address and one device. */
async function someoneAtWork(world: World) {
  const owner = await world.account({ password: "Teh-Tarik-Kurang-Manis-7" });
  await world.db.update(account).set({ personalEmail: PERSONAL }).where(eq(account.id, owner.id));
  await addTotp(world.ctx, owner.id);
  const signedIn = await world.as(owner, ["password", "totp", "passkey_verified"]);
  const here = { ...signedIn, request: { ...signedIn.request, ip: IP, device: PLACE } };
  await enrolPasskey(here, phoneOf(here));
  const deviceId = randomUUID();
  const seen = { firstSeenAt: world.now(), lastSeenAt: world.now(), signedInAt: world.now() };
  await world.db.insert(device).values({ id: deviceId, accountId: owner.id, tokenDigest: "-", label: PLACE, ...seen });
  await world.db.update(session).set({ deviceId, ip: IP, device: PLACE });
  await changeMobile(here, "+60120000000" as MobileNumber);
  await setSecurityPhrase(here, "Kucing hijau di atas bumbung");
  await requestName(here, { fullName: "Contoh Lain Sama Sekali" });
  await requestMailboxChange(here, "personal", "baharu.contoh@rumah.example");
  await addToken(world.ctx, { holderId: owner.id });
  const seenAt = world.now();
  await world.db
    .insert(staffDifference)
    .values({ accountId: owner.id, field: "full_name", value: "Contoh Dalam Daftar", seenAt, state: "open" });
  await drainMail(world.asSystem());
  return { owner, here };
}

const tables = Object.values(schema as Record<string, unknown>).filter((each) => is(each, PgTable)) as PgTable[];

/** Every row there is, as text, by table. */
async function everything(world: World): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of tables) {
    const name = getTableName(table);
    const { rows } = await world.owner.query<{ row: string }>(`select to_jsonb(t)::text as row from "${name}" t`);
    found.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return found;
}

test("three years after somebody left, no table says who they were, and the trail verifies", async () => {
  const world = await newWorld();
  // The database's own clock has the last word on what of the trail may go.
  world.moveClock(days(-1_300));
  const { owner, here } = await someoneAtWork(world);
  const words = [
    owner.fullName,
    owner.officialEmail,
    PERSONAL,
    "baharu.contoh",
    "Contoh Lain",
    "Contoh Dalam",
    IP,
    PLACE,
  ];
  const before = JSON.stringify([...(await everything(world))]);
  for (const word of [owner.fullName, owner.officialEmail, PERSONAL, "Contoh Dalam", IP, PLACE])
    expect(before).toContain(word);

  await world.db.transaction((tx) =>
    closeAccount(tx, here, owner.id, { type: "account.closed", actionId: randomUUID() }),
  );
  await drainMail(world.asSystem());
  world.moveClock(days(1_100));
  await sealAll(world.ctx);
  await discardExpired(world.asSystem());

  const left = await everything(world);
  for (const [table, rows] of left)
    for (const word of words) expect([table, rows.filter((row) => row.includes(word))]).toEqual([table, []]);
  for (const table of tables) {
    const sealed = getTableConfig(table).columns.filter(({ name }) => name.endsWith("_sealed"));
    const theirs = (left.get(getTableName(table)) ?? [])
      .map((row) => JSON.parse(row))
      .filter((row) => JSON.stringify(row).includes(owner.id));
    const held = sealed.filter(({ name }) => theirs.some((row) => row[name] !== null)).map(({ name }) => name);
    // Of nobody's number.
    expect([getTableName(table), held]).toEqual([getTableName(table), table === account ? ["identity_sealed"] : []]);
  }
  expect((await world.events("account.closed"))[0]?.accountId, "ids stay").toBe(owner.id);
  expect((await verifyTrail(world.ctx)).broken).toBeNull();
});
