import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Factor } from "#lib/assurance/assurance.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { settleApp, settlePeople } from "../../harness/people.ts";
import { addSession, SESSION_COOKIE } from "../../harness/signed-in.ts";

/** Who asks: the cookies they come with. */
export type Persona = { name: "nobody" | "owner" | "officer"; cookie: string };

/** Far above the numbers that demo people have. */
const FIRST = 40_000;

/** Fresh ones: what the last ones did may have signed them out, or closed their account. */
export async function personas(dataDir: string, database: pg.Pool, round: number): Promise<Persona[]> {
  const people = [0, 1].map((n) => fixturePerson(FIRST + round * 2 + n));
  const [owner = "", officer = ""] = await settlePeople(dataDir, people, "activated");
  await database.query("update account set staff_confirmed_at = now() where id = any($1)", [[owner, officer]]);
  await settleApp(dataDir, officer);
  await database.query(
    `insert into role_grant (id, account_id, role, office_id, state, from_at, granted_at)
      values ($1, $2, 'administrator', null, 'active', now() - interval '1 minute', now() - interval '1 minute')`,
    [randomUUID(), officer],
  );
  const cookieOf = async (id: string, factors: readonly Factor[]) =>
    `${SESSION_COOKIE}=${(await addSession(database, id, factors)).token}`;
  return [
    { name: "nobody", cookie: "kunci-language=en" },
    { name: "owner", cookie: await cookieOf(owner, ["password"]) },
    { name: "officer", cookie: await cookieOf(officer, ["password", "totp"]) },
  ];
}
