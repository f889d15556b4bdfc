// A process of its own that drives a provider as browsers and their relying party do. Reads one job of JSON from standard
// input (`OidcJob`), writes one line of JSON: seconds.
import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import type { OidcJob } from "./oidc.ts";

const { provider, clientId, clientSecret, redirectUri, browsers, atOnce, way, count } = JSON.parse(
  await text(process.stdin),
) as OidcJob;
const { Agent, request: ask } = provider.token.startsWith("https:") ? https : http;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };
type Browser = { cookies: Map<string, string>; headers: Record<string, string>; refreshToken: string };

function send(method: "GET" | "POST", url: string, headers: Record<string, string>, body = ""): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = ask(url, { method, agent, headers }, (res) => {
      let said = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => (said += chunk));
      res.on("end", () => done({ status: res.statusCode ?? 0, headers: res.headers, body: said }));
    });
    request.on("error", fail);
    request.end(body);
  });
}

/** As a browser: with its cookies, and keeping those it is given. */
async function visit(browser: Browser, url: string): Promise<Answer> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await send("GET", url, { ...browser.headers, cookie, accept: "text/html" });
  for (const line of answer.headers["set-cookie"] ?? []) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") browser.cookies.delete(name);
    else browser.cookies.set(name, value);
  }
  return answer;
}

const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;

async function exchange(browser: Browser, params: Record<string, string>): Promise<string> {
  const body = new URLSearchParams(params).toString();
  const answer = await send(
    "POST",
    provider.token,
    {
      authorization: basic,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(Buffer.byteLength(body)),
    },
    body,
  );
  const told = JSON.parse(answer.body) as Record<string, string>;
  if (answer.status !== 200 || !told.id_token || !told.access_token || !told.refresh_token)
    throw new Error(`The token endpoint answered ${answer.status}: ${answer.body}`);
  browser.refreshToken = told.refresh_token;
  return told.access_token;
}

/** Authorize, code, token, userinfo. Only the first of a browser may be led round by a page. */
async function signIn(browser: Browser, mayBeLed = false): Promise<void> {
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid profile email roles",
    state: verifier.slice(0, 22),
    nonce: verifier.slice(-22),
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  let answer = await visit(browser, `${provider.authorization}?${query}`);
  for (let hops = 0; mayBeLed && hops < 6 && !answer.headers.location?.startsWith(redirectUri); hops += 1)
    answer = await visit(browser, new URL(answer.headers.location ?? "", provider.authorization).href);
  const code = new URL(answer.headers.location ?? "", provider.authorization).searchParams.get("code");
  if (!code) throw new Error(`No code: ${answer.status} ${answer.headers.location} ${answer.body.slice(0, 300)}`);
  const grant = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
  const accessToken = await exchange(browser, grant);
  const told = await send("GET", provider.userinfo, { authorization: `Bearer ${accessToken}` });
  if (told.status !== 200 || !("kunci_roles" in JSON.parse(told.body)))
    throw new Error(`Userinfo answered ${told.status}: ${told.body}`);
}

const renew = async (browser: Browser): Promise<void> =>
  void (await exchange(browser, { grant_type: "refresh_token", refresh_token: browser.refreshToken }));

const opened: Browser[] = browsers.map(({ cookie, headers }) => ({
  cookies: new Map(cookie ? [cookie] : []),
  headers,
  refreshToken: "",
}));

// Everybody has been here before: sessions live, grants are there, connections are open.
for (const browser of opened) await signIn(browser, true);

const work = way === "refresh" ? renew : (browser: Browser) => signIn(browser);
let left = count;
const from = performance.now();
await Promise.all(
  Array.from({ length: atOnce }, async (_, lane) => {
    // A browser belongs to one lane: it does not use its refresh token twice at once.
    const mine = opened.filter((_browser, n) => n % atOnce === lane);
    for (let n = 0; left-- > 0; n += 1) await work(mine[n % mine.length] as Browser);
  }),
);
console.log(JSON.stringify({ seconds: (performance.now() - from) / 1_000 }));
process.exit(0);
