import { totpCode } from "#lib/testing/totp.ts";
import { GOOD_PASSWORD } from "../../harness/people.ts";
import { field, givePassword, toThePassword } from "../../harness/steps.ts";
import { type Chapter, ofGuide, signedIn } from "./chapter.ts";
import { drawShop } from "./drawings.ts";

export async function appSteps(chapter: Chapter): Promise<void> {
  const { page, words } = chapter;
  const take = ofGuide("authenticator-app", chapter);
  const { begin, setup, codes } = words.authenticatorApp;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const owner = await signedIn(chapter, 3);
  await page.goto("/settings/authenticator-app");
  await take("2", button(begin));
  await button(begin).click();
  await field(page, "code").waitFor();
  await take("3", page.getByRole("img", { name: setup.qr }), { named: null, zoom: 0.75 });
  await page.getByText(setup.cannotScan).click();
  const secret = ((await page.locator(".typed-key .secret").textContent()) ?? "").replace(/\s/g, "");
  await page.getByText(setup.cannotScan).click();
  await field(page, "code").fill("482739");
  await take("4", button(setup.submit), { at: 0.8 });
  await field(page, "code").fill(totpCode(secret, new Date()));
  await button(setup.submit).click();
  await page.waitForURL(/done=first/);
  await take("5", page.getByRole("link", { name: codes.make, exact: true }));

  await page.context().clearCookies({ name: /session/ });
  await toThePassword(chapter, owner);
  await givePassword(chapter, GOOD_PASSWORD);
  await page.waitForURL(/method=totp/);
  await field(page, "code").fill("482739");
  await take("6", button(words.signIn.code.submit), { at: 0.8 });
  await take("1", await drawShop(chapter), { named: null });
}
