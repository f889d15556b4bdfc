import { access, constants } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { days } from "#lib/kernel/time.ts";
import type { Config } from "#lib/server/config.ts";
import { lookAtCertificate, RENEWED_BEFORE } from "#lib/server/health/certificate.ts";
import { refusedInProduction } from "#lib/server/start/read-config.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

export function configFindings(config: Config): Finding[] {
  const refused = config.mode === "production" ? refusedInProduction(config) : [];
  return refused.length === 0
    ? [ok(`configuration (${config.mode})`)]
    : refused.map((line) => fail("configuration", line));
}

/** Some always come back; so many, and so much of what goes out, is a fault of the portal's own mail. */
const MANY_LOST = { letters: 20, share: 0.1 };

/** Letters that a mail server refused for good, or that came back: the people they were for are still waiting. */
export async function lostLetters(db: Db): Promise<Finding> {
  const { rows } = await db.execute<{ lost: number; all: number }>(
    sql`select count(*) filter (where state in ('refused', 'bounced'))::int as lost, count(*)::int as "all"
      from letter where created_at > now() - interval '7 days'`,
  );
  const { lost = 0, all = 0 } = rows[0] ?? {};
  const many = lost >= MANY_LOST.letters && lost >= all * MANY_LOST.share;
  const advice = `${lost} of the last 7 days were refused or came back; the helpdesk's work list has their addresses and the reasons`;
  return many ? fail("letters", advice) : ok("letters", lost > 0 ? advice : undefined);
}

/** Whether what comes back as mail can be read, and moved away once it is. */
export async function bounceFolder({ mail: { bounceMaildir } }: Config): Promise<Finding[]> {
  if (bounceMaildir === undefined) return [];
  try {
    for (const folder of ["new", "cur"])
      await access(path.join(bounceMaildir, folder), constants.R_OK | constants.W_OK | constants.X_OK);
    return [ok("bounces")];
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code ?? "unknown";
    return [
      fail("bounces", `BOUNCE_MAILDIR (${bounceMaildir}) is no Maildir that this user may read and write (${code})`),
    ];
  }
}

const spoken = (left: number): string => (left === 0 ? "hours" : left === 1 ? "a day" : `${left} days`);

/** What browsers are shown at the portal's address. An agency's own authority may be unknown to this machine and not to theirs. */
export async function certificateFindings(origin: string, now: Date): Promise<Finding[]> {
  if (!origin.startsWith("https://")) return [];
  const seen = await lookAtCertificate(origin);
  if ("unreached" in seen)
    return [
      warn("certificate", `${origin} cannot be reached from here (${seen.unreached}): look at it from elsewhere`),
    ];
  const left = seen.endsAt.getTime() - now.getTime();
  const date = seen.endsAt.toISOString().slice(0, 10);
  if (left <= 0) return [fail("certificate", `The certificate of ${origin} ended on ${date}: renew it now`)];
  if (seen.isAnothers)
    return [fail("certificate", `The certificate at ${origin} is another host's: give the proxy the right one`)];
  if (left < RENEWED_BEFORE)
    return [
      warn(
        "certificate",
        `The certificate of ${origin} ends on ${date}, in ${spoken(Math.floor(left / days(1)))}: renew it`,
      ),
    ];
  return seen.distrust === null
    ? [ok("certificate", `until ${date}`)]
    : [
        warn(
          "certificate",
          `This machine does not trust the certificate of ${origin} (${seen.distrust}): the proxy must send the whole chain`,
        ),
      ];
}
