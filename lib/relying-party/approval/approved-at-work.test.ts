import { createHash } from "node:crypto";
import fs from "node:fs";
import { eq } from "drizzle-orm";
import * as jose from "jose";
import * as client from "openid-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { transactionApproval } from "#db/schema/approval.ts";
import { relyingPartyRole, signingKey } from "#db/schema/relying-party.ts";
import { after, days, minutes } from "#lib/kernel/time.ts";
import { approvalsAtWork, DETAIL } from "#lib/testing/approvals.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { findOnTheWay } from "../interaction/find-on-the-way.ts";
import { keepSigningKeys } from "../signing-keys/keep-signing-keys.ts";
import { rotateSigningKeys } from "../signing-keys/rotate-signing-keys.ts";
import { withdrawSigningKeys } from "../signing-keys/withdraw-signing-keys.ts";
import { canonicalJson } from "./content/canonical-json.ts";
import { approveTransaction } from "./decide/approve-transaction.ts";
import { refuseTransaction } from "./decide/refuse-transaction.ts";
import { findApproval } from "./find-approval.ts";
import { showApproval } from "./show-approval.ts";
import { signStatementsAnew } from "./statement/sign-statements-anew.ts";

type Work = Awaited<ReturnType<typeof approvalsAtWork>>;
let world: World;
let work: Work;
beforeEach(async () => {
  world = await newWorld();
  work = await approvalsAtWork(world);
});
afterEach(() => work.at[Symbol.asyncDispose]());

const errorOf = (landed: { location: URL | null }) => [
  landed.location?.searchParams.get("error"),
  landed.location?.searchParams.get("error_description"),
];

/** What somebody is shown of a request by its identifier. */
async function shown(browser: SignedIn, identifier: string = DETAIL.identifier) {
  const found = await findApproval(browser, { relyingPartyId: work.system.id, identifier }, browser.actor.accountId);
  const shown = await showApproval(browser, found?.id ?? "");
  if (!shown.ok) throw new Error(`It is not shown: ${shown.error}`);
  return { approvalId: shown.value.id, digest: shown.value.digest, tellsName: true };
}

/** From the push to the page on which somebody decides; `goOn` leads the browser back to the system from there. */
async function onTheWay(browser: SignedIn, detail: unknown = DETAIL) {
  const { led, checks } = await work.push(detail);
  const asked = await work.at.ask(led, { as: browser });
  expect(asked.location?.pathname).toMatch(/^\/interaction\//);
  const uid = asked.location?.pathname.split("/").at(-1) ?? "";
  return { checks, goOn: () => work.at.ask(`/oidc/auth/${uid}`, { as: browser, cookies: asked.cookies }) };
}

async function approved(browser: SignedIn, code: string) {
  const way = await onTheWay(browser);
  const answer = await approveTransaction(browser, { ...(await shown(browser)), given: { code } });
  expect(answer).toEqual({ ok: true, value: null });
  const landed = await way.goOn();
  const tokens = await client.authorizationCodeGrant(work.system.config, landed.location ?? new URL(""), way.checks);
  const [detail] = tokens.authorization_details as unknown as [typeof DETAIL & { statement: string }];
  return { tokens, detail, statement: detail.statement };
}

const keySet = () => jose.createRemoteJWKSet(new URL(`${work.at.listens}/oidc/statement-keys`));
const verified = (statement: string, audience = work.system.clientId) =>
  jose.jwtVerify(statement, keySet(), {
    issuer: work.at.issuer,
    audience,
    typ: "kunci-approval+jwt",
    algorithms: ["ES256"],
  });

describe("a transaction that is approved", () => {
  test("comes back with the tokens as a statement that an independent library verifies, and says who, in which role, what and how", async () => {
    const { browser, code } = await work.holder();
    const { tokens, detail, statement } = await approved(browser, code());
    const { payload } = await verified(statement);
    const { statement: _, ...content } = detail;
    expect(content).toEqual(DETAIL);
    expect(payload).toMatchObject({
      sub: tokens.claims()?.sub,
      decision: "approved",
      content: DETAIL,
      role: "pelulus-1",
      name: expect.any(String),
      acr: "urn:kunci:aal2",
      amr: expect.arrayContaining(["pwd", "otp", "mfa"]),
      iat: Math.floor(world.now().getTime() / 1_000),
      digest: { alg: "sha-256", value: createHash("sha256").update(canonicalJson(DETAIL)).digest("base64url") },
    });
    expect(work.at.faults).toEqual([]);
  });

  test("is told the same again to the system that asked, and to no other", async () => {
    const { browser, code } = await work.holder();
    const { statement } = await approved(browser, code());
    const again = await work.fetchStatement(DETAIL.identifier);
    expect(again).toMatchObject({
      status: 200,
      body: { access_token: statement, token_type: "N_A", authorization_details: [{ ...DETAIL, statement }] },
    });
    const other = await work.at.system({ roles: ["pelulus-1"] });
    expect(await work.fetchStatement(DETAIL.identifier, other)).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    const stranger = { ...work.system, clientSecret: "guessed" };
    expect(await work.fetchStatement(DETAIL.identifier, stranger)).toMatchObject({ status: 401 });
    await expect(verified(statement, other.clientId)).rejects.toThrow(/aud/);
  });

  test("is none with a byte of the statement altered, wherever it is", async () => {
    const { browser, code } = await work.holder();
    const { statement } = await approved(browser, code());
    const keys = await (await fetch(`${work.at.listens}/oidc/statement-keys`)).json();
    const local = jose.createLocalJWKSet(keys);
    await jose.compactVerify(statement, local);
    for (const at of [5, 200, statement.indexOf(".") + 40, statement.length - 5]) {
      const altered = `${statement.slice(0, at)}${statement[at] === "A" ? "B" : "A"}${statement.slice(at + 1)}`;
      await expect(jose.compactVerify(altered, local), `byte ${at}`).rejects.toThrow();
    }
  });

  test("is still verified when the key is rotated and forgotten, and the private half is published by nobody", async () => {
    const { browser, code } = await work.holder();
    const { statement } = await approved(browser, code());
    const system = world.asSystem();
    await rotateSigningKeys(system, minutes(0));
    world.moveClock(days(10));
    await keepSigningKeys(system);
    const kid = jose.decodeProtectedHeader(statement).kid;
    const signing = await world.db.select().from(signingKey);
    expect(signing.map((key) => key.kid)).not.toContain(kid);
    const published = await fetch(`${work.at.listens}/oidc/statement-keys`);
    expect(published.headers.get("cache-control")).toContain("public");
    const { keys } = (await published.json()) as jose.JSONWebKeySet;
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([["alg", "crv", "kid", "kty", "use", "x", "y"]]);
    await jose.compactVerify(statement, jose.createLocalJWKSet({ keys }));
  });

  test("is signed anew where its key came into wrong hands: what that key signed is believed no more", async () => {
    const { browser, code } = await work.holder();
    const { statement } = await approved(browser, code());
    await withdrawSigningKeys(world.asSystem());
    await expect(verified(statement)).rejects.toThrow(/no applicable key/);
    expect(await signStatementsAnew(world.asSystem())).toBe(1);
    expect(await signStatementsAnew(world.asSystem())).toBe(0);
    const { body } = await work.fetchStatement(DETAIL.identifier);
    const { payload } = await verified(String(body.access_token));
    expect(payload).toEqual(jose.decodeJwt(statement));
  });

  test("is asked for at two factors, whatever the system asks of people otherwise", async () => {
    const { browser } = await work.holder();
    const { led } = await work.push();
    const weak = { ...browser, ...(await world.as({ id: browser.actor.accountId }, ["password"])) };
    const asked = await work.at.ask(led, { as: weak });
    const uid = asked.location?.pathname.split("/").at(-1) ?? "";
    const way = await findOnTheWay(
      weak,
      { uid, held: uid },
      { accountId: weak.actor.accountId, proofs: [{ factor: "password", at: world.now().toISOString() }] },
    );
    expect(way.next).toMatchObject({ level: "aal2" });
  });

  test("is not approved without a page: prompt=none is told so", async () => {
    const { browser } = await work.holder();
    const { url } = await work.at.beginning(work.system, {
      authorization_details: JSON.stringify([DETAIL]),
      prompt: "none",
    });
    const led = await client.buildAuthorizationUrlWithPAR(work.system.config, url.searchParams);
    expect(errorOf(await work.at.ask(led, { as: browser }))[0]).toBe("interaction_required");
  });
});

describe("a transaction that is refused", () => {
  test("is told as access_denied, and its statement, with the reason, is there to be fetched", async () => {
    const { browser } = await work.holder();
    const way = await onTheWay(browser);
    const reason = "Amaun tidak sama dengan invois.";
    expect(await refuseTransaction(browser, { ...(await shown(browser)), reason })).toEqual({ ok: true, value: null });
    expect(errorOf(await way.goOn())).toEqual(["access_denied", "the transaction was refused"]);
    const { body } = await work.fetchStatement(DETAIL.identifier);
    expect((await verified(String(body.access_token))).payload).toMatchObject({
      decision: "refused",
      reason,
      content: DETAIL,
    });
  });
});

describe("a request for approval", () => {
  const refusedPush = async (detail: unknown) => {
    const answer = await work.push(detail).then(
      () => null,
      (fault: { error?: string; error_description?: string }) => fault,
    );
    return [answer?.error, answer?.error_description];
  };

  test("is refused where it is pushed: HTML is text, a megabyte is none", async () => {
    await work.push({ ...DETAIL, title: "<b>Bayaran</b>" });
    const tooLong = await refusedPush({ ...DETAIL, identifier: "B", title: "x".repeat(3_000) });
    expect(tooLong[0]).toBe("invalid_authorization_details");
    const body = {
      client_id: work.system.clientId,
      authorization_details: JSON.stringify([{ ...DETAIL, title: "x".repeat(1_000_000) }]),
    };
    const answer = await fetch(`${work.at.listens}/oidc/request`, { method: "POST", body: new URLSearchParams(body) });
    expect(answer.status).toBe(400);
    expect(await world.db.select().from(transactionApproval)).toHaveLength(1);
  });

  test("of a role the system has not, or has no more, is refused", async () => {
    const refused = ["invalid_authorization_details", "role is not one of this system"];
    expect(await refusedPush({ ...DETAIL, role: "pengarah" })).toEqual(refused);
    await world.db
      .update(relyingPartyRole)
      .set({ retiredAt: world.now() })
      .where(eq(relyingPartyRole.id, work.approver.id));
    expect(await refusedPush(DETAIL)).toEqual(refused);
  });

  test("may come again as it was, and not with another amount under the same identifier", async () => {
    await work.push();
    await work.push();
    expect(await refusedPush({ ...DETAIL, amount: "12500.01" })).toEqual([
      "invalid_authorization_details",
      "identifier was used for other content",
    ]);
    const other = await work.at.system({ roles: ["pelulus-1"] });
    await work.push({ ...DETAIL, amount: "1.00" }, other);
  });

  test("that was decided cannot be asked for again", async () => {
    const { browser, code } = await work.holder();
    await approved(browser, code());
    expect(await refusedPush(DETAIL)).toEqual(["invalid_authorization_details", "identifier is decided already"]);
  });

  test("is taken from the system itself alone, never out of an address", async () => {
    const { browser } = await work.holder();
    await work.push();
    const authorization_details = JSON.stringify([DETAIL]);
    const { url } = await work.at.beginning(work.system, { authorization_details });
    expect(errorOf(await work.at.ask(url, { as: browser }))[0]).toBe("invalid_authorization_details");
    expect((await world.db.select().from(transactionApproval))[0]?.accountId, "shown to nobody").toBeNull();
    // Nor beside what was pushed.
    const bare = await work.at.beginning(work.system);
    const led = await client.buildAuthorizationUrlWithPAR(work.system.config, bare.url.searchParams);
    led.searchParams.set("authorization_details", authorization_details);
    const landed = await work.at.ask(led, { as: browser });
    expect(landed.location?.searchParams.has("code")).toBe(true);
  });

  test("that nobody decided says so to its system, and is answered access_denied", async () => {
    const { browser } = await work.holder();
    const detail = { ...DETAIL, expires_at: after(world.now(), minutes(5)).toISOString() };
    const way = await onTheWay(browser, detail);
    expect(await work.fetchStatement(DETAIL.identifier)).toMatchObject({
      status: 400,
      body: { error: "authorization_pending" },
    });
    world.moveClock(minutes(5));
    expect(await work.fetchStatement(DETAIL.identifier)).toMatchObject({
      status: 400,
      body: { error: "expired_token" },
    });
    expect(await work.fetchStatement("TIADA")).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
    expect(errorOf(await way.goOn())).toEqual(["access_denied", "the transaction was not decided in time"]);
    expect((await refusedPush({ ...DETAIL, expires_at: undefined }))[0]).toBe("invalid_authorization_details");
  });

  test("is said to be possible by what is published", () => {
    const published = work.system.config.serverMetadata();
    expect(published).toMatchObject({
      authorization_details_types_supported: ["urn:kunci:transaction-approval"],
      kunci_statement_keys_uri: `${work.at.issuer}/statement-keys`,
      grant_types_supported: expect.arrayContaining(["urn:kunci:grant-type:approval-statement"]),
    });
  });
});

test("the way to verify that docs/connect-a-system.md gives takes a statement, and no other transaction for it", async () => {
  const written = fs.readFileSync("docs/connect-a-system.md", "utf8");
  const [, block = ""] = /```js\n(import \{ createHash[\s\S]*?)```/.exec(written) ?? [];
  const code = block
    .replace(/^import .*$/gm, "")
    .replace("export async", "async")
    .replaceAll("https://kunci.agency.gov.my/oidc", work.at.issuer);
  const make = new Function("createHash", "createRemoteJWKSet", "jwtVerify", `${code}; return verifyStatement;`);
  const verify = make(createHash, jose.createRemoteJWKSet, jose.jwtVerify);
  const { browser, code: codeNow } = await work.holder();
  const { statement } = await approved(browser, codeNow());
  expect(await verify(statement, DETAIL, work.system.clientId)).toMatchObject({ decision: "approved" });
  await expect(verify(statement, { ...DETAIL, amount: "12500.01" }, work.system.clientId)).rejects.toThrow("Not what");
  await expect(verify(statement, DETAIL, "another")).rejects.toThrow();
});
