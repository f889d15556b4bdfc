import { expect, test } from "vitest";
import { eventOf } from "#lib/testing/resend-fake.ts";
import { readResendEvent } from "./judge-resend.ts";

const now = new Date("2026-11-20T07:15:00.000Z");
const letterId = "019a0000-0000-7000-8000-000000000001";
const read = (what: string, more: object = {}) => readResendEvent(eventOf(what, letterId, now, more), now);

test.each([
  ["Permanent", "NoEmail", "", "no_such_mailbox", true],
  ["Permanent", "General", "smtp; 550 5.1.1 user unknown", "no_such_mailbox", true],
  ["Permanent", "General", "550 5.4.4 host not found", "no_such_domain", true],
  ["Permanent", "General", "The recipient's mail server said no.", "other", true],
  ["Permanent", "Suppressed", "", "blocked", true],
  ["Permanent", "OnAccountSuppressionList", "", "blocked", true],
  ["Transient", "MailboxFull", "", "mailbox_full", false],
  ["Transient", "General", "smtp; 552 5.2.2 over quota", "mailbox_full", false],
  ["Transient", "General", "", "other", false],
  ["Transient", "MessageTooLarge", "", "other", false],
  ["Transient", "ContentRejected", "", "blocked", false],
  ["Undetermined", "Undetermined", "", "other", false],
])("a bounce %s/%s with %j is %s, final: %s", (type, subType, message, why, isFinal) => {
  const outcome = read("bounced", { bounce: { type, subType, message } })?.outcome;
  expect(outcome).toMatchObject({ what: "bounced", at: now, bounce: { why, isFinal } });
});

test("a letter is known by our tag on it, in either of the forms that Resend writes tags in", () => {
  expect(read("delivered")).toEqual({ letterId, providerId: "resend-1", outcome: { what: "delivered", at: now } });
  expect(read("delivered", { tags: [{ name: "letter", value: letterId }] })).toMatchObject({ letterId });
  expect(read("delivered", { tags: {} })).toBeNull();
  expect(read("delivered", { tags: undefined })).toBeNull();
});

test.each([
  ["sent", "sent"],
  ["delivery_delayed", "delayed"],
  ["complained", "complained"],
  ["failed", "unsent"],
  ["suppressed", "bounced"],
] as const)("email.%s tells that it is %s", (event, what) => {
  expect(read(event)?.outcome.what).toBe(what);
});

test("what could not be sent keeps the provider's code, and none of its words", () => {
  const failed = read("failed", { failed: { reason: "Reached daily quota!" } });
  expect(failed?.outcome).toMatchObject({ reason: "resend_failed_reached_daily_quota" });
});

test.each([[null], ["text"], [[]], [{}], [{ type: "email.delivered" }], [{ type: 1, created_at: "x", data: {} }]])(
  "%j tells nothing",
  (event) => {
    expect(readResendEvent(event, now)).toBeNull();
  },
);

test.each(["opened", "clicked", "scheduled", "received"])("email.%s is nobody's business here", (what) => {
  expect(read(what)).toBeNull();
});

test("a time that cannot be read is the time at which it is read", () => {
  const event = { ...eventOf("delivered", letterId, now), created_at: "yesterday" };
  expect(readResendEvent(event, now)?.outcome.at).toEqual(now);
});
