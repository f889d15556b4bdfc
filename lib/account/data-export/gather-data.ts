import { and, asc, eq, gt, like, not, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { auditEvent } from "#db/schema/audit.ts";
import type { Account } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { aboutAccount } from "./about-account.ts";
import { aboutApprovals } from "./about-approvals.ts";
import { aboutAuthenticators } from "./about-authenticators.ts";
import { aboutSessionsInPerson } from "./about-sessions-in-person.ts";
import { aboutSystems } from "./about-systems.ts";
import { aboutTokens } from "./about-tokens.ts";
import { aboutUse } from "./about-use.ts";

// Whether a letter left for a new mailbox would tell whether somebody else has that address: no letter does then.
const isTold = not(
  or(
    eq(auditEvent.type, "mailbox_change.handed_over"),
    and(like(auditEvent.type, "letter.%"), sql`${auditEvent.data} ->> 'kind' = 'mailbox_proof'`),
  ) ?? sql`false`,
);

/** Rows of the trail read at a time. */
const PAGE = 2_000;

/** What is held and not handed out, and why: it stands in the copy itself. */
const leftOut = {
  en: "Secrets are not in this copy: what is kept of passwords, security answers, recovery codes, the authenticator app, the security phrase, mailed links and codes would help somebody who finds the file. When they were set is in it.",
  ms: "Rahsia tidak ada dalam salinan ini: apa yang disimpan tentang kata laluan, jawapan keselamatan, kod pemulihan, aplikasi pengesah, frasa keselamatan, pautan dan kod emel boleh membantu orang yang menjumpai fail ini. Bila ia ditetapkan ada di dalamnya.",
} as const;

/**
 * Everything held on a person, as the pieces of one JSON text: its size is the trail's, so it is never whole in memory.
 * Times are ISO 8601 in UTC.
 */
export async function* gatherData(tx: Tx, ctx: Context, owner: Account): AsyncGenerator<string> {
  const head = {
    madeAt: ctx.now(),
    portal: ctx.origin,
    leftOut,
    ...(await aboutAccount(tx, ctx, owner)),
    authenticators: await aboutAuthenticators(tx, ctx, owner),
    ...(await aboutUse(tx, owner.id)),
    systems: await aboutSystems(tx, ctx, owner.id),
    approvals: await aboutApprovals(tx, ctx, owner.id),
    hardwareTokens: await aboutTokens(tx, ctx, owner.id),
    sessionsInPerson: await aboutSessionsInPerson(tx, owner.id),
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "activity": [`;
  let separator = "\n";
  for await (const event of activityOf(tx, owner.id)) {
    yield `${separator}    ${JSON.stringify(event)}`;
    separator = ",\n";
  }
  yield "\n  ]\n}\n";
}

/**
 * Every event about the account, the oldest first. Who did it is said by kind: the id of an officer, or of somebody
 * else, and where they were, is not the person's.
 */
async function* activityOf(tx: Tx, accountId: string) {
  let last = 0;
  for (;;) {
    const page = await tx
      .select({
        id: auditEvent.id,
        at: auditEvent.at,
        type: auditEvent.type,
        outcome: auditEvent.outcome,
        by: auditEvent.actorKind,
        actorId: auditEvent.actorId,
        ip: auditEvent.ip,
        device: auditEvent.device,
        data: auditEvent.data,
      })
      .from(auditEvent)
      .where(and(eq(auditEvent.accountId, accountId), gt(auditEvent.id, last), isTold))
      .orderBy(asc(auditEvent.id))
      .limit(PAGE);
    for (const { by, actorId, ip, device, ...event } of page) {
      const own = by !== "account" || actorId === accountId;
      yield { ...event, by: own ? by : "somebody_else", ...(own && { ip, device }) };
    }
    const newest = page.at(-1);
    if (!newest || page.length < PAGE) return;
    last = newest.id;
  }
}
