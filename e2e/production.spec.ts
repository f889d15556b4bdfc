import { once } from "node:events";
import fs from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import * as jose from "jose";
import * as client from "openid-client";
import type pg from "pg";
import { totpCode } from "#lib/testing/totp.ts";
import { addAuthenticator } from "./harness/authenticator.ts";
import { confirmStaff } from "./harness/example-systems.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { linkIn } from "./harness/mailbox.ts";
import { addPasskey, signInByCard } from "./harness/passkey-steps.ts";
import { GOOD_PASSWORD, settleApp } from "./harness/people.ts";
import {
  activate,
  choosePasswordCard,
  field,
  givePassword,
  register,
  signIn,
  signOut,
  toThePassword,
} from "./harness/steps.ts";
import { asOperator } from "./topology/as-operator.ts";

// `npm run test:production`: two instances in production mode behind nginx, reached over https.

test("somebody registers, activates from the mailed link and signs in with a password and an app", async ({
  page,
  context,
  walkerOn,
  somebody,
  mailbox,
  words,
  origin,
}) => {
  test.slow();
  const person = somebody();
  const walker = walkerOn(page);
  await register(walker, person);
  await expect(page.locator(".phase"), "no demonstration").not.toContainText(words.demo.demo.badge);
  const letter = await mailbox.nextTo(person.officialEmail);
  expect(linkIn(letter)).toContain(`${origin}/activate/`);
  await activate(walker, linkIn(letter), person);
  await signIn(walker, person);

  await page.goto("/settings/authenticator-app");
  const { setup, begin } = words.authenticatorApp;
  await page.getByRole("button", { name: begin, exact: true }).click();
  await page.getByText(setup.cannotScan).click();
  const secret = (await page.locator(".secret").textContent())?.replaceAll(" ", "") ?? "";
  await field(page, "code").fill(totpCode(secret, new Date()));
  await page.getByRole("button", { name: setup.submit, exact: true }).click();
  await expect(page).toHaveURL(/done=first$/);
  await signOut(walker);

  await toThePassword(walker, person);
  await givePassword(walker);
  await expect(page).toHaveURL(/\/sign-in\/(method|code\?method=totp)$/);
  // The step of the set-up is spent; the next one is taken early.
  await field(page, "code").fill(totpCode(secret, new Date(), 1));
  await page.getByRole("button", { name: words.signIn.code.submit, exact: true }).click();
  await expect(page).toHaveURL(`${origin}/home`);

  const cookies = (await context.cookies()).filter(({ name }) => name.includes("kunci-session"));
  expect(cookies).toMatchObject([
    { name: "__Host-kunci-session", secure: true, httpOnly: true, sameSite: "Lax", path: "/" },
  ]);
  const answer = await page.reload();
  expect(answer?.headers()["strict-transport-security"]).toMatch(/^max-age=\d{8}/);
});

test("a passkey is added and opens the account", async ({ page, walkerOn, settled }) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  const device = await addAuthenticator(page, { transport: "internal" });
  await signIn(walker, person, GOOD_PASSWORD);
  await addPasskey(walker, "addHere", device);
  await signOut(walker);

  await signInByCard(walker, person, "passkey", device);
});

test("a system registered by the operator signs somebody in, is told who over TLS, and when they have signed out", async ({
  page,
  walkerOn,
  settled,
  words,
  origin,
  database,
}, info) => {
  const person = await settled("activated");
  await confirmStaff(database, person.id);
  const secret = await settleApp(dataDir(), person.id);
  // Any address over TLS does, where nobody else takes the code.
  const redirectUri = `${origin}/guide`;
  await using receiver = await logoutReceiver(dataDir());
  const file = info.outputPath("system.json");
  fs.writeFileSync(
    file,
    JSON.stringify({
      name: "Cuti di Pengeluaran",
      redirectUris: [redirectUri],
      backchannelLogoutUri: receiver.uri,
      minimumLevel: "aal2",
      openToAll: true,
    }),
  );
  const { clientId, clientSecret } = JSON.parse(operator(["relying-party", "add", file, "--json"], origin, database));

  const issuer = await client.discovery(
    new URL(`${origin}/oidc`),
    clientId,
    undefined,
    client.ClientSecretBasic(clientSecret),
  );
  const verifier = client.randomPKCECodeVerifier();
  const begin = client.buildAuthorizationUrl(issuer, {
    redirect_uri: redirectUri,
    scope: "openid profile email",
    state: "satu",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  await page.goto(begin.href);
  await expect(page, "every instance knows a new system at once").toHaveURL(/\/sign-in\?returnTo=/);
  await field(page, "identityNumber").fill(person.identity.number);
  await page.getByRole("button", { name: words.signIn.next, exact: true }).click();
  const walker = walkerOn(page);
  await choosePasswordCard(walker);
  await givePassword(walker, GOOD_PASSWORD);
  await field(page, "code").fill(totpCode(secret, new Date()));
  await page.getByRole("button", { name: words.signIn.code.submit, exact: true }).click();
  await page.waitForURL(`${redirectUri}?**`);

  const tokens = await client.authorizationCodeGrant(issuer, new URL(page.url()), {
    pkceCodeVerifier: verifier,
    expectedState: "satu",
  });
  expect(tokens.claims()).toMatchObject({ iss: `${origin}/oidc`, aud: clientId, acr: "urn:kunci:aal2" });
  const told = await client.fetchUserInfo(issuer, tokens.access_token, tokens.claims()?.sub as string);
  expect(told).toMatchObject({ email: person.officialEmail, name: person.fullName });

  await page.goto("/home");
  await page.locator("details.me > summary").click();
  await page.getByRole("button", { name: words.common.signOut, exact: true }).click();
  await expect(page).toHaveURL(/\/sign-out\/done\?/);
  await expect(page.locator("main")).toContainText("Cuti di Pengeluaran");
  const { protectedHeader, payload } = await jose.jwtVerify(
    await receiver.token,
    jose.createRemoteJWKSet(new URL(issuer.serverMetadata().jwks_uri ?? "")),
    { issuer: `${origin}/oidc`, audience: clientId, typ: "logout+jwt" },
  );
  expect(protectedHeader.alg).toBe("RS256");
  expect(payload).toMatchObject({ sub: tokens.claims()?.sub, sid: tokens.claims()?.sid });
});

/** The system's own end: takes a logout token, over TLS with the certificate of the run. */
async function logoutReceiver(folder: string) {
  const { promise: token, resolve, reject } = Promise.withResolvers<string>();
  token.catch(() => undefined);
  const [cert, key] = ["tls.crt", "tls.key"].map((name) => fs.readFileSync(path.join(folder, name)));
  const server = https.createServer({ cert, key }, (req, res) => {
    text(req).then((body) => {
      const told = new URLSearchParams(body).get("logout_token");
      if (told === null) reject(new Error(`Told of nothing: ${body}`));
      else resolve(told);
      res.end();
    }, reject);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    uri: `https://127.0.0.1:${port}/logout`,
    token,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

test("the first administrator is invited at the terminal, and enters the consoles with a passkey alone", async ({
  page,
  walkerOn,
  somebody,
  mailbox,
  origin,
  database,
}) => {
  test.slow();
  const person = somebody();
  const walker = walkerOn(page);
  operator(
    ["invite-admin", "--identity", person.identity.number, "--name", person.fullName, "--email", person.officialEmail],
    origin,
    database,
  );
  await activate(walker, linkIn(await mailbox.nextTo(person.officialEmail)), person);
  await signIn(walker, person);
  await page.goto("/admin/offices");
  await expect(page, "a password does not do").toHaveURL(/\/helpdesk\/enter\?to=/);

  const device = await addAuthenticator(page, { transport: "internal" });
  await addPasskey(walker, "addHere", device);
  await signOut(walker);
  await signInByCard(walker, person, "passkey", device);
  await page.goto("/admin/offices");
  await expect(page).toHaveURL(`${origin}/admin/offices`);
  await expect(page.locator("main")).toContainText("Ibu Pejabat");
});

test("what is of the demonstration alone is not there", async ({ origin }) => {
  for (const path of ["/mailbox", "/mailbox.json"]) expect((await fetch(origin + path)).status, path).toBe(404);
});

/** `npm run kunci` on the topology's database, with its keys. */
const operator = (args: readonly string[], origin: string, database: pg.Pool) =>
  asOperator(args, {
    ORIGIN: origin,
    DATABASE_OWNER_URL: database.options.connectionString ?? "",
    KUNCI_KEYS_FILE: `${dataDir()}/keys.json`,
    SMTP_URL: "smtp://127.0.0.1:9",
  });
