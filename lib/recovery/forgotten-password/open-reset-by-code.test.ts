import { describe, expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { askForReset, newestReset } from "#lib/testing/recovery.ts";
import { openResetByCode } from "./open-reset-by-code.ts";
import { viewReset } from "./view-reset.ts";

async function mailed() {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  await askForReset(world.ctx, owner);
  await drainMail(world.asSystem());
  return { world, owner, ctx: world.ctx, reset: await newestReset(world.ctx, owner) };
}
const wrong = (code: string) => (code === "00000000" ? "00000001" : "00000000");
const mismatch = { ok: false, error: "code_mismatch" };

describe("the typed code", () => {
  test("leads to the very link it was mailed with", async () => {
    const { ctx, owner, reset } = await mailed();
    expect(await openResetByCode(ctx, owner.officialEmail, reset.code)).toEqual({
      ok: true,
      value: { token: reset.token },
    });
  });

  test("opens nothing for another mailbox, one that nobody has, or after half an hour", async () => {
    const { world, ctx, owner, reset } = await mailed();
    const other = await world.account({ password: true });
    expect(await openResetByCode(ctx, other.officialEmail, reset.code)).toEqual(mismatch);
    expect(await openResetByCode(ctx, "tiada@contoh.example.gov.my", reset.code)).toEqual(mismatch);
    world.moveClock(minutes(30));
    expect(await openResetByCode(ctx, owner.officialEmail, reset.code)).toEqual(mismatch);
  });

  test("of two hundred guesses at once five are looked at, and the link still works", async () => {
    const { world, ctx, owner, reset } = await mailed();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        openResetByCode(world.asBrowser({ ip: `203.0.113.${n}` }), owner.officialEmail, wrong(reset.code)),
      ),
    );
    expect(answers.every((answer) => !answer.ok && answer.error === "code_mismatch")).toBe(true);
    const refused = await world.events("password_reset.refused");
    expect(refused.filter(({ data }) => (data as { reason: string }).reason === "code_mismatch")).toHaveLength(5);
    expect(await openResetByCode(ctx, owner.officialEmail, reset.code), "the right one neither").toEqual(mismatch);
    expect((await viewReset(ctx, reset.token)).ok).toBe(true);
  });

  test("asked for anew does not give an address more than its failed tries", async () => {
    const { ctx } = await mailed();
    const answers = [];
    for (let n = 0; n < 25; n++)
      answers.push(await openResetByCode(ctx, `tiada.${n}@contoh.example.gov.my`, "12345678"));
    expect(answers.filter((answer) => !answer.ok && answer.error === "too_many")).toHaveLength(5);
  });
});
