import { randomUUID } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { importJWK, SignJWT } from "jose";
import { None } from "openid-client";
import { expect, onTestFinished, test } from "vitest";
import { seconds } from "#lib/kernel/time.ts";
import { prepareApache, whyNoApache } from "#lib/testing/apache.ts";
import { basicOp } from "#lib/testing/basic-op.ts";
import { testKeys } from "#lib/testing/oidc-at-work.ts";

const why = whyNoApache();
if (why) process.stdout.write(`  Apache's mod_auth_openidc is not tried: ${why}\n`);

/** As a browser asks for a page: fetch says of itself that it does not, and Apache then leads nobody to the portal. */
const askFor = (url: URL, cookie: string): Promise<IncomingMessage> =>
  new Promise((done, failed) => {
    get(url, { headers: { accept: "text/html", cookie } }, done).on("error", failed);
  });

/** A browser at Apache: its cookies, and pages as people ask for them. */
function browserAt(origin: string) {
  const jar = new Map<string, string>();
  return async (where: string | URL) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await askFor(new URL(where, origin), cookie);
    for (const set of answer.headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    const { location, "x-person": person, "x-level": level } = answer.headers;
    const body = await text(answer);
    return { status: answer.statusCode, location: location ? new URL(location, origin) : null, body, person, level };
  };
}

async function apacheAtWork() {
  const at = await basicOp();
  onTestFinished(() => at.op[Symbol.asyncDispose]());
  const apache = await prepareApache();
  const system = await at.op.system(
    {
      redirectUris: [apache.redirectUri],
      postLogoutRedirectUris: [apache.postLogoutRedirectUri],
      backchannelLogoutUri: apache.backchannelLogoutUri,
      authMethod: "private_key_jwt",
      jwks: apache.jwks,
    },
    () => None(),
  );
  const running = await apache.start({ issuer: at.op.issuer, clientId: system.clientId });
  onTestFinished(running.stop);
  const visit = browserAt(apache.origin);
  /** From a page that is guarded to the code, and back to the page. */
  const enter = async (page: string) => {
    const guarded = await visit(page);
    if (!guarded.location) throw new Error(`Apache said ${guarded.status} ${guarded.body}\n${apache.errors()}`);
    const asked = await at.op.ask(guarded.location, { as: at.as });
    if (!asked.location?.searchParams.has("code")) return { guarded, asked, page: null };
    const back = await visit(asked.location);
    if (back.status !== 302) throw new Error(`Apache said ${back.status}\n${apache.errors()}`);
    return { guarded, asked, page: await visit(back.location ?? "") };
  };
  return { ...at, apache, system, visit, enter };
}

test.skipIf(why)(
  "Apache signs people in by its own key, and a page that wants two factors gets them by a step-up",
  async () => {
    const { op, apache, visit, enter, as, provenAgo } = await apacheAtWork();

    const { guarded, page } = await enter("/kakitangan/");
    expect(guarded.location?.searchParams.get("code_challenge_method")).toBe("S256");
    expect(page).toMatchObject({ status: 200, level: "urn:kunci:aal1", person: expect.any(String) });

    expect(await visit("/tutup/"), "one factor is not two").toMatchObject({ status: 403 });
    const first = await enter("/bayaran/");
    expect(first.guarded.location?.searchParams.get("acr_values")).toBe("urn:kunci:aal2");
    expect(first.page).toBeNull();
    expect(first.asked.location?.pathname).toMatch(/^\/interaction\//);
    // What the interaction's page does: the same session proves a second factor, and the request is resumed.
    await provenAgo(as, ["password", "totp"], seconds(0));
    const uid = first.asked.location?.pathname.split("/").at(-1);
    const resumed = await op.ask(`/oidc/auth/${uid}`, { as, cookies: first.asked.cookies });
    const back = await visit(resumed.location ?? "");
    expect(back.location?.pathname, apache.errors()).toBe("/bayaran/");
    expect(await visit("/bayaran/")).toMatchObject({ status: 200, level: "urn:kunci:aal2", person: page?.person });

    const leaving = await visit(apache.signOutPath);
    expect(leaving.location?.pathname).toBe("/oidc/session/end");
    expect(leaving.location?.searchParams.get("post_logout_redirect_uri")).toBe(apache.postLogoutRedirectUri);
    const asked = await op.ask(leaving.location ?? "", { as });
    expect(asked.location?.pathname).toBe("/sign-out");
    expect((await visit("/kakitangan/")).location?.pathname, "signed out at Apache already").toBe("/oidc/auth");
  },
);

test.skipIf(why)("a logout token ends the session that it names at Apache, and no other", async () => {
  const { op, apache, system, visit, enter } = await apacheAtWork();
  const { page } = await enter("/kakitangan/");
  expect(page?.status).toBe(200);
  const sid = (await op.ctx.db.query.relyingPartySession.findFirst())?.id ?? "";

  await tell(apache.backchannelLogoutUri, await logoutToken(op.issuer, system.clientId, randomUUID()));
  expect((await visit("/kakitangan/")).status).toBe(200);
  expect(await tell(apache.backchannelLogoutUri, await logoutToken(op.issuer, system.clientId, sid))).toBe(200);
  expect((await visit("/kakitangan/")).location?.pathname).toBe("/oidc/auth");
});

const tell = async (where: string, token: string): Promise<number> =>
  (await fetch(where, { method: "POST", body: new URLSearchParams({ logout_token: token }) })).status;

async function logoutToken(issuer: string, clientId: string, sid: string): Promise<string> {
  const [key] = testKeys().keys;
  return new SignJWT({ sid, events: { "http://schemas.openid.net/event/backchannel-logout": {} } })
    .setProtectedHeader({ alg: "RS256", typ: "logout+jwt" })
    .setIssuer(issuer)
    .setAudience(clientId)
    .setIssuedAt()
    .setExpirationTime("2m")
    .setJti(randomUUID())
    .sign(await importJWK(key as Parameters<typeof importJWK>[0], "RS256"));
}
