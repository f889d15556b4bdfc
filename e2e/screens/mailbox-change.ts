import { codeIn, openMailbox, undoLinkIn, verifyLinkIn } from "../harness/mailbox.ts";
import { settlePeople } from "../harness/people.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

const OFFICIAL = "/settings/profile/email/official";
const PERSONAL = "/settings/profile/email/personal";

/** Another official mailbox and another personal one, asked for, confirmed, refused and taken back. */
export async function mailboxChangePictures(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  const session = { context: page.context(), database, origin: portal.origin };
  await openSessionOf(id, ["password"], session);
  const mailbox = openMailbox(portal.origin);
  const text = words.mailboxChange;
  const next = person.officialEmail.replace("pegawai.", "baharu.");

  await page.goto(OFFICIAL);
  await shoot("mailbox-official");
  await field(page, "officialEmail").fill("aisyah@gmail.com");
  await press(page, text.ask);
  await untilAlert(walk);
  await shoot("mailbox-official-wrong");
  await field(page, "officialEmail").fill(next);
  await press(page, text.ask);
  await page.locator("#awaited").waitFor();
  await shoot("mailbox-official-awaited");
  await field(page, "code").fill("00000000");
  await press(page, text.awaited.submit);
  await untilAlert(walk);
  await shoot("mailbox-official-code-wrong");
  await press(page, text.awaited.again);
  await page.locator(".callout.info[class]").first().waitFor();
  await shoot("mailbox-official-soon");
  const letter = await mailbox.nextTo(next);
  const link = new URL(verifyLinkIn(letter)).pathname;
  await page.goto(link);
  await shoot("verify");

  const other = somebody();
  const [otherId = ""] = await settlePeople(portal.dataDir, [other], "activated");
  await openSessionOf(otherId, ["password"], session);
  await page.goto(link);
  await shoot("verify-other-account");
  await press(page, text.link.signOut);
  await page.waitForURL("**/sign-in?*");
  await page.goto(link);
  await shoot("verify-signed-out");

  await openSessionOf(id, ["password"], session);
  await page.goto(OFFICIAL);
  await field(page, "code").fill(codeIn(letter).replace(" ", ""));
  await press(page, text.awaited.submit);
  await page.locator(".toast").waitFor();
  await shoot("mailbox-official-done");
  await page.goto(link);
  await shoot("verify-used");
  await page.goto(PERSONAL);
  await shoot("mailbox-personal-none");
  await database.query(
    "update account set personal_email = 'aisyah@rumah.example', personal_email_verified_at = now() where id = $1",
    [id],
  );
  await page.reload();
  await shoot("mailbox-personal");

  const undo = new URL(undoLinkIn(await mailbox.nextTo(person.officialEmail))).pathname;
  await page.goto(undo);
  await shoot("undo-mailbox");
  await press(page, text.restore.button);
  await page.waitForURL("**/recover/password?after=mailbox");
  await page.goto("/undo");
  await shoot("undo-mailbox-again");
  await openSessionOf(id, ["password"], session);
  await page.goto(OFFICIAL);
  await shoot("mailbox-official-on-hold");
  await page.goto("/verify/cut-off");
  await shoot("verify-unknown");
}
