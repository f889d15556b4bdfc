import { expect, type Locator } from "@playwright/test";
import type { Authenticator } from "./authenticator.ts";
import { identify, isAtWork, methodCard, type Walker } from "./steps.ts";

export const PASSKEYS_PAGE = "/settings/passkeys";

/** Presses a button of passkeys once its script has taken over: before that it posts a form, as without JavaScript. */
export async function pressLive(of: Locator): Promise<void> {
  await isAtWork(of);
  // A button that is said to be of no use still answers, with what to do instead.
  await of.click({ force: true });
}

/** Adds a passkey on the page of passkeys, in a session that may. */
export async function addPasskey(
  { page, words }: Pick<Walker, "page" | "words">,
  where: "addHere" | "addElsewhere",
  device: Authenticator,
): Promise<void> {
  await page.goto(PASSKEYS_PAGE);
  await device.present(true);
  await pressLive(page.getByRole("button", { name: words.passkeys[where], exact: true }));
  await expect(page).toHaveURL(/done=added/);
  await device.present(false);
}

/** Types the number, chooses the card of the passkey, and arrives at home. */
export async function signInByCard(
  walker: Walker,
  person: Parameters<typeof identify>[1],
  way: "passkey" | "otherDevice",
  device: Authenticator,
): Promise<void> {
  const { page, words } = walker;
  await identify(walker, person);
  await device.present(true);
  await pressLive(methodCard(page, words.method.ways[way].name));
  await expect(page).toHaveURL(/\/home$/);
  await device.present(false);
}
