import { generateKeyPairSync } from "node:crypto";
import { eq } from "drizzle-orm";
import { jwtVerify } from "jose";
import { describe, expect, onTestFinished, test } from "vitest";
import { relyingPartySession } from "#db/schema/relying-party.ts";
import { type Duration, hours, seconds } from "#lib/kernel/time.ts";
import { logoutReceiver } from "#lib/testing/logout-receiver.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartySession, type RelyingPartyWanted } from "#lib/testing/relying-party.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";
import type { JwtAlg } from "../signing-keys/sign-jwt.ts";
import { claimOwedLogouts } from "./claim-owed-logouts.ts";
import { LOGOUT_EVENT } from "./make-logout-token.ts";
import { tellAsOwed } from "./tell-as-owed.ts";
import { type LogoutRoom, TOLD_WITHIN, tellRelyingParty, waitAfter } from "./tell-relying-party.ts";

const pairs = {
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ec: generateKeyPairSync("ec", { namedCurve: "P-256" }),
};
const pairOf = (alg: JwtAlg) => (alg === "ES256" ? pairs.ec : pairs.rsa);
const signerOf = (alg: JwtAlg) => ({ kid: "a-key", privateKey: pairOf(alg).privateKey });
const issuer = "https://kunci.contoh.example.gov.my/oidc";
const quiet = { warn: () => undefined, error: () => undefined };
const room: LogoutRoom = {
  issuer,
  signer: signerOf,
  reach: () => ({ networks: [], loopback: true }),
};
/** A telling that begins nothing more when its test is over. */
function telling(world: World, within?: Duration) {
  const it = tellAsOwed(world.asSystem, { ...room, ...(within !== undefined && { call: { within } }) }, quiet);
  onTestFinished(it.stop);
  return { ...it, all: () => it.look().then(it.idle) };
}

/** Somebody was signed in at a system, and that has just ended. */
async function signedOut(world: World, system: RelyingPartyWanted, times = 1) {
  const ada = await world.account({ staffConfirmed: true });
  const added = await addRelyingParty(world.ctx, system);
  const ids: string[] = [];
  for (let n = 0; n < times; n++) ids.push((await addRelyingPartySession(world.ctx, await world.as(ada), added)).id);
  await world.db.transaction((tx) =>
    endRelyingPartySessions(tx, world.asSystem(), { relyingPartySessionIds: ids }, "signed_out"),
  );
  const [id = ""] = ids;
  const row = async () => {
    const [found] = await world.db.select().from(relyingPartySession).where(eq(relyingPartySession.id, id));
    if (!found) throw new Error("The sign-in is gone");
    return found;
  };
  return { ada, added, id, row };
}

describe("a system is told which sign-in is over", () => {
  test.each(["RS256", "PS256", "ES256"] as const)(
    "in a token signed with %s for it alone, good for two minutes",
    async (alg) => {
      const world = await newWorld();
      const at = await logoutReceiver();
      const { ada, added, id, row } = await signedOut(world, { ...at, idTokenAlg: alg });
      await telling(world).all();

      const { payload, protectedHeader } = await jwtVerify(
        at.tokens[0] ?? "",
        pairOf(alg).publicKey.export({ format: "jwk" }),
        {
          issuer,
          audience: added.clientId,
          typ: "logout+jwt",
          algorithms: [alg],
          currentDate: world.now(),
        },
      );
      const { subject } = await world.reload(ada);
      const iat = Math.floor(world.now().getTime() / 1_000);
      expect(payload).toMatchObject({ sub: subject, sid: id, events: { [LOGOUT_EVENT]: {} }, iat, exp: iat + 120 });
      expect(payload.jti).toEqual(expect.any(String));
      expect(payload).not.toHaveProperty("nonce");
      expect(protectedHeader.kid).toEqual(expect.any(String));
      expect(await row()).toMatchObject({ logoutDueAt: null, logoutSettledAt: world.now(), logoutFailure: null });
      expect(at.tokens).toHaveLength(1);
    },
  );

  test("by the name under which that system knows them", async () => {
    const world = await newWorld();
    const at = await logoutReceiver();
    const { ada } = await signedOut(world, { ...at, subjectType: "pairwise" });
    await telling(world).all();
    const { payload } = await jwtVerify(at.tokens[0] ?? "", pairs.rsa.publicKey.export({ format: "jwk" }), {
      currentDate: world.now(),
    });
    const { subject, pairwiseSeed } = await world.reload(ada);
    expect(payload.sub).toMatch(/^[\w-]{43}$/);
    expect([subject, pairwiseSeed, ada.id]).not.toContain(payload.sub);
  });
});

test("two instances tell each system once", async () => {
  const world = await newWorld();
  const at = await logoutReceiver();
  await signedOut(world, at, 20);
  const [one, other] = [telling(world), telling(world)];
  await Promise.all([one.all(), other.all()]);
  await Promise.all([one.all(), other.all()]);
  expect(at.tokens).toHaveLength(20);
});

test("of instances that look at the same moment one claims each", async () => {
  const world = await newWorld();
  await signedOut(world, { backchannelLogoutUri: "https://cuti.contoh.example.gov.my/logout" }, 8);
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimOwedLogouts(world.asSystem(), [])));
  const ids = claims.flat().map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([8, 8]);
});

test("what one instance is about to claim no other waits for", async () => {
  const world = await newWorld();
  await signedOut(world, { backchannelLogoutUri: "https://cuti.contoh.example.gov.my/logout" }, 3);
  await world.db.transaction(async (tx) => {
    await tx.select().from(relyingPartySession).for("update");
    expect(await claimOwedLogouts(world.asSystem(), [])).toEqual([]);
  });
});

test("whoever was slower than anybody would think settles nothing that another has claimed since", async () => {
  const world = await newWorld();
  const at = await logoutReceiver();
  const { row } = await signedOut(world, at);
  const [owed] = await claimOwedLogouts(world.asSystem(), []);
  world.moveClock(seconds(30));
  await claimOwedLogouts(world.asSystem(), []);
  const claimed = await row();
  if (owed) await tellRelyingParty(world.asSystem(), room, owed);
  expect(at.tokens).toHaveLength(1);
  expect(await row()).toEqual(claimed);
});

test("a system that answers nothing, and says so, has been told", async () => {
  const world = await newWorld();
  const { row } = await signedOut(world, await logoutReceiver((_, res) => res.writeHead(204).end()));
  await telling(world).all();
  expect(await row()).toMatchObject({ logoutDueAt: null, logoutSettledAt: world.now(), logoutFailure: null });
});

test("a system that never answers keeps nobody waiting but itself", async () => {
  const world = await newWorld();
  const dead = await logoutReceiver(() => undefined);
  const alive = await logoutReceiver();
  const { row, added } = await signedOut(world, dead, 9);
  world.moveClock(seconds(1));
  await signedOut(world, alive);
  const it = telling(world, seconds(3));
  const told = alive.next();
  await it.look();
  await told;
  // Nobody has given up on the other one yet.
  expect(await row()).toMatchObject({ logoutFailure: null, logoutSettledAt: null });
  // Whoever looks again meanwhile leaves it alone.
  await it.look();
  const sessions = await world.db
    .select()
    .from(relyingPartySession)
    .where(eq(relyingPartySession.relyingPartyId, added.id));
  expect(sessions.map(({ logoutTries }) => logoutTries).sort()).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1]);
  await it.idle();
  expect(await row()).toMatchObject({ logoutFailure: "too_slow", logoutSettledAt: null });
});

test.each([
  [
    "says no",
    "status_400",
    (_: unknown, res: { statusCode: number; end: () => void }) => Object.assign(res, { statusCode: 400 }).end(),
  ],
  [
    "is broken",
    "status_502",
    (_: unknown, res: { statusCode: number; end: () => void }) => Object.assign(res, { statusCode: 502 }).end(),
  ],
  [
    "leads elsewhere",
    "status_302",
    (_: unknown, res: { statusCode: number; setHeader: (name: string, value: string) => void; end: () => void }) => {
      res.setHeader("location", "/elsewhere");
      Object.assign(res, { statusCode: 302 }).end();
    },
  ],
  ["hangs up", "unreachable", (req: { socket: { destroy: () => void } }) => req.socket.destroy()],
] as const)("a system that %s is told again, later each time", async (_, why, answer) => {
  const world = await newWorld();
  const at = await logoutReceiver(answer as Parameters<typeof logoutReceiver>[0]);
  const { row } = await signedOut(world, at);
  const it = telling(world);
  await it.all();
  await it.all();
  expect(at.tokens).toHaveLength(1);
  expect(await row()).toMatchObject({ logoutFailure: why, logoutTries: 1, logoutSettledAt: null });

  world.moveClock(waitAfter(1));
  await it.all();
  expect(at.tokens).toHaveLength(2);
  expect(new Set(at.tokens).size).toBe(2);
  world.moveClock(waitAfter(1));
  await it.all();
  expect(at.tokens).toHaveLength(2);
});

test("nobody is told more often than every quarter of an hour in the end", () => {
  expect([1, 2, 3, 6, 7, 100].map(waitAfter)).toEqual([5, 15, 45, 900, 900, 900].map(seconds));
});

test("telling is given up after half a day, which is recorded once", async () => {
  const world = await newWorld();
  const { id, row } = await signedOut(world, { backchannelLogoutUri: "http://127.0.0.1:1/logout" });
  const it = telling(world);
  world.moveClock((TOLD_WITHIN - seconds(1)) as typeof TOLD_WITHIN);
  await it.all();
  expect(await row()).toMatchObject({ logoutDueAt: null, logoutSettledAt: world.now(), logoutFailure: "unreachable" });
  expect(await world.events("relying_party.logout_failed")).toMatchObject([{ data: { relyingPartySessionId: id } }]);
  world.moveClock(hours(1));
  await it.all();
  expect(await world.events("relying_party.logout_failed")).toHaveLength(1);
});

test("an address on a private network is not called", async () => {
  const world = await newWorld();
  const at = await logoutReceiver();
  const { row } = await signedOut(world, { backchannelLogoutUri: at.backchannelLogoutUri.replace("http:", "https:") });
  const outside = tellAsOwed(world.asSystem, { ...room, reach: () => ({ networks: [], loopback: false }) }, quiet);
  await outside.look();
  await outside.idle();
  await outside.stop();
  expect(at.tokens).toEqual([]);
  expect(await row()).toMatchObject({ logoutFailure: "private_address" });
});

test("what an instance had begun that was killed another tells after half a minute", async () => {
  const world = await newWorld();
  const at = await logoutReceiver();
  const { id } = await signedOut(world, at);
  // As the claim leaves it: taken, and never settled.
  await world.db
    .update(relyingPartySession)
    .set({ logoutDueAt: new Date(world.now().getTime() + seconds(30)), logoutTries: 1 })
    .where(eq(relyingPartySession.id, id));
  const it = telling(world);
  await it.all();
  expect(at.tokens).toEqual([]);
  world.moveClock(seconds(30));
  await it.all();
  expect(at.tokens).toHaveLength(1);
});
