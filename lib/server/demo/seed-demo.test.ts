import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { verifyAnswers } from "#lib/authenticators/security-questions/verify-answers.ts";
import { verifyTotp } from "#lib/authenticators/totp/verify-totp.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import { exampleAgency } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { totpCode } from "#lib/testing/totp.ts";
import { type DemoCredential, demoCredentialsFile } from "../start/announce.ts";
import { seedDemo } from "./seed-demo.ts";

/** The people of a new demonstration, as its file tells of them. */
async function seeded() {
  const world = await newWorld();
  await world.db.delete(office);
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-seed-"));
  try {
    await seedDemo(world.ctx, { dataDir, emailDomains: ["contoh.example.gov.my"], agency: exampleAgency });
    const file = demoCredentialsFile(dataDir);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    return { world, people: JSON.parse(fs.readFileSync(file, "utf8")) as DemoCredential[] };
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function accountOf(world: World, { identityNumber }: DemoCredential) {
  const index = blindIndex(world.ctx.keys, { type: "mykad", number: identityNumber });
  const [owner] = await world.db.select().from(account).where(eq(account.identityIndex, index));
  if (!owner) throw new Error("The demo person has no account");
  return owner;
}

test("somebody of the demonstration has an authenticator app, whose secret is in the file that tells how to sign in", async () => {
  const { world, people } = await seeded();
  const [person] = people.filter(({ totpSecret }) => totpSecret);
  if (!person?.totpSecret) throw new Error("Nobody has an app");
  expect(person.password).toMatch(/^Demo-/);
  const owner = await accountOf(world, person);
  expect(owner).toMatchObject({ status: "activated", asksTwoFactors: true });
  const of = { accountId: owner.id, ceremonyId: randomUUID() };
  expect((await verifyTotp(world.ctx, of, totpCode(person.totpSecret, world.now()))).ok).toBe(true);
});

test("who locked their account has answers to unlock it by, in the same file", async () => {
  const { world, people } = await seeded();
  const [person] = people.filter(({ role }) => role === "locked by owner");
  if (!person?.securityAnswers) throw new Error("Nobody has locked an account");
  const owner = await accountOf(world, person);
  expect(owner.status).toBe("locked");
  expect((await verifyAnswers(world.ctx, owner.id, person.securityAnswers)).ok).toBe(true);
});

test("letters of two who wait for their activation came back, as they really do", async () => {
  const { world } = await seeded();
  const rows = await world.db.select().from(undeliverableMailbox);
  expect(rows.map(({ why, isFinal }) => [why, isFinal]).sort()).toEqual([
    ["mailbox_full", false],
    ["no_such_mailbox", true],
  ]);
  expect(await world.mails()).toMatchObject([{ state: "bounced" }, { state: "bounced" }]);
});
