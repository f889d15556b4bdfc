import { describe, expect, test } from "vitest";
import { accountStatuses } from "#db/schema/account.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { awaitsActivation, type LifecycleEvent, lifecycle, move, next, statesWith } from "./lifecycle.ts";

const events: LifecycleEvent[] = [
  "verify_email",
  "verify_presence",
  "activate",
  "lapse",
  "lock",
  "recover",
  "suspend",
  "reinstate",
  "close",
  "reopen",
];

/** The plan, written a second time and by event, so that a slip in the table shows. */
const expected: Record<LifecycleEvent, Partial<Record<string, string>>> = {
  verify_email: { pre_registered: "email_verified", registered: "email_verified" },
  verify_presence: { pre_registered: "presence_verified", registered: "presence_verified" },
  activate: { email_verified: "activated", presence_verified: "activated" },
  lapse: { registered: "closed", email_verified: "closed", presence_verified: "closed" },
  lock: { activated: "locked" },
  recover: { locked: "activated" },
  suspend: Object.fromEntries(
    ["pre_registered", "registered", "email_verified", "presence_verified", "activated", "locked"].map((from) => [
      from,
      "suspended",
    ]),
  ),
  reinstate: { suspended: "activated" },
  close: Object.fromEntries(accountStatuses.filter((from) => from !== "closed").map((from) => [from, "closed"])),
  reopen: { closed: "pre_registered" },
};

describe("the lifecycle of an account", () => {
  test.each(accountStatuses.flatMap((from) => events.map((event) => [from, event] as const)))(
    "%s, on %s, goes where the plan says or nowhere",
    (from, event) => {
      const suspendedFrom = from === "suspended" ? "activated" : null;
      const to = next({ status: from, suspendedFrom }, event);
      expect(to.ok ? to.value.status : undefined).toBe(expected[event][from]);
    },
  );

  test("a suspended account returns to the state it was suspended in, whichever that was", () => {
    for (const from of statesWith("suspend")) {
      const suspended = next({ status: from, suspendedFrom: null }, "suspend");
      if (!suspended.ok) throw new Error("not suspended");
      expect(next(suspended.value, "reinstate")).toEqual({ ok: true, value: { status: from, suspendedFrom: null } });
    }
  });

  test("those who wait for activation are the four states before it", () => {
    expect(accountStatuses.filter(awaitsActivation)).toEqual([
      "pre_registered",
      "registered",
      "email_verified",
      "presence_verified",
    ]);
    expect(Object.keys(lifecycle)).toEqual([...accountStatuses]);
  });

  test("of ten moves at once out of one state one is made", async () => {
    const world = await newWorld();
    const someone = await world.account({ status: "activated" });
    const row = await world.reload(someone);
    const moves = await Promise.all(
      Array.from({ length: 10 }, () => world.db.transaction((tx) => move(tx, row, "lock"))),
    );
    expect(moves.filter(({ ok }) => ok)).toHaveLength(1);
    expect(moves.filter((moved) => !moved.ok && moved.error === "moved_meanwhile")).toHaveLength(9);
  });
});
