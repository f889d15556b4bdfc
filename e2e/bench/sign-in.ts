import { fixturePerson } from "#lib/testing/identities.ts";
import { type Client, clientOf, settlePeople } from "../harness/people.ts";
import { startPortal } from "../harness/portal.ts";
import { alternate, inAnotherProcess } from "./alternate.ts";
import { compare, say } from "./report.ts";

/** What `sign-in-load.ts` is told. `post`: everything before the password is done before the clock starts. */
export type SignInJob = { origin: string; clients: Client[]; atOnce: number; only: "post" | "journey" };

const AT_ONCE = 8;
const ROUNDS = 5;
const A_ROUND = { post: 240, journey: 120 } as const;
const VERIFICATIONS = 400;
/** Far above the numbers that tests and demo people have. */
const FIRST_PERSON = 20_000;

/**
 * Sign-ins per second over HTTP, each client with an address and an account of its own and all limits on, against the same
 * argon2id verifications alone.
 */
export async function measureSignIn(): Promise<void> {
  const portal = await startPortal();
  try {
    const people = Array.from({ length: Math.max(...Object.values(A_ROUND)) }, (_, n) => FIRST_PERSON + n);
    await settlePeople(portal.dataDir, people.map(fixturePerson), "activated");
    for (const only of ["post", "journey"] as const) {
      const clients = people.slice(0, A_ROUND[only]).map(clientOf);
      let requests = 0;
      const signIns = async () => {
        const job: SignInJob = { origin: portal.origin, clients, atOnce: AT_ONCE, only };
        const done = await inAnotherProcess<{ seconds: number; requests: number }>("sign-in-load.ts", [], job);
        requests = done.requests / clients.length;
        return clients.length / done.seconds;
      };
      const verifications = async () =>
        VERIFICATIONS / (await inAnotherProcess<{ seconds: number }>("hash-load.ts", [VERIFICATIONS, AT_ONCE])).seconds;
      say(`${only}: ${ROUNDS} rounds of ${clients.length} sign-ins, ${AT_ONCE} at a time`);
      await signIns();
      const { ours, reference } = await alternate(ROUNDS, signIns, verifications);
      compare("sign-in", only, ours, reference, "per second", { requestsEach: requests });
    }
  } finally {
    await portal.stop();
  }
}
