import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { relyingParty } from "#db/schema/relying-party.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { lookAtRegistrations, registrationOf } from "./registrations.ts";

test("of two looks at once the older does not undo the newer, and what did not change stays the same object", async () => {
  const world = await newWorld();
  const [{ id, clientId }, other] = [await addRelyingParty(world.ctx), await addRelyingParty(world.ctx)];
  await lookAtRegistrations(world.ctx);
  const before = registrationOf(other.clientId);

  const read = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const query = world.db.$client.query.bind(world.db.$client);
  const slow = {
    $client: {
      query: async (...asked: Parameters<typeof query>) => {
        const found = await query(...asked);
        read.resolve();
        await answered.promise;
        return found;
      },
    },
  } as unknown as typeof world.db;
  const older = lookAtRegistrations({ db: slow, now: world.now });
  await read.promise;
  await world.db.update(relyingParty).set({ disabledAt: world.now() }).where(eq(relyingParty.id, id));
  await lookAtRegistrations(world.ctx);
  answered.resolve();
  await older;
  expect(registrationOf(clientId)).toBeUndefined();
  expect(registrationOf(other.clientId)).toBe(before);
});
