import { describe, expect, test } from "vitest";
import { passkey, usedChallenge } from "#db/schema/second-factors.ts";
import { mutateJson, seeded } from "#lib/testing/mutate.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { enrolPasskey, optionsToAdd, phoneOf } from "#lib/testing/passkeys.ts";
import type { Algorithm } from "#lib/testing/software-authenticator.ts";
import { addPasskey } from "./add-passkey.ts";
import { readAssertion, readAttestation } from "./read-credential.ts";
import { passkeyRequestOptions } from "./request-passkey.ts";
import { verifyPasskey } from "./verify-passkey.ts";
import { verifyAssertion, verifyAttestation } from "./webauthn.ts";

const SEED = 20_261_120;
const algorithms: readonly Algorithm[] = [-7, -8, -257];
/**
 * Of each kind of answer. Some go through everything, the database included; the others through what comes before it.
 */
const CASES = { answers: 4_700, through: 330 };

/** Without what nothing rests on: changing that changes nothing. */
function bare(json: string): string {
  const { id, rawId, type, response } = JSON.parse(json);
  const { transports: _, ...signed } = response;
  return JSON.stringify({ id, rawId, type, response: signed });
}

/** The n-th mutation that says something else than the answer it was made of. */
function* mutations(random: () => number, json: string, read: (json: string) => unknown) {
  const truth = JSON.stringify(read(json));
  for (;;) {
    const mutated = mutateJson(random, json);
    if (JSON.stringify(read(mutated)) !== truth) yield mutated;
  }
}

const rows = async (world: World) => ({
  passkeys: await world.db.select().from(passkey),
  challenges: await world.db.select().from(usedChallenge),
  events: await world.events(),
  mails: await world.mails(),
});

async function worldOf(algorithm: Algorithm) {
  const world = await newWorld();
  const ctx = await world.as(await world.account({ password: true }));
  const phone = phoneOf(ctx);
  const attestation = bare(phone.create(await optionsToAdd(ctx), { algorithm, attestation: "self" }));
  return { world, ctx, phone, attestation };
}

describe.each(algorithms)("answers with a key of algorithm %i that were tampered with", (algorithm) => {
  test("make no passkey, and nothing fails", { timeout: 60_000 }, async () => {
    const { world, ctx, attestation } = await worldOf(algorithm);
    const before = await rows(world);
    const { origin } = ctx;
    const random = seeded(SEED - algorithm);
    const mutated = mutations(random, attestation, readAttestation);
    const expected = { origin, rpId: ctx.policy.passkeyRpId, challenge: "" };
    const said = JSON.parse(Buffer.from(JSON.parse(attestation).response.clientDataJSON, "base64url").toString());
    for (let n = 0; n < CASES.answers / algorithms.length; n += 1) {
      const given = readAttestation(String(mutated.next().value));
      if (given) expect(await verifyAttestation({ ...expected, challenge: said.challenge }, given)).toBeNull();
    }
    for (let n = 0; n < CASES.through / algorithms.length; n += 1) {
      const answer = String(mutated.next().value);
      expect(await addPasskey(ctx, answer), answer).toEqual({ ok: false, error: "passkey_refused" });
    }
    expect(await rows(world)).toEqual(before);
    // And the one that was not tampered with is taken.
    expect(await addPasskey(ctx, attestation)).toMatchObject({ ok: true });
  });

  test("open nothing, and nothing fails", { timeout: 60_000 }, async () => {
    const { world, ctx, phone } = await worldOf(algorithm);
    await enrolPasskey(ctx, phone, { algorithm });
    const use = { purpose: "autofill", binding: "a browser" } as const;
    const options = await passkeyRequestOptions(ctx, use);
    const assertion = bare(phone.get(options));
    const before = await rows(world);
    const [kept] = before.passkeys;
    if (!kept) throw new Error("There is no passkey");
    const mutated = mutations(seeded(SEED + algorithm), assertion, readAssertion);
    const expected = { origin: ctx.origin, rpId: ctx.policy.passkeyRpId, challenge: options.challenge };
    for (let n = 0; n < CASES.answers / algorithms.length; n += 1) {
      const given = readAssertion(String(mutated.next().value));
      const holds = given && (await verifyAssertion(expected, kept, given));
      // Whose it is, is not signed: it is compared with the account.
      if (holds) expect(given.response.userHandle).not.toBe(phone.held.at(-1)?.userHandle);
    }
    const asked = { use, accountId: "anybody", barred: () => null } as const;
    for (let n = 0; n < CASES.through / algorithms.length; n += 1) {
      const answer = String(mutated.next().value);
      expect((await verifyPasskey(ctx, answer, asked)).ok, answer).toBe(false);
    }
    expect(await rows(world)).toEqual(before);
    expect(await verifyPasskey(ctx, assertion, asked)).toMatchObject({ ok: true });
  });
});
