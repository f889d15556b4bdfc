import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { rateLimit } from "#db/schema/mail.ts";
import { device } from "#db/schema/session.ts";
import { rememberBrowser } from "#lib/account/browser.ts";
import { setSecurityPhrase } from "#lib/account/settings/set-security-phrase.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { minutes } from "#lib/kernel/time.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { established } from "#lib/testing/established.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { confirmPhrase } from "./confirm-phrase.ts";
import { currentCeremony } from "./current-ceremony.ts";
import { provePassword } from "./prove-password.ts";

const nobody: IdentityNumber = { type: "mykad", number: "650505050000" };
const PHRASE = "teh tarik tepi tasik";

/** Somebody who chose a phrase and has signed in with one browser. */
async function withPhrase() {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  await setSecurityPhrase(await world.as(owner), PHRASE);
  const own = world.asBrowser({ deviceToken: "the owner's" });
  await world.db.transaction((tx) => rememberBrowser(tx, own, owner.id, "signed_in"));
  return { world, owner, own };
}

async function begin(ctx: Context, identity: IdentityNumber) {
  const { ceremonyToken } = await beginSignIn(ctx, identity, null);
  return { ceremonyToken, at: () => currentCeremony(ctx, ceremonyToken) };
}

describe("the security phrase", () => {
  test("is shown in a browser its owner has signed in with, and in no other", async () => {
    const { world, owner, own } = await withPhrase();
    const inOwn = await begin(own, owner.identity);
    expect((await inOwn.at())?.phrase).toEqual({ words: PHRASE, confirmed: false });
    const registered = world.asBrowser({ deviceToken: "only registered" });
    await world.db.transaction((tx) => rememberBrowser(tx, registered, owner.id, "registered"));
    for (const ctx of [
      registered,
      world.asBrowser({ deviceToken: "a stranger's" }),
      world.asBrowser({ deviceToken: null }),
    ])
      expect((await (await begin(ctx, owner.identity)).at())?.phrase).toBeNull();
  });

  test("of one account does not show to another that uses the same browser, nor where none was chosen", async () => {
    const { world, own } = await withPhrase();
    const other = await world.account({ password: true });
    await world.db.transaction((tx) => rememberBrowser(tx, own, other.id, "signed_in"));
    expect((await (await begin(own, other.identity)).at())?.phrase).toBeNull();
  });

  test("leaves nothing to tell an account from a number nobody has, in a browser that is new to both", async () => {
    const { world, owner } = await withPhrase();
    const stranger = world.asBrowser({ deviceToken: "a stranger's" });
    const shown = async (identity: IdentityNumber) => {
      const { identityShown, ...rest } = (await (await begin(stranger, identity)).at()) ?? {};
      return rest;
    };
    expect(await shown(owner.identity)).toEqual(await shown(nobody));
    const answers = [];
    for (const identity of [owner.identity, nobody]) {
      const { ceremonyToken } = await begin(stranger, identity);
      answers.push(await provePassword(stranger, ceremonyToken, "Bukan-Ini-1", null));
      answers.push(await confirmPhrase(stranger, ceremonyToken));
    }
    expect(answers.slice(0, 2)).toEqual(answers.slice(2));
  });

  test("comes before the password: until it is ticked the password is not looked at, and nothing is counted", async () => {
    const { world, owner, own } = await withPhrase();
    const { ceremonyToken, at } = await begin(own, owner.identity);
    for (let n = 0; n < 7; n += 1)
      expect(await provePassword(own, ceremonyToken, n ? "Bukan-Ini-1" : GOOD_PASSWORD, null)).toEqual({
        ok: false,
        error: "phrase_first",
      });
    expect(await world.db.select().from(passwordThrottle)).toEqual([]);
    expect((await world.db.select().from(rateLimit)).filter(({ key }) => key.startsWith("failed-try"))).toEqual([]);
    expect(await world.events("sign_in.refused")).toEqual([]);

    expect((await confirmPhrase(own, ceremonyToken)).ok).toBe(true);
    expect((await at())?.phrase).toEqual({ words: PHRASE, confirmed: true });
    expect(established(await provePassword(own, ceremonyToken, GOOD_PASSWORD, null)).sessionToken).toEqual(
      expect.any(String),
    );
  });

  test("is ticked anew in each sign-in", async () => {
    const { owner, own } = await withPhrase();
    const first = await begin(own, owner.identity);
    await confirmPhrase(own, first.ceremonyToken);
    const second = await begin(own, owner.identity);
    expect((await second.at())?.phrase?.confirmed).toBe(false);
    expect(await provePassword(own, second.ceremonyToken, GOOD_PASSWORD, null)).toMatchObject({
      error: "phrase_first",
    });
  });

  test("does not stand in the way in a browser where it is not shown", async () => {
    const { world, owner } = await withPhrase();
    const stranger = world.asBrowser({ deviceToken: "new" });
    const { ceremonyToken } = await begin(stranger, owner.identity);
    expect((await provePassword(stranger, ceremonyToken, GOOD_PASSWORD, null)).ok).toBe(true);
    expect((await (await begin(stranger, owner.identity)).at())?.phrase, "from now on it is known").not.toBeNull();
  });

  test("is not shown any more in a browser its owner has disowned", async () => {
    const { world, owner, own } = await withPhrase();
    await world.db.update(device).set({ signedInAt: null }).where(eq(device.accountId, owner.id));
    expect((await (await begin(own, owner.identity)).at())?.phrase).toBeNull();
  });

  test("cannot be ticked where no sign-in is under way", async () => {
    const { world, owner, own } = await withPhrase();
    expect(await confirmPhrase(own, "none")).toEqual({ ok: false, error: "start_again" });
    const { ceremonyToken } = await begin(own, owner.identity);
    world.moveClock(minutes(15));
    expect(await confirmPhrase(own, ceremonyToken)).toEqual({ ok: false, error: "start_again" });
  });
});
