import { answersWith } from "#lib/testing/security-answers.ts";
import { openMailbox } from "../harness/mailbox.ts";
import { GOOD_PASSWORD, settlePeople } from "../harness/people.ts";
import { giveAuthenticatorApp } from "../harness/second-factors.ts";
import { giveAnswers } from "../harness/security-answers.ts";
import { openSessionOf } from "../harness/signed-in.ts";
import { field, givePassword } from "../harness/steps.ts";
import { press, somebody, untilAlert, type Walk } from "./walk.ts";

const BASE = "/recover/second-factor";

/** A lost second factor: the ladder, the form, the questions, the wait, and the one enrolment. */
export async function lostFactorPictures(walk: Walk): Promise<void> {
  const { page, words, shoot, portal, database } = walk;
  await page.context().clearCookies({ name: /kunci-(session|sign-in|undo)/ });
  for (const ask of ["device", "device-yes", "code", "phone", "mailbox", "helpdesk"]) {
    await page.goto(`${BASE}?ask=${ask}`);
    await shoot(`lost-factor-${ask}`);
  }
  const person = somebody();
  const [id = ""] = await settlePeople(portal.dataDir, [person], "activated");
  await giveAnswers(portal.dataDir, id);
  await giveAuthenticatorApp(portal.dataDir, id, { asksTwoFactors: false });
  await page.goto(`${BASE}/start`);
  await shoot("lost-factor-start");
  await field(page, "officialEmail").fill(person.officialEmail);
  await field(page, "identityNumber").fill(person.identity.number);
  await page.getByRole("checkbox", { name: words.captcha.label }).check();
  await page.getByText(words.captcha.done).waitFor({ timeout: 20_000 });
  await press(page, words.recover.ask.submit);
  await page.waitForURL(`**${BASE}/sent`);
  await shoot("lost-factor-sent");
  await page.goto(`${BASE}/code?other`);
  await shoot("lost-factor-code");

  const { nextTo } = openMailbox(portal.origin);
  const pathIn = (text: string, place: string) => new RegExp(`(/${place}/[\\w-]{43})`).exec(text)?.[1] ?? "";
  await page.goto(pathIn((await nextTo(person.officialEmail)).text, "recover/second-factor"));
  await shoot("lost-factor-answers");
  const answer = async (right: number) => {
    for (const { questionId, answer } of answersWith(right)) await field(page, `answer.${questionId}`).fill(answer);
    await press(page, words.lostFactor.answers.submit);
  };
  await answer(1);
  await untilAlert(walk);
  await shoot("lost-factor-answers-wrong");
  await answer(3);
  await page.getByRole("progressbar").waitFor();
  await database.query(
    "update recovery set started_at = started_at - interval '9 hours', ready_at = ready_at - interval '9 hours' where account_id = $1",
    [id],
  );
  await page.reload();
  await shoot("lost-factor-wait");
  const told = await nextTo(person.officialEmail, 2);
  await page.goto(pathIn(told.text, "undo"));
  await shoot("undo-recovery");
  await openSessionOf(id, ["password"], { context: page.context(), database, origin: portal.origin });
  await page.goto("/home");
  await shoot("home-recovery");
  await page.goto("/settings");
  await shoot("settings-recovery");
  await page.context().clearCookies({ name: /kunci-session/ });
  await enrolment(walk, { id, officialEmail: person.officialEmail });
}

async function enrolment(
  { page, words, shoot, portal, database }: Walk,
  person: { id: string; officialEmail: string },
) {
  await page.goto("/enrol?code&type=mykad");
  await shoot("enrol-code");
  await database.query("update recovery set ready_at = now() where account_id = $1", [person.id]);
  await database.query("update pgboss.job set start_after = now() where name = 'recovery-waits'");
  const { text } = await openMailbox(portal.origin).nextTo(person.officialEmail, 3);
  await page.goto(`${BASE}/progress`);
  await shoot("lost-factor-ready");
  await page.goto(/(\/enrol\/[\w-]{43})/.exec(text)?.[1] ?? "");
  await shoot("enrol-ready");
  await press(page, words.enrol.ready.button);
  await page.waitForURL("**/sign-in/password");
  await shoot("enrol-password");
  await givePassword({ page, words, script: true, arrived: async () => {} }, GOOD_PASSWORD);
  await page.waitForURL("**/enrol");
  await shoot("enrol-choose");
  await press(page, words.enrol.now.beginApp);
  await page.getByRole("heading", { name: words.authenticatorApp.setup.heading }).waitFor();
  await shoot("enrol-app");
  await database.query("update enrolment_ticket set used_at = now() where account_id = $1", [person.id]);
  await page.context().clearCookies({ name: /kunci-session/ });
  await page.goto("/enrol");
  await shoot("enrol-used");
}
