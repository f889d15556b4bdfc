import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { count, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { campaign, campaignPerson } from "#db/schema/campaign.ts";
import { hardwareToken } from "#db/schema/hardware-token.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { office } from "#db/schema/office.ts";
import { onsiteSession } from "#db/schema/onsite.ts";
import { verifyAnswers } from "#lib/authenticators/security-questions/verify-answers.ts";
import { verifyTotp } from "#lib/authenticators/totp/verify-totp.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import { exampleAgency } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { totpCode } from "#lib/testing/totp.ts";
import { type DemoCredential, demoCredentialsFile } from "../start/announce.ts";
import { registerExamples } from "./example-systems/register-examples.ts";
import { seedCampaign } from "./seed-campaign.ts";
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

test("a campaign is in the middle of its first phase, with people at different points, tokens and a session", async () => {
  const { world } = await seeded();
  await registerExamples(world.ctx, "http://127.0.0.1:3001");
  for (const _ of ["a start", "a later start"]) await seedCampaign(world.asSystem());
  expect(await world.db.select().from(campaign)).toMatchObject([{ state: "running" }]);
  const people = await world.db
    .select({ state: campaignPerson.state, people: count() })
    .from(campaignPerson)
    .groupBy(campaignPerson.state);
  expect(people.map(({ state }) => state).sort()).toEqual(["done", "not_begun", "under_way"]);
  const held = await world.db.select().from(campaignPerson);
  expect(new Set(held.map(({ heldUpBy }) => heldUpBy))).toEqual(
    new Set([null, "letter_bounced", "not_activated", "second_factor"]),
  );
  const tokens = await world.db.select().from(hardwareToken);
  expect(new Set(tokens.map(({ state }) => state))).toEqual(new Set(["issued", "lost", "retired"]));
  expect(await world.db.select().from(onsiteSession)).toMatchObject([{ state: "open", capacity: 20 }]);
  expect((await world.db.select().from(moveRequest)).map(({ state }) => state)).toEqual(["open", "open"]);
});
