import { bounceNewestLetter } from "./harness/bounce-letter.ts";
import { expect, test } from "./harness/fixtures.ts";
import { linkIn } from "./harness/mailbox.ts";
import { enterAs } from "./harness/officers.ts";
import { askForLetter, confirmLink, field, isAtWork } from "./harness/steps.ts";

test("a letter came back as mail: an officer finds it among the work, corrects the address, and its reader goes on", async ({
  page,
  anotherBrowser,
  walkerOn,
  database,
  origin,
  words,
  settled,
  mailbox,
  expectAccessible,
}) => {
  const [person, officer] = [await settled("registered"), await settled("activated")];
  const walker = walkerOn(page);
  await askForLetter(walker, person);
  await mailbox.nextTo(person.officialEmail);
  const diagnostic = "550 5.1.1 no such user";
  expect(await bounceNewestLetter(database, person, { status: "5.1.1", diagnostic })).toContain("taken in");

  const desk = await anotherBrowser();
  await enterAs("helpdesk", officer, { context: desk.context(), database, origin });
  await desk.goto("/helpdesk/work?show=undeliverable");
  const row = desk.getByRole("row").filter({ hasText: person.officialEmail });
  await expect(row).toContainText(words.cases.work.whys.no_such_mailbox);
  await expectAccessible(desk);
  await row.getByRole("link", { name: words.cases.work.correct }).click();
  await expect(desk).toHaveURL(new RegExp(`/helpdesk/accounts/${person.id}/correct-mailbox$`));

  const right = `betul.${person.officialEmail}`;
  const { submit } = words.actions.deeds.correct_mailbox;
  await isAtWork(field(desk, "officialEmail"));
  await field(desk, "officialEmail").fill(right);
  await field(desk, "reason").fill(words.console.reason.usual[2] ?? "");
  await desk.getByRole("button", { name: submit }).click();
  await expect(desk).toHaveURL(new RegExp(`/helpdesk/accounts/${person.id}\\?done=`));
  await desk.goto("/helpdesk/work?show=undeliverable");
  await expect(row).toHaveCount(0);

  // The link, and the notice that the address was corrected.
  await mailbox.nextTo(right, 2);
  const link = (await mailbox.lettersTo(right)).find(({ text }) => text.includes("/activate/"));
  if (!link) throw new Error("No link went to the corrected address");
  await confirmLink(walker, linkIn(link), { ...person, officialEmail: right });
  const { rows } = await database.query(
    "select state from letter where account_id = $1 and kind = 'activation' order by id",
    [person.id],
  );
  expect(rows).toEqual([{ state: "bounced" }, { state: "handed_over" }]);
});
