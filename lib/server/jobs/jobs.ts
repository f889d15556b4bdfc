import { type JobResult, PgBoss } from "pg-boss";
import { beginningAs } from "#db/client.ts";
import {
  answerLinkRequest,
  LINK_REQUESTS_QUEUE,
  type LinkRequest,
} from "#lib/account/activation/request-activation-link.ts";
import { makeExport } from "#lib/account/data-export/make-export.ts";
import { DATA_EXPORTS_QUEUE, type DataExportJob } from "#lib/account/data-export/request-export.ts";
import { lapseRegistrations } from "#lib/account/registration/lapse-registrations.ts";
import { countDays } from "#lib/administration/insights/count-days.ts";
import { headOfTrail } from "#lib/audit/seal/last-seal.ts";
import { sealTrail } from "#lib/audit/seal/seal-trail.ts";
import { sendCampaignLetters } from "#lib/campaign/letters/send-campaign-letters.ts";
import { keepSessions } from "#lib/campaign/onsite/keep-sessions.ts";
import { keepEverybody, keepPeople } from "#lib/campaign/people/keep-people.ts";
import { overtakeRequests } from "#lib/campaign/requests/overtake-requests.ts";
import { countAccounts } from "#lib/helpdesk/search/count-accounts.ts";
import { expireRequests } from "#lib/helpdesk/two-officers/expire-requests.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seconds } from "#lib/kernel/time.ts";
import { collectBounces } from "#lib/mail/bounces/collect-bounces.ts";
import type { MailRoom } from "#lib/mail/deliver.ts";
import { LETTERS_QUEUE, type LetterJob } from "#lib/mail/letters.ts";
import type { Claim } from "#lib/recovery/claim.ts";
import { answerResetRequest, RESET_REQUESTS_QUEUE } from "#lib/recovery/forgotten-password/request-reset.ts";
import { finishWaits, RECOVERY_WAITS_QUEUE, type WaitJob } from "#lib/recovery/lost-factor/finish-waits.ts";
import { answerRecoveryRequest, RECOVERY_REQUESTS_QUEUE } from "#lib/recovery/lost-factor/request-recovery.ts";
import { signStatementsAnew } from "#lib/relying-party/approval/statement/sign-statements-anew.ts";
import { keepSigningKeys } from "#lib/relying-party/signing-keys/keep-signing-keys.ts";
import {
  answerEmailCodeRequest,
  EMAIL_CODE_REQUESTS_QUEUE,
  type EmailCodeRequest,
} from "#lib/sign-in/request-email-code.ts";
import { STAFF_IMPORTS_QUEUE, type StaffImportJob } from "#lib/staff-register/import/queue.ts";
import { workOnImport } from "#lib/staff-register/import/work-on-import.ts";
import { DEFAULT_MAIL_PER_MINUTE } from "#lib/staff-register/invitations/pace.ts";
import { sendInvitations } from "#lib/staff-register/invitations/send-invitations.ts";
import { suspendDueLeavers } from "#lib/staff-register/leavers/suspend-due-leavers.ts";
import { replaceKeys } from "../keys/replace-keys.ts";
import { awaitMailServer } from "./await-mail-server.ts";
import { deliverAll } from "./deliver-all.ts";
import { discardExpired } from "./discard-expired.ts";
import type { SCHEDULES } from "./prepare-queues.ts";
import { watchJob } from "./watch-job.ts";

export type JobsPortal = {
  /** Where the application's role connects. */
  databaseUrl: string;
  /** The URL is the owner's, so each connection steps down to this role. */
  stepDownTo?: string;
  /** A context for one job: acts for the system, under a request id of its own. */
  systemContext: () => Context;
  mail: MailRoom;
  /** Goes as far as a letter does before it is handed over: null where it came through, else why not. */
  reachMail?: () => Promise<string | null>;
  /** Where letters that came back lie, if anywhere. */
  bounceMaildir?: string | undefined;
  /** False where a pooler lies between, which passes no notifications on: then each queue is looked at every second. */
  listens?: boolean;
  /** How often a worker looks by itself, where no notification woke it; seconds. */
  lookEvery?: number;
  /** Letters to many (invitations, campaigns) a minute: what the mail provider takes beside everything else. */
  mailPerMinute?: number | undefined;
  log: Log;
};

/** The part of pino that is used. */
type Log = Record<"info" | "warn" | "error", (details: object, message: string) => void>;

export type Jobs = {
  /**
   * Takes no more work, finishes what is under way (20 s at most; the rest is somebody else's after its heartbeat),
   * closes the transport.
   */
  stop: () => Promise<void>;
};

const BATCH = 20;
const LOOK_EVERY = 2;
/** A code by email is waited for. */
const LOOK_EVERY_UNTOLD = 1;

/**
 * Starts this instance's share of the work: letters as they are owed, and what comes round by the clock. Any number of
 * instances may work at once; each job runs in one of them. The queues must be prepared.
 */
export async function startJobs(portal: JobsPortal): Promise<Jobs> {
  const { databaseUrl, stepDownTo, log, listens = true, lookEvery = LOOK_EVERY } = portal;
  const looking = listens ? { notifyPollingIntervalSeconds: lookEvery } : { pollingIntervalSeconds: LOOK_EVERY_UNTOLD };
  const boss = new PgBoss({
    connectionString: stepDownTo ? beginningAs(stepDownTo, databaseUrl) : databaseUrl,
    application_name: "kunci jobs",
    max: 2,
    useListenNotify: listens,
    // The schema is the owner's: nothing is created, upgraded or rebuilt from here.
    migrate: false,
    reindex: false,
    // How soon the letters of a killed instance are noticed, after their heartbeat.
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  });
  boss.on("error", (err) => log.error({ err }, "the queue failed"));
  boss.on("warning", ({ message, data }) => log.warn({ data }, message));
  await boss.start();

  const mailServer = portal.reachMail
    ? awaitMailServer(portal.reachMail, portal.systemContext, (err) =>
        log.warn({ err }, "letters could not be brought forward"),
      )
    : null;
  await boss.work<LetterJob, unknown>(
    LETTERS_QUEUE,
    { batchSize: BATCH, perJobResults: true, burstWhenBatchFull: true, ...looking },
    (jobs) => deliverAll({ ...portal, mailServer }, jobs),
  );

  const requests = async <Asked extends object>(
    queue: string,
    answer: (system: Context, asked: Asked) => Promise<void>,
    failed: string,
  ) => {
    await boss.work<Asked, unknown>(
      queue,
      { batchSize: BATCH, perJobResults: true, burstWhenBatchFull: true, ...looking },
      (jobs) => answerAll(portal, queue, jobs, answer, failed),
    );
  };
  await requests<LinkRequest>(LINK_REQUESTS_QUEUE, answerLinkRequest, "a request for a link failed");
  await requests<EmailCodeRequest>(EMAIL_CODE_REQUESTS_QUEUE, answerEmailCodeRequest, "a request for a code failed");
  await requests<Claim>(RESET_REQUESTS_QUEUE, answerResetRequest, "a request for a new password failed");
  await requests<Claim>(RECOVERY_REQUESTS_QUEUE, answerRecoveryRequest, "a request to replace a lost factor failed");
  const endWait = async (system: Context) => void (await finishWaits(system));
  await requests<WaitJob>(RECOVERY_WAITS_QUEUE, endWait, "the end of a wait was not dealt with");

  await boss.work<DataExportJob, unknown>(
    DATA_EXPORTS_QUEUE,
    { batchSize: 1, perJobResults: true, ...looking },
    (jobs) =>
      answerAll(
        portal,
        DATA_EXPORTS_QUEUE,
        jobs,
        (system, { exportId }) => makeExport(system, exportId),
        "a copy of data was not made",
      ),
  );

  await boss.work<StaffImportJob, unknown>(
    STAFF_IMPORTS_QUEUE,
    { batchSize: 1, perJobResults: true, ...looking },
    (jobs) =>
      answerAll(portal, STAFF_IMPORTS_QUEUE, jobs, workOnImport, "a file of the staff register was not finished"),
  );

  const byTheClock: Record<keyof typeof SCHEDULES, (ctx: Context) => Promise<unknown>> = {
    lapse: lapseRegistrations,
    housekeeping: discardExpired,
    recoveries: finishWaits,
    "audit-seal": sealTrail,
    // Logged, it lies outside the database: what is cut off behind it then shows.
    "audit-head": headOfTrail,
    insights: countDays,
    bounces: async (ctx) => (portal.bounceMaildir ? collectBounces(ctx, portal.bounceMaildir) : null),
    "officer-requests": expireRequests,
    "move-requests": overtakeRequests,
    leavers: suspendDueLeavers,
    invitations: async (ctx) => sendInvitations(ctx, portal.mailPerMinute ?? DEFAULT_MAIL_PER_MINUTE),
    "campaign-letters": async (ctx) => sendCampaignLetters(ctx, portal.mailPerMinute ?? DEFAULT_MAIL_PER_MINUTE),
    "account-counts": countAccounts,
    "campaign-people": (ctx) => keepPeople(ctx, portal.mailPerMinute ?? DEFAULT_MAIL_PER_MINUTE),
    "campaign-people-all": keepEverybody,
    "signing-keys": async (ctx) => {
      const kept = await keepSigningKeys(ctx);
      const statements = await signStatementsAnew(ctx);
      return kept === null && statements === 0 ? null : { ...kept, statements };
    },
    "onsite-sessions": keepSessions,
    keys: (ctx) => replaceKeys(ctx),
  };
  for (const [name, run] of Object.entries(byTheClock))
    await boss.work(name, { pollingIntervalSeconds: 30 }, async () => {
      const outcome = await watchJob(name, () => run(portal.systemContext()));
      if (outcome !== null) log.info({ job: name, outcome }, "job done");
    });

  // What an instance that was killed left behind is looked for now, and every 15 s from then on.
  const looked = boss.supervise().catch((err: unknown) => log.error({ err }, "the queue could not be looked through"));

  return {
    stop: async () => {
      mailServer?.stop();
      await looked;
      await boss.stop({ graceful: true, timeout: seconds(20) });
      await portal.mail.transport.close();
    },
  };
}

/** One after the other: those of one number must not overtake each other. One that fails is tried again alone. */
async function answerAll<Asked>(
  portal: JobsPortal,
  queue: string,
  jobs: readonly { id: string; data: Asked }[],
  answer: (system: Context, asked: Asked) => Promise<void>,
  failed: string,
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  for (const { id, data } of jobs) {
    try {
      await watchJob(queue, () => answer(portal.systemContext(), data));
      results.push({ id, status: "completed" });
    } catch (err) {
      portal.log.error({ err }, failed);
      results.push({ id, status: "failed" });
    }
  }
  return results;
}
