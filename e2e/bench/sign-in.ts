import type { Pool } from "pg";
import { fixturePerson } from "#lib/testing/identities.ts";
import { enrolPeople, type HeldByClient } from "../harness/enrol-people.ts";
import { type Client, clientOf, settlePeople } from "../harness/people.ts";
import { openDatabase } from "../harness/portal.ts";
import { alternate, inAnotherProcess } from "./alternate.ts";
import { compare, say } from "./report.ts";
import { caseAt, type Place, startSubject } from "./subject.ts";

/**
 * How the clients sign in. `post`, `passkey`: the one post that proves, with everything before it done before the clock
 * starts. `totp`: from the password post to the one of the code. `journey`: every request from `/sign-in` to `/home`.
 */
export type SignInWay = "post" | "journey" | "totp" | "passkey";
/** What `sign-in-load.ts` is told. */
export type SignInJob = {
  origin: string;
  clients: (Client & HeldByClient)[];
  atOnce: number;
  way: SignInWay;
};

const AT_ONCE = 8;
const ROUNDS = 5;
const A_ROUND = { post: 240, journey: 120, totp: 120, passkey: 240 } as const satisfies Record<SignInWay, number>;
const VERIFICATIONS = 400;
const SIGNATURES = 20_000;
/** Far above the numbers that tests and demo people have. */
const FIRST_PERSON = { password: 20_000, totp: 21_000, passkey: 22_000 } as const;

/** What each is held against: the work of its proof alone, as many at a time, on the same cores. */
const references: Record<SignInWay, () => Promise<number>> = {
  post: verifications,
  journey: verifications,
  totp: verifications,
  passkey: async () =>
    SIGNATURES / (await inAnotherProcess<{ seconds: number }>("signature-load.ts", [SIGNATURES, AT_ONCE])).seconds,
};

async function verifications(): Promise<number> {
  const { seconds } = await inAnotherProcess<{ seconds: number }>("hash-load.ts", [VERIFICATIONS, AT_ONCE]);
  return VERIFICATIONS / seconds;
}

/**
 * Sign-ins per second over HTTP, each client with an address and an account of its own and all limits on: with the
 * password, with the password and a code of an authenticator app, and with a passkey.
 */
export async function measureSignIn(place: Place): Promise<void> {
  const portal = await startSubject(place);
  const database = await openDatabase(portal.dataDir);
  try {
    const clients = {
      password: await settle(portal, "password", A_ROUND.post),
      totp: await settle(portal, "totp", A_ROUND.totp),
      passkey: await settle(portal, "passkey", A_ROUND.passkey),
    };
    const whoSignsIn = { post: "password", journey: "password", totp: "totp", passkey: "passkey" } as const;
    for (const way of ["post", "journey", "totp", "passkey"] as const) {
      const job = { origin: portal.origin, clients: clients[whoSignsIn[way]].slice(0, A_ROUND[way]), way };
      await measure(job, database, place);
    }
  } finally {
    await database.end();
    await portal.stop();
  }
}

async function measure(job: Omit<SignInJob, "atOnce">, database: Pool, place: Place): Promise<void> {
  const { clients, way } = job;
  let requests = 0;
  const signIns = async () => {
    // Each round falls into the same half minute as the one before: its codes would be spent.
    if (way === "totp") await database.query("update totp_credential set last_step = 0");
    const done = await inAnotherProcess<{ seconds: number; requests: number }>("sign-in-load.ts", [], {
      ...job,
      atOnce: AT_ONCE,
    } satisfies SignInJob);
    requests = done.requests / clients.length;
    return clients.length / done.seconds;
  };
  say(`${way}: ${ROUNDS} rounds of ${clients.length} sign-ins, ${AT_ONCE} at a time`);
  await signIns();
  const { ours, reference } = await alternate(ROUNDS, signIns, references[way]);
  compare("sign-in", caseAt(way, place), ours, reference, "per second", { requestsEach: requests });
}

async function settle(
  { dataDir, origin }: { dataDir: string; origin: string },
  holding: "password" | "totp" | "passkey",
  count: number,
): Promise<SignInJob["clients"]> {
  const people = Array.from({ length: count }, (_, n) => FIRST_PERSON[holding] + n);
  const ids = await settlePeople(dataDir, people.map(fixturePerson), "activated");
  if (holding === "password") return people.map(clientOf);
  const held = await enrolPeople({ dataDir, origin }, ids, holding);
  return people.map((n, place) => ({ ...clientOf(n), ...held[place] }));
}
