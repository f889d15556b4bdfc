import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration, interactionPolicy } from "oidc-provider";

/** Somebody with a Google account. Their address is one that Google has verified, unless it says otherwise. */
export type GooglePerson = { sub: string; email: string; email_verified?: boolean; name?: string };

export type GoogleIssuer = {
  issuer: string;
  /** What a portal is started with to believe this issuer. */
  env: { GOOGLE_CLIENT_ID: string; GOOGLE_CLIENT_SECRET: string; GOOGLE_ISSUER: string };
  /** From now on this person is among those to choose from. */
  add: (person: GooglePerson) => GooglePerson;
  close: () => Promise<void>;
};

const CLIENT_ID = "kunci-under-test.apps.example";
const SCOPE = "openid profile email";

/**
 * Stands in for Google: a real OpenID provider on this machine, with codes, PKCE and signed tokens, whose page offers
 * the people it was given and a way to call it off. `origin` is the portal that may come here.
 */
export async function startGoogleIssuer({
  origin,
  port = 0,
}: {
  origin: string;
  port?: number;
}): Promise<GoogleIssuer> {
  const people = new Map<string, GooglePerson>();
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientSecret = randomBytes(24).toString("base64url");
  const provider = quietly(() => new Provider(issuer, configure({ origin, clientSecret, people })));
  const answer = provider.callback();
  server.on("request", (req, res) => {
    void (req.url?.startsWith("/choose/") ? choose(provider, people, req, res) : answer(req, res));
  });
  return {
    issuer,
    env: { GOOGLE_CLIENT_ID: CLIENT_ID, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_ISSUER: issuer },
    add: (person) => {
      people.set(person.sub, person);
      return person;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

type Wanted = { origin: string; clientSecret: string; people: ReadonlyMap<string, GooglePerson> };

function configure({ origin, clientSecret, people }: Wanted): Configuration {
  const policy = interactionPolicy.base();
  // Google's page that asks which account it shall be; asked for by name, it comes each time.
  policy.add(new interactionPolicy.Prompt({ name: "select_account", requestable: true }), 0);
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [`${origin}/api/auth/callback/google`],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // As Google does, everything is in the ID token.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_, { uid }) => `/choose/${uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
    findAccount: (_, sub) => {
      const person = people.get(sub);
      return person && { accountId: sub, claims: () => ({ email_verified: true, ...person }) };
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: CLIENT_ID,
        accountId: oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope(SCOPE);
      await grant.save();
      return grant;
    },
    renderError: (ctx, out) => {
      ctx.type = "text/plain";
      ctx.body = `The stand-in for Google: ${out.error} ${out.error_description ?? ""}`;
    },
  };
}

/** Which account, or none. */
async function choose(
  provider: Provider,
  people: ReadonlyMap<string, GooglePerson>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method !== "POST") return void res.setHeader("content-type", "text/html; charset=utf-8").end(page(people));
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const sub = new URLSearchParams(Buffer.concat(chunks).toString()).get("sub") ?? "";
  await provider.interactionFinished(
    req,
    res,
    people.has(sub) ? { login: { accountId: sub, remember: false }, select_account: {} } : { error: "access_denied" },
  );
}

const page = (people: ReadonlyMap<string, GooglePerson>): string => {
  const buttons = [...people.values()].map(({ sub, email }) => `<button name="sub" value="${sub}">${email}</button>`);
  return `<!doctype html><html lang="en"><title>Choose an account</title><form method="post">${buttons.join("")}<button name="sub" value="">Cancel</button></form></html>`;
};

/** oidc-provider tells the console, as it is made, what a production should do otherwise. */
function quietly<T>(make: () => T): T {
  const { info, warn } = console;
  Object.assign(console, { info: () => {}, warn: () => {} });
  try {
    return make();
  } finally {
    Object.assign(console, { info, warn });
  }
}
