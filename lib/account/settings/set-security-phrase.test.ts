import { expect, test } from "vitest";
import { securityAnswer } from "#db/schema/authenticators.ts";
import { securityPhrase } from "#db/schema/second-factors.ts";
import { hashSecret } from "#lib/authenticators/hashing.ts";
import { currentPhrase } from "#lib/authenticators/security-phrase/current-phrase.ts";
import { seedQuestionBank } from "#lib/authenticators/security-questions/bank.ts";
import { seconds } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { removeSecurityPhrase, setSecurityPhrase } from "./set-security-phrase.ts";

const PHRASE = "teh tarik tepi tasik";

async function signedIn() {
  const world = await newWorld();
  const owner = await world.account({ password: "kereta api lama sekali" });
  return { world, owner, ctx: await world.as(owner) };
}

test("a phrase is kept sealed, shown to its owner, and told to them by letter", async () => {
  const { world, owner, ctx } = await signedIn();
  expect(await currentPhrase(ctx)).toBeNull();
  expect(await setSecurityPhrase(ctx, PHRASE)).toEqual({ ok: true, value: null });
  expect(await currentPhrase(ctx)).toEqual({ phrase: PHRASE, setAt: world.now() });
  const [kept] = await world.db.select().from(securityPhrase);
  expect(kept?.accountId).toBe(owner.id);
  expect(JSON.stringify([kept, await world.mails(), await world.events()])).not.toContain("tarik");
  expect(await world.events("security_phrase.set")).toMatchObject([{ accountId: owner.id, actorId: owner.id }]);
  expect(await world.mails()).toMatchObject([{ kind: "security_change", about: { change: "security_phrase_set" } }]);
});

test("another phrase replaces it, and it can be removed", async () => {
  const { world, ctx } = await signedIn();
  await setSecurityPhrase(ctx, PHRASE);
  world.moveClock(seconds(1));
  await setSecurityPhrase(ctx, "ombak biru laut dalam");
  expect(await currentPhrase(ctx)).toEqual({ phrase: "ombak biru laut dalam", setAt: world.now() });
  expect((await removeSecurityPhrase(ctx)).ok).toBe(true);
  expect(await currentPhrase(ctx)).toBeNull();
  expect((await removeSecurityPhrase(ctx)).ok).toBe(true);
  expect(await world.events("security_phrase.removed"), "what is gone is not removed again").toHaveLength(1);
});

test("both need a proof of the last ten minutes", async () => {
  const { world, ctx } = await signedIn();
  await setSecurityPhrase(ctx, PHRASE);
  world.moveClock(seconds(10 * 60 + 1));
  expect(await setSecurityPhrase(ctx, "ombak biru laut dalam")).toEqual({ ok: false, error: "step_up" });
  expect(await removeSecurityPhrase(ctx)).toEqual({ ok: false, error: "step_up" });
  expect((await currentPhrase(ctx))?.phrase).toBe(PHRASE);
});

test("nobody who is signed out sets one", async () => {
  const { world } = await signedIn();
  expect(await setSecurityPhrase(world.ctx, PHRASE)).toEqual({ ok: false, error: "signed_out" });
  expect(await removeSecurityPhrase(world.ctx)).toEqual({ ok: false, error: "signed_out" });
  expect(await currentPhrase(world.ctx)).toBeNull();
});

test("what tells who the owner is, or opens their account, is refused: it would stand on the screen", async () => {
  const { world, owner, ctx } = await signedIn();
  await seedQuestionBank(world.db);
  const answer = await hashSecret("kancil merah");
  if (!answer.ok) throw new Error(answer.error);
  const question = await world.db.query.securityQuestion.findFirst();
  await world.db
    .insert(securityAnswer)
    .values({ accountId: owner.id, questionId: question?.id ?? "", hash: answer.value, setAt: world.now() });
  expect(await setSecurityPhrase(ctx, `saya ${owner.fullName}`)).toEqual({ ok: false, error: "phrase_personal" });
  expect(await setSecurityPhrase(ctx, `nombor ${owner.identity.number}`)).toEqual({
    ok: false,
    error: "phrase_personal",
  });
  expect(await setSecurityPhrase(ctx, "kereta api lama sekali")).toEqual({ ok: false, error: "phrase_is_secret" });
  expect(await setSecurityPhrase(ctx, "Kancil Merah")).toEqual({ ok: false, error: "phrase_is_secret" });
  expect(await currentPhrase(ctx)).toBeNull();
});

test("is no place to guess the password: twenty an hour, of any number at once", async () => {
  const { ctx } = await signedIn();
  const tries = await Promise.all(
    Array.from({ length: 30 }, (_, n) => setSecurityPhrase(ctx, `ombak biru laut ke ${n}`)),
  );
  expect(tries.filter((tried) => !tried.ok && tried.error === "too_many")).toHaveLength(10);
});
