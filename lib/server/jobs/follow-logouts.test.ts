import { generateKeyPairSync } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { APP_ROLE } from "#db/migrate.ts";
import { endRelyingPartySessions } from "#lib/relying-party/end-relying-party-sessions.ts";
import { endSession } from "#lib/session/end-session.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { logoutReceiver } from "#lib/testing/logout-receiver.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { followLogouts } from "./follow-logouts.ts";

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });

async function following(world: World, way: { listens?: boolean } = {}) {
  const faults: object[] = [];
  const logouts = followLogouts({
    databaseUrl: world.ownerUrl,
    stepDownTo: APP_ROLE,
    ...way,
    systemContext: world.asSystem,
    room: {
      issuer: `${world.ctx.origin}/oidc`,
      signer: () => ({ kid: "a-key", privateKey: pair.privateKey }),
      reach: () => ({ networks: [], loopback: true }),
    },
    log: { warn: () => undefined, error: (details) => faults.push(details) },
  });
  onTestFinished(async () => {
    await logouts.stop();
    expect(faults).toEqual([]);
  });
  await logouts.ready;
}

async function openSystem(world: World) {
  const at = await logoutReceiver();
  const ada = await world.account({ staffConfirmed: true });
  const asAda = await world.as(ada);
  const system = await addRelyingParty(world.ctx, { ...at, openToAll: true });
  await addRelyingPartySession(world.ctx, asAda, system);
  return { at, ada, asAda, system };
}

test.each([
  [
    "signs out",
    (_: World, { asAda }: Awaited<ReturnType<typeof openSystem>>) =>
      endSession(asAda, asAda.sessionToken, "signed_out"),
  ],
  [
    "is signed out everywhere, by whatever makes sessions worthless",
    (world: World, { ada, asAda }: Awaited<ReturnType<typeof openSystem>>) =>
      world.db.transaction((tx) => endSessionsOf(tx, asAda, ada.id, { all: true }, "suspended")),
  ],
  [
    "may not open one system any more",
    (world: World, { ada, system }: Awaited<ReturnType<typeof openSystem>>) =>
      world.db.transaction((tx) =>
        endRelyingPartySessions(tx, world.ctx, { accountId: ada.id, relyingPartyId: system.id }, "no_access"),
      ),
  ],
] as const)("a system is told at once when somebody %s, not when all are looked through", async (_, happens) => {
  const world = await newWorld();
  const opened = await openSystem(world);
  await following(world);
  const told = opened.at.next();
  await happens(world, opened);
  await told;
});

test("what happened while nobody listened, or the connection was lost, is found when it is back", async () => {
  const world = await newWorld();
  const before = await openSystem(world);
  const told = before.at.next();
  await endSession(before.asAda, before.asAda.sessionToken, "signed_out");
  await following(world);
  await told;

  const later = await openSystem(world);
  const again = later.at.next();
  await world.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kunci sign-outs' and datname = current_database()`,
  );
  await endSession(later.asAda, later.asAda.sessionToken, "signed_out");
  await again;
});

test("where a pooler lets nothing be heard, sign-outs are looked for", { timeout: 60_000 }, async () => {
  const world = await newWorld();
  await following(world, { listens: false });
  const { at, asAda } = await openSystem(world);
  await endSession(asAda, asAda.sessionToken, "signed_out");
  await expect.poll(() => at.tokens.length, { timeout: 30_000 }).toBe(1);
});
