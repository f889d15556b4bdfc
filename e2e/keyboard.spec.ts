import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures.ts";
import { linkIn } from "./harness/mailbox.ts";
import { ANSWERS, PASSWORD } from "./harness/steps.ts";

/**
 * Presses Tab until the control of this name has the focus, as somebody without a mouse does, and sees that the focus
 * shows.
 */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.locator(`${selector}:focus`).count()) {
      const shows = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement as Element);
        return style.outlineStyle !== "none" || style.boxShadow !== "none";
      });
      const inItsFrame = await page.locator(`:has(> ${selector}:focus)`).count();
      expect(shows || inItsFrame > 0, `the focus shows on ${selector}`).toBe(true);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${selector} on ${page.url()}`);
}

const type = async (page: Page, name: string, text: string) => {
  await tabTo(page, `[name="${name}"]`);
  await page.keyboard.type(text);
};

/** Types enough of an option for the browser to choose it. */
async function choose(page: Page, name: string, steps: number): Promise<void> {
  await tabTo(page, `[name="${name}"]`);
  for (let n = 0; n < steps; n++) await page.keyboard.press("ArrowDown");
}

test("from registration to home by keyboard alone", async ({ page, somebody, mailbox, words }) => {
  const person = somebody();
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus"), "the skip link comes first").toHaveText(words.common.frame.skip);
  await tabTo(page, 'main a[href="/register"]');
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/register$/);

  await type(page, "identityNumber", person.identity.number);
  await type(page, "fullName", person.fullName);
  await type(page, "officialEmail", person.officialEmail);
  await choose(page, "office", 1);
  await tabTo(page, 'form input[type="checkbox"]');
  await page.keyboard.press("Space");
  await expect(page.getByText(words.captcha.done)).toBeVisible({ timeout: 20_000 });
  await tabTo(page, 'main form button[type="submit"]');
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/register\/sent$/);

  await page.goto(new URL(linkIn(await mailbox.nextTo(person.officialEmail))).pathname);
  await type(page, "identityLast4", person.identity.number.slice(-4));
  await page.keyboard.press("Enter");
  for (const [n, answer] of ANSWERS.entries()) {
    await expect(
      page.getByText(words.securityQuestions.choose.count.replace("{count}", String(n)).replace("{of}", "3")),
    ).toBeVisible();
    await choose(page, "questionId", n + 1);
    await type(page, "answer", answer);
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText(words.activate.questions.ready)).toBeVisible();
  await tabTo(page, 'main a[href="/activate/password"]');
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/activate\/password$/);
  await type(page, "password", PASSWORD);
  await type(page, "passwordAgain", PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/activate\/done$/);
  await tabTo(page, 'main a[href="/sign-in"]');
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in$/);
  await type(page, "identityNumber", person.identity.number);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in\/method$/);
  await tabTo(page, 'form[action="/sign-in/password"] button');
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/\/sign-in\/password\??$/);
  await type(page, "password", PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/home$/);
});
