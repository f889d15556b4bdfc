import type { Page } from "@playwright/test";
import { confirmStaff, giveSystemRole, leaveFrom } from "./harness/example-systems.ts";
import { expect, test } from "./harness/fixtures.ts";
import { giveAuthenticatorApp } from "./harness/second-factors.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";

const dataDir = () => process.env.KUNCI_E2E_DATA_DIR as string;
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const named = (words: string, system: string) => words.replace("{system}", system);

test("a system that asks for two factors is named on the way, gets them, and the person arrives @phone", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { interaction, signIn, stepUp } = words;
  const { id } = await settled("activated");
  await confirmStaff(database, id);
  const app = await giveAuthenticatorApp(dataDir(), id, { asksTwoFactors: false });
  await giveSystemRole(database, id, "perakaunan", "penyedia");
  const { path, arrives } = await leaveFrom("perakaunan", { database });

  await page.goto(path);
  await expect(heading(page)).toHaveText(signIn.heading);
  await expect(page.locator(".system-head")).toContainText("Perakaunan");
  await expectAccessible();

  await openSessionOf(id, ["password"], { context, database, origin });
  await page.reload();
  await expect(heading(page)).toHaveText(named(interaction.stepUp.tooWeak, "Perakaunan"));
  await expectAccessible();
  await page.getByRole("button", { name: interaction.stepUp.submit }).click();
  await expect(heading(page)).toHaveText(stepUp.heading);
  await expect(page.locator(".system-head")).toContainText("Perakaunan");
  await isAtWork(field(page, "code"));
  await expectAccessible();
  await field(page, "code").fill(app.codeNow());
  const told = arrives(page);
  await page.getByRole("button", { name: stepUp.submit, exact: true }).click();
  expect((await told).get("code")).toBeTruthy();
});

test("whoever has no role of a system asks their office for it without JavaScript, and turns back", async ({
  anotherBrowser,
  page: scripted,
  context: own,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { interaction } = words;
  const page = await anotherBrowser({ javaScript: false });
  const context = page.context();
  const { id } = await settled("activated");
  await confirmStaff(database, id);
  await openSessionOf(id, ["password"], { context, database, origin });
  const { path, arrives } = await leaveFrom("aset", { database });
  await page.goto(path);
  await expect(heading(page)).toHaveText(named(interaction.noAccess.no_role.heading, "Aset dan Stor"));
  const submit = page.getByRole("button", { name: interaction.request.submit });
  await field(page, "reason").fill("x".repeat(501));
  await submit.click();
  await expect(alertOn(page)).toBeVisible();
  await expect(field(page, "reason")).toHaveAttribute("aria-invalid", "true");
  await field(page, "reason").fill("Saya menjaga stor.\nMulai Isnin.");
  await submit.click();
  await expect(page.locator(".callout")).toContainText(interaction.request.waiting);
  await expect(submit).toHaveCount(0);
  const told = arrives(page);
  await page.getByRole("button", { name: named(interaction.back, "Aset dan Stor") }).click();
  expect((await told).get("error")).toBe("access_denied");

  const { path: elsewhere } = await leaveFrom("aset", { database });
  await openSessionOf(id, ["password"], { context: own, database, origin });
  await scripted.goto(elsewhere);
  await expect(scripted.locator(".callout")).toContainText(interaction.request.waiting);
  await expectAccessible(scripted);
  await scripted.goto(`/interaction/${"x".repeat(21)}`);
  await expect(heading(scripted)).toHaveText(interaction.expired.heading);
  await expectAccessible(scripted);
});
