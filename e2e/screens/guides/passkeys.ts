import { addAuthenticator } from "../../harness/authenticator.ts";
import { field, identify, isAtWork, methodCard } from "../../harness/steps.ts";
import { type Chapter, ofGuide, signedIn } from "./chapter.ts";
import { drawComputer, drawConfirm } from "./drawings.ts";

export async function passkeySteps(chapter: Chapter): Promise<void> {
  const { page, words, language } = chapter;
  const take = ofGuide("passkey", chapter);
  const { passkeys } = words;
  const device = await addAuthenticator(page, { transport: "internal" });
  await device.present(true);
  await signedIn(chapter, 1);
  await page.goto("/settings");
  await take("1", page.getByRole("link", { name: words.settings.overview.addPasskey, exact: true }));
  await page.goto("/settings/passkeys");
  const add = page.getByRole("button", { name: passkeys.addHere, exact: true });
  await isAtWork(add);
  await take("2", add);
  await add.click();
  await page.waitForURL(/done=added/);
  await isAtWork(page.locator(".toast > a"));
  const rename = page.locator(".toast p a");
  await take("4", rename);
  await rename.click();
  await field(page, "name").fill(language === "ms" ? "Komputer pejabat" : "Office computer");
  await take("5", page.getByRole("button", { name: passkeys.renaming.save, exact: true }));
  await page.context().clearCookies({ name: /session/ });
  // Whoever touches the device signs in by what the field offers, before there is a picture.
  await device.present(false);
  await page.goto("/sign-in");
  await take("6", page.getByRole("button", { name: passkeys.signIn.here, exact: true }), { at: 0.75 });
  await take("3", await drawConfirm(chapter, "laptop"), { named: null });
}

export async function otherDeviceSteps(chapter: Chapter): Promise<void> {
  const { page, words, database, language } = chapter;
  const take = ofGuide("other-device", chapter);
  const { passkeys, method } = words;
  const phone = await addAuthenticator(page, { transport: "hybrid", synced: true });
  await phone.present(true);
  const owner = await signedIn(chapter, 2);
  await page.goto("/settings/passkeys");
  const add = page.getByRole("button", { name: passkeys.addElsewhere, exact: true });
  await isAtWork(add);
  await take("1", add);
  await add.click();
  await page.waitForURL(/done=added/);
  await database.query("update passkey set name = $2, created_at = '2026-08-03T02:00Z' where account_id = $1", [
    owner.id,
    language === "ms" ? "Telefon Aisyah" : "Aisyah's phone",
  ]);
  await page.goto("/settings/passkeys");
  await take("4", page.locator("section:has(#devices) ul > li").first(), { named: null });
  await page.context().clearCookies({ name: /session/ });
  await phone.present(false);
  await identify(chapter, owner);
  await take("5", methodCard(page, method.ways.otherDevice.name), { named: method.ways.otherDevice.name });
  await take("2", await drawComputer(chapter), { named: null });
  await take("6", await drawComputer(chapter), { named: null });
  await take("3", await drawConfirm(chapter, "mobile"), { named: null });
}
