import { count } from "drizzle-orm";
import { letter } from "#db/schema/mail.ts";
import { viewActivationLink } from "#lib/account/activation/activation.ts";
import { minutes } from "#lib/kernel/time.ts";
import { LETTERS_QUEUE } from "#lib/mail/letters.ts";
import { resendTransport } from "#lib/mail/transports/resend.ts";
import { reachSmtp, smtpTransport } from "#lib/mail/transports/smtp.ts";
import type { Transport } from "#lib/mail/transports/transport.ts";
import { startJobs } from "#lib/server/jobs/jobs.ts";
import { addAccount } from "#lib/testing/add-account.ts";
import { fixturePerson } from "#lib/testing/identities.ts";
import { exampleAgency, exampleSender, issueLink } from "#lib/testing/mail.ts";
import { resendFake } from "#lib/testing/resend-fake.ts";
import { smtpSink } from "#lib/testing/smtp-sink.ts";
import { type BarePortal, openBarePortal } from "./bare-portal.ts";
import { rounded, until } from "./until.ts";

const LETTERS = 500;
/** How many letters meet each of the two kinds of silence after they were said. */
const UNANSWERED = 20;
const ROUNDS_OF_THE_HOUR = 4;

type Outcome = { held: boolean } & Record<string, unknown>;

/** `npm run drill -- mail [LETTERS]`: a mail server that is away for an hour and then ill; Resend that refuses. */
export async function mail([many = String(LETTERS)]: readonly string[]): Promise<Outcome> {
  const smtp = await withPortal((portal) => overSmtp(portal, Number(many)));
  const resend = await withPortal((portal) => overResend(portal, Number(many)));
  return { held: smtp.held && resend.held, smtp, resend };
}

async function withPortal(drill: (portal: BarePortal) => Promise<Outcome>): Promise<Outcome> {
  const portal = await openBarePortal();
  try {
    return await drill(portal);
  } finally {
    await portal.stop();
  }
}

const startWork = ({ ctx, appUrl }: BarePortal, transport: Transport, reachMail?: () => Promise<string | null>) =>
  startJobs({
    databaseUrl: appUrl,
    systemContext: () => ctx,
    mail: { transport, agency: exampleAgency },
    ...(reachMail && { reachMail }),
    log: { info: () => {}, warn: () => {}, error: (details, message) => console.error(message, details) },
  });

/** So many people who wait for their activation letter. */
async function oweLinks({ ctx, office }: BarePortal, many: number, from = 0): Promise<void> {
  for (let n = from; n < from + many; n++) {
    const account = await addAccount(ctx, { ...fixturePerson(n), officeId: office.id }, { status: "registered" });
    await issueLink(ctx, account.id);
  }
}

const inState = async ({ ctx }: BarePortal): Promise<Record<string, number>> => {
  const rows = await ctx.db.select({ state: letter.state, many: count() }).from(letter).groupBy(letter.state);
  return Object.fromEntries(rows.map(({ state, many }) => [state, many]));
};

/** What the clock would do in its time: all that waits to be tried again is tried. */
async function tryAll(portal: BarePortal): Promise<void> {
  const attempts = async () =>
    Number((await portal.owner.query("select coalesce(sum(attempts), 0) as n from letter")).rows[0].n);
  const { rowCount } = await portal.owner.query(
    `update pgboss.job set start_after = now() where name = $1 and state = 'retry'`,
    [LETTERS_QUEUE],
  );
  const wanted = (await attempts()) + (rowCount ?? 0);
  await until("each has been tried", async () => (await attempts()) >= wanted, 300);
}

async function overSmtp(portal: BarePortal, many: number): Promise<Outcome> {
  const sink = await smtpSink({ down: true });
  const jobs = await startWork(portal, smtpTransport(sink.url, exampleSender), () => reachSmtp(sink.url));
  const held: Record<string, boolean> = {};
  try {
    await oweLinks(portal, many);
    console.log(`${many} letters are owed and no mail server is there, for an hour`);
    for (let round = 0; round < ROUNDS_OF_THE_HOUR; round++) {
      await tryAll(portal);
      portal.moveClock(minutes(60 / ROUNDS_OF_THE_HOUR));
    }
    held.allStillOwed = (await inState(portal)).queued === many;

    for (const code of [451, 421]) {
      sink.answerWith((at) => (at === "data" ? { code, message: "4.3.2 try again later" } : null));
      if (code === 451) await sink.start();
      await tryAll(portal);
      held[`owedAfter${code}`] = (await inState(portal)).queued === many && sink.received.length === 0;
      console.log(`answered ${code} after all of each letter: all are still owed`);
    }

    const silent = { taken: 0, gone: 0 };
    sink.answerWith((at) => {
      if (at !== "data") return null;
      const kind = silent.taken < UNANSWERED ? "taken" : silent.gone < UNANSWERED ? "gone" : null;
      if (kind === null) return null;
      silent[kind] += 1;
      return kind === "taken" ? "taken, then gone" : "gone";
    });
    await tryAll(portal);
    await tryAll(portal);
    await until("all are handed over", async () => (await inState(portal)).handed_over === many);
    const byLetter = Object.groupBy(sink.received, ({ headers }) => headers["message-id"] ?? "");
    const copies = Object.values(byLetter).map((same) => same?.length ?? 0);
    const twice = copies.filter((n) => n === 2).length;
    held.eachArrived = copies.length === many;
    held.noneThrice = copies.every((n) => n <= 2);
    held.twiceOnlyWhatWasTakenInSilence = twice <= silent.taken;
    const { alive, dead } = await openLinks(
      portal,
      sink.received.map(({ body }) => body),
    );
    held.noLinkDead = dead === 0;

    await sink.stop();
    await oweLinks(portal, 1, many);
    const waits = "select 1 from pgboss.job where name = $1 and state = 'retry'";
    await until("it has met nobody", async () => (await portal.owner.query(waits, [LETTERS_QUEUE])).rowCount === 1);
    await portal.owner.query("update pgboss.job set start_after = now() + interval '2 minutes' where state = 'retry'");
    await sink.start();
    const back = await until("the letter that waited is out", async () => !(await inState(portal)).queued, 60);
    held.backWithinTen = back <= 10;
    return {
      held: allOf(held),
      promises: held,
      letters: many,
      resetAfterData: silent,
      twice,
      alive,
      backAfter: rounded(back),
    };
  } finally {
    await jobs.stop();
    await sink.stop();
  }
}

/** The links as they were delivered, opened at once. */
async function openLinks({ ctx }: BarePortal, bodies: readonly string[]): Promise<{ alive: number; dead: number }> {
  const tokens = new Set(bodies.flatMap((body) => /\/activate\/([\w-]{20,})/.exec(body)?.[1] ?? []));
  const found = await Promise.all([...tokens].map((token) => viewActivationLink(ctx, token)));
  const alive = found.filter(({ ok }) => ok).length;
  return { alive, dead: found.length - alive };
}

async function overResend(portal: BarePortal, many: number): Promise<Outcome> {
  const fake = await resendFake();
  const jobs = await startWork(portal, resendTransport(fake.apiKey, fake.url, exampleSender));
  const held: Record<string, boolean> = {};
  try {
    for (const [status, name] of [
      [401, "missing_api_key"],
      [429, "rate_limit_exceeded"],
      [500, "internal_server_error"],
    ] as const)
      for (let n = 0; n < Math.ceil(many / 3); n++) fake.refuseNext(status, name);
    await oweLinks(portal, many);
    await until("each has been refused", async () => fake.requests() >= many, 300);
    console.log(`Resend refused ${Math.ceil(many / 3)} times each with 401, 429 and 500`);
    // Taken there, and the answer lost: asked again under the same key it says so.
    fake.takeAndHangUp(UNANSWERED);
    await tryAll(portal);
    await until(
      "all are handed over",
      async () => {
        await portal.owner.query("update pgboss.job set start_after = now() where name = $1 and state = 'retry'", [
          LETTERS_QUEUE,
        ]);
        return (await inState(portal)).handed_over === many;
      },
      300,
    );
    held.eachTakenOnce = fake.taken.length === many && new Set(fake.taken.map(({ to }) => to[0])).size === many;
    const { dead, alive } = await openLinks(
      portal,
      fake.taken.map(({ text }) => text),
    );
    held.noLinkDead = dead === 0 && alive === many;
    return {
      held: allOf(held),
      promises: held,
      letters: many,
      requests: fake.requests(),
      takenAndNotAnswered: UNANSWERED,
    };
  } finally {
    await jobs.stop();
    await fake.stop();
  }
}

const allOf = (held: Record<string, boolean>): boolean => Object.values(held).every(Boolean);
