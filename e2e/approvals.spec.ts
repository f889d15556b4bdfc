import type { Page } from "@playwright/test";
import * as jose from "jose";
import { settleAskingSystem } from "./harness/approvals.ts";
import { addAuthenticator } from "./harness/authenticator.ts";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { addPasskey, pressLive } from "./harness/passkey-steps.ts";
import { giveAuthenticatorApp } from "./harness/second-factors.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field } from "./harness/steps.ts";

const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const TITLE = "Bayaran <b onmouseover=alert(1)>bekalan</b> & pejabat";
const voucher = (identifier: string) => ({
  identifier,
  title: TITLE,
  reference: `BV/${identifier}`,
  amount: "12500.00",
  currency: "MYR",
  payee: "Syarikat Contoh Sdn. Bhd.",
});

/** What a statement says, verified by what the portal publishes. */
async function said(statement: string, origin: string, audience: string) {
  const keys = jose.createRemoteJWKSet(new URL(`${origin}/oidc/statement-keys`));
  const options = { issuer: `${origin}/oidc`, audience, typ: "kunci-approval+jwt" };
  return (await jose.jwtVerify(statement, keys, options)).payload;
}

test("a voucher is approved with the app’s code on a machine that knows nobody, without JavaScript, and another is refused", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { approve } = words.interaction;
  const { id } = await settled("activated");
  const app = await giveAuthenticatorApp(dataDir(), id);
  const system = await settleAskingSystem({ dataDir: dataDir(), origin }, id);
  const page = await anotherBrowser({ javaScript: false });
  await openSessionOf(id, ["password", "totp"], { context: page.context(), database, origin });

  const { path, checks } = await system.ask(voucher("000123"));
  await page.goto(path);
  await expect(heading(page)).toHaveText(approve.heading);
  await expect(page.getByRole("heading", { level: 2, name: TITLE })).toBeVisible();
  await expect(page.locator(".transaction")).toContainText("12,500.00");
  await expect(page.locator(".transaction")).toContainText("MYR 12500.00");
  await field(page, "code").fill(app.codeNow(20));
  await button(page, approve.byCode).click();
  await expect(alertOn(page)).toBeVisible();
  await expect(field(page, "code")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "code")).toHaveValue("");
  await field(page, "code").fill(app.codeNow());
  const back = system.arrives(page);
  await button(page, approve.byCode).click();
  const statement = await system.statementOf(await back, checks);
  expect(await said(statement, origin, system.clientId)).toMatchObject({
    decision: "approved",
    role: "pelulus-1",
    acr: "urn:kunci:aal2",
    content: voucher("000123"),
  });

  await page.goto((await system.ask(voucher("000124"))).path);
  await page.locator(".refuse > summary").click();
  await field(page, "reason").fill("Terlalu");
  await button(page, approve.refuse.submit).click();
  await expect(field(page, "reason")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "reason")).toHaveValue("Terlalu");
  await field(page, "reason").fill("Amaun tidak sama dengan invois.");
  const told = system.arrives(page);
  await button(page, approve.refuse.submit).click();
  expect((await told).searchParams.get("error")).toBe("access_denied");
});

test("a voucher is approved with a passkey, which is asked for this voucher alone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { approve } = words.interaction;
  const { id } = await settled("activated");
  const system = await settleAskingSystem({ dataDir: dataDir(), origin }, id);
  await openSessionOf(id, ["passkey_verified"], { context, database, origin });
  const device = await addAuthenticator(page, { transport: "internal" });
  await addPasskey({ page, words }, "addHere", device);

  const { path, checks } = await system.ask(voucher("000125"));
  await page.goto(path);
  await expect(heading(page)).toHaveText(approve.heading);
  await expectAccessible();
  await device.present(true);
  const back = system.arrives(page);
  await pressLive(button(page, approve.byPasskey));
  const statement = await system.statementOf(await back, checks);
  expect(await said(statement, origin, system.clientId)).toMatchObject({
    decision: "approved",
    acr: "urn:kunci:aal2:phr",
    amr: expect.arrayContaining(["swk", "user"]),
  });
});
