import { expect, onTestFinished, test } from "vitest";
import { exampleSender } from "#lib/testing/mail.ts";
import { resendFake } from "#lib/testing/resend-fake.ts";
import { resendTransport } from "./resend.ts";
import type { Message } from "./transport.ts";

const message: Message = {
  id: "019a0000-0000-7000-8000-000000000001",
  mark: "0a".repeat(32),
  to: "aisyah@contoh.example.gov.my",
  subject: "Aktifkan akaun Kunci anda",
  text: "Salam",
  html: "<p>Salam</p>",
  sentAt: new Date("2026-11-20T07:15:00Z"),
};

async function opened(apiKey?: string) {
  const fake = await resendFake();
  onTestFinished(fake.stop);
  return { fake, transport: resendTransport(apiKey ?? fake.apiKey, fake.url, exampleSender) };
}

test("a letter arrives with both parts, from the agency, for one recipient", async () => {
  const { fake, transport } = await opened();

  expect(await transport.handOver(message)).toEqual({ ok: true, providerId: "resend-1" });

  expect(fake.taken).toMatchObject([
    {
      from: '"Kunci, Jabatan Perkhidmatan Contoh" <kunci@contoh.example.gov.my>',
      to: [message.to],
      subject: message.subject,
      text: "Salam",
      html: "<p>Salam</p>",
      headers: { "Auto-Submitted": "auto-generated" },
      tags: [{ name: "letter", value: message.id }],
    },
  ]);
});

test("the same letter handed over again, by another instance at another hour, is taken once", async () => {
  const { fake, transport } = await opened();
  await transport.handOver(message);
  const other = resendTransport(fake.apiKey, fake.url, exampleSender);

  expect(await other.handOver({ ...message, sentAt: new Date("2026-11-20T09:00:00Z") })).toEqual({
    ok: true,
    providerId: "resend-1",
  });

  expect(fake.taken).toHaveLength(1);
});

test("a letter that was taken and reworded since counts as taken", async () => {
  const { fake, transport } = await opened();
  await transport.handOver(message);

  expect(await transport.handOver({ ...message, subject: "Activate your Kunci account" })).toEqual({ ok: true });

  expect(fake.taken).toHaveLength(1);
});

test.each([
  [422, "validation_error", "permanent", "resend_422_validation_error"],
  [400, "validation_error", "permanent", "resend_400_validation_error"],
  [422, "missing_required_field", "permanent", "resend_422_missing_required_field"],
  // An unverified domain, and other things its operator mends.
  [403, "validation_error", "temporary", "resend_403_validation_error"],
  [422, "invalid_from_address", "temporary", "resend_422_invalid_from_address"],
  [429, "rate_limit_exceeded", "temporary", "resend_429_rate_limit_exceeded"],
  [429, "daily_quota_exceeded", "temporary", "resend_429_daily_quota_exceeded"],
  [409, "concurrent_idempotent_requests", "temporary", "resend_409_concurrent_idempotent_requests"],
  [500, "internal_server_error", "temporary", "resend_500_internal_server_error"],
])("refused with %s %s, it is %s", async (status, name, error, reason) => {
  const { fake, transport } = await opened();
  fake.refuseNext(status, name);

  expect(await transport.handOver(message)).toEqual({ ok: false, error, reason });
});

test("a wrong key is the operator's to mend, not the letter's end", async () => {
  const { transport } = await opened("re_wrong");
  expect(await transport.handOver(message)).toMatchObject({ error: "temporary", reason: "resend_403_invalid_api_key" });
});

test("an answer that is no answer is tried again", async () => {
  const { fake, transport } = await opened();
  fake.answerNext({ status: 502, body: null }, { status: 200, body: null }, { status: 200, body: {} }, "hang up");
  for (let n = 0; n < 4; n += 1)
    expect(await transport.handOver(message)).toMatchObject({ ok: false, error: "temporary" });
  expect(await transport.handOver(message)).toMatchObject({ ok: true });
});
