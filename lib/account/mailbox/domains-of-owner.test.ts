import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { office } from "#db/schema/office.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { domainsOfOwner } from "./domains-of-owner.ts";
import { requestMailboxChange } from "./request-mailbox-change.ts";

test("an official mailbox is on a domain of its owner's office, where that has some of its own", async () => {
  const world = await newWorld();
  const ada = await world.as(await world.account());
  const ask = (mailbox: string) => requestMailboxChange(ada, "official", mailbox);
  expect(await domainsOfOwner(ada)).toEqual(["contoh.example.gov.my"]);
  expect(await ask("baharu@perlis.example.gov.my")).toEqual({ ok: false, error: "email_domain" });
  await world.db
    .update(office)
    .set({ emailDomains: ["perlis.example.gov.my"] })
    .where(eq(office.id, world.office.id));
  expect(await domainsOfOwner(ada)).toEqual(["perlis.example.gov.my"]);
  expect(await ask("baharu@contoh.example.gov.my")).toEqual({ ok: false, error: "email_domain" });
  expect(await ask("baharu@perlis.example.gov.my")).toMatchObject({ ok: true });
});
