import type { Page } from "@playwright/test";
import { type Authenticator, addAuthenticator } from "./harness/authenticator.ts";
import { expect, test } from "./harness/fixtures.ts";
import { addPasskey, PASSKEYS_PAGE, pressLive, signInByCard } from "./harness/passkey-steps.ts";
import { GOOD_PASSWORD } from "./harness/people.ts";
import { openSessionOf } from "./harness/signed-in.ts";
import { field, identify, isAtWork, methodCard, signIn, signOut, upToFigure, type Walker } from "./harness/steps.ts";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const row = (page: Page, name: string) => page.locator("li.item").filter({ hasText: name });
/** What went wrong with a passkey, below its button. */
const troubleOn = (page: Page) => page.locator(".ceremony-trouble");
const toast = (page: Page) => page.locator(".toast");

test("a passkey is added, named, opens the account with a number and without one, and is removed @phone", async ({
  page,
  walkerOn,
  settled,
  words,
  expectAccessible,
}) => {
  test.slow();
  const { passkeys } = words;
  const walker = walkerOn(page);
  const person = await settled("activated");
  const device = await addAuthenticator(page, { transport: "internal" });
  await signIn(walker, person, GOOD_PASSWORD);

  await page.goto(PASSKEYS_PAGE);
  await expect(page.getByText(passkeys.empty, { exact: true })).toBeVisible();
  await expectAccessible();
  await addPasskey(walker, "addHere", device);
  await expect(toast(page)).toContainText(
    upToFigure(passkeys.added.slice(passkeys.added.indexOf("}") + 1)).slice(0, 12),
  );
  await expect(page.locator("li.item")).toHaveCount(1);
  await expect(page.getByText(passkeys.thisOnly, { exact: true })).toBeVisible();
  await expectAccessible();

  await page.locator("li.item").getByRole("link", { name: passkeys.rename }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(passkeys.renaming.heading);
  await expectAccessible();
  await field(page, "name").fill("");
  await button(page, passkeys.renaming.save).click();
  await expect(page.locator("main .summary")).toContainText(passkeys.renaming.missing);
  await expectAccessible();
  await field(page, "name").fill("Komputer pejabat");
  await button(page, passkeys.renaming.save).click();
  await expect(toast(page)).toContainText("Komputer pejabat");
  await expect(row(page, "Komputer pejabat")).toBeVisible();

  await signOut(walker);
  await signInByCard(walker, person, "passkey", device);

  // Nobody types anything: the identity field waits for a passkey, and the person chooses theirs.
  await signOut(walker);
  await device.present(true);
  await page.goto("/sign-in");
  await expect(page).toHaveURL(/\/home$/);
  await device.present(false);

  await page.goto(PASSKEYS_PAGE);
  await row(page, "Komputer pejabat").getByRole("link", { name: passkeys.remove }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Komputer pejabat");
  await expect(
    page.locator("main .ways-left").getByText(words.settings.waysLeft.withPassword, { exact: true }),
  ).toBeVisible();
  await expect(page.getByText(passkeys.removing.last)).toBeVisible();
  await expect(page.getByText(passkeys.removing.signsOut)).toBeVisible();
  await expectAccessible();
  await button(page, passkeys.removing.submit).click();
  await expect(page).toHaveURL(/\/sign-in\?notice=passkeyRemoved$/);
  await expect(page.getByText(words.signIn.passkeyRemoved)).toBeVisible();
  await expectAccessible();
  await signIn(walker, person, GOOD_PASSWORD);
});

test("a phone is added by QR code and opens the account from another device", async ({
  page,
  walkerOn,
  settled,
  words,
}) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  const phone = await addAuthenticator(page, { transport: "hybrid", synced: true });
  await signIn(walker, person, GOOD_PASSWORD);
  await addPasskey(walker, "addElsewhere", phone);
  await expect(page.getByText(words.passkeys.synced, { exact: true })).toBeVisible();
  await signOut(walker);
  await signInByCard(walker, person, "otherDevice", phone);

  await signOut(walker);
  await identify(walker, person);
  await expect(page.locator(".methods > .best")).toContainText(words.method.ways.otherDevice.name);
});

test("a passkey leads back to the page that asked for a sign-in", async ({ page, walkerOn, settled, words }) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  const device = await addAuthenticator(page, { transport: "internal" });
  await signIn(walker, person, GOOD_PASSWORD);
  await addPasskey(walker, "addHere", device);
  await signOut(walker);
  // A device that is present would answer the identity field, which asks as the page opens, before anything is pressed: this
  // browser offers nothing in fields.
  await page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
  await page.goto(PASSKEYS_PAGE);
  await expect(page).toHaveURL(/\/sign-in\?/);
  await device.present(true);
  await pressLive(button(page, words.passkeys.signIn.here));
  await expect(page).toHaveURL(new RegExp(`${PASSKEYS_PAGE}$`));
});

test.describe("of somebody with a passkey", () => {
  let device: Authenticator;
  let walker: Walker;
  let person: { identity: { number: string }; id: string } & Parameters<typeof identify>[1];

  test.beforeEach(async ({ page, walkerOn, settled, context, database, origin }) => {
    walker = walkerOn(page);
    person = await settled("activated");
    device = await addAuthenticator(page, { transport: "internal" });
    await openSessionOf(person.id, ["password"], { context, database, origin });
    await addPasskey(walker, "addHere", device);
  });

  test("a device that has one already says so, and gets no second", async ({ page, words }) => {
    await device.present(true);
    await pressLive(button(page, words.passkeys.addHere));
    await expect(troubleOn(page).first()).toContainText(words.passkeys.ceremony.duplicate);
    expect(await device.credentials()).toHaveLength(1);
  });

  test("a device that was removed stops offering its passkey", async ({ page, words }) => {
    expect(await device.credentials()).toHaveLength(1);
    await page.locator("li.item").getByRole("link", { name: words.passkeys.remove }).click();
    await expect(page.getByText(words.passkeys.removing.signsOut)).toBeHidden();
    await button(page, words.passkeys.removing.submit).click();
    await expect(toast(page)).toContainText(words.passkeys.removed);
    await expect(page.getByText(words.passkeys.empty, { exact: true })).toBeVisible();
    // The Signal API: what the portal no longer takes, the device no longer offers.
    await expect.poll(() => device.credentials()).toEqual([]);
  });

  test("a finger that is not recognised is told in plain words, and another try works", async ({
    page,
    words,
    expectAccessible,
  }) => {
    await signOut(walker);
    await identify(walker, person);
    await device.recognises(false);
    await device.present(true);
    const card = methodCard(page, words.method.ways.passkey.name);
    await pressLive(card);
    await expect(troubleOn(page).filter({ hasText: words.passkeys.ceremony.cancelled })).toBeVisible();
    await expectAccessible();
    await device.recognises(true);
    await pressLive(card);
    await expect(page).toHaveURL(/\/home$/);
  });

  test("a passkey that the account no longer has is refused, and the device forgets it", async ({
    page,
    words,
    database,
  }) => {
    await signOut(walker);
    await database.query("delete from passkey where account_id = $1", [person.id]);
    await identify(walker, person);
    await device.present(true);
    await pressLive(methodCard(page, words.method.ways.passkey.name));
    await expect(troubleOn(page).filter({ hasText: words.passkeys.signIn.mismatch })).toBeVisible();
    await expect.poll(() => device.credentials()).toEqual([]);
  });

  test("somebody else's passkey does not open the number that was typed", async ({ page, words, settled }) => {
    await signOut(walker);
    await identify(walker, await settled("activated"));
    await device.present(true);
    await pressLive(methodCard(page, words.method.ways.passkey.name));
    await expect(troubleOn(page).filter({ hasText: words.passkeys.signIn.mismatch })).toBeVisible();
    expect(await device.credentials(), "it is somebody's, so it stays").toHaveLength(1);
  });

  test("an old proof is made fresh by the passkey, and leads back to the name that was typed", async ({
    page,
    words,
    database,
  }) => {
    await page.locator("li.item").getByRole("link", { name: words.passkeys.rename }).click();
    await field(page, "name").fill("Komputer baharu");
    await database.query("update session set proofs = '[]' where account_id = $1", [person.id]);
    await button(page, words.passkeys.renaming.save).click();
    await expect(page).toHaveURL(/\/sign-in\/step-up/);
    await device.present(true);
    await pressLive(methodCard(page, words.method.ways.passkey.name));
    await expect(page).toHaveURL(/\/rename$/);
    await expect(field(page, "name")).toHaveValue("Komputer baharu");
    await button(page, words.passkeys.renaming.save).click();
    await expect(row(page, "Komputer baharu")).toBeVisible();
  });

  test("adding another asks for a fresh proof first, and the page says to go on", async ({ page, words, database }) => {
    await database.query("update session set proofs = '[]' where account_id = $1", [person.id]);
    await pressLive(button(page, words.passkeys.addElsewhere));
    await expect(page).toHaveURL(/\/sign-in\/step-up/);
    await device.present(true);
    await pressLive(methodCard(page, words.method.ways.passkey.name));
    await expect(page).toHaveURL(new RegExp(`${PASSKEYS_PAGE}$`));
    await expect(page.getByText(words.passkeys.proven)).toBeVisible();
  });

  test("it is renamed and removed without JavaScript, and no other passkey is anybody's to open", async ({
    page,
    context,
    anotherBrowser,
    words,
    settled,
    database,
    origin,
  }) => {
    const plain = await anotherBrowser({ javaScript: false });
    await plain.context().addCookies((await context.cookies()).filter(({ name }) => name.endsWith("kunci-session")));
    await plain.goto(PASSKEYS_PAGE);
    await expect(plain.locator('noscript a[href="/settings/authenticator-app"]')).toBeVisible();
    await button(plain, words.passkeys.addHere).click();
    await expect(troubleOn(plain).first()).toContainText(words.passkeys.nothingCame);
    await plain.locator("li.item").getByRole("link", { name: words.passkeys.rename }).click();
    const renaming = plain.url();
    await field(plain, "name").fill("Telefon ‮lama");
    await button(plain, words.passkeys.renaming.save).click();
    await expect(plain.locator("main .summary")).toBeVisible();
    await field(plain, "name").fill("Telefon lama");
    await button(plain, words.passkeys.renaming.save).click();
    await expect(row(plain, "Telefon lama")).toBeVisible();

    const other = await settled("activated");
    const strangers = await anotherBrowser();
    await openSessionOf(other.id, ["password"], { context: strangers.context(), database, origin });
    expect((await strangers.goto(renaming))?.status()).toBe(404);
    await expect(strangers.getByRole("heading", { level: 1 })).toHaveText(words.passkeys.noSuch);

    await plain.locator("li.item").getByRole("link", { name: words.passkeys.remove }).click();
    await button(plain, words.passkeys.removing.submit).click();
    await expect(toast(plain)).toContainText(words.passkeys.removed);
    await page.goto(PASSKEYS_PAGE);
    await expect.poll(() => device.credentials()).toEqual([]);
  });
});

test("by keyboard alone a passkey is added and opens the account", async ({ page, walkerOn, settled, words }) => {
  const walker = walkerOn(page);
  const person = await settled("activated");
  const device = await addAuthenticator(page, { transport: "internal" });
  await signIn(walker, person, GOOD_PASSWORD);
  await page.goto(PASSKEYS_PAGE);
  await device.present(true);
  const addHere = button(page, words.passkeys.addHere);
  await isAtWork(addHere);
  for (let n = 0; n < 60 && !(await addHere.evaluate((element) => element === document.activeElement)); n++)
    await page.keyboard.press("Tab");
  await expect(addHere).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/done=added/);
  await device.present(false);
  await signOut(walker);
  await identify(walker, person);
  await device.present(true);
  const card = methodCard(page, words.method.ways.passkey.name);
  for (let n = 0; n < 40 && !(await card.evaluate((element) => element === document.activeElement)); n++)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/home$/);
});

test("a browser that knows no passkeys says so and leaves the other ways", async ({
  page,
  walkerOn,
  settled,
  words,
  expectAccessible,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "PublicKeyCredential"));
  const walker = walkerOn(page);
  await page.goto("/sign-in");
  await expect(page.getByText(words.passkeys.ceremony.unsupported)).toBeVisible();
  await expectAccessible();
  await signIn(walker, await settled("activated"), GOOD_PASSWORD);
  await page.goto(PASSKEYS_PAGE);
  await expect(page.getByText(words.passkeys.adding.unsupported).first()).toBeVisible();
  await expectAccessible();
  await pressLive(button(page, words.passkeys.addHere));
  await expect(troubleOn(page).first()).toContainText(words.passkeys.adding.unsupported);
});

test("a machine without biometrics or Bluetooth is known before anybody presses a button", async ({
  page,
  walkerOn,
  settled,
  words,
}) => {
  await page.addInitScript(() => {
    PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => false;
    PublicKeyCredential.getClientCapabilities = async () => ({ hybridTransport: false });
  });
  await page.goto("/sign-in");
  await expect(page.getByText(words.passkeys.signIn.noneHere)).toBeVisible();
  await identify(walkerOn(page), await settled("activated"));
  await expect(methodCard(page, words.method.ways.passkey.name)).toContainText(words.passkeys.card.here);
  await expect(methodCard(page, words.method.ways.otherDevice.name)).toContainText(words.passkeys.card.elsewhere);
});

test("without JavaScript the button of the sign-in page answers, and the number is still asked for", async ({
  anotherBrowser,
  words,
}) => {
  const page = await anotherBrowser({ javaScript: false });
  await page.goto("/sign-in");
  await button(page, words.passkeys.signIn.here).click();
  await expect(troubleOn(page)).toContainText(words.passkeys.signIn.nothingCame);
  await expect(field(page, "identityNumber")).toBeVisible();
});

test("the identity field waits with a challenge that never grows old", async ({ page }) => {
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/passkey/options")) asked += 1;
  });
  await page.clock.install();
  await page.goto("/sign-in");
  await expect.poll(() => asked).toBe(1);
  await expect(field(page, "identityNumber")).toHaveAttribute("autocomplete", /webauthn$/);
  await page.clock.runFor("04:10");
  await expect.poll(() => asked).toBe(2);
});

test("the portal can be installed as an app", async ({ page, origin }) => {
  await page.goto("/");
  const link = page.locator('link[rel="manifest"]');
  const manifest = await (await page.request.get((await link.getAttribute("href")) as string)).json();
  expect(manifest).toMatchObject({ id: "/", lang: "ms", display: "standalone", start_url: "/home" });
  for (const { src, sizes } of manifest.icons as { src: string; sizes: string }[]) {
    const picture = await page.request.get(origin + src);
    expect(picture.headers()["content-type"]).toBe("image/png");
    // The width and height of a PNG stand at bytes 16 and 20.
    const bytes = await picture.body();
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
  await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveCount(1);
  const cdp = await page.context().newCDPSession(page);
  const { installabilityErrors } = await cdp.send("Page.getInstallabilityErrors");
  // A test's browser window keeps nothing, and cannot install anything for that reason alone.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});
