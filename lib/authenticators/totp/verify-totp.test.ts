import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { totpCredential } from "#db/schema/second-factors.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addTotp, anotherCode, totpCode } from "#lib/testing/totp.ts";
import { verifyTotp } from "./verify-totp.ts";

const refused = (error: string) => ({ ok: false, error });
const times = <T>(n: number, work: () => Promise<T>) => Promise.all(Array.from({ length: n }, work));

async function withApp() {
  const world = await newWorld();
  const ada = await world.account();
  const app = await addTotp(world.ctx, ada.id);
  const of = { accountId: ada.id, ceremonyId: randomUUID() };
  return { world, app, of, verify: (code: string) => verifyTotp(world.ctx, of, code) };
}
const codeOf = (world: World, { secret }: { secret: string }, steps = 0) => totpCode(secret, world.now(), steps);

test("a code of the app is taken once, and names the app that gave it", async () => {
  const { world, app, verify } = await withApp();
  const code = codeOf(world, app);
  expect(await verify(code)).toEqual({ ok: true, value: { credential: app.id } });
  expect(await world.db.select().from(totpCredential)).toMatchObject([{ lastUsedAt: world.now() }]);
  expect(await verify(code)).toEqual(refused("code_used"));
});

test("after a code none of a step before it is taken, and the next one is", async () => {
  const { world, app, verify } = await withApp();
  expect((await verify(codeOf(world, app, 1))).ok).toBe(true);
  expect(await verify(codeOf(world, app))).toEqual(refused("code_used"));
  expect(await verify(codeOf(world, app, -1))).toEqual(refused("code_used"));
  world.moveClock(seconds(60));
  expect((await verify(codeOf(world, app))).ok).toBe(true);
});

test("the same right code fifty times at once is taken once", async () => {
  const { world, app, verify } = await withApp();
  const code = codeOf(world, app);
  const answers = await times(50, () => verify(code));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test("however it is typed: full-width digits, spaces", async () => {
  const { world, app, verify } = await withApp();
  const wide = codeOf(world, app).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  expect((await verify(` ${wide.slice(0, 3)} ${wide.slice(3)} `)).ok).toBe(true);
});

test("the trail is told why a code does not open", async () => {
  const { world, app, verify } = await withApp();
  const near = Array.from({ length: 41 }, (_, n) => codeOf(world, app, n - 20));
  expect(await verify(anotherCode(...near))).toEqual(refused("wrong_code"));
  expect(await verify("enam digit")).toEqual(refused("wrong_code"));
  expect(await verify(codeOf(world, app, -5))).toEqual(refused("clock_skew"));
  expect(await world.db.select().from(totpCredential)).toMatchObject([{ lastStep: 0, lastUsedAt: null }]);
  const ben = await world.account();
  expect(await verifyTotp(world.ctx, { accountId: ben.id, ceremonyId: randomUUID() }, "123456")).toEqual(
    refused("not_enrolled"),
  );
  expect(await verifyTotp(world.ctx, { accountId: null, ceremonyId: randomUUID() }, "123456")).toEqual(
    refused("no_account"),
  );
});

test("a code of one account opens no other", async () => {
  const { world, app } = await withApp();
  const ben = await world.account();
  await addTotp(world.ctx, ben.id);
  const answer = await verifyTotp(world.ctx, { accountId: ben.id, ceremonyId: randomUUID() }, codeOf(world, app));
  expect(answer.ok).toBe(false);
});

test("a code that was right ten minutes ago is no more", async () => {
  const { world, app, verify } = await withApp();
  const code = codeOf(world, app);
  world.moveClock(minutes(11));
  expect(await verify(code)).toMatchObject({ ok: false });
});
