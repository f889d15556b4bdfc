import type { Page } from "@playwright/test";
import { dataDir, expect, test } from "./harness/fixtures.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { alertOn, field, isAtWork } from "./harness/steps.ts";
import { refuseRequests, type SystemWanted, settleSystems } from "./harness/systems.ts";

const row = (page: Page, name: string) => page.locator("main li.item", { hasText: name });
const tile = (page: Page, name: string) => page.locator("main a.tile", { hasText: name });
const toast = (page: Page) => page.locator("main [role='status'].toast");
const held = (name: string, more: SystemWanted = {}): SystemWanted => ({
  name,
  roles: ["Penyedia"],
  held: ["Penyedia"],
  ...more,
});

test("home leads into the systems one may open; another is asked for, taken back, asked for again and refused", async ({
  page,
  context,
  database,
  origin,
  settled,
  words,
  expectAccessible,
}) => {
  const { launchpad, settings } = words;
  const person = await settled("activated");
  await openSessionOf(person.id, ["password"], { context, database, origin });
  await page.goto("/home/access");
  await expect(page.locator("main")).toContainText(launchpad.access.awaitingText);
  const [bay = "", plain = "", closed = ""] = await settleSystems(dataDir(), person.id, [
    held("Bayaran Contoh", { startUri: `${origin}/guide`, initiateLoginUri: `${origin}/guide/passkey?dari=portal` }),
    held("Tanpa Alamat"),
    { name: "Perolehan Contoh", roles: ["Penyedia"], descriptionMs: "Sebut harga dan tender" },
  ]);
  await page.goto("/home");
  await expect(page.locator("main .tile.stays", { hasText: "Tanpa Alamat" })).toContainText(launchpad.noAddress);
  await expect(tile(page, "Perolehan Contoh")).toHaveCount(0);
  await expectAccessible();
  await tile(page, "Bayaran Contoh").click();
  const target = new URLSearchParams({ dari: "portal", iss: `${origin}/oidc`, target_link_uri: `${origin}/guide` });
  await expect(page).toHaveURL(`${origin}/guide/passkey?${target}`);
  for (const [id, notice] of [
    [closed, launchpad.notice.notYours],
    [plain, launchpad.notice.noAddress],
    ["x", launchpad.notice.notYours],
  ] as const) {
    await page.goto(`/home/open/${id}`);
    await expect(alertOn(page)).toContainText(notice.split("<", 1)[0] as string);
  }
  await page.goto(`/home/open/${bay}?x=${"a".repeat(200)}`);
  await expect(page).toHaveURL(/\/guide\/passkey/);

  await page.goto("/home/access");
  await expect(row(page, "Bayaran Contoh")).toHaveCount(0);
  await expectAccessible();
  await row(page, "Perolehan Contoh").getByRole("link").click();
  const submit = page.getByRole("button", { name: launchpad.access.submit, exact: true });
  await isAtWork(submit);
  await expectAccessible();
  await field(page, "note").fill("Tugas baharu");
  await submit.click();
  await expect(toast(page)).toContainText("Perolehan Contoh");
  const asked = row(page, "Perolehan Contoh");
  await expect(asked).toContainText(launchpad.access.waiting);
  await expect(asked).toContainText("Tugas baharu");
  await page.goto(`/home/access/${closed}`);
  await expect(page, "once is enough").toHaveURL("/home/access");
  await expectAccessible();
  await isAtWork(asked.getByRole("button"));
  await asked.getByRole("button").click();
  await expect(toast(page)).toContainText("Perolehan Contoh");
  await row(page, "Perolehan Contoh").getByRole("link").click();
  await isAtWork(submit);
  await submit.click();
  await expect(asked).toContainText(launchpad.access.waiting);
  await refuseRequests(dataDir(), person.id, "Bukan tugas anda.\nBincang dengan penyelia.");
  await page.goto("/home/access");
  await expect(asked).toContainText("Bincang dengan penyelia.");
  await expect(asked.getByRole("link")).toContainText(launchpad.access.askAgain);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible();
  await page.goto("/settings/systems");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.systems.heading);
  await expect(page).toHaveTitle(new RegExp(settings.pages.systems));
  await expectAccessible();
});

test("without JavaScript, on a phone, systems are searched and asked for, and one is signed out of in the settings", async ({
  anotherBrowser,
  database,
  origin,
  settled,
  words,
}) => {
  const { launchpad, systems } = words;
  const page = await anotherBrowser({ javaScript: false });
  await page.setViewportSize({ width: 390, height: 844 });
  const person = await settled("activated");
  const { sessionId } = await openSessionOf(person.id, ["password"], { context: page.context(), database, origin });
  const names = ["Aduan", "Gaji", "Latihan", "Kenderaan", "Stor", "Bilik", "Sumbangan", "Arkib"];
  const [asked = ""] = await settleSystems(dataDir(), person.id, [
    { name: "Kontrak Contoh", roles: ["Penyedia"] },
    held("Kewangan Contoh", { category: "Wang", startUri: `${origin}/guide`, from: sessionId }),
    ...names.map((name) => held(`${name} Contoh`, { startUri: `${origin}/guide` })),
  ]);

  await page.goto("/home");
  await expect(page.getByRole("heading", { level: 3, name: "Wang" })).toBeVisible();
  await field(page, "q").fill("WANG");
  await page.getByRole("button", { name: launchpad.search.submit, exact: true }).click();
  await expect(page).toHaveURL("/home?q=WANG#systems");
  await expect(page.locator("main .tiles > li")).toHaveCount(1);
  await expect(field(page, "q")).toHaveValue("WANG");
  await page.goto(`/home?q=${encodeURIComponent("<img src=x>")}`);
  await expect(page.locator("main [role='status']")).toContainText("<img src=x>");
  await expect(page.locator("main .tiles > li")).toHaveCount(0);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide, "it does not scroll sideways").toBe(false);

  await page.goto(`/home/access/${asked}`);
  await field(page, "note").fill(`${"a".repeat(501)}`);
  await page.getByRole("button", { name: launchpad.access.submit, exact: true }).click();
  await expect(alertOn(page)).toContainText("500");
  await expect(field(page, "note")).toHaveAttribute("aria-invalid", "true");
  await expect(field(page, "note")).toHaveValue("a".repeat(501));
  await field(page, "note").fill("<b>Tugas</b>\r\nBaris dua");
  await page.getByRole("button", { name: launchpad.access.submit, exact: true }).click();
  await expect(row(page, "Kontrak Contoh")).toContainText("<b>Tugas</b>");
  await expect(row(page, "Kontrak Contoh")).toContainText(launchpad.access.waiting);

  await page.goto("/settings/systems");
  const used = row(page, "Kewangan Contoh");
  await expect(used).toContainText(systems.signedIn);
  await expect(used).toContainText(systems.scopes.email);
  await used.getByRole("button").click();
  await expect(page).toHaveURL(/done=ended/);
  await expect(toast(page)).toContainText("Kewangan Contoh");
  await expect(row(page, "Kewangan Contoh").getByRole("button")).toHaveCount(0);
  await expect(row(page, "Kewangan Contoh")).toContainText("Penyedia");
});
