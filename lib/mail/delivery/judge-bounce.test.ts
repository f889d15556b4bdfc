import { expect, test } from "vitest";
import { bounceOfRefusal, judgeBounce, reasonOfBounce, whyOfReason } from "./judge-bounce.ts";

test.each([
  [{ status: "5.1.1" }, "no_such_mailbox", true],
  [{ status: "5.1.0" }, "no_such_mailbox", true],
  [{ status: "5.1.2" }, "no_such_domain", true],
  [{ status: "5.1.10" }, "no_such_domain", true],
  [{ status: "5.4.4" }, "no_such_domain", true],
  [{ status: "5.4.1", reply: 550 }, "no_such_mailbox", true],
  [{ status: "5.2.1" }, "no_such_mailbox", true],
  [{ status: "5.2.2", reply: 552 }, "mailbox_full", false],
  [{ status: "4.2.2" }, "mailbox_full", false],
  [{ status: "5.7.1", reply: 550 }, "blocked", false],
  [{ status: "5.7.26" }, "blocked", false],
  [{ status: "5.6.1" }, "other", false],
  [{ status: "4.1.1" }, "other", false],
  [{ status: "4.4.7" }, "other", false],
  [{ status: "5.0.0" }, "other", false],
  [{ status: "5.0.0", reply: 550 }, "no_such_mailbox", true],
  [{ reply: 550 }, "no_such_mailbox", true],
  [{ reply: 552 }, "mailbox_full", false],
  [{ reply: 556 }, "no_such_domain", true],
  [{ reply: 450 }, "other", false],
  [{}, "other", false],
  // Said of a mailbox that is only full, under whatever status.
  [{ status: "5.2.1", words: "smtp; 550 5.2.1 The user's mailbox is full" }, "mailbox_full", false],
  [{ reply: 554, words: "554 aisyah is over quota" }, "mailbox_full", false],
] as const)("%j is %s, final: %s", (told, why, isFinal) => {
  expect(judgeBounce(told)).toMatchObject({ why, isFinal });
});

test.each([
  ["smtp_550_5.1.1_rcpt_to", { why: "no_such_mailbox", isFinal: true, code: "5.1.1" }],
  ["smtp_550_rcpt_to", { why: "no_such_mailbox", isFinal: true, code: "550" }],
  ["smtp_552_5.2.2_data", { why: "mailbox_full", isFinal: false, code: "5.2.2" }],
  ["smtp_552_data", { why: "mailbox_full", isFinal: false, code: "552" }],
  ["smtp_554_data", { why: "blocked", isFinal: false, code: "554" }],
  ["smtp_550_data", { why: "blocked", isFinal: false, code: "550" }],
  ["smtp_550_5.7.1_mail_from", null],
  ["address_malformed", null],
  ["resend_422_validation_error", null],
] as const)("a hand-over refused with %s is a bounce as %j", (reason, bounce) => {
  expect(bounceOfRefusal(reason)).toEqual(bounce);
});

test("the reason that a letter keeps tells why again", () => {
  for (const why of ["mailbox_full", "no_such_mailbox", "no_such_domain", "blocked", "other"] as const) {
    expect(whyOfReason(reasonOfBounce({ why, isFinal: true, code: "5.1.1" }))).toBe(why);
    expect(whyOfReason(reasonOfBounce({ why, isFinal: true, code: null }))).toBe(why);
  }
  expect(whyOfReason(reasonOfBounce({ why: "other", isFinal: false, code: "5.1.1" }, true))).toBe("forwarded");
  expect(whyOfReason("complained")).toBe("complained");
  expect(whyOfReason("smtp_550_5.1.1_rcpt_to")).toBe("no_such_mailbox");
  expect(whyOfReason("address_malformed")).toBe("no_such_mailbox");
  expect(whyOfReason("smtp_econnection")).toBeNull();
  expect(whyOfReason(null)).toBeNull();
});
