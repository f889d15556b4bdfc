import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import pg from "pg";
import { connect } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrate } from "#db/migrate.ts";
import { account } from "#db/schema/account.ts";
import { session } from "#db/schema/session.ts";
import { viewBoard } from "#lib/campaign/board/view-board.ts";
import { findMoves } from "#lib/campaign/people/find-moves.ts";
import { followTrail } from "#lib/campaign/people/follow-trail.ts";
import { lookAtEverybody } from "#lib/campaign/people/look-at-everybody.ts";
import { noteDay } from "#lib/campaign/people/note-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, hours } from "#lib/kernel/time.ts";
import { prepareQueues } from "#lib/server/jobs/prepare-queues.ts";
import { prepareBanks } from "#lib/server/start/prepare-banks.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { measureReminders } from "./campaign-reminders.ts";
import { type FilledCampaign, fillCampaign } from "./fill-campaign.ts";
import { operator } from "./import.ts";
import { afterCollection, highestMemory } from "./measure-memory.ts";
import { median, report, say } from "./report.ts";

const PEOPLE = 100_000;
/** To so many something happens between two looks. */
const BUSY = 1_000;
const ASKED = 15;

const noFilters = { phase: "all", officeId: null, state: null } as const;

/**
 * A campaign of 100,000 people: everybody looked at for the first time, and again; a busy minute; what an officer's board
 * and a person's home ask of the database. `size`: how many people instead.
 */
export async function measureCampaign(size = PEOPLE): Promise<void> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-bench-"));
  fs.chmodSync(dataDir, 0o755);
  const server = await startEmbedded(dataDir);
  try {
    const appPassword = decodeURIComponent(new URL(server.appUrl).password);
    await migrate(server.ownerUrl, { appPassword, prepare: [prepareQueues, prepareBanks] });
    const owner = new pg.Pool({ connectionString: server.ownerUrl, max: 1 });
    const ctx = operator(connect(server.appUrl));
    say(`campaign: filling in ${size} people`);
    const filled = await fillCampaign(owner, ctx, size);
    await measureLooking(ctx, owner, size);
    await measureAsking(ctx, filled, size);
    await measureReminders(ctx, filled.id, size);
    await ctx.db.$client.end();
    await owner.end();
  } finally {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureLooking(ctx: Context, owner: pg.Pool, people: number): Promise<void> {
  const pass = async (name: string) => {
    const before = afterCollection();
    const highest = highestMemory();
    const { seconds, value } = await timed(() => lookAtEverybody(ctx));
    const memoryGrowthMb = (highest.stop() - before.resident) / 1e6;
    const heldMb = (afterCollection().held - before.held) / 1e6;
    report({ bench: "campaign", case: name, ours: seconds, unit: "s", people, ...value, memoryGrowthMb, heldMb });
  };
  await pass("look at everybody for the first time");
  await owner.query("vacuum analyze campaign_person");
  await pass("look at everybody, nothing is otherwise");
  await followTrail(ctx);
  await ctx.db.execute(sql`with busy as (update account set mobile_sealed = 'sealed' where id in (
      select account_id from campaign_person where 'mobile' = any(missing) limit ${BUSY}) returning id)
    insert into audit_event (at, type, outcome, account_id, actor_kind, data)
    select now(), 'profile.changed', 'success', id, 'account', '{"field": "mobile"}' from busy`);
  const { seconds, value } = await timed(() => followTrail(ctx));
  report({ bench: "campaign", case: "a busy minute", ours: seconds, unit: "s", people, ...value });
  const noted = await timed(() => noteDay(ctx));
  report({ bench: "campaign", case: "write down the day", ours: noted.seconds, unit: "s", people });
}

async function measureAsking(system: Context, { id, officeIds }: FilledCampaign, people: number): Promise<void> {
  const [largest = ""] = officeIds;
  const branch = await actingFor(system, "sa", largest);
  const often = async (name: string, ask: (n: number) => Promise<unknown>) => {
    const spans: number[] = [];
    for (let n = 0; n < ASKED; n += 1) spans.push((await timed(() => ask(n))).seconds * 1_000);
    report({ bench: "campaign", case: name, ours: median(spans), unit: "ms", people, slowest: Math.max(...spans) });
  };
  const answered = await viewBoard(branch, id, noFilters);
  if (!answered.ok) throw new Error(`The board was refused: ${answered.error}`);
  await often("board of one office", () => viewBoard(branch, id, noFilters));
  const head = await actingFor(system, "administrator", largest);
  await often("board of the whole agency", () => viewBoard(head, id, noFilters));
  const { rows } = await system.db.execute<{ id: string }>(
    sql`select account_id as id from campaign_person where state = 'under_way' limit ${ASKED}`,
  );
  await often("a person's own move", (n) => findMoves(system, rows[n]?.id ?? ""));
}

/** Somebody of the filled-in people, at work with this role: for one office, or the whole agency. */
async function actingFor(system: Context, role: "administrator" | "sa", officeId: string): Promise<Context> {
  const [person] = await system.db
    .select({ id: account.id })
    .from(account)
    .where(eq(account.status, "activated"))
    .limit(1);
  if (!person) throw new Error("Nobody was filled in");
  await addGrant(system, person.id, { role, officeId });
  const sessionId = randomUUID();
  const now = system.now();
  await system.db.insert(session).values({
    id: sessionId,
    accountId: person.id,
    tokenDigest: sessionId,
    proofs: [],
    device: "bench",
    ip: "127.0.0.1",
    createdAt: now,
    lastSeenAt: now,
    expiresAt: after(now, hours(1)),
  });
  return { ...system, actor: { kind: "account", accountId: person.id, sessionId } };
}

async function timed<T>(doing: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const began = performance.now();
  const value = await doing();
  return { seconds: (performance.now() - began) / 1_000, value };
}
