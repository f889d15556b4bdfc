import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { roleGrant } from "#db/schema/roles.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { type ExportFormat, exportTrail } from "./export-trail.ts";
import { everything, type TrailFilter } from "./trail-filter.ts";

const note = (ctx: Context, howMany: number) =>
  ctx.db.transaction((tx) =>
    recordAll(
      tx,
      ctx,
      Array.from({ length: howMany }, (_, left) => ({ type: "recovery_code.used", accountId: null, left }) as const),
    ),
  );

async function all(lines: AsyncGenerator<string>): Promise<string[]> {
  const read: string[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

async function taken(ctx: Context, format: ExportFormat, filter: Partial<TrailFilter> = {}) {
  const answer = await exportTrail(ctx, { ...everything, ...filter }, format);
  if (!answer.ok) throw new Error(answer.error);
  return { rows: answer.value.rows, text: (await all(answer.value.lines)).join("") };
}

test("a CSV begins with what Excel needs and its columns, oldest first, and no cell is a formula", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("auditor");
  await note({ ...world.ctx, request: { ...world.ctx.request, device: '=HYPERLINK("x")' } }, 1);
  await note(world.ctx, 1);
  const { rows, text } = await taken(ctx, "csv");
  expect(rows).toBe(2);
  const [head, first, second] = text.split("\r\n");
  expect(head).toBe("\uFEFFnumber,at,type,outcome,account_id,actor_kind,actor_id,session_id,request_id,ip,device,data");
  expect(first).toMatch(
    /^\d+,2026-11-20T07:15:00\.000Z,recovery_code\.used,success,,nobody,,,[^,]+,192\.0\.2\.1,"'=HYPERLINK\(""x""\)","\{""left"":0\}"$/,
  );
  expect(second).toContain(",Chrome pada Windows,");
});

test("as JSON each line is an event, whole", async () => {
  const world = await newWorld();
  const { ctx, account } = await world.officer("administrator");
  await note(ctx, 2);
  const { text } = await taken(ctx, "jsonl", { about: "recovery_code.used" });
  const [first, second, end] = text.split("\n");
  expect(end).toBe("");
  expect(JSON.parse(first ?? "")).toEqual({
    number: expect.any(Number),
    at: "2026-11-20T07:15:00.000Z",
    type: "recovery_code.used",
    outcome: "success",
    account_id: null,
    actor_kind: "account",
    actor_id: account.id,
    session_id: ctx.actor.sessionId,
    request_id: ctx.request.id,
    ip: "192.0.2.1",
    device: "Chrome pada Windows",
    data: { left: 0 },
  });
  expect(JSON.parse(second ?? "").data).toEqual({ left: 1 });
});

test("more than are read at once come without a gap, and what happens meanwhile is left for another time", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("auditor");
  await note(world.ctx, 2_003);
  const answer = await exportTrail(ctx, everything, "jsonl");
  if (!answer.ok) throw new Error(answer.error);
  const first = await answer.value.lines.next();
  await note(world.ctx, 5);
  const rest = await all(answer.value.lines);
  const lefts = [first.value, ...rest]
    .join("")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).data.left);
  expect(lefts).toEqual(Array.from({ length: 2_003 }, (_, n) => n));
});

test("taking it away is recorded before the first line leaves, with how many there are", async () => {
  const world = await newWorld();
  const { ctx, account } = await world.officer("auditor");
  await note(world.ctx, 3);
  const answer = await exportTrail(ctx, { ...everything, about: "recovery_code.used" }, "csv");
  expect(answer).toMatchObject({ ok: true, value: { rows: 3 } });
  expect(await world.events("audit.exported")).toMatchObject([{ actorId: account.id, data: { rows: 3 } }]);
});

test("whoever may not read the trail takes nothing away, and the try is recorded", async () => {
  const world = await newWorld();
  for (const role of ["helpdesk", "sa", "ap"] as const) {
    const { ctx, account } = await world.officer(role);
    expect(await exportTrail(ctx, everything, "csv"), role).toEqual({ ok: false, error: "not_found" });
    expect((await world.events("access.refused")).at(-1)).toMatchObject({
      actorId: account.id,
      data: { right: "audit.read" },
    });
  }
  expect(await exportTrail(world.ctx, everything, "csv")).toEqual({ ok: false, error: "signed_out" });
  expect(await world.events("audit.exported")).toEqual([]);
});

test("breaks off where the role of whoever reads it ends", async () => {
  const world = await newWorld();
  const { ctx, grantId } = await world.officer("auditor");
  await note(world.ctx, 1_500);
  const answer = await exportTrail(ctx, everything, "jsonl");
  if (!answer.ok) throw new Error(answer.error);
  let lines = 0;
  for await (const piece of answer.value.lines) {
    lines += piece.split("\n").length - 1;
    await world.db.update(roleGrant).set({ state: "ended" }).where(eq(roleGrant.id, grantId));
  }
  expect(lines).toBe(1_000);
});
