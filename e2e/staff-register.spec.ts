import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { enterAs } from "./harness/officers.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

const REGISTER = "/admin/staff-register";
const press = (page: Page, name: string) => page.locator("main").getByRole("button", { name, exact: true }).click();
const figure = (page: Page, name: string) =>
  page.locator("main .kpi", { has: page.getByText(name, { exact: true }) }).locator(".v");

/** Passports, for which any number will do: each run's own. */
function registerFile(run: string, rows: readonly (readonly [string, string, string])[]): Buffer {
  const lines = rows.map(([number, name, email]) => `${number}${run},ID,${name},${email},0101,Ibu Pejabat`);
  return Buffer.from(["No. Pasport,Negara,Nama Penuh,Emel Rasmi,Kod Pejabat,Pejabat", ...lines, ""].join("\r\n"));
}

async function upload(page: Page, name: string, buffer: Buffer, submit: string) {
  await page.goto(REGISTER);
  await page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer });
  await press(page, submit);
  await page.waitForURL(new RegExp(`${REGISTER}/[0-9a-f-]{36}$`));
}

test("a register is uploaded, looked at, applied, and its people invited @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const t = words.staffRegister;
  await enterAs("administrator", await settled("activated"), { context, database, origin });
  const run = randomUUID().slice(0, 6).toUpperCase();
  const mailbox = (n: number) => `${run.toLowerCase()}.${n}@contoh.example.gov.my`;
  await page.goto(REGISTER);
  await expectAccessible();
  await upload(
    page,
    `daftar-${run}.csv`,
    registerFile(run, [
      ["A1", "Nur Contoh binti Teladan", mailbox(1)],
      ["A2", "Devi A/P Contoh", mailbox(2)],
      ["A3", "Nama 9", mailbox(3)],
    ]),
    t.upload.submit,
  );
  await expect(page.getByRole("heading", { name: t.apply.heading })).toBeVisible({ timeout: 20_000 });
  await expect(figure(page, t.import.counts.new)).toHaveText("2");
  await expect(figure(page, t.import.counts.bad)).toHaveText("1");
  await expect(page.locator("main")).toContainText(t.wrong.name_digits);
  await expectAccessible();

  const bad = await page.request.get(`${page.url()}/bad-rows`);
  expect(await bad.text()).toContain(t.wrong.name_digits);
  expect(await bad.text()).not.toContain(`A3${run}`);

  await isAtWork(field(page, "opensOn"));
  await press(page, t.apply.submit);
  await expect(page.getByRole("heading", { name: t.import.countsDone })).toBeVisible({ timeout: 20_000 });
  await expectAccessible();
  const { rows } = await database.query("select status from account where official_email in ($1, $2)", [
    mailbox(1),
    mailbox(2),
  ]);
  expect(rows).toEqual([{ status: "pre_registered" }, { status: "pre_registered" }]);
  await page.goto(`${REGISTER}/invitations`);
  await expectAccessible();
});

test("without JavaScript a file with strange titles gets its columns, a wrong one says why, and a leaver is decided on", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const t = words.staffRegister;
  const page = await anotherBrowser({ javaScript: false });
  await enterAs("administrator", await settled("activated"), { context: page.context(), database, origin });
  const leaver = await settled("activated");
  const run = randomUUID().slice(0, 6).toUpperCase();
  await upload(page, "buku.xls", Buffer.from("d0cf11e0a1b11ae100", "hex"), t.upload.submit);
  await expect(async () => {
    await page.reload();
    await expect(page.locator("main")).toContainText(t.file.file_protected);
  }).toPass({ timeout: 20_000 });

  const strange = `Satu,Dua,Tiga,Empat,Lima\r\nB1${run},ID,Nur Contoh,${run.toLowerCase()}@contoh.example.gov.my,0101\r\n`;
  await upload(page, `pelik-${run}.csv`, Buffer.from(strange), t.upload.submit);
  const link = page.getByRole("link", { name: t.import.columns });
  await expect(async () => {
    await page.reload();
    await expect(link).toBeVisible();
  }).toPass({ timeout: 20_000 });
  await link.click();
  await page.locator("#passportNumber").selectOption("0");
  await press(page, t.columns.submit);
  await expect(alertOn(page)).toContainText(t.columns.wrong.column_name);
  await expect(page.locator("#passportNumber")).toHaveValue("0");
  for (const [name, column] of [
    ["passportCountry", "1"],
    ["fullName", "2"],
    ["officialEmail", "3"],
    ["officeCode", "4"],
  ] as const)
    await page.locator(`#${name}`).selectOption(column);
  await press(page, t.columns.submit);
  await expect(async () => {
    await page.reload();
    await expect(figure(page, t.import.counts.new)).toHaveText("1");
  }).toPass({ timeout: 20_000 });
  await press(page, t.import.discard);
  await expect(page.locator("main")).toContainText(t.states.discarded);

  await database.query(
    `insert into staff_leaver (id, account_id, why, state, proposed_at) values ($1, $2, 'missing', 'proposed', now())`,
    [randomUUID(), leaver.id],
  );
  await page.goto("/helpdesk/leavers");
  await press(page, t.leavers.suspend);
  await expect(alertOn(page)).toContainText(t.leavers.wrong.none);
  await page
    .getByRole("checkbox", { name: t.leavers.select.replace("{name}", leaver.fullName) })
    .first()
    .check();
  await field(page, "reason").fill("Sudah bersara");
  await press(page, t.leavers.suspend);
  await page.waitForURL(/done=1&left=0/);
  const { rows } = await database.query("select status from account where id = $1", [leaver.id]);
  expect(rows).toEqual([{ status: "suspended" }]);
});
