import { GOOD_PASSWORD, settlePeople } from "../harness/people.ts";
import { giveAuthenticatorApp } from "../harness/second-factors.ts";
import * as steps from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

/** Every page that asks for a proof in a sign-in, with its mistakes. */
export async function proofPictures(walk: Walk): Promise<void> {
  await codesAtFirst(walk);
  await secondStep(walk);
  await noWayOn(walk);
}

const card = ({ page, words }: Walk, method: keyof Walk["words"]["method"]["ways"]) =>
  steps.methodCard(page, words.method.ways[method].name).click();

/** Codes as a first proof: the same for everybody, so nobody has to exist. */
async function codesAtFirst(walk: Walk): Promise<void> {
  const { page, words, shoot, database } = walk;
  await page.context().clearCookies({ name: /session|method/ });
  await steps.identify(walk, somebody());
  await shoot("sign-in-method");
  await card(walk, "totp");
  await page.waitForURL(/method=totp/);
  await shoot("sign-in-code-app");
  await steps.field(page, "code").fill("12345");
  await press(page, words.signIn.code.submit);
  await untilAlert(walk);
  await shoot("sign-in-code-app-wrong");
  await page.goto("/sign-in/method");
  await card(walk, "email");
  await page.waitForURL(/method=email/);
  await shoot("sign-in-code-email");
  await press(page, words.signIn.code.email.again);
  await page.getByText(words.signIn.code.email.againSoon).waitFor();
  await shoot("sign-in-code-email-again-soon");
  await database.query("update sign_in_ceremony set code_requested_at = code_requested_at - interval '11 minutes'");
  await page.goto("/sign-in/code?method=email");
  await shoot("sign-in-code-email-over");
}

/** Somebody who needs two. */
async function secondStep(walk: Walk): Promise<void> {
  const { page, words, shoot, portal } = walk;
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  await giveAuthenticatorApp(portal.dataDir, id, { recoveryCodes: 10 });
  await steps.toThePassword(walk, person);
  await steps.givePassword(walk, GOOD_PASSWORD);
  await page.waitForURL(/method=totp/);
  await shoot("sign-in-second-app");
  await page.goto("/sign-in/method?others");
  await shoot("sign-in-second-others");
  await card(walk, "recovery");
  await page.waitForURL(/method=recovery/);
  await shoot("sign-in-second-recovery");
  await steps.field(page, "code").fill("7K2M-9QXD-4HTB-R6VN");
  await press(page, words.signIn.code.submit);
  await untilAlert(walk);
  await shoot("sign-in-second-recovery-wrong");
}

/** A code was right, and the password that should come next has been disabled meanwhile. */
async function noWayOn({ page, shoot, portal, database, ...walk }: Walk): Promise<void> {
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  const app = await giveAuthenticatorApp(portal.dataDir, id);
  await steps.identify({ page, ...walk }, person);
  await page.goto("/sign-in/code?method=totp");
  await steps.field(page, "code").fill(app.codeNow());
  await press(page, walk.words.signIn.code.submit);
  await page.waitForURL(/\/sign-in\/password/);
  await database.query("update password_credential set disabled_at = now() where account_id = $1", [id]);
  await page.goto("/sign-in/method");
  await shoot("sign-in-second-none");
}
