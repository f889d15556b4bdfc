import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { CAPTCHA_LIFETIME, newChallenge, verifyCaptcha } from "./captcha.ts";

type Payload = {
  challenge: Awaited<ReturnType<typeof newChallenge>>;
  solution: { counter: number; derivedKey: string };
};
const encode = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString("base64");

async function solved(world: World): Promise<Payload> {
  const challenge = await newChallenge(world.ctx);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("unsolved");
  return { challenge, solution };
}
const usedOnes = (world: World) => world.db.query.usedCaptcha.findMany();

test("work that was done is believed once, however many hand it in together", async () => {
  const world = await newWorld();
  const payload = encode(await solved(world));
  const answers = await Promise.all(Array.from({ length: 10 }, () => verifyCaptcha(world.ctx, payload)));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await verifyCaptcha(world.ctx, payload)).toBe(false);
  expect(await verifyCaptcha(world.ctx, encode(await solved(world)))).toBe(true);
});

test("a respelt payload of the same work is not believed a second time", async () => {
  const world = await newWorld();
  const done = await solved(world);
  expect(await verifyCaptcha(world.ctx, encode(done))).toBe(true);
  const { parameters, signature } = done.challenge;
  const respelt = {
    solution: done.solution,
    challenge: { signature, parameters: Object.fromEntries(Object.entries(parameters).reverse()) },
  };
  expect(await verifyCaptcha(world.ctx, encode(respelt))).toBe(false);
  const shouting = { ...done, challenge: { ...done.challenge, signature: signature?.toUpperCase() } };
  expect(await verifyCaptcha(world.ctx, encode(shouting))).toBe(false);
});

test("asking for work leaves nothing behind, and no two pieces are alike", async () => {
  const world = await newWorld();
  const [one, other] = [await newChallenge(world.ctx), await newChallenge(world.ctx)];
  expect(one.signature).not.toBe(other.signature);
  expect(await usedOnes(world)).toEqual([]);
});

test("the answer cannot be read out of the question", async () => {
  const { challenge, solution } = await solved(await newWorld());
  expect(JSON.stringify(challenge)).not.toContain(solution.derivedKey);
  expect(challenge.parameters.cost).toBe(5_000);
  expect(solution.counter).toBeGreaterThanOrEqual(300);
  expect(solution.counter).toBeLessThanOrEqual(600);
});

test("work handed in after its lifetime is not believed", async () => {
  const world = await newWorld();
  const [inTime, late] = [encode(await solved(world)), encode(await solved(world))];
  world.moveClock((CAPTCHA_LIFETIME - 1) as typeof CAPTCHA_LIFETIME);
  expect(await verifyCaptcha(world.ctx, inTime)).toBe(true);
  world.moveClock(minutes(1));
  expect(await verifyCaptcha(world.ctx, late)).toBe(false);
});

test("work of another deployment, or made easier, or given longer to live, is not believed", async () => {
  const world = await newWorld();
  const done = await solved(world);
  const { challenge, solution } = done;
  const altered = (parameters: object) =>
    encode({ solution, challenge: { ...challenge, parameters: { ...challenge.parameters, ...parameters } } });
  const refused = [
    altered({ cost: 1 }),
    altered({ data: { until: world.ctx.now().getTime() + minutes(600) } }),
    altered({ keyPrefix: "00" }),
    altered({ extra: true }),
    encode({ ...done, solution: { ...solution, derivedKey: "00".repeat(32) } }),
    encode({ ...done, solution: { ...solution, derivedKey: challenge.parameters.keyPrefix } }),
    encode({ ...done, challenge: { ...challenge, signature: "00".repeat(32) } }),
  ];
  for (const payload of refused) expect(await verifyCaptcha(world.ctx, payload)).toBe(false);
  const elsewhere = await newWorld();
  expect(await verifyCaptcha(elsewhere.ctx, encode(done))).toBe(false);
  expect(await usedOnes(elsewhere)).toEqual([]);
});

test.each([
  ["nothing", ""],
  ["no base64", "%%%"],
  ["no JSON", Buffer.from("{").toString("base64")],
  ["null", encode(null)],
  ["a number", encode(1)],
  ["a list", encode([])],
  ["no solution", encode({ challenge: { signature: "a", parameters: {} } })],
  [
    "parameters that are null",
    encode({ challenge: { signature: "a", parameters: null }, solution: { counter: 1, derivedKey: "00" } }),
  ],
  ["a prototype", '{"__proto__":{"challenge":1}}'],
  ["ten megabytes", "A".repeat(10_000_000)],
  ["deeply nested JSON", Buffer.from("[".repeat(2_900)).toString("base64")],
])("%s is no work", async (_, payload) => {
  const world = await newWorld();
  expect(await verifyCaptcha(world.ctx, payload)).toBe(false);
});

test("used work is remembered for as long as it could be handed in again", async () => {
  const world = await newWorld();
  const done = await solved(world);
  await verifyCaptcha(world.ctx, encode(done));
  const [used] = await usedOnes(world);
  expect(used?.expiresAt.getTime()).toBe(world.ctx.now().getTime() + CAPTCHA_LIFETIME);
});
