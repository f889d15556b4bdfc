import pg from "pg";
import { PgBoss, type Queue } from "pg-boss";
import { LINK_REQUESTS_QUEUE } from "#lib/account/activation/request-activation-link.ts";
import { DATA_EXPORTS_QUEUE } from "#lib/account/data-export/request-export.ts";
import { LETTERS_QUEUE } from "#lib/mail/letters.ts";
import { RESET_REQUESTS_QUEUE } from "#lib/recovery/forgotten-password/request-reset.ts";
import { RECOVERY_WAITS_QUEUE } from "#lib/recovery/lost-factor/finish-waits.ts";
import { RECOVERY_REQUESTS_QUEUE } from "#lib/recovery/lost-factor/request-recovery.ts";
import { EMAIL_CODE_REQUESTS_QUEUE } from "#lib/sign-in/request-email-code.ts";
import { STAFF_IMPORTS_QUEUE } from "#lib/staff-register/import/queue.ts";

/** Jobs that come round by the clock, in the agency's zone. pg-boss starts each once, however many instances run. */
export const SCHEDULES = {
  lapse: "7 * * * *",
  housekeeping: "37 * * * *",
  recoveries: "*/5 * * * *",
  "audit-seal": "* * * * *",
  "audit-head": "55 23 * * *",
  insights: "17 * * * *",
  bounces: "*/2 * * * *",
  "officer-requests": "*/10 * * * *",
  "move-requests": "4-59/10 * * * *",
  leavers: "*/15 * * * *",
  invitations: "* * * * *",
  "campaign-letters": "* * * * *",
  "account-counts": "2-59/5 * * * *",
  "campaign-people": "* * * * *",
  "campaign-people-all": "52 * * * *",
  "signing-keys": "41 * * * *",
  "onsite-sessions": "*/15 * * * *",
  keys: "* * * * *",
} as const;

const AGENCY_ZONE = "Asia/Kuala_Lumpur";
const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * letters: retried after 5 s, 10 s, 20 s … up to 2 minutes, half of it by chance, so that a mail server that is back is
 * not stormed. Which letters are no longer worth it the letter decides (its kind's lifetime), so the limit here lies
 * beyond all of them: 14 days at 2 minutes. `heartbeatSeconds` finds the letters of an instance that was killed,
 * `expireInSeconds` those of one that hangs: longer than a whole batch can take with a mail server that answers
 * nothing.
 */
const queues: readonly Queue[] = [
  {
    name: LETTERS_QUEUE,
    notify: true,
    retryLimit: 10_080,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 120,
    heartbeatSeconds: 30,
    expireInSeconds: 15 * 60,
    retentionSeconds: 30 * DAY,
    deleteAfterSeconds: 7 * DAY,
  },
  ...[
    LINK_REQUESTS_QUEUE,
    EMAIL_CODE_REQUESTS_QUEUE,
    RESET_REQUESTS_QUEUE,
    RECOVERY_REQUESTS_QUEUE,
    DATA_EXPORTS_QUEUE,
  ].map((name) => ({
    name,
    notify: true,
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: 60,
    // Somebody who asked an hour ago has asked again.
    retentionSeconds: HOUR,
    deleteAfterSeconds: HOUR,
  })),
  {
    name: RECOVERY_WAITS_QUEUE,
    notify: true,
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: 5 * 60,
    // Counted from when the wait ends; what is not done by then the clock has done.
    retentionSeconds: DAY,
    deleteAfterSeconds: DAY,
  },
  {
    name: STAFF_IMPORTS_QUEUE,
    notify: true,
    // A file goes on where a killed instance left it, which the heartbeat shows.
    retryLimit: 100,
    retryDelay: 5,
    retryBackoff: true,
    retryDelayMax: 120,
    heartbeatSeconds: 30,
    expireInSeconds: HOUR,
    retentionSeconds: 7 * DAY,
    deleteAfterSeconds: DAY,
  },
  ...Object.keys(SCHEDULES).map((name) => ({
    name,
    policy: "exclusive",
    retryLimit: 3,
    retryDelay: 10,
    // One of a killed instance would keep the others out until it expires.
    heartbeatSeconds: 30,
    expireInSeconds: 30 * 60,
    deleteAfterSeconds: 7 * DAY,
  })),
];

/**
 * Creates or updates the queues and their schedules, as the owner of the database: at run time nothing is created.
 * pg-boss's tables must be there. Safe to repeat at each start.
 */
export async function prepareQueues(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const boss = new PgBoss({ db: { executeSql: (text, values) => client.query(text, values) } });
    for (const { name, policy, ...options } of queues) {
      await boss.createQueue(name, policy ? { policy, ...options } : options);
      await boss.updateQueue(name, options);
    }
    for (const [name, cron] of Object.entries(SCHEDULES)) await boss.schedule(name, cron, null, { tz: AGENCY_ZONE });
  } finally {
    await client.end();
  }
}
