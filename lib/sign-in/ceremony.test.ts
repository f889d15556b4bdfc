import { describe, expect, test } from "vitest";
import { after, minutes } from "#lib/kernel/time.ts";
import { advance, type Ceremony, type CeremonyEvent } from "./ceremony.ts";

const startedAt = new Date("2026-11-20T07:15:00Z");
const soon = after(startedAt, minutes(1));
const password: CeremonyEvent = { type: "proved", proof: { factor: "password", at: soon.toISOString() } };
const totp: CeremonyEvent = { type: "proved", proof: { factor: "totp", at: soon.toISOString() } };
const identify: Ceremony = { step: "identify", required: "aal1", startedAt };
const prove = (required: "aal1" | "aal2", accountId: string | null = "ada"): Ceremony => ({
  step: "prove",
  required,
  startedAt,
  accountId,
  proofs: [],
});

describe("the sign-in ceremony", () => {
  test("asks who, then for a proof, and is established when the level is reached", () => {
    const known = advance(soon, identify, { type: "identified", accountId: "ada" });
    expect(known).toMatchObject({ ok: true, value: { step: "prove", accountId: "ada", proofs: [] } });
    expect(advance(soon, prove("aal1"), password)).toMatchObject({
      ok: true,
      value: { step: "established", accountId: "ada" },
    });
  });

  test("goes on asking until the level that is required is reached", () => {
    const half = advance(soon, prove("aal2"), password);
    expect(half).toMatchObject({ ok: true, value: { step: "prove" } });
    expect(half.ok && advance(soon, half.value, totp)).toMatchObject({ ok: true, value: { step: "established" } });
  });

  test("takes the same steps for a number nobody has, and never establishes it", () => {
    expect(advance(soon, identify, { type: "identified", accountId: null })).toMatchObject({
      ok: true,
      value: { step: "prove", accountId: null },
    });
    expect(advance(soon, prove("aal1", null), password)).toEqual({ ok: false, error: "out_of_order" });
  });

  test("refuses a step out of its order", () => {
    expect(advance(soon, identify, password)).toEqual({ ok: false, error: "out_of_order" });
    expect(advance(soon, prove("aal1"), { type: "identified", accountId: "ada" })).toEqual({
      ok: false,
      error: "out_of_order",
    });
    const over: Ceremony[] = [
      { step: "established", accountId: "ada", proofs: [] },
      { step: "ended", why: "expired" },
    ];
    for (const at of over)
      for (const event of [password, { type: "locked" } as const])
        expect(advance(soon, at, event)).toEqual({ ok: false, error: "out_of_order" });
  });

  test("ends after fifteen minutes, and when the account is locked", () => {
    expect(advance(after(startedAt, minutes(15)), prove("aal1"), password)).toEqual({
      ok: true,
      value: { step: "ended", why: "expired" },
    });
    expect(advance(soon, prove("aal1"), { type: "locked" })).toEqual({
      ok: true,
      value: { step: "ended", why: "locked" },
    });
  });
});
