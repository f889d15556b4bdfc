import { createPrivateKey, type JsonWebKey } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { None } from "openid-client";
import { expect, onTestFinished, test } from "vitest";
import { seconds } from "#lib/kernel/time.ts";
import { prepareApache, whyNoApache } from "#lib/testing/apache.ts";
import { basicOp } from "#lib/testing/basic-op.ts";
import type { SignedIn } from "#lib/testing/new-world.ts";
import { testKeys } from "#lib/testing/oidc-at-work.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";
import { tellAsOwed } from "../logout/tell-as-owed.ts";

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
  const enter = async (page: string, as: SignedIn = at.as, by = visit) => {
    const guarded = await by(page);
    if (!guarded.location) throw new Error(`Apache said ${guarded.status} ${guarded.body}\n${apache.errors()}`);
    const asked = await at.op.ask(guarded.location, { as });
    if (!asked.location?.searchParams.has("code")) return { guarded, asked, page: null };
    const back = await by(asked.location);
    if (back.status !== 302) throw new Error(`Apache said ${back.status}\n${apache.errors()}`);
    return { guarded, asked, page: await by(back.location ?? "") };
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

test.skipIf(why)(
  "Apache is told of a sign-out by the portal, and signs out whom it names and nobody else",
  async () => {
    const { op, apache, world, as, enter } = await apacheAtWork();
    const ben = await world.as(await world.account({ staffConfirmed: true }));
    const [ofAda, ofBen] = [browserAt(apache.origin), browserAt(apache.origin)];
    expect((await enter("/kakitangan/", as, ofAda)).page?.status).toBe(200);
    expect((await enter("/kakitangan/", ben, ofBen)).page?.status).toBe(200);

    const { accountId } = as.actor;
    await world.db.transaction((tx) => endRelyingPartySessions(tx, op.ctx, { accountId }, "signed_out"));
    const [key] = testKeys().keys;
    const { keys } = (await (await fetch(`${op.issuer}/jwks`)).json()) as { keys: { kty: string; kid: string }[] };
    const signer = {
      kid: keys.find(({ kty }) => kty === "RSA")?.kid ?? "",
      privateKey: createPrivateKey({ key: key as JsonWebKey, format: "jwk" }),
    };
    const failures: object[] = [];
    const log = { warn: (what: object) => void failures.push(what), error: (what: object) => void failures.push(what) };
    const room = { issuer: op.issuer, signer: () => signer, reach: () => ({ networks: [], loopback: true }) };
    const telling = tellAsOwed(() => op.ctx, room, log);
    await telling.look();
    await telling.stop();

    expect(failures, apache.errors()).toEqual([]);
    expect((await ofAda("/kakitangan/")).location?.pathname).toBe("/oidc/auth");
    expect((await ofBen("/kakitangan/")).status).toBe(200);
  },
);
