import { expect, test, vi } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { copyOf, emptyDatabase, fillWithWhatLives, restoreInto } from "#lib/testing/backup.ts";
import { newWorld } from "#lib/testing/new-world.ts";

vi.setConfig({ testTimeout: 120_000 });

/** How many of each would still open something at that moment. */
const alive = `select
  (select count(*) from session where ended_at is null)::int as sessions,
  (select count(*) from activation_link where superseded_at is null and consumed_at is null)::int as links,
  (select count(*) from mailbox_change where superseded_at is null and consumed_at is null)::int as mailboxes,
  (select count(*) from password_reset where done_at is null and expires_at > $1)::int as resets,
  (select count(*) from recovery where cancelled_at is null and completed_at is null)::int as recoveries,
  (select count(*) from enrolment_ticket where cancelled_at is null and used_at is null)::int as tickets,
  (select count(*) from caller_check where expires_at > $1)::int as checks,
  (select count(*) from officer_request where state = 'open' and expires_at > $1)::int as requests,
  (select count(*) from sign_in_ceremony)::int as ceremonies,
  (select count(*) from email_code)::int as codes,
  (select count(*) from activation_ceremony)::int as activations,
  (select count(*) from totp_enrolment)::int as enrolments,
  (select count(*) from transaction_approval where state = 'open' and expires_at > $1)::int as approvals,
  (select count(*) from oidc_record where model <> 'ReplayDetection')::int as tokens,
  (select count(*) from invitation_round where state = 'running')::int as rounds,
  (select count(*) from letter where state = 'queued')::int as letters,
  (select count(*) from pgboss.job where name = 'letters' and state = 'created')::int as jobs`;

test("what opened something when the copy was taken opens nothing after it was restored", async () => {
  const world = await newWorld();
  await fillWithWhatLives(world);
  const copy = await copyOf(world);
  const everything = Object.fromEntries(
    Object.keys((await world.owner.query(alive, [world.now()])).rows[0]).map((name) => [name, 1]),
  );
  expect((await world.owner.query(alive, [world.now()])).rows).toEqual([
    { ...everything, tokens: 2, letters: 2, jobs: 2 },
  ]);

  world.moveClock(minutes(5));
  const { ownerUrl, pool } = await emptyDatabase(world);
  const restored = await restoreInto(world, ownerUrl, copy);
  expect(restored).toMatchObject({ ended: { sessions: 1, letters: 1, rounds: 1 }, jobs: 1 });
  const nothing = Object.fromEntries(Object.keys(everything).map((name) => [name, 0]));
  // A letter that is not due yet was never sent by anybody.
  expect((await pool.query(alive, [world.now()])).rows).toEqual([{ ...nothing, letters: 1, jobs: 1 }]);
  expect((await pool.query("select model from oidc_record")).rows).toEqual([{ model: "ReplayDetection" }]);
  // No code of the last minutes opens again: the present step and its neighbour count as used.
  const step = Math.floor(world.now().getTime() / 30_000) + 1;
  expect((await pool.query("select last_step::int as last from totp_credential")).rows).toEqual([{ last: step }]);
  const told = await pool.query("select type from audit_event where actor_kind = 'operator' order by id");
  expect(told.rows.map(({ type }) => type)).toEqual(["letter.moot", "invitations.paused", "backup.restored"]);
});
