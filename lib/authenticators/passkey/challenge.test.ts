import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { type ChallengeUse, checkChallenge, issueChallenge, spendChallenge } from "./challenge.ts";

const enrol: ChallengeUse = { purpose: "enrol", binding: "a session" };

describe("a challenge", () => {
  test("is ours for five minutes, to the millisecond", async () => {
    const { ctx, moveClock, now } = await newWorld();
    const issuedAt = now();
    const challenge = issueChallenge(ctx, enrol).toString("base64url");
    const expiresAt = new Date(issuedAt.getTime() + minutes(5));
    expect(checkChallenge(ctx, challenge, enrol)).toEqual({ challenge, issuedAt, expiresAt });
    moveClock(seconds(299.999));
    expect(checkChallenge(ctx, challenge, enrol)).not.toBeNull();
    moveClock(seconds(0.001));
    expect(checkChallenge(ctx, challenge, enrol)).toBeNull();
  });

  test.each<[string, ChallengeUse]>([
    ["another session", { purpose: "enrol", binding: "another session" }],
    ["another purpose", { purpose: "step-up", binding: "a session" }],
    ["a purpose that runs on into the binding", { purpose: "enrol", binding: "a session\0" }],
  ])("is none for %s", async (_, use) => {
    const { ctx } = await newWorld();
    expect(checkChallenge(ctx, issueChallenge(ctx, enrol).toString("base64url"), use)).toBeNull();
  });

  test("is none with any of its bytes changed, shortened, lengthened or spelt otherwise", async () => {
    const { ctx } = await newWorld();
    const bytes = issueChallenge(ctx, enrol);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(checkChallenge(ctx, changed.toString("base64url"), enrol)).toBeNull();
    }
    const text = bytes.toString("base64url");
    for (const other of [text.slice(0, -4), `${text}AAAA`, `${text}=`, ` ${text}`, bytes.toString("hex"), ""])
      expect(checkChallenge(ctx, other, enrol)).toBeNull();
  });

  test("of another portal's keys is none, and one of a key that was rotated out still is", async () => {
    const { ctx } = await newWorld();
    const challenge = issueChallenge(ctx, enrol).toString("base64url");
    const link = { current: "new", keys: { new: randomBytes(32) } };
    expect(checkChallenge({ ...ctx, keys: { ...ctx.keys, link } }, challenge, enrol)).toBeNull();
    const rotated = { current: "new", keys: { ...ctx.keys.link.keys, ...link.keys } };
    expect(checkChallenge({ ...ctx, keys: { ...ctx.keys, link: rotated } }, challenge, enrol)).not.toBeNull();
  });

  test("is used once, by whoever of many is first", async () => {
    const { ctx } = await newWorld();
    const open = checkChallenge(ctx, issueChallenge(ctx, enrol).toString("base64url"), enrol);
    if (!open) throw new Error("The challenge is not ours");
    const used = await Promise.all(Array.from({ length: 20 }, () => spendChallenge(ctx.db, open)));
    expect(used.filter(Boolean)).toHaveLength(1);
  });

  test("differs each time", async () => {
    const { ctx } = await newWorld();
    expect(issueChallenge(ctx, enrol)).not.toEqual(issueChallenge(ctx, enrol));
  });
});
