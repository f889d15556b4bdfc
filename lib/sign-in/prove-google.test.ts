import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { linkGoogle } from "#lib/authenticators/google/link-google.ts";
import { unlinkGoogle } from "#lib/authenticators/google/unlink-google.ts";
import { findSession } from "#lib/session/session.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { established } from "#lib/testing/established.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { proveGoogle } from "./prove-google.ts";
import { provePassword } from "./prove-password.ts";

const GOOGLE = { subject: "107691503500061507151", email: "pegawai@contoh.example" };

/** Somebody who has linked their Google account. */
async function linked() {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  const settings = await world.as(owner);
  const link = await linkGoogle(settings, GOOGLE);
  if (!link.ok) throw new Error(link.error);
  return { world, owner, settings, linkId: link.value.linkId, ctx: world.asBrowser({ deviceToken: "a browser" }) };
}

test("a linked Google account opens a session at AAL1, which names the link as what opened it", async () => {
  const { world, owner, linkId, ctx } = await linked();
  const proved = await proveGoogle(ctx, GOOGLE, "/settings", null);
  if (!proved.ok) throw new Error(proved.error);
  const { sessionToken, returnTo } = established(proved.value.answer);
  expect(returnTo).toBe("/settings");
  expect(await findSession(ctx, sessionToken)).toMatchObject({
    accountId: owner.id,
    proofs: [{ factor: "google", at: world.now().toISOString(), credential: linkId }],
  });
  const [signedIn] = await world.events("sign_in.succeeded");
  expect(signedIn).toMatchObject({ accountId: owner.id, data: { level: "urn:kunci:aal1" } });
});

test("where the account asks for two factors Google is one at most: no session, and the password alone does not help", async () => {
  const { world, owner, ctx } = await linked();
  await world.db.update(account).set({ asksTwoFactors: true }).where(eq(account.id, owner.id));
  await world.db.insert(totpCredential).values({
    accountId: owner.id,
    id: "0198c0de-0000-7000-8000-000000000001",
    secretSealed: "sealed",
    lastStep: 0,
    setAt: world.now(),
  });
  const before = (await world.db.select().from(session)).length;
  const proved = await proveGoogle(ctx, GOOGLE, null, null);
  if (!proved.ok) throw new Error(proved.error);
  expect(proved.value.answer.value).toEqual({ step: "prove" });
  const after = await provePassword(ctx, proved.value.ceremonyToken, GOOD_PASSWORD, null);
  expect(after).toEqual({ ok: true, value: { step: "prove" } });
  expect(await world.db.select().from(session)).toHaveLength(before);
});

test("what nobody has linked opens nothing, and no ceremony is begun", async () => {
  const { world, ctx } = await linked();
  expect(await proveGoogle(ctx, { ...GOOGLE, subject: "another" }, null, null)).toEqual({
    ok: false,
    error: "not_linked",
  });
  expect(await world.events("sign_in.succeeded")).toEqual([]);
});

test("of an unlinking and thirty sign-ins at once no session outlives it", async () => {
  const { world, owner, settings, ctx } = await linked();
  const signIns = Array.from({ length: 30 }, () => proveGoogle(ctx, GOOGLE, null, null));
  const [gone] = await Promise.all([unlinkGoogle(settings), ...signIns]);
  expect(gone.ok).toBe(true);
  const open = (await world.db.select().from(session).where(eq(session.accountId, owner.id))).filter(
    ({ endedAt, proofs }) => endedAt === null && JSON.stringify(proofs).includes("google"),
  );
  expect(open).toEqual([]);
});
