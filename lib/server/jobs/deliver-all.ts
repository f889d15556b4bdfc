import type { JobResult } from "pg-boss";
import { deliver } from "#lib/mail/deliver.ts";
import { LETTERS_QUEUE, type LetterJob } from "#lib/mail/letters.ts";
import { metrics } from "../metrics/metrics.ts";
import type { MailServerWatch } from "./await-mail-server.ts";
import type { JobsPortal } from "./jobs.ts";
import { watchJob } from "./watch-job.ts";

/**
 * Letters put together and handed over at the same time by one instance: as many as its SMTP connections, and half of
 * its database's.
 */
const LETTERS_AT_ONCE = 5;

type LettersPortal = JobsPortal & { mailServer: MailServerWatch | null };

/** Each letter for itself: one that fails is tried again alone, those that were taken never are. */
export async function deliverAll(
  portal: LettersPortal,
  jobs: readonly { id: string; data: LetterJob }[],
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  const waiting = [...jobs];
  const worker = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift())
      results.push(await deliverOne(portal, job.id, job.data.letterId));
  };
  await Promise.all(Array.from({ length: LETTERS_AT_ONCE }, worker));
  return results;
}

async function deliverOne(
  { systemContext, mail, log, mailServer }: LettersPortal,
  id: string,
  letterId: string,
): Promise<JobResult> {
  try {
    const delivery = await watchJob(
      LETTERS_QUEUE,
      () => deliver(systemContext(), mail, letterId),
      ({ settled }) => settled,
    );
    if (delivery.settled) {
      mailServer?.taken();
      return { id, status: "completed" };
    }
    mailServer?.notTaken(delivery.reason);
    metrics().letterRetries.inc({ transport: mail.transport.name, reason: delivery.reason });
    log.warn(
      { letterId, transport: mail.transport.name, reason: delivery.reason },
      "letter not taken, will be tried again",
    );
    return { id, status: "failed", output: { reason: delivery.reason } };
  } catch (err) {
    log.error({ letterId, err }, "letter could not be put together, will be tried again");
    return { id, status: "failed", output: { reason: "fault" } };
  }
}
