import { spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { digest } from "#lib/kernel/digest.ts";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { addressOf, settlePeople } from "../harness/people.ts";
import { freePort } from "../harness/portal.ts";
import { addSession } from "../harness/signed-in.ts";
import { alternate, inAnotherProcess } from "./alternate.ts";
import { compare, say } from "./report.ts";
import { caseAt, type Place, type Subject, startSubject } from "./subject.ts";

/** What `oidc-load.ts` is told. */
export type OidcJob = {
  provider: { authorization: string; token: string; userinfo: string };
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  /** Each with the cookie it is signed in by, if any yet, and what it sends with each request. */
  browsers: { cookie?: [name: string, value: string]; headers: Record<string, string> }[];
  atOnce: number;
  way: "code_flow" | "refresh";
  count: number;
};

const AT_ONCE = 8;
const BROWSERS = 40;
const ROUNDS = 5;
const A_ROUND = { code_flow: 800, refresh: 1_600 } as const;
/** Far above the numbers that tests and demo people have. */
const FIRST_PERSON = 24_000;
const REDIRECT_URI = "https://bench.contoh.example.gov.my/callback";

/**
 * Code flows (authorize, code, token, userinfo) with a live session, and refresh grants, per second over HTTP: the portal on its
 * PostgreSQL, with all limits on, against bare oidc-provider on node http that keeps everything in memory. The same registration,
 * parameters, signatures and load for both.
 */
export async function measureOidc(place: Place): Promise<void> {
  const portal = await startSubject(place);
  const secret = randomBytes(32).toString("base64url");
  const clientId = "bench";
  const reference = await startReference(clientId, secret);
  try {
    await register(portal, clientId, secret);
    const common = { clientId, clientSecret: secret, redirectUri: REDIRECT_URI, atOnce: AT_ONCE };
    const ours = { ...common, provider: endpoints(`${portal.origin}/oidc`), browsers: await openSessions(portal) };
    const theirs = {
      ...common,
      provider: endpoints(reference.origin),
      browsers: Array.from({ length: BROWSERS }, (_, n) => ({ headers: { "x-person": `person-${n}` } })),
    };
    for (const way of ["code_flow", "refresh"] as const) {
      const perSecond = async (job: Omit<OidcJob, "way" | "count">) => {
        const input: OidcJob = { ...job, way, count: A_ROUND[way] };
        return A_ROUND[way] / (await inAnotherProcess<{ seconds: number }>("oidc-load.ts", [], input)).seconds;
      };
      say(`${way}: ${ROUNDS} rounds of ${A_ROUND[way]}, ${AT_ONCE} at a time`);
      for (const job of [ours, theirs]) await perSecond(job);
      const figures = await alternate(
        ROUNDS,
        () => perSecond(ours),
        () => perSecond(theirs),
      );
      compare("oidc", caseAt(way, place), figures.ours, figures.reference, "per second");
    }
  } finally {
    reference.stop();
    await portal.stop();
  }
}

const endpoints = (issuer: string): OidcJob["provider"] => ({
  authorization: `${issuer}/auth`,
  token: `${issuer}/token`,
  userinfo: `${issuer}/me`,
});

async function startReference(clientId: string, secret: string): Promise<{ origin: string; stop: () => void }> {
  const port = await freePort();
  const script = path.join(import.meta.dirname, "oidc-reference.ts");
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", script, String(port), clientId, secret, REDIRECT_URI],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NODE_ENV: "production" } },
  );
  await once(child.stdout, "data");
  return { origin: `http://localhost:${port}`, stop: () => void child.kill() };
}

/** As an administrator would: a system that everybody on the staff may open. */
async function register({ dataDir }: Subject, clientId: string, secret: string): Promise<void> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    const id = randomUUID();
    await db.$client.query(
      `insert into relying_party (id, client_id, name, redirect_uris, open_to_all, created_at)
        values ($1, $2, 'Sistem Ukuran', $3, true, now())`,
      [id, clientId, [REDIRECT_URI]],
    );
    await db.$client.query(
      "insert into relying_party_secret (id, relying_party_id, digest, created_at) values ($1, $2, $3, now())",
      [randomUUID(), id, digest(secret)],
    );
  } finally {
    await db.$client.end();
  }
}

/** People signed in to the portal, each with a browser and an address of their own. */
async function openSessions({ dataDir, origin }: Subject): Promise<OidcJob["browsers"]> {
  const people = Array.from({ length: BROWSERS }, (_, n) => fixturePerson(FIRST_PERSON + n));
  const ids = await settlePeople(dataDir, people, "activated");
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    await db.$client.query("update account set staff_confirmed_at = now() where id = any($1)", [ids]);
    const browsers: OidcJob["browsers"] = [];
    for (const [n, accountId] of ids.entries()) {
      const { token } = await addSession(db.$client, accountId, ["password"]);
      browsers.push({
        cookie: [cookieNameOn(origin, "session"), token],
        headers: { "x-forwarded-for": addressOf(FIRST_PERSON + n) },
      });
    }
    return browsers;
  } finally {
    await db.$client.end();
  }
}
