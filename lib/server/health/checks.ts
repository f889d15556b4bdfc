/**
 * What is looked at before an instance is called ready, and what to do where it is not well. `blocks`: another instance
 * may do better, so this one is taken out of the balancer. What hits all instances alike only warns: a mail server that is
 * down, or a full disk of the database, must not shut everybody out who could still sign in.
 */
export const checks = {
  started: { blocks: true, cure: "The portal is starting. If it stays so, read its log: it names what it waits for" },
  database: {
    blocks: true,
    cure: "The database does not answer, or is read-only: check that PostgreSQL runs, that DATABASE_URL leads to its primary, and that connections are left (max_connections)",
  },
  schema: { blocks: true, cure: "The schema is behind this version: run the command migrate" },
  keys: {
    blocks: true,
    cure: "The keys are not those the database was written with: check KUNCI_KEYS or KUNCI_KEYS_FILE",
  },
  clock: {
    blocks: true,
    cure: "This machine's clock and the database's differ by more than 30 seconds: set both by NTP (timedatectl, chronyc tracking); codes and links fail meanwhile",
  },
  queue: {
    blocks: false,
    cure: "Letters have waited for more than 15 minutes: no instance with WORKER=on works, or the mail server takes nothing",
  },
  mail: {
    blocks: false,
    cure: "The mail server cannot be reached, or refuses the portal: check SMTP_URL or RESEND_API_KEY, the way there (firewall, DNS) and the server itself. Letters wait and go out by themselves once it answers",
  },
  worker: {
    blocks: false,
    cure: "No instance has worked on the queues for three minutes: start at least one with WORKER=on; letters, exports and imports wait meanwhile",
  },
  disk: {
    blocks: false,
    cure: "Less than 1 GB is left on the disk, or PostgreSQL found its own full: make room or make it larger before PostgreSQL stops taking writes",
  },
} as const satisfies Record<string, { blocks: boolean; cure: string }>;

export type Check = keyof typeof checks;

/** A check that fails, and what was seen, for whoever operates it: codes and figures, never addresses. */
export type Failing = { check: Check; seen?: string };
