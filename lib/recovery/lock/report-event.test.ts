import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { helpdeskCase } from "#db/schema/profile.ts";
import { readCase } from "#lib/account/open-case.ts";
import { record } from "#lib/audit/record.ts";
import { findSession } from "#lib/session/session.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { reportEvent } from "./report-event.ts";

/** Two people, and an event of each. */
async function twoPeople() {
  const world = await newWorld();
  const [ada, ben] = [await world.account(), await world.account()];
  const here = await world.as(ada);
  for (const { id } of [ada, ben])
    await world.db.transaction((tx) => record(tx, world.ctx, { type: "security_phrase.set", accountId: id }));
  const [hers, his] = await world.events("security_phrase.set");
  return { world, ada, here, hers: hers?.id ?? 0, his: his?.id ?? 0 };
}

test("what was not one's own doing locks the account and is filed with a reference that the letter has too", async () => {
  const { world, ada, here, hers } = await twoPeople();
  const answer = await reportEvent(here, hers, "Bukan saya.\nSaya bercuti.");
  if (!answer.ok) throw new Error(answer.error);
  const { reference } = answer.value;
  expect(reference).toMatch(/^K-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect((await world.reload(ada)).status).toBe("locked");
  expect(await findSession(here, here.sessionToken)).toBeNull();
  const [filed] = await world.db.select().from(helpdeskCase);
  expect(filed).toMatchObject({ reference, accountId: ada.id, kind: "report", eventId: hers, state: "open" });
  if (!filed) throw new Error("nothing was filed");
  expect(JSON.stringify(filed), "sealed").not.toContain("bercuti");
  expect(readCase(world.ctx, filed)).toEqual({ wanted: null, reason: "Bukan saya.\nSaya bercuti." });
  expect((await drainMail(world.asSystem())).at(-1)?.text).toContain(reference);
  expect(await world.events("account.locked")).toMatchObject([{ data: { how: "report" } }]);
});

test("an event of somebody else, or none at all, is reported by nobody", async () => {
  const { world, ada, here, his, hers } = await twoPeople();
  for (const id of [his, 0, -1, 999_999])
    expect(await reportEvent(here, id, null)).toEqual({ ok: false, error: "not_found" });
  expect(await reportEvent(world.ctx, hers, null)).toEqual({ ok: false, error: "signed_out" });
  expect((await world.reload(ada)).status).toBe("activated");
  expect(await world.db.select().from(helpdeskCase)).toEqual([]);
});

test("nor is one that the activity does not show, as it would tell whether an address is somebody else's", async () => {
  const { world, ada, here } = await twoPeople();
  const changeId = "01890000-0000-7000-8000-000000000000";
  await world.db.transaction((tx) =>
    record(tx, world.ctx, { type: "mailbox_change.handed_over", accountId: ada.id, changeId, which: "official" }),
  );
  const [hidden] = await world.events("mailbox_change.handed_over");
  expect(await reportEvent(here, hidden?.id ?? 0, null)).toEqual({ ok: false, error: "not_found" });
  expect((await world.reload(ada)).status).toBe("activated");
});

test("of fifty reports at once one is filed", async () => {
  const { world, ada, here, hers } = await twoPeople();
  const answers = await Promise.all(Array.from({ length: 50 }, () => reportEvent(here, hers, null)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.error !== "signed_out")).toEqual([]);
  expect(await world.db.select().from(helpdeskCase).where(eq(helpdeskCase.accountId, ada.id))).toHaveLength(1);
});
