import { portalIfOpen } from "../portal.ts";
import { createReadiness, failingChecks } from "../readiness.ts";
import type { Check } from "./checks.ts";
import { watchMail } from "./watch-mail.ts";

// Routes and jobs evaluate modules separately; the mail server and the database are looked at by one of them.
const shared = globalThis as { kunciFailing?: () => Promise<Check[]> };

/** The checks that fail now, as `/api/ready` and the metrics tell: looked into once a second, however many ask. */
export function failingNow(): () => Promise<Check[]> {
  shared.kunciFailing ??= lookForAll();
  return shared.kunciFailing;
}

function lookForAll(): () => Promise<Check[]> {
  const mail = watchMail();
  return createReadiness(async () => {
    const open = portalIfOpen();
    return failingChecks(open && { db: open.db, keys: open.keys, config: open.config, mail: mail() });
  });
}
