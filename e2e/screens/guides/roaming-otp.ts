import { expect } from "@playwright/test";
import { addAuthenticator } from "../../harness/authenticator.ts";
import { settleCampaign } from "../../harness/campaigns.ts";
import { openMailbox } from "../../harness/mailbox.ts";
import { isAtWork } from "../../harness/steps.ts";
import { type Chapter, ofGuide, openLetter, signedIn } from "./chapter.ts";

export async function roamingSteps(chapter: Chapter): Promise<void> {
  const { page, words, portal, language } = chapter;
  const take = ofGuide("roaming-otp", chapter);
  const { move, passkeys, hardwareTokens, mail } = words;
  const device = await addAuthenticator(page, { transport: "internal" });
  await device.present(true);
  const owner = await signedIn(chapter, 6);
  await settleCampaign(portal.dataDir, [owner], {
    requirements: ["official_email", "second_factor"],
    tokens: [language === "ms" ? "GPKI-204817" : "GPKI-204818"],
  });
  await page.goto("/home");
  await take("1", page.getByRole("link", { name: move.banner.open, exact: true }), { at: 0.8 });
  await page.goto("/home/move");
  const setUp = page
    .getByRole("list", { name: move.list })
    .getByRole("link", { name: new RegExp(`^${move.short.second_factor}`) });
  await take("2", setUp, { named: move.short.second_factor });
  await setUp.click();
  await page.waitForURL(/\/settings\/passkeys/);
  const add = page.getByRole("button", { name: passkeys.addHere, exact: true });
  await isAtWork(add);
  await take("3", add);
  await add.click();
  await page.waitForURL(/done=added/);

  await page.goto("/home/move");
  const { lettersTo } = openMailbox(portal.origin);
  // A job of every minute tells people that they are done.
  const subjects = async () => (await lettersTo(owner.officialEmail)).map(({ subject }) => subject);
  await expect.poll(subjects, { timeout: 150_000 }).toContain(mail.roamingReady.subject);
  await openLetter(chapter, owner.officialEmail);
  await take("4", page.getByRole("link", { name: mail.roamingReady.button, exact: true }).first());

  await page.goto("/settings/hardware-tokens");
  const lost = page.getByRole("link", { name: new RegExp(`^${hardwareTokens.own.lost}`) });
  await take("5", lost, { named: hardwareTokens.own.lost });
  await lost.click();
  await page.waitForURL(/\/lost$/);
  await take("6", page.getByRole("button", { name: hardwareTokens.lost.submit, exact: true }), { at: 0.7 });
}
