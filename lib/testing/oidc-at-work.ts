import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWKS } from "oidc-provider";
import * as client from "openid-client";
import type { Context } from "#lib/kernel/context.ts";
import { lookAtRegistrations } from "#lib/relying-party/provider/clients/registrations.ts";
import { createProvider, type ProviderParts } from "#lib/relying-party/provider/create-provider.ts";
import type { RefusedLine } from "#lib/relying-party/provider/wire/tell-refusals.ts";
import { answerOidc } from "#lib/server/oidc/answer-oidc.ts";
import { oidcErrorPage } from "#lib/server/oidc/error-page.ts";
import type { SignedIn, World } from "./new-world.ts";
import { addRelyingParty, type RelyingPartyWanted } from "./relying-party.ts";

export const REDIRECT_URI = "https://cuti.contoh.example.gov.my/callback";

const agency = { nameMs: "Jabatan Contoh", nameEn: "Contoh Department", helpdeskPhone: "03-0000 1234" };

let keys: JWKS | undefined;

/** Keys of an RSA and an EC kind, made once in a process: an RSA pair takes a while. */
export function testKeys(): JWKS {
  keys ??= {
    keys: [generateKeyPairSync("rsa", { modulusLength: 2048 }), generateKeyPairSync("ec", { namedCurve: "P-256" })].map(
      ({ privateKey }) => privateKey.export({ format: "jwk" }),
    ) as JWKS["keys"],
  };
  return keys;
}

export type OidcAtWork = Awaited<ReturnType<typeof oidcAtWork>>;
/** A relying party that is registered, and what it knows of the provider. */
export type System = Awaited<ReturnType<typeof addRelyingParty>> & { config: client.Configuration };

/** What a browser was answered; `location` as a URL where it was sent elsewhere. */
export type Landed = { status: number; location: URL | null; body: string; cookies: string[]; headers: Headers };

/**
 * For tests: the provider on a socket of its own, over a world's database, as the front hands requests to it. The world's clock
 * is set to the machine's, which oidc-provider and relying parties go by. Where it is given the origin of another one, it is a
 * further instance of that portal.
 */
export async function oidcAtWork(world: World, parts: Partial<ProviderParts> = {}) {
  world.takeMachinesTime();
  const faults: unknown[] = [];
  const refusals: RefusedLine[] = [];
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const listens = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = parts.origin ?? listens;
  const ctx: Context = { ...world.ctx, origin };
  const make = (jwks: JWKS) =>
    createProvider({
      origin,
      fetch: async () => Promise.reject(new Error("Nothing is fetched in this test")),
      errorPage: (problem, nonce) => oidcErrorPage(problem, nonce, { agency }),
      signOutPath: (asked) => `/sign-out?${new URLSearchParams({ client: asked.clientId ?? "" })}`,
      fault: (fault) => faults.push(fault),
      refused: (line) => refusals.push(line),
      ...parts,
      jwks,
    });
  let provider = make(parts.jwks ?? testKeys());
  await lookAtRegistrations(ctx);
  server.on("request", (req: IncomingMessage, res: ServerResponse) => {
    req.headers.host = new URL(origin).host;
    req.headers["x-forwarded-proto"] = "http";
    req.headers["x-kunci-ip"] ??= "192.0.2.1";
    void answerOidc(provider, ctx, req, res);
  });

  /** Asks as a browser does, signed in where a session is given; redirects are not followed. */
  async function ask(
    url: string | URL,
    options: {
      as?: SignedIn;
      cookies?: string[];
      method?: string;
      form?: Record<string, string>;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Landed> {
    const { as, cookies = [], method = options.form ? "POST" : "GET", form, headers = {} } = options;
    const kept = [
      ...(as ? [`kunci-session=${as.sessionToken}`] : []),
      ...cookies.map((each) => each.split(";", 1)[0] ?? ""),
    ];
    const { pathname, search } = new URL(url, origin);
    const answer = await fetch(new URL(pathname + search, listens), {
      method,
      redirect: "manual",
      headers: { accept: "text/html", ...(kept.length > 0 ? { cookie: kept.join("; ") } : {}), ...headers },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const location = answer.headers.get("location");
    return {
      status: answer.status,
      location: location === null ? null : new URL(location, origin),
      body: await answer.text(),
      // What is taken back names a path of its own, which no other request goes to.
      cookies: answer.headers.getSetCookie().filter((each) => !/^[^=]*=;/.test(each)),
      headers: answer.headers,
    };
  }

  /** Registers a relying party, which then looks the provider up. */
  async function system(
    wanted: RelyingPartyWanted = {},
    auth?: (secret: string) => client.ClientAuth,
  ): Promise<System> {
    const added = await addRelyingParty(ctx, { redirectUris: [REDIRECT_URI], openToAll: true, ...wanted });
    await lookAtRegistrations(ctx);
    const config = await client.discovery(
      new URL(`${origin}/oidc`),
      added.clientId,
      { id_token_signed_response_alg: added.idTokenAlg, redirect_uris: added.redirectUris },
      auth?.(added.clientSecret) ?? client.ClientSecretBasic(added.clientSecret),
      { execute: [client.allowInsecureRequests] },
    );
    return { ...added, config };
  }

  /** The address a relying party sends a browser to, and what it keeps to check the answer by. */
  async function beginning(of: Pick<System, "config" | "redirectUris">, params: Record<string, string> = {}) {
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(of.config, {
      redirect_uri: of.redirectUris[0] ?? REDIRECT_URI,
      scope: "openid profile email roles",
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      ...params,
    });
    return { url, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } };
  }

  /** Somebody signed in to the portal comes to a relying party, up to the code: where they land with it. */
  async function code(of: System, as: SignedIn, params?: Record<string, string>) {
    const began = await beginning(of, params);
    const landed = await ask(began.url, { as });
    return { ...began, landed, code: landed.location?.searchParams.get("code") ?? null };
  }

  /** The whole of it: code and tokens. */
  async function signIn(of: System, as: SignedIn, params?: Record<string, string>) {
    const { landed, checks } = await code(of, as, params);
    if (!landed.location?.searchParams.has("code"))
      throw new Error(`No code: ${landed.status} ${landed.location} ${landed.body}`);
    return client.authorizationCodeGrant(of.config, landed.location, checks);
  }

  return {
    ctx,
    origin,
    issuer: `${origin}/oidc`,
    /** Where this instance listens. */
    listens,
    /** Goes by other keys from now on, as the portal does when they are rotated. */
    useKeys: (jwks: JWKS) => {
      provider = make(jwks);
    },
    faults,
    refusals,
    ask,
    system,
    beginning,
    code,
    signIn,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
