import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signInCeremony } from "#db/schema/sign-in.ts";
import { rememberBrowser } from "#lib/account/browser.ts";
import { setSecurityPhrase } from "#lib/account/settings/set-security-phrase.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { beginStepUp } from "./begin-step-up.ts";
import { currentCeremony, numberAlone, untouched } from "./current-ceremony.ts";
import { provePassword } from "./prove-password.ts";

async function withOwner() {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  const ctx = world.asBrowser({ deviceToken: "a browser" });
  return { world, owner, ctx };
}

describe("a sign-in shows its number alone", () => {
  test("before anything else is known of it, whether or not anybody has the number; all else is as where nothing is", async () => {
    const { owner, ctx } = await withOwner();
    for (const identity of [owner.identity, { type: "mykad", number: "650505050000" } as const]) {
      const { ceremonyToken } = await beginSignIn(ctx, identity, null);
      const shown = maskIdentity(identity);
      expect(await numberAlone(ctx, ceremonyToken)).toBe(shown);
      expect(await currentCeremony(ctx, ceremonyToken)).toEqual(untouched(shown));
    }
  });

  test("and not once a first proof was right", async () => {
    const { world, owner, ctx } = await withOwner();
    await addTotp(world.ctx, owner.id);
    const { ceremonyToken } = await beginSignIn(ctx, owner.identity, null);
    expect(await provePassword(ctx, ceremonyToken, GOOD_PASSWORD, null)).toMatchObject({ value: { step: "prove" } });
    expect(await numberAlone(ctx, ceremonyToken)).toBeNull();
  });

  test("nor where it leads to a system or another page", async () => {
    const { owner, ctx } = await withOwner();
    const { ceremonyToken } = await beginSignIn(ctx, owner.identity, "/settings");
    expect(await numberAlone(ctx, ceremonyToken)).toBeNull();
  });

  test("nor in a browser that shows its owner's phrase", async () => {
    const { world, owner, ctx } = await withOwner();
    await setSecurityPhrase(await world.as(owner), "teh tarik tepi tasik");
    await world.db.transaction((tx) => rememberBrowser(tx, ctx, owner.id, "signed_in"));
    const { ceremonyToken } = await beginSignIn(ctx, owner.identity, null);
    expect(await numberAlone(ctx, ceremonyToken)).toBeNull();
    expect(await numberAlone(world.asBrowser({ deviceToken: "another" }), ceremonyToken)).not.toBeNull();
  });

  test("nor where it steps a session up or enrols, whatever number such a row would hold", async () => {
    const { world, owner, ctx } = await withOwner();
    const { actor } = await world.as(owner);
    const { ceremonyToken } = await beginSignIn(ctx, owner.identity, null);
    await world.db.update(signInCeremony).set({ sessionId: actor.sessionId });
    expect(await numberAlone(ctx, ceremonyToken)).toBeNull();
    await world.db.update(signInCeremony).set({ sessionId: null, ticketId: randomUUID() });
    expect(await numberAlone(ctx, ceremonyToken)).toBeNull();
    await world.db.update(signInCeremony).set({ ticketId: null });
    expect(await numberAlone(ctx, ceremonyToken)).not.toBeNull();
  });

  test("nor where no number was typed, nor where none is under way", async () => {
    const { world, owner, ctx } = await withOwner();
    const stepUp = await beginStepUp(await world.as(owner, ["totp"]), "/settings", "aal2");
    if (stepUp.step !== "prove") throw new Error(stepUp.step);
    expect(await numberAlone(ctx, stepUp.ceremonyToken)).toBeNull();
    expect(await numberAlone(ctx, "nobody's")).toBeNull();
  });
});
