import { describe, expect, test } from "vitest";
import { advance, type Outcome, type Standing } from "./advance-letter.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 7, minute));
const queued: Standing = { state: "queued", reason: null, deliveredAt: null, bouncedAt: null };
const handedOver: Standing = { ...queued, state: "handed_over" };
const bounce = { why: "no_such_mailbox", isFinal: true, code: "5.1.1" } as const;
const outcomes = {
  sent: { what: "sent", at: at(1) },
  delayed: { what: "delayed", at: at(2), reason: "delayed_4.4.1" },
  delivered: { what: "delivered", at: at(3) },
  bounced: { what: "bounced", at: at(4), bounce },
  complained: { what: "complained", at: at(5) },
} satisfies Record<string, Outcome>;

const hear = (heard: readonly Outcome[], from = handedOver): Standing =>
  heard.reduce((stands, outcome) => advance(stands, outcome) ?? stands, from);

const orders = <T>(of: readonly T[]): T[][] =>
  of.length < 2
    ? [[...of]]
    : of.flatMap((one, i) => orders(of.filter((_, j) => j !== i)).map((rest) => [one, ...rest]));

describe("a letter stands the same in whatever order it is heard", () => {
  test.each([
    [
      ["sent", "delayed", "delivered", "bounced", "complained"],
      { state: "complained", reason: "complained", deliveredAt: at(3), bouncedAt: at(5) },
    ],
    [
      ["sent", "delayed", "delivered", "bounced"],
      { state: "bounced", reason: "bounced_no_such_mailbox_5.1.1", deliveredAt: at(3), bouncedAt: at(4) },
    ],
    [["sent", "delayed", "delivered"], { state: "delivered", reason: null, deliveredAt: at(3), bouncedAt: null }],
    [["sent", "delayed"], { state: "handed_over", reason: "delayed_4.4.1", deliveredAt: null, bouncedAt: null }],
  ] as const)("that it was %s", (heard, stands) => {
    for (const order of orders(heard)) expect(hear(order.map((name) => outcomes[name]))).toEqual(stands);
  });
});

test("what is heard twice changes nothing the second time", () => {
  for (const outcome of Object.values(outcomes)) {
    const once = hear([outcome]);
    expect(advance(once, { ...outcome, at: at(30) } as Outcome)).toBeNull();
  }
});

test("one that the provider could not send is refused with its reason, unless it arrived after all", () => {
  const unsent: Outcome = { what: "unsent", at: at(2), reason: "resend_failed_quota" };
  expect(hear([unsent])).toMatchObject({ state: "refused", reason: "resend_failed_quota" });
  expect(hear([unsent, outcomes.delivered])).toMatchObject({ state: "delivered", reason: null });
  expect(hear([outcomes.delivered, unsent])).toMatchObject({ state: "delivered", reason: null });
});

test("a letter that was not to go out stays so", () => {
  const moot: Standing = { ...queued, state: "moot" };
  expect(hear(Object.values(outcomes), moot)).toEqual(moot);
});

test("a letter moves forward before its hand-over is marked", () => {
  expect(hear([outcomes.bounced], queued).state).toBe("bounced");
});

test("one that came back from where its mailbox sends everything on to says so", () => {
  expect(hear([{ ...outcomes.bounced, forwarded: true }]).reason).toBe("bounced_forwarded_5.1.1");
});
