import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { relyingParty } from "#db/schema/relying-party.ts";
import { answeredLater } from "#lib/testing/answered-later.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { lookAtRegistrations, registrationOf } from "./registrations.ts";

test("of two looks at once the older does not undo the newer, and what did not change stays the same object", async () => {
  const world = await newWorld();
  const [{ id, clientId }, other] = [await addRelyingParty(world.ctx), await addRelyingParty(world.ctx)];
  await lookAtRegistrations(world.ctx);
  const before = registrationOf(other.clientId);

  const { slow, read, answer } = answeredLater(world.db);
  const older = lookAtRegistrations({ db: slow, now: world.now });
  await read;
  await world.db.update(relyingParty).set({ disabledAt: world.now() }).where(eq(relyingParty.id, id));
  await lookAtRegistrations(world.ctx);
  answer();
  await older;
  expect(registrationOf(clientId)).toBeUndefined();
  expect(registrationOf(other.clientId)).toBe(before);
});
