import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { describe, expect, test } from "vitest";
import { confirmActivationLink } from "#lib/account/activation/confirm-activation-link.ts";
import { openActivationByCode } from "#lib/account/activation/open-activation-by-code.ts";
import { newChallenge, verifyCaptcha } from "#lib/account/registration/captcha.ts";
import {
  callerDigests,
  counterpartOf,
  isCounterpart,
  newCounterpart,
  newSpokenCode,
  spokenCodeOf,
  spokenDigests,
} from "#lib/kernel/caller-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import { emailCodeDigest, emailCodeDigests, emailCodeOf } from "#lib/kernel/email-code-secrets.ts";
import { lastFour } from "#lib/kernel/identity-number.ts";
import { mailedCode, mailedDigests, mailedToken, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { askForLink, newestLink } from "#lib/testing/activation.ts";
import { withKey } from "#lib/testing/key-holders.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";

const replaced = (ctx: Context, purpose: "link" | "cookie"): Context => ({
  ...ctx,
  keys: withKey(ctx.keys, purpose, "k2"),
});

describe("what a former link key made", () => {
  test("goes out in a letter that is late, and opens by its link and by its code", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "registered" });
    await askForLink(world.ctx, owner.identity);
    const { token, id } = await newestLink(world.ctx, owner);
    const later = replaced(world.asSystem(), "link");
    const [letter] = await drainMail(later);
    expect(letter?.text).toContain(`/activate/${token}`);
    const code = mailedCode(world.ctx.keys, "activation", id);
    expect(letter?.text.replaceAll(" ", "")).toContain(code);
    expect(await openActivationByCode(replaced(world.ctx, "link"), owner.identity, code)).toEqual({
      ok: true,
      value: { token },
    });
    expect(await openActivationByCode(replaced(world.ctx, "link"), owner.identity, "00000000")).toMatchObject({
      ok: false,
    });
    expect(await confirmActivationLink(later, token, lastFour(owner.identity))).toMatchObject({ ok: true });
  });

  test("is found again among any number of keys, and nothing is taken for it that is not", async () => {
    const { ctx } = await newWorld();
    const row = { id: "a row", ...mailedDigests(ctx.keys, "undo", "a row") };
    const many = withKey(withKey(ctx.keys, "link", "k2"), "link", "k3");
    expect(tokenOf(many, "undo", row)).toBe(mailedToken(ctx.keys, "undo", "a row"));
    expect(tokenOf(many, "undo", { ...row, tokenDigest: "another" })).toBe(mailedToken(many, "undo", "a row"));
  });

  test("is the same code in a sign-in's letter and in a caller's check", async () => {
    const { ctx } = await newWorld();
    const { keys } = replaced(ctx, "link");
    const code = emailCodeOf(ctx.keys, "a code");
    const row = { ceremonyId: "a sign-in", codeDigest: emailCodeDigest(ctx.keys, "a sign-in", code) };
    expect(emailCodeOf(keys, "a code", row)).toBe(code);
    expect(emailCodeDigests(keys, "a sign-in", code)).toContain(row.codeDigest);
    expect(emailCodeDigests(keys, "another", code)).not.toContain(row.codeDigest);

    const check = { id: "a check", ...callerDigests(ctx.keys, "a check") };
    expect(spokenCodeOf(keys, check)).toBe(newSpokenCode(ctx.keys, "a check"));
    expect(counterpartOf(keys, check)).toBe(newCounterpart(ctx.keys, "a check"));
    expect(spokenDigests(keys, spokenCodeOf(keys, check))).toContain(check.spokenDigest);
    expect(isCounterpart(keys, check, counterpartOf(keys, check))).toBe(true);
    expect(isCounterpart(keys, check, "000000")).toBe(false);
  });
});

test("work that a browser did before the cookie key was replaced is believed after it, and once", async () => {
  const world = await newWorld();
  const challenge = await newChallenge(world.ctx);
  const payload = Buffer.from(
    JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) }),
  ).toString("base64");
  expect(await verifyCaptcha(replaced(world.ctx, "cookie"), payload)).toBe(true);
  expect(await verifyCaptcha(replaced(world.ctx, "cookie"), payload)).toBe(false);
});
