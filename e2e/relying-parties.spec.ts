import type { Page } from "@playwright/test";
import { squarePng } from "#lib/testing/png.ts";
import { expect, test } from "./harness/fixtures.ts";
import { enterAs } from "./harness/officers.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
const follow = (page: Page, name: string) => page.locator("main").getByRole("link", { name, exact: true }).click();
const toast = (page: Page) => page.locator("main [role='status'].toast");
const PARTY = /\/admin\/relying-parties\/[\da-f-]{36}(?:\?|$)/;

test("a system is registered, its secret shown once and replaced, given a role and a logo, and disabled; an auditor only looks", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  anotherBrowser,
  expectAccessible,
}) => {
  const { form, list, logo, page: titles, power, refusals, roles, secrets, shown, done } = words.relyingParties;
  await enterAs("administrator", await settled("activated"), { context, database, origin });
  const name = `Kenderaan ${Date.now().toString(36)}`;
  const address = "https://kenderaan.contoh.example.gov.my/masuk";

  await page.goto("/admin/relying-parties");
  await follow(page, list.add);
  await page.waitForURL("**/admin/relying-parties/new");
  await isAtWork(field(page, "name"));
  await expectAccessible();
  await field(page, "name").fill(name);
  await field(page, "redirectUris").fill(`${address}\n${address.replace("https", "http")}`);
  await page.locator("#minimumLevel-aal2").check();
  await press(page, titles.addSubmit);
  await expect(alertOn(page)).toContainText(form.line.replace("{line}", "2").replace("{what}", refusals.uri_scheme));
  await expect(field(page, "redirectUris")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "name")).toHaveValue(name);
  await expect(page.locator("#minimumLevel-aal2")).toBeChecked();
  await field(page, "redirectUris").fill(address);
  await press(page, titles.addSubmit);
  const secret = page.locator(".party-secret code").nth(1);
  await expect(secret).toHaveText(/^[\w-]{43}$/);
  await expectAccessible();
  const first = (await secret.textContent()) ?? "";

  await page.reload();
  await expect(field(page, "name")).toHaveValue("");
  await expect(page.getByText(first, { exact: true })).toHaveCount(0);
  await page.goto("/admin/relying-parties");
  await follow(page, name);
  await page.waitForURL(PARTY);
  expect(await page.content()).not.toContain(first);
  await expectAccessible();

  await follow(page, secrets.rotate);
  await isAtWork(field(page, "overlap"));
  await field(page, "overlap").fill("31");
  await press(page, secrets.submit);
  await expect(alertOn(page)).toContainText(refusals.overlap_range);
  await field(page, "overlap").fill("7");
  await press(page, secrets.submit);
  await expect(secret).toHaveText(/^[\w-]{43}$/);
  await expect(secret).not.toHaveText(first);
  await follow(page, shown.next);
  await page.waitForURL(PARTY);
  await press(page, secrets.end);
  await expect(toast(page)).toContainText(done.secretEnded);

  await follow(page, roles.add);
  await isAtWork(field(page, "key"));
  await expectAccessible();
  await field(page, "key").fill("pemandu");
  await field(page, "nameMs").fill("Pemandu");
  await field(page, "nameEn").fill("Driver");
  await press(page, roles.addSubmit);
  await expect(toast(page)).toContainText(done.roleAdded);
  await page.locator("#logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: squarePng(64) });
  await press(page, logo.submit);
  await expect(toast(page)).toContainText(done.logo);
  await expect(page.getByRole("img", { name: logo.now })).toHaveJSProperty("naturalWidth", 64);
  const src = (await page.getByRole("img", { name: logo.now }).getAttribute("src")) ?? "";
  const cacheOf = async (path: string) => (await page.request.get(path)).headers()["cache-control"];
  expect(await cacheOf(src)).toContain("immutable");
  expect(await cacheOf(src.replace(/v=\d+/, "v=999"))).not.toContain("immutable");
  expect((await page.request.get("/systems/0199c6f0-0000-7000-8000-000000000000/logo")).status()).toBe(404);
  await isAtWork(field(page, "name"));
  await press(page, power.off);
  await expect(toast(page)).toContainText(done.off);
  await expect(page.locator(".page-head")).toContainText(titles.off);

  const auditing = await anotherBrowser();
  await enterAs("auditor", await settled("activated"), { context: auditing.context(), database, origin });
  await auditing.goto(page.url());
  await expect(auditing.locator("main").getByRole("button")).toHaveCount(0);
  const missing = await auditing.goto("/admin/relying-parties/new");
  expect(missing?.status()).toBe(404);
});

test("without JavaScript a secret is gone on reload as well, and a page of addresses is kept while a fresh proof is asked for", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { page: titles, refusals, secrets } = words.relyingParties;
  const page = await anotherBrowser({ javaScript: false });
  const administrator = await settled("activated");
  await enterAs("administrator", administrator, { context: page.context(), database, origin });
  const secret = page.locator(".party-secret code").nth(1);
  const name = `Tempahan ${Date.now().toString(36)}`;

  await page.goto("/admin/relying-parties/new");
  await field(page, "name").fill(name);
  await field(page, "redirectUris").fill("https://tempahan.contoh.example.gov.my/masuk");
  await press(page, titles.addSubmit);
  const first = (await secret.textContent()) ?? "";
  await page.reload();
  await expect(alertOn(page)).toContainText(refusals.system_name_taken);
  expect(await page.content()).not.toContain(first);
  await page.goto("/admin/relying-parties");
  await follow(page, name);
  await follow(page, secrets.rotate);
  await press(page, secrets.submit);
  const second = (await secret.textContent()) ?? "";
  await page.reload();
  await expect(alertOn(page)).toContainText(words.administration.conflict.heading);
  expect(await page.content()).not.toContain(second);

  await page.goto("/admin/relying-parties/new");
  await database.query(
    `update session set proofs = (
        select jsonb_agg(jsonb_set(p, '{at}', to_jsonb(now() - interval '20 minutes'))) from jsonb_array_elements(proofs) p
      ) where account_id = $1 and ended_at is null`,
    [administrator.id],
  );
  const many = Array.from(
    { length: 20 },
    (_, n) => `https://tempahan${n}.contoh.example.gov.my/${"abcdefghij".repeat(10)}/${n}`,
  ).join("\n");
  await field(page, "name").fill(`${name} Dua`);
  await field(page, "redirectUris").fill(many);
  await press(page, titles.addSubmit);
  await page.waitForURL("**/sign-in/step-up");
  await page.goto("/admin/relying-parties/new");
  await expect(field(page, "name")).toHaveValue(`${name} Dua`);
  await expect(field(page, "redirectUris")).toHaveValue(many);
});
