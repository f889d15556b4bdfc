import { expect, onTestFinished, test, vi } from "vitest";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { reachMail } from "#lib/mail/transports/reach-mail.ts";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { watchMail } from "./watch-mail.ts";

const soon = { timeout: 15_000 };

test("a mail server that goes away is noticed, and so is that it is back, while whoever asks waits for nothing", async () => {
  const sink = await smtpSink();
  onTestFinished(sink.stop);
  let now = 0;
  let tries = 0;
  const mail = watchMail(
    () => {
      tries += 1;
      return reachMail({ smtpUrl: sink.url });
    },
    () => now,
  );
  expect(mail()).toBeNull();
  await vi.waitFor(() => expect(tries).toBe(1), soon);
  await sink.stop();
  expect(mail(), "known for a minute").toBeNull();
  await vi.waitFor(() => {
    now += minutes(1);
    expect(mail()).toMatch(/^smtp_/);
  }, soon);
  await sink.start();
  await vi.waitFor(() => {
    now += seconds(15);
    expect(mail()).toBeNull();
  }, soon);
});

test("however many ask at once, one tries", async () => {
  const answer = Promise.withResolvers<string | null>();
  let tries = 0;
  const mail = watchMail(() => {
    tries += 1;
    return answer.promise;
  });
  for (let n = 0; n < 50; n += 1) mail();
  expect(tries).toBe(1);
  answer.resolve(null);
});
