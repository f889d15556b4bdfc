import { randomBytes } from "node:crypto";
import { connect } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { registerExamples } from "#lib/server/demo/example-systems/register-examples.ts";
import { type ExampleClients, type Examples, serveExamples } from "#lib/server/demo/example-systems/serve-examples.ts";
import type { Topology } from "./start-topology.ts";

/** The example systems of the demonstration, as systems of this portal: they ask its first instance behind the scenes. */
export async function startExamples({ origin, instances, database, keys }: Topology): Promise<Examples> {
  const [first] = instances;
  if (!first) throw new Error("The topology has no instance");
  let clients: ExampleClients = {};
  const examples = await serveExamples({ origin, port: first.port }, () => clients, 0);
  const db = connect(database.ownerUrl, { max: 1 });
  try {
    const ctx = { db, keys, now: () => new Date(), random: randomBytes } as unknown as Context;
    clients = await registerExamples(ctx, examples.origin);
    return examples;
  } catch (fault) {
    await examples.close();
    throw fault;
  } finally {
    await db.$client.end();
  }
}
