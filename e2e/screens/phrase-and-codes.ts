import { GOOD_PASSWORD, settlePeople } from "../harness/people.ts";
import { field, signIn, signOut, toThePassword } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** Somebody chooses a phrase, and meets it at the next sign-in. */
export async function phraseAndCodePictures(walk: Walk): Promise<void> {
  const { page, words, shoot, portal } = walk;
  const person = somebody();
  await settlePeople(portal.dataDir, [person], "activated");
  await page.context().clearCookies({ name: /session/ });
  await signIn(walk, person, GOOD_PASSWORD);
  await page.goto("/settings/email-otp");
  await press(page, words.emailCode.settings.switchOff);
  await page.waitForURL(/done=off/);
  await shoot("settings-email-otp-off");
  await press(page, words.emailCode.settings.switchOn);
  await page.waitForURL(/done=on/);
  await page.goto("/settings/security-phrase");
  await field(page, "phrase").fill("teh tarik tepi tasik");
  await press(page, words.securityPhrase.settings.save);
  await page.waitForURL(/done=set/);

  await signOut(walk);
  await toThePassword(walk, person);
  await shoot("sign-in-phrase");
  await press(page, words.securityPhrase.signIn.next);
  await untilAlert(walk);
  await shoot("sign-in-phrase-wrong");
  await page.getByRole("checkbox", { name: words.securityPhrase.signIn.mine }).check();
  await press(page, words.securityPhrase.signIn.next);
  await field(page, "password").waitFor();
  await shoot("sign-in-phrase-ticked");
}
