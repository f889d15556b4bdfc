import { expect, onTestFinished, test } from "vitest";
import { exampleSender } from "#lib/testing/mail.ts";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { smtpTransport } from "./smtp.ts";
import type { Message, Sender } from "./transport.ts";

const message: Message = {
  id: "019a0000-0000-7000-8000-000000000001",
  mark: "0a".repeat(32),
  to: "aisyah@contoh.example.gov.my",
  subject: "Aktifkan akaun Kunci anda",
  text: "Salam, \u2013 teks",
  html: "<p>Salam</p>",
  sentAt: new Date("2026-11-20T07:15:00Z"),
};

async function opened(sender: Sender = exampleSender) {
  const sink = await smtpSink();
  const transport = smtpTransport(sink.url, sender);
  onTestFinished(async () => {
    await transport.close();
    await sink.stop();
  });
  return { sink, transport };
}

test("a letter arrives with both parts, once, in one envelope", async () => {
  const { sink, transport } = await opened();

  expect(await transport.handOver(message)).toEqual({ ok: true });

  expect(sink.received).toHaveLength(1);
  const [letter] = sink.received;
  expect(letter?.to).toEqual([message.to]);
  expect(letter?.headers).toMatchObject({
    subject: message.subject,
    to: message.to,
    from: '"Kunci, Jabatan Perkhidmatan Contoh" <kunci@contoh.example.gov.my>',
    "reply-to": exampleSender.replyTo,
    "auto-submitted": "auto-generated",
    date: "Fri, 20 Nov 2026 07:15:00 +0000",
  });
  expect(letter?.body).toContain("text/plain");
  expect(letter?.body).toContain("<p>Salam</p>");
});

test("a letter handed over twice carries the same Message-ID, which is its mark", async () => {
  const { sink, transport } = await opened();

  await transport.handOver(message);
  await transport.handOver(message);

  const ids = sink.received.map(({ headers }) => headers["message-id"]);
  expect(ids).toEqual(Array(2).fill(`<${message.mark}@contoh.example.gov.my>`));
  expect(sink.received[0]?.headers["x-kunci-letter"]).toBe(message.mark);
});

test.each([
  [
    "recipient",
    { code: 550, message: "5.1.1 no aisyah@contoh.example.gov.my here" },
    "permanent",
    "smtp_550_5.1.1_rcpt_to",
  ],
  ["recipient", { code: 450, message: "4.2.1 greylisted" }, "temporary", "smtp_450_4.2.1_rcpt_to"],
  ["data", { code: 554, message: "5.7.1 looks like spam" }, "permanent", "smtp_554_5.7.1_data"],
  ["data", { code: 452, message: "disk full" }, "temporary", "smtp_452_data"],
  ["data", { code: 451, message: "4.3.0 try again" }, "temporary", "smtp_451_4.3.0_data"],
  ["data", { code: 421, message: "4.3.2 shutting down" }, "temporary", "smtp_421_4.3.2_data"],
  ["sender", { code: 550, message: "5.7.1 not from you" }, "temporary", "smtp_550_5.7.1_mail_from"],
  ["recipient", { code: 503, message: "out of step" }, "temporary", "smtp_503_rcpt_to"],
] as const)("refused at the %s with %j, it is %s", async (stage, answer, error, reason) => {
  const { sink, transport } = await opened();
  sink.answerWith((at) => (at === stage ? answer : null));

  expect(await transport.handOver(message)).toEqual({ ok: false, error, reason });

  expect(sink.received).toEqual([]);
});

test.each(["taken, then gone", "gone"] as const)(
  "of a letter that was said and not answered nobody knows whether it was taken (%s)",
  async (what) => {
    const { sink, transport } = await opened();
    sink.answerWith((at) => (at === "data" ? what : null));
    expect(await transport.handOver(message)).toEqual({
      ok: false,
      error: "unconfirmed",
      reason: "smtp_unconfirmed",
    });
    sink.answerWith(() => null);
    expect(await transport.handOver(message)).toEqual({ ok: true });
    expect(sink.received).toHaveLength(what === "gone" ? 1 : 2);
  },
);

test("a server that says goodbye before the letter was said has not taken it", async () => {
  const { sink, transport } = await opened();
  sink.answerWith((at) => (at === "recipient" ? { code: 421, message: "4.3.2 shutting down" } : null));
  expect(await transport.handOver(message)).toMatchObject({ ok: false, error: "temporary" });
  sink.answerWith(() => null);
  expect(await transport.handOver(message)).toEqual({ ok: true });
});

test("a server that does not answer may be tried again, and is found when it is back", async () => {
  const { sink, transport } = await opened();
  await sink.stop();
  expect(await transport.handOver(message)).toMatchObject({ ok: false, error: "temporary" });

  await sink.start();
  expect(await transport.handOver(message)).toEqual({ ok: true });
});

test("what stands in a subject or in the agency's name cannot become a header or a recipient", async () => {
  const { sink, transport } = await opened({ ...exampleSender, name: 'Kunci"\r\nBcc: c@d.example.gov.my' });

  await transport.handOver({ ...message, subject: "Kunci\r\nBcc: c@d.example.gov.my" });

  expect(sink.received.map(({ to }) => to)).toEqual([[message.to]]);
  expect(Object.keys(sink.received[0]?.headers ?? {})).not.toContain("bcc");
});
