import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { LETTERS_QUEUE } from "./letters.ts";
import { sendJob } from "./send-job.ts";

test("work for a second queue is sent in its own transaction, after the connection of the first has ended", async () => {
  const world = await newWorld();
  const passing = connect(world.appUrl, { max: 1 });
  await passing.transaction((tx) => sendJob(tx, "link-requests", {}, randomUUID()));
  await passing.$client.end();
  const [first, second] = [randomUUID(), randomUUID()];
  for (const id of [first, second]) await world.db.transaction((tx) => sendJob(tx, LETTERS_QUEUE, {}, id));
  const { rows } = await world.owner.query("select id from pgboss.job where name = $1", [LETTERS_QUEUE]);
  expect(rows.map(({ id }) => id).sort()).toEqual([first, second].sort());
});
