import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { relyingPartySecret } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { type Duration, days, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { changeRelyingParty } from "../change-relying-party.ts";
import { readRelyingParty } from "../list-relying-parties.ts";
import type { Registration } from "../registration.ts";
import { endSecret, liveSecrets, rotateSecret } from "./change-secrets.ts";

let world: World;
let operator: Context;
let system: Awaited<ReturnType<typeof addRelyingParty>>;
beforeEach(async () => {
  world = await newWorld();
  operator = { ...world.ctx, actor: { kind: "operator" } };
  system = await addRelyingParty(world.ctx);
});

const refused = (error: string) => ({ ok: false, error });
const which = () => ({ relyingPartyId: system.id, version: null });
const live = () => liveSecrets(world.db, world.ctx, system.id);

async function rotated(overlap?: Duration): Promise<string> {
  const made = await rotateSecret(operator, which(), overlap);
  if (!made.ok) throw new Error(made.error);
  return made.value.clientSecret;
}

describe("a secret", () => {
  test("is of 256 bits, kept as its digest alone, and never in the trail", async () => {
    const clientSecret = await rotated();
    expect(clientSecret).toMatch(/^[\w-]{43}$/);
    const rows = await world.db.select().from(relyingPartySecret);
    expect(rows.map((row) => row.digest)).toContain(digest(clientSecret));
    expect(JSON.stringify([rows, await world.events()])).not.toContain(clientSecret);
    expect(await world.events("relying_party.secret_made")).toHaveLength(1);
  });

  test("that is replaced goes on for seven days, and not a second longer", async () => {
    await rotated();
    expect((await live()).map(({ expiresAt }) => expiresAt !== null)).toEqual([true, false]);
    world.moveClock((days(7) - seconds(1)) as Duration);
    expect(await live()).toHaveLength(2);
    world.moveClock(seconds(1));
    expect(await live()).toHaveLength(1);
  });

  test("that leaked is replaced at once, with every older one", async () => {
    await rotated();
    const newest = await rotated(0 as Duration);
    const left = await live();
    expect(left).toHaveLength(1);
    const [kept] = await world.db
      .select()
      .from(relyingPartySecret)
      .where(eq(relyingPartySecret.id, left[0]?.id ?? ""));
    expect(kept?.digest).toBe(digest(newest));
    expect(await world.events("relying_party.secret_ended")).toHaveLength(2);
  });

  test("that was ending already ends when it was to, however often another is made", async () => {
    await rotated(days(2));
    await rotated(days(30));
    world.moveClock(days(2));
    expect(await live()).toHaveLength(2);
  });

  test("that is being replaced can be ended before its time; the current one cannot", async () => {
    await rotated();
    const [older, current] = await live();
    expect(await endSecret(operator, which(), current?.id ?? "")).toEqual(refused("secret_current"));
    expect(await endSecret(operator, which(), older?.id ?? "")).toEqual({ ok: true, value: null });
    expect(await endSecret(operator, which(), older?.id ?? "")).toEqual(refused("not_found"));
    expect(await endSecret(operator, which(), "x")).toEqual(refused("not_found"));
    expect(await live()).toEqual([current]);
  });

  test("of another system is not found", async () => {
    await rotated();
    const [older] = await live();
    const other = await addRelyingParty(world.ctx);
    const there = { relyingPartyId: other.id, version: null };
    expect(await endSecret(operator, there, older?.id ?? "")).toEqual(refused("not_found"));
  });

  test("is one of four at most; none where the system proves itself by keys; none from nowhere", async () => {
    for (const _ of "abc") await rotated();
    expect(await rotateSecret(operator, which())).toEqual(refused("secrets_many"));
    expect(await rotateSecret(operator, which(), days(31))).toEqual(refused("overlap_range"));
    expect(await rotateSecret(operator, which(), -1 as Duration)).toEqual(refused("overlap_range"));
    const keyed = await addRelyingParty(world.ctx, { authMethod: "private_key_jwt" });
    expect(await rotateSecret(operator, { relyingPartyId: keyed.id, version: null })).toEqual(refused("secret_unused"));
    const { ctx } = await world.officer("ap");
    expect(await rotateSecret(ctx, { relyingPartyId: system.id, version: 1 })).toEqual(refused("not_found"));
  });

  test("of six made at once for one version is made once", async () => {
    const { ctx } = await world.officer("administrator");
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => rotateSecret(ctx, { relyingPartyId: system.id, version: 1 })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await live()).toHaveLength(2);
  });

  test("ends when the system proves itself by keys from now on", async () => {
    const found = await readRelyingParty(world.ctx, system.id);
    const { id, clientId, createdAt, version, disabledAt, hasLogo, roles, ...registration } = found ?? ({} as never);
    const wanted = { ...(registration as Registration), authMethod: "private_key_jwt" as const };
    expect(await changeRelyingParty(operator, which(), wanted)).toMatchObject({ ok: true });
    expect(await live()).toEqual([]);
  });
});
