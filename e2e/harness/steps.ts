import { expect, type Locator, type Page } from "@playwright/test";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import type { Messages } from "#lib/text/messages.ts";

/** Who does it, and where: a page, its words, and what is checked whenever a page has been reached. */
export type Walker = { page: Page; words: Messages; script: boolean; arrived: (page: Page) => Promise<void> };

export type Somebody = { identity: IdentityNumber & { type: "mykad" }; fullName: string; officialEmail: string };

export const PASSWORD = "Nasi-Lemak-Ikan-Bilis-4";
export const ANSWERS = ["Mak Contoh Sejati", "Sekolah Teladan Utama", "Kancil merah tua"] as const;

export const field = (page: Page, name: string) => page.locator(`[name="${name}"]:visible`);
/** The summary of what is wrong. Next.js keeps an alert of its own outside the main part. */
export const alertOn = (page: Page) => page.locator('main [role="alert"]');
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** What a sentence says before the first figure that is put into it. */
export const upToFigure = (sentence: string): string => sentence.split("{", 1)[0] ?? "";

/** Presses a button that stays on the page, until its answer has been taken in. */
export async function pressAndStay(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await button(page, name).click();
  const answer = await answered;
  // The answer to a script is read by Next.js, which lets go of it early: it may never count as finished.
  if (answer.request().isNavigationRequest()) await answer.finished();
  await expect(page.locator('main form [aria-disabled="true"]')).toHaveCount(0);
}

/** Waits until the page's script has taken an element over, and has nothing else to do. */
export async function isAtWork(of: Locator): Promise<void> {
  await expect
    .poll(() => of.evaluate((element) => Object.keys(element).some((key) => key.startsWith("__reactProps"))), {
      timeout: 30_000,
    })
    .toBe(true);
  // What is rendered is not committed yet: effects come when the page has been given over as a whole.
  await of.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
}

/** As it is on the card: `900101-14-0000`. */
export const dashed = ({ number }: { number: string }) =>
  `${number.slice(0, 6)}-${number.slice(6, 8)}-${number.slice(8)}`;

/** Registers on the page and ends where the letter is waited for. */
export async function register({ page, words, script, arrived }: Walker, person: Somebody): Promise<void> {
  await page.goto("/register");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.register.heading);
  await arrived(page);
  await field(page, "identityNumber").fill(dashed(person.identity));
  await field(page, "fullName").fill(person.fullName);
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "office").selectOption({ index: 1 });
  if (script) {
    await page.getByRole("checkbox", { name: words.captcha.label }).check();
    await expect(page.getByText(words.captcha.done)).toBeVisible({ timeout: 20_000 });
  }
  await button(page, words.register.form.submit).click();
  await expect(page).toHaveURL(/\/register\/sent$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.register.sent.heading);
  await arrived(page);
}

/** Asks for the activation letter on the page that sign-in calls "di sini". */
export async function askForLetter(
  { page, words, arrived }: Walker,
  person: Pick<Somebody, "identity">,
): Promise<void> {
  await page.goto("/sign-in");
  await page.locator('a[href="/activate"]').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.heading);
  await arrived(page);
  await field(page, "identityNumber").fill(person.identity.number);
  await button(page, words.activate.submit).click();
  await expect(page).toHaveURL(/\/activate\/sent$/);
  await arrived(page);
}

/** Opens the mailed link and proves to be the one it was meant for. */
export async function confirmLink({ page, words, arrived }: Walker, link: string, person: Somebody): Promise<void> {
  await page.goto(new URL(link).pathname);
  await expect(page, "the token leaves the address bar").toHaveURL(/\/activate\/confirm$/);
  const shown = page.locator("main dl");
  await expect(shown.getByText(person.fullName, { exact: true })).toBeVisible();
  await expect(shown.getByText(person.officialEmail, { exact: true })).toBeVisible();
  await expect(shown.locator("dd").first(), "the number is masked").not.toContainText(person.identity.number.slice(-4));
  await arrived(page);
  await field(page, "identityLast4").fill(person.identity.number.slice(-4));
  await button(page, words.activate.confirm.submit).click();
  await expect(page).toHaveURL(/\/activate\/questions/);
}

/** Chooses three questions of the bank and answers them. */
export async function answerQuestions({ page, words, arrived }: Walker): Promise<void> {
  const { questions } = words.activate;
  for (const [n, answer] of ANSWERS.entries()) {
    await expect(
      page.getByText(words.securityQuestions.choose.count.replace("{count}", String(n)).replace("{of}", "3")),
    ).toBeVisible();
    await arrived(page);
    await field(page, "questionId").selectOption({ index: n + 1 });
    await field(page, "answer").fill(answer);
    await button(page, words.securityQuestions.choose.add).click();
  }
  await expect(page.getByText(questions.ready)).toBeVisible();
  await arrived(page);
  await page.getByRole("link", { name: questions.next, exact: true }).click();
  await expect(page).toHaveURL(/\/activate\/password$/);
}

/** Chooses the password and finishes. */
export async function choosePassword({ page, words, arrived }: Walker, password = PASSWORD): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.password.heading);
  await arrived(page);
  await field(page, "password").fill(password);
  await field(page, "passwordAgain").fill(password);
  await button(page, words.activate.password.submit).click();
  await expect(page).toHaveURL(/\/activate\/done$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.activate.done.heading);
  await arrived(page);
}

/** From the link to the account. */
export async function activate(walker: Walker, link: string, person: Somebody): Promise<void> {
  await confirmLink(walker, link, person);
  await answerQuestions(walker);
  await choosePassword(walker);
}

/** Up to the page that offers five ways. */
export async function identify({ page, words, arrived }: Walker, person: Pick<Somebody, "identity">): Promise<void> {
  await page.goto("/sign-in");
  await arrived(page);
  await field(page, "identityNumber").fill(person.identity.number);
  await button(page, words.signIn.next).click();
  await expect(page).toHaveURL(/\/sign-in\/method$/);
}

/** The card of a way to sign in: its name is read first. */
export const methodCard = (page: Page, name: string) => page.locator("button.method").filter({ hasText: name });

/** From the five ways to the page that asks for the password. */
export async function choosePasswordCard({ page, words }: Walker): Promise<void> {
  await methodCard(page, words.method.ways.password.name).click();
  await expect(page).toHaveURL(/\/sign-in\/password\??$/);
}

/** Up to the page that asks for the password. */
export async function toThePassword(walker: Walker, person: Pick<Somebody, "identity">): Promise<void> {
  await identify(walker, person);
  await walker.arrived(walker.page);
  await choosePasswordCard(walker);
}

export async function givePassword({ page, words }: Walker, password = PASSWORD): Promise<void> {
  await field(page, "password").fill(password);
  await button(page, words.signIn.password.submit).click();
}

/** Gives a password that does not open, and reads the answer. The field is emptied by it. */
export async function giveWrongPassword(walker: Walker, password: string): Promise<void> {
  const { page, words } = walker;
  await givePassword(walker, password);
  await expect(field(page, "password")).toHaveValue("");
  await expect(alertOn(page)).toContainText(upToFigure(words.signIn.password.mismatch));
}

/** Signs in and arrives at home. */
export async function signIn(walker: Walker, person: Somebody, password = PASSWORD): Promise<void> {
  await toThePassword(walker, person);
  await walker.arrived(walker.page);
  await givePassword(walker, password);
  await expect(walker.page).toHaveURL(/\/home$/);
  await expect(walker.page.getByRole("heading", { level: 1 })).toContainText(person.fullName);
  await walker.arrived(walker.page);
}

/** Opens the menu of the account and leaves by it. */
export async function signOut({ page, words }: Walker): Promise<void> {
  await page.locator("details.me > summary").click();
  await button(page, words.common.signOut).click();
  await expect(page).toHaveURL(/\/sign-in\?notice=signedOut$/);
}
