import { expect, onTestFinished, test } from "vitest";
import { exampleAgency, readMailbox } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { resendFake } from "#lib/testing/resend-fake.ts";
import { chooseTransport, type MailSettings } from "./choose-transport.ts";
import type { Message } from "./transport.ts";

const to = (address: string): Message => ({
  id: "019a0000-0000-7000-8000-000000000001",
  mark: "0a".repeat(32),
  to: address,
  subject: "Kunci",
  text: "Salam",
  html: "<p>Salam</p>",
  sentAt: new Date("2026-11-20T07:15:00Z"),
});

async function settings(mode: MailSettings["mode"]) {
  const fake = await resendFake();
  onTestFinished(fake.stop);
  const from = "Kunci <kunci@contoh.example.gov.my>";
  return {
    fake,
    settings: { mode, agency: exampleAgency, mail: { from, resend: { apiKey: fake.apiKey, baseUrl: fake.url } } },
  };
}

test("without a transport the demonstration's letters lie in the visible mailbox, each once", async () => {
  const world = await newWorld();
  const transport = chooseTransport(world.db, {
    mode: "demo",
    agency: exampleAgency,
    mail: { from: "kunci@x.example.gov.my" },
  });

  await transport.handOver(to("a@contoh.example.gov.my"));
  await transport.handOver(to("a@contoh.example.gov.my"));

  expect((await readMailbox(world.ctx)).map((mail) => mail.to)).toEqual(["a@contoh.example.gov.my"]);
});

test.each(["a@example.gov.my", "a@contoh.example.gov.my", "a@jauh.contoh.EXAMPLE.gov.my"])(
  "a demonstration with a real transport keeps %s to itself",
  async (address) => {
    const world = await newWorld();
    const { fake, settings: chosen } = await settings("demo");

    await chooseTransport(world.db, chosen).handOver(to(address));

    expect(fake.requests()).toBe(0);
    expect(await readMailbox(world.ctx)).toHaveLength(1);
  },
);

test.each(["a@notexample.gov.my", "a@example.gov.my.test", "a@agency.gov.my"])("and hands %s over", async (address) => {
  const world = await newWorld();
  const { fake, settings: chosen } = await settings("demo");

  await chooseTransport(world.db, chosen).handOver(to(address));

  expect(fake.taken).toMatchObject([{ to: [address], from: '"Kunci" <kunci@contoh.example.gov.my>' }]);
  expect(await readMailbox(world.ctx)).toEqual([]);
});

test("production keeps nothing in a mailbox, and does without a transport never", async () => {
  const world = await newWorld();
  const { fake, settings: chosen } = await settings("production");

  await chooseTransport(world.db, chosen).handOver(to("a@contoh.example.gov.my"));

  expect(fake.taken).toHaveLength(1);
  expect(() => chooseTransport(world.db, { ...chosen, mail: { from: chosen.mail.from } })).toThrow(
    "needs a mail transport",
  );
});
