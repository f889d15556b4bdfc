import { linkIn, openMailbox } from "../../harness/mailbox.ts";
import * as steps from "../../harness/steps.ts";
import { field } from "../../harness/steps.ts";
import { type Chapter, ofGuide, openLetter, settled } from "./chapter.ts";

export async function activationSteps(chapter: Chapter): Promise<void> {
  const { page, words, portal } = chapter;
  const take = ofGuide("activation", chapter);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const owner = await settled(chapter, 0, "pre_registered");
  await page.goto("/activate");
  await field(page, "identityNumber").fill(steps.dashed(owner.identity));
  await take("1", button(words.activate.submit));
  await button(words.activate.submit).click();
  await page.waitForURL("**/activate/sent");
  const link = linkIn(await openMailbox(portal.origin).nextTo(owner.officialEmail));
  await openLetter(chapter, owner.officialEmail);
  await take("2", page.getByRole("link", { name: words.mail.activation.button, exact: true }).first());

  await page.goto(new URL(link).pathname);
  await field(page, "identityLast4").fill("0000");
  await take("3", field(page, "identityLast4"), { named: null });
  await steps.confirmLink(chapter, link, owner);
  await field(page, "questionId").selectOption({ index: 1 });
  await field(page, "answer").fill(steps.ANSWERS[0]);
  await take("4", button(words.securityQuestions.choose.add), { at: 0.8 });
  await page.goto("/activate/questions");
  await steps.answerQuestions(chapter);
  await field(page, "password").fill(steps.PASSWORD);
  await field(page, "passwordAgain").fill(steps.PASSWORD);
  await take("5", button(words.activate.password.submit));
  await steps.choosePassword(chapter);
  await take("6", page.locator("main").getByRole("link", { name: words.offer.skip, exact: true }));
}
