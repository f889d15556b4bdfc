import { openMailbox } from "../../harness/mailbox.ts";
import { openSessionOf } from "../../harness/signed-in.ts";
import { dashed, field, methodCard } from "../../harness/steps.ts";
import { type Chapter, ofGuide, openLetter, settled } from "./chapter.ts";

export async function emailSteps(chapter: Chapter): Promise<void> {
  const { page, words, portal, database } = chapter;
  const take = ofGuide("email-otp", chapter);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const owner = await settled(chapter, 4, "activated");
  await page.goto("/sign-in");
  await field(page, "identityNumber").fill(dashed(owner.identity));
  await take("1", button(words.signIn.next));
  await button(words.signIn.next).click();
  await page.waitForURL("**/sign-in/method");
  const card = methodCard(page, words.method.ways.email.name);
  await take("2", card, { named: words.method.ways.email.name });
  await card.click();
  await page.waitForURL(/method=email/);
  const { text } = await openMailbox(portal.origin).nextTo(owner.officialEmail);
  const code = /(?<!\d)\d{3} ?\d{3}(?!\d)/.exec(text)?.[0] ?? "";
  await openLetter(chapter, owner.officialEmail);
  await take("3", page.getByText(code, { exact: true }).last(), { named: null });
  await page.goto("/sign-in/code?method=email");
  await field(page, "code").fill(code);
  await take("4", button(words.signIn.code.submit), { at: 0.8 });
  await field(page, "code").fill("");
  await take("5", button(words.signIn.code.email.again));
  await openSessionOf(owner.id, ["password"], { context: page.context(), database, origin: portal.origin });
  await page.goto("/settings/email-otp");
  await take("6", button(words.emailCode.settings.switchOff));
}
