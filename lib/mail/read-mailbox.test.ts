import { expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { readMailbox, readMailboxLetter } from "./read-mailbox.ts";
import { mailboxTransport } from "./transports/mailbox.ts";

const id = (n: number) => `019a0000-0000-7000-8000-00000000000${n}`;

async function threeLetters() {
  const world = await newWorld();
  const transport = mailboxTransport(world.db);
  for (const n of [1, 2, 3])
    await transport.handOver({
      id: id(n),
      mark: "0a".repeat(32),
      to: `pegawai.${n}@contoh.example.gov.my`,
      subject: `Surat ${n}`,
      text: "Salam",
      html: "<p>Salam</p>",
      sentAt: world.now(),
    });
  return world;
}

test("the newest letter comes first, even of one moment, and no more than are asked for", async () => {
  const world = await threeLetters();
  expect((await readMailbox(world.ctx, 2)).map(({ subject }) => subject)).toEqual(["Surat 3", "Surat 2"]);
});

test("a letter is found by its id", async () => {
  const world = await threeLetters();
  expect(await readMailboxLetter(world.ctx, id(2))).toMatchObject({ subject: "Surat 2", html: "<p>Salam</p>" });
});

test.each([id(9), "", "nope", "2", `${id(2)}'`])("%j is no letter", async (wanted) => {
  const world = await threeLetters();
  expect(await readMailboxLetter(world.ctx, wanted)).toBeUndefined();
});
