import { expect, onTestFinished, test, vi } from "vitest";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { LETTERS_QUEUE } from "#lib/mail/letters.ts";
import { reachMail } from "#lib/mail/transports/reach-mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { awaitMailServer } from "./await-mail-server.ts";

const soon = { timeout: 15_000, interval: 50 };

async function oweLate(world: World, howMany: number) {
  const { id: accountId, officialEmail: to } = await world.account();
  const about = { from: "Chrome pada Windows", at: world.now().toISOString() };
  await world.db.transaction(async (tx) => {
    for (let n = 0; n < howMany; n++) await enqueue(tx, world.ctx, { kind: "account_activated", accountId, to, about });
  });
}

const waiting = async (world: World) =>
  (
    await world.owner.query<{ due: boolean }>(
      `select start_after <= now() as due from pgboss.job where name = '${LETTERS_QUEUE}' and state = 'retry'`,
    )
  ).rows;

test("letters that waited for the mail server are due when it is back, whatever they had still to wait", async () => {
  const world = await newWorld();
  const sink = await smtpSink({ down: true });
  onTestFinished(sink.stop);
  await oweLate(world, 12);
  await world.owner.query(
    `update pgboss.job set state = 'retry', start_after = now() + interval '1 day' where name = '${LETTERS_QUEUE}'`,
  );
  const reach = vi.fn(() => reachMail({ smtpUrl: sink.url }));
  const watch = awaitMailServer(reach, world.asSystem, () => {}, { every: seconds(0.02) });
  onTestFinished(watch.stop);
  watch.notTaken("smtp_esocket");
  await vi.waitFor(() => expect(reach.mock.calls.length).toBeGreaterThan(1), soon);
  expect((await waiting(world)).filter(({ due }) => due)).toEqual([]);
  await sink.start();
  await vi.waitFor(async () => expect((await waiting(world)).filter(({ due }) => due)).toHaveLength(12), soon);
});

test.each(["smtp_451_4.3.0_data", "smtp_421_data", "resend_429_rate_limit_exceeded", "resend_401_invalid_api_key"])(
  "one that a server refused for now (%s) keeps its pace",
  async (reason) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const reach = vi.fn(async () => null);
    const watch = awaitMailServer(
      reach,
      () => ({}) as never,
      () => {},
    );
    watch.notTaken(reason);
    await vi.advanceTimersByTimeAsync(minutes(5));
    expect(reach).not.toHaveBeenCalled();
  },
);

test.each(["smtp_econnection", "smtp_esocket", "smtp_etimedout", "smtp_edns", "resend_application_error"])(
  "where nobody was met (%s) the server is looked for, and less often when it answers and takes nothing",
  async (reason) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let away = true;
    const reach = vi.fn(async () => (away ? "smtp_econnection" : null));
    const execute = vi.fn(async () => undefined);
    const watch = awaitMailServer(
      reach,
      () => ({ db: { execute } }) as never,
      () => {},
    );
    watch.notTaken(reason);
    watch.notTaken(reason);
    await vi.advanceTimersByTimeAsync(seconds(15));
    expect(reach).toHaveBeenCalledTimes(3);
    expect(execute).not.toHaveBeenCalled();
    away = false;
    await vi.advanceTimersByTimeAsync(seconds(5));
    expect(execute).toHaveBeenCalledTimes(1);
    watch.notTaken(reason);
    await vi.advanceTimersByTimeAsync(seconds(9));
    expect(execute).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(seconds(1));
    expect(execute).toHaveBeenCalledTimes(2);
    watch.taken();
    watch.notTaken(reason);
    await vi.advanceTimersByTimeAsync(seconds(5));
    expect(execute).toHaveBeenCalledTimes(3);
    watch.stop();
  },
);
