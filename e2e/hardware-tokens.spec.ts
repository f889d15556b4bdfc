import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { enterAs } from "./harness/officers.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";
import { settleTokens } from "./harness/tokens.ts";

const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
const figure = (page: Page, name: string) =>
  page.locator("main .kpi", { has: page.getByText(name, { exact: true }) }).locator(".v");

test("a lost token is reported by its holder without JavaScript, seen by the SA, and taken back against a receipt", async ({
  page,
  context,
  anotherBrowser,
  database,
  origin,
  settled,
  mailbox,
  words,
  expectAccessible,
}) => {
  const { own, lost, states, deeds, receipt: paper, search } = words.hardwareTokens;
  const holder = await settled("activated");
  const [id = ""] = await settleTokens(database, holder.id, ["issued"]);
  const serial = `GPKI-${id.slice(0, 8).toUpperCase()}`;
  const plain = await anotherBrowser({ javaScript: false });
  await openSessionOf(holder.id, ["password"], { context: plain.context(), database, origin });
  await plain.goto("/settings/hardware-tokens");
  await plain.getByRole("link", { name: new RegExp(`^${own.lost}.*${serial}`) }).click();
  await field(plain, "note").fill("x".repeat(501));
  await press(plain, lost.submit);
  await expect(alertOn(plain)).toContainText("500");
  await expect(field(plain, "note")).toHaveValue("x".repeat(501));
  await field(plain, "note").fill("Tercicir di stesen.");
  await press(plain, lost.submit);
  await plain.waitForURL(/done=lost/);
  await expect(plain.locator("main")).toContainText(own.after);
  await expect(plain.locator("main li.item")).toContainText(states.lost);
  await mailbox.nextTo(holder.officialEmail);

  await enterAs("sa", await settled("activated"), { context, database, origin });
  await page.goto("/admin/tokens");
  await isAtWork(field(page, "q"));
  await expectAccessible();
  await field(page, "q").fill(serial.toLowerCase());
  await press(page, search.submit);
  await page.waitForURL(`/admin/tokens/${id}`);
  await expect(page.locator("main")).toContainText("Tercicir di stesen.");
  await expectAccessible();
  await page.getByRole("link", { name: deeds.return.link, exact: true }).click();
  await page.waitForURL(/\/return$/);
  await isAtWork(field(page, "note"));
  await expectAccessible();
  await press(page, deeds.return.submit);
  await page.waitForURL(/done=returned/);
  const [number = ""] = /R-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await page.locator("main").textContent()) ?? "") ?? [];
  expect(number).not.toBe("");
  await page.goto(`/admin/tokens/${id}/receipt?in=en`);
  await expect(page.locator(".paper")).toContainText(number);
  await expect(page.locator(".paper")).toContainText("Receipt for a returned token");
  await expectAccessible();
  await page.emulateMedia({ colorScheme: "light" });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type \/Page\b/g), "one sheet of A4").toHaveLength(1);
  await expect(page.getByText(paper.print, { exact: true })).toBeVisible();
  await plain.goto("/settings/hardware-tokens");
  await expect(plain.locator("main li.item")).toContainText(number);
});

test("a file of tokens is looked at line by line, registered, and cannot be registered twice @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const t = words.hardwareTokens.import;
  const holder = await settled("activated");
  await enterAs("administrator", await settled("activated"), { context, database, origin });
  const run = holder.id.slice(0, 8).toUpperCase();
  const lines = [
    `UJI-${run}-1,${holder.officialEmail},20/11/2025`,
    `UJI-${run}-2,tiada@contoh.example.gov.my,`,
    `=1+1,${holder.officialEmail},`,
  ];
  await page.goto("/admin/tokens/import");
  await expectAccessible();
  await page.locator("#file").setInputFiles({
    name: `token-${run}.csv`,
    mimeType: "text/csv",
    buffer: Buffer.from(["No. Siri,Emel Rasmi,Tarikh", ...lines, ""].join("\r\n")),
  });
  await press(page, t.submit);
  await page.waitForURL(/\/admin\/tokens\/import\/[0-9a-f-]{36}$/);
  await expect(figure(page, t.counts.new)).toHaveText("1");
  await expect(figure(page, t.counts.bad)).toHaveText("2");
  await expect(page.locator("main")).toContainText(t.wrong.holder_unknown);
  await expectAccessible();
  const bad = await (await page.request.get(`${page.url()}/bad-rows`)).text();
  expect(bad, "a formula stays text").toContain("'=1+1");
  const apply = page.locator("form:has(input[name='import']) button.btn-primary");
  await isAtWork(apply);
  await apply.click();
  await expect(page.getByRole("heading", { name: t.did })).toBeVisible();
  await expectAccessible();
  await expect(apply).toHaveCount(0);
  const { rows } = await database.query("select state from hardware_token where holder_id = $1", [holder.id]);
  expect(rows).toEqual([{ state: "issued" }]);
});
