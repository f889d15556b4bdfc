import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { undoLink } from "#db/schema/recovery.ts";
import { device, session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { forgetOwnBrowser } from "#lib/session/forget-browser.ts";
import { listBrowsers } from "#lib/session/list-browsers.ts";
import { findSession } from "#lib/session/session.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { begunSignIn, givePassword, signInWithPassword as signIn } from "#lib/testing/sign-in.ts";
import { resetPassword } from "../forgotten-password/reset-password.ts";
import { viewReset } from "../forgotten-password/view-reset.ts";
import { disownSignIn, viewDisownedSignIn } from "./disown-sign-in.ts";

const OLD = "Teh-Tarik-Kurang-Manis-7";
const NEW = "Nasi-Lemak-Ikan-Bilis-4";

const from = (world: World, n: number) => world.asBrowser({ ip: `198.51.100.${n % 250}`, deviceToken: `browser ${n}` });

/** The secret of the link in the newest letter to an account. */
async function mailedToken(world: World): Promise<string> {
  const mail = (await drainMail(world.asSystem())).at(-1);
  const token = /\/undo\/([\w-]+)/.exec(mail?.text ?? "")?.[1];
  if (!token) throw new Error(`No link in: ${mail?.text}`);
  return token;
}

/** Somebody whose account a stranger has just opened, and the link by which they say so. */
async function strangersSignIn() {
  const world = await newWorld();
  const owner = await world.account({ password: OLD });
  expect((await signIn(from(world, 1), owner, OLD)).ok).toBe(true);
  const here = await world.as(owner);
  const answer = await signIn(
    world.asBrowser({ deviceToken: "a stranger's", device: "Firefox pada Linux" }),
    owner,
    OLD,
  );
  if (!answer.ok || answer.value.step !== "established") throw new Error("the stranger did not get in");
  return { world, owner, here, stranger: answer.value.sessionToken, token: await mailedToken(world) };
}

const toldOf = async (world: World) => (await world.mails()).filter(({ kind }) => kind === "security_change");

const isOpen = async (ctx: Context, token: string) => (await findSession(ctx, token)) !== null;
/** What the owner types, and what somebody else would. */
const proofOf = ({ identity }: WorldAccount) => ({ identity, answers: [] });
const WRONG = { identity: fixtureIdentity(9_999), answers: [] };

async function disowned() {
  const set = await strangersSignIn();
  const answer = await disownSignIn(set.world.ctx, set.token);
  if (!answer.ok) throw new Error(answer.error);
  return { ...set, resetToken: answer.value.resetToken };
}

describe("the link of the letter on a new browser", () => {
  test("shows when and from where, and opening it changes nothing", async () => {
    const { world, here, stranger, token } = await strangersSignIn();
    const before = JSON.stringify([await world.events(), await world.db.select().from(session)]);
    for (let n = 0; n < 3; n++)
      expect(await viewDisownedSignIn(world.ctx, token)).toEqual({
        ok: true,
        value: { at: world.now(), device: "Firefox pada Linux", again: false },
      });
    expect(JSON.stringify([await world.events(), await world.db.select().from(session)])).toBe(before);
    expect(await isOpen(here, stranger)).toBe(true);
  });

  test("is known to the database by its digest alone", async () => {
    const { world, token } = await strangersSignIn();
    expect(JSON.stringify([await world.db.select().from(undoLink), await world.mails()])).not.toContain(token);
    expect(await viewDisownedSignIn(world.ctx, "never mailed")).toEqual({ ok: false, error: "unknown" });
    expect(await disownSignIn(world.ctx, "never mailed")).toEqual({ ok: false, error: "unknown" });
  });

  test("works for ten days from when its letter left, and then says so", async () => {
    const world = await newWorld();
    const owner = await world.account({ password: OLD });
    await signIn(from(world, 1), owner, OLD);
    await signIn(from(world, 2), owner, OLD);
    world.moveClock(days(2));
    const token = await mailedToken(world);
    world.moveClock(days(9.9));
    expect((await viewDisownedSignIn(world.ctx, token)).ok).toBe(true);
    world.moveClock(days(0.1));
    expect(await viewDisownedSignIn(world.ctx, token)).toEqual({ ok: false, error: "expired" });
    expect(await disownSignIn(world.ctx, token)).toEqual({ ok: false, error: "expired" });
    expect(await world.events("device.disowned")).toEqual([]);
  });

  test("opens nothing of an account that is closed", async () => {
    const { world, owner, token } = await strangersSignIn();
    await world.db.update(account).set({ status: "closed" }).where(eq(account.id, owner.id));
    expect(await disownSignIn(world.ctx, token)).toEqual({ ok: false, error: "unknown" });
  });
});

describe("saying that it was not me", () => {
  test("signs out everywhere, and nobody comes in with the old password", async () => {
    const { world, owner, here, stranger } = await disowned();
    expect(await isOpen(here, stranger)).toBe(false);
    expect(await isOpen(here, (here as SignedIn).sessionToken)).toBe(false);
    expect(await signIn(from(world, 1), owner, OLD)).toEqual({ ok: false, error: "mismatch" });
    expect((await world.events("sign_in.refused")).at(-1)).toMatchObject({ data: { reason: "disabled" } });
  });

  test("ends a sign-in that has given the password and waits for more", async () => {
    const { world, owner, token } = await strangersSignIn();
    await world.db.update(account).set({ asksTwoFactors: true }).where(eq(account.id, owner.id));
    const { totpCredential } = await import("#db/schema/second-factors.ts");
    const totp = { id: randomUUID(), secretSealed: "sealed", lastStep: 0, setAt: world.now() };
    await world.db.insert(totpCredential).values({ accountId: owner.id, ...totp });
    const waiting = await begunSignIn(from(world, 7), owner);
    expect(await givePassword(from(world, 7), waiting, OLD)).toMatchObject({ value: { step: "prove" } });
    await disownSignIn(world.ctx, token);
    expect(await givePassword(from(world, 7), waiting, OLD)).toEqual({ ok: false, error: "start_again" });
    expect(await world.db.select().from(totpCredential), "the second factor stays").toHaveLength(1);
  });

  test("forgets the stranger's browser and no other", async () => {
    const { world, owner } = await disowned();
    const known = await listBrowsers({
      ...from(world, 1),
      actor: { kind: "account", accountId: owner.id, sessionId: "" },
    });
    expect(known).toMatchObject([{ here: true }]);
    expect(
      await world.db
        .select()
        .from(device)
        .where(eq(device.tokenDigest, digest("a stranger's"))),
    ).toEqual([]);
  });

  test("is in the trail and told to the owner", async () => {
    const { world, owner } = await disowned();
    const types = (await world.events()).map(({ type }) => type);
    for (const type of ["device.disowned", "password.disabled", "device.forgotten", "session.ended"])
      expect(types).toContain(type);
    expect((await toldOf(world)).map(({ accountId, about }) => ({ accountId, about }))).toMatchObject([
      { accountId: owner.id, about: { change: "signed_out_everywhere" } },
    ]);
  });

  test("fifty times at once does it once, and the newest press leads to the new password", async () => {
    const { world, token } = await strangersSignIn();
    const answers = await Promise.all(Array.from({ length: 50 }, () => disownSignIn(world.ctx, token)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    for (const type of ["device.disowned", "password.disabled", "device.forgotten"] as const)
      expect(await world.events(type)).toHaveLength(1);
    expect(await world.events("session.ended")).toHaveLength(3);
    expect(await toldOf(world)).toHaveLength(1);
    const views = await Promise.all(
      answers.map((answer) => viewReset(world.ctx, answer.ok ? answer.value.resetToken : "")),
    );
    expect(views.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test("leads to the new password again when half an hour ran out, until there is one", async () => {
    const { world, owner, token, resetToken } = await disowned();
    world.moveClock(minutes(30));
    expect(await viewReset(world.ctx, resetToken)).toEqual({ ok: false, error: "expired" });
    expect(await viewDisownedSignIn(world.ctx, token)).toMatchObject({ value: { again: true } });
    const again = await disownSignIn(world.ctx, token);
    if (!again.ok) throw new Error(again.error);
    expect((await resetPassword(world.ctx, again.value.resetToken, proofOf(owner), NEW)).ok).toBe(true);
    expect(await viewDisownedSignIn(world.ctx, token)).toEqual({ ok: false, error: "used" });
    expect(await disownSignIn(world.ctx, token)).toEqual({ ok: false, error: "used" });
    expect(await world.events("device.disowned")).toHaveLength(1);
  });
});

describe("a browser that is forgotten while it signs in", () => {
  test("is known anew, or signed out: nothing fails, whichever came first", async () => {
    const world = await newWorld();
    const owner = await world.account({ password: OLD });
    const here = await world.as(owner);
    for (let round = 0; round < 8; round++) {
      await signIn(from(world, 1), owner, OLD);
      const actor = { kind: "account", accountId: owner.id, sessionId: here.actor.sessionId } as const;
      const [known] = await listBrowsers({ ...from(world, 1), actor });
      const waiting = await begunSignIn(from(world, 1), owner);
      const [answer] = await Promise.all([
        givePassword(from(world, 1), waiting, OLD),
        forgetOwnBrowser(here, known?.id ?? ""),
      ]);
      expect(answer.ok).toBe(true);
    }
  });
});

describe("choosing a new password", () => {
  test("lets in who knows it, and signs nobody in by itself", async () => {
    const { world, owner, resetToken } = await disowned();
    expect(await viewReset(world.ctx, resetToken)).toMatchObject({ value: { fullName: owner.fullName } });
    expect(await resetPassword(world.ctx, resetToken, proofOf(owner), NEW)).toEqual({ ok: true, value: null });
    expect(await world.db.select().from(session).where(sql`${session.endedAt} is null`)).toEqual([]);
    expect((await signIn(from(world, 1), owner, NEW)).ok).toBe(true);
    expect((await signIn(from(world, 2), owner, OLD)).ok).toBe(false);
    expect(await world.events("password.reset")).toMatchObject([{ accountId: owner.id }]);
    expect(JSON.stringify(await toldOf(world))).toContain("password_reset");
    expect(await viewReset(world.ctx, resetToken)).toEqual({ ok: false, error: "done" });
  });

  test("ends what was opened meanwhile by another way", async () => {
    const { world, owner, resetToken } = await disowned();
    const meanwhile = await world.as(owner, ["passkey_verified"]);
    await resetPassword(world.ctx, resetToken, proofOf(owner), NEW);
    expect(await isOpen(meanwhile, meanwhile.sessionToken)).toBe(false);
  });

  test("does not take the old one back, nor one that the policy refuses", async () => {
    const { world, owner, resetToken } = await disowned();
    for (const [plain, refusal] of [
      [OLD, "password_same"],
      ["Pendek-1", "password_length_jpa"],
      [`${owner.identity.number}-Aa!`, "password_personal"],
    ] as const)
      expect(await resetPassword(world.ctx, resetToken, proofOf(owner), plain)).toEqual({ ok: false, error: refusal });
    expect(await world.db.select().from(passwordCredential)).toMatchObject([{ disabledAt: world.now() }]);
  });

  test("ends after five wrong numbers, and the link gives no more of them that day", async () => {
    const { world, owner, token, resetToken } = await disowned();
    for (let n = 1; n <= 5; n++)
      expect(await resetPassword(world.ctx, resetToken, WRONG, NEW)).toEqual({
        ok: false,
        error: n < 5 ? "identity_mismatch" : "tries_used",
      });
    expect(await resetPassword(world.ctx, resetToken, proofOf(owner), NEW)).toEqual({
      ok: false,
      error: "tries_used",
    });
    const again = await disownSignIn(world.ctx, token);
    if (!again.ok) throw new Error(again.error);
    expect(await viewReset(world.ctx, again.value.resetToken)).toEqual({ ok: false, error: "tries_used" });
    world.moveClock(hours(24));
    const tomorrow = await disownSignIn(world.ctx, token);
    if (!tomorrow.ok) throw new Error(tomorrow.error);
    expect((await resetPassword(world.ctx, tomorrow.value.resetToken, proofOf(owner), NEW)).ok).toBe(true);
    expect(await world.events("password_reset.refused")).toHaveLength(5);
  });

  test("of two hundred wrong numbers at once five are looked at", async () => {
    const { world, resetToken } = await disowned();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => resetPassword(from(world, n), resetToken, WRONG, NEW)),
    );
    expect(answers.every(({ ok }) => !ok)).toBe(true);
    expect(await world.events("password_reset.refused")).toHaveLength(5);
  });

  test("counts wrong numbers on the address, too", async () => {
    const { world } = await disowned();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => resetPassword(from(world, 3), "no such reset", WRONG, NEW)),
    );
    expect(answers.filter((answer) => !answer.ok && answer.error === "too_many")).toHaveLength(10);
  });

  test("fifty times at once succeeds once, and that password is the one that works", async () => {
    const { world, owner, resetToken } = await disowned();
    const passwords = Array.from({ length: 50 }, (_, n) => `Pilihan-Nombor-${String(n).padStart(2, "0")}!`);
    const answers = await Promise.all(
      passwords.map((password, n) => resetPassword(from(world, n), resetToken, proofOf(owner), password)),
    );
    const winners = passwords.filter((_, n) => answers[n]?.ok);
    expect(winners).toHaveLength(1);
    expect((await signIn(from(world, 240), owner, winners[0] as string)).ok).toBe(true);
    expect(await world.events("password.reset")).toHaveLength(1);
  });

  test("is nothing that a secret nobody was given leads to", async () => {
    const { world } = await disowned();
    expect(await viewReset(world.ctx, "guessed")).toEqual({ ok: false, error: "unknown" });
    expect(await resetPassword(world.ctx, "guessed", WRONG, NEW)).toEqual({ ok: false, error: "unknown" });
  });
});
