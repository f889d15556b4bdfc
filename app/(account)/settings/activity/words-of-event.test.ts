import { describe, expect, test } from "vitest";
import type { Activity } from "#lib/account/activity/list-activity.ts";
import { topicOf } from "#lib/account/activity/topics.ts";
import type { AuditEvent, AuditEvents, AuditType, OfficerRole } from "#lib/audit/catalogue.ts";
import { moveRequestKinds } from "#lib/campaign/requests/request-state.ts";
import { messages } from "#lib/text/messages.ts";
import { wordsOfEvents } from "./words-of-event.ts";

const languages = ["ms", "en"] as const;

/** Every way each of these can have gone: no two may read alike. */
const ways: { [T in AuditType]?: AuditEvents[T][] } = {
  "account.locked": [{ how: "settings" }, { how: "letter" }, { how: "report" }],
  "recovery.cancelled": (
    ["letter", "settings", "locked", "not_me", "lapsed", "suspended", "closed", "officer"] as const
  ).map((how) => ({
    recoveryId: "",
    how,
  })),
  "enrolment_ticket.issued": (["recovery", "officers"] as const).map((why) => ({ ticketId: "", why })),
  "sign_in.succeeded": [true, false].map((newDevice) => ({ sessionId: "", level: "", newDevice, factors: [] })),
  "sign_in.refused": (["password", "totp", "recovery_code", "passkey_verified", "email_code", "google"] as const).map(
    (factor) => ({ factor, reason: "paused" }),
  ),
  "totp.enrolled": [true, false].map((replaced) => ({ totpId: "", replaced })),
  "recovery_codes.made": [true, false].map((replaced) => ({ replaced })),
  "recovery_code.used": [{ left: 9 }, { left: 0 }],
  "email_code.switched": [{ on: true }, { on: false }],
  "two_factors.switched": [{ on: true }, { on: false }],
  "mailbox_change.issued": (["official", "personal"] as const).map((which) => ({ changeId: "", which })),
  "mailbox_change.refused": (["official", "personal"] as const).map((which) => ({ which, reason: "throttled" })),
  "mailbox_change.withdrawn": (["official", "personal"] as const).map((which) => ({ changeId: "", which })),
  "mailbox.changed": [{ which: "official" }, { which: "personal" }],
  "profile.changed": [{ field: "mobile" }, { field: "ict_roles" }],
  "case.opened": (["report", "name", "identity", "office"] as const).map((kind) => ({ caseId: "", kind })),
  "case.withdrawn": (["name", "identity", "office"] as const).map((kind) => ({ caseId: "", kind })),
  "authenticator.disowned": (
    ["passkey", "totp", "google", "recovery_codes", "security_questions", "security_phrase"] as const
  ).map((kind) => ({ kind, credentialId: null })),
  "session.ended": [
    "signed_out",
    "signed_in_again",
    "signed_out_everywhere",
    "password_changed",
    "password_reset",
    "security_questions_replaced",
    "totp_removed",
    "totp_replaced",
    "email_code_off",
    "passkey_removed",
    "google_unlinked",
    "browser_forgotten",
    "not_me",
    "locked",
    "recovery_cancelled",
    "official_email_changed",
    "mailbox_restored",
    "second_factor_recovered",
    "suspended",
    "closed",
    "officer",
    "role_changed",
    "another reason",
  ].map((why) => ({ sessionId: "", why })),
  "account.suspended": (["officer", "left"] as const).map((why) => ({ actionId: null, why })),
  "password.disabled": (["not_me", "too_many_tries", "officer"] as const).map((why) => ({ why })),
  "case.approved": (["report", "name", "identity", "office"] as const).map((kind) => ({ caseId: "", kind })),
  "case.refused": (["report", "name", "identity", "office"] as const).map((kind) => ({ caseId: "", kind })),
  "caller_check.answered": (["session", "mailbox"] as const).map((by) => ({ checkId: "", by })),
  "officer_request.opened": (["factor_reset", "reopen", "name", "identity", "role"] as const).map((kind) => ({
    requestId: "",
    kind,
  })),
  "officer_request.approved": (["factor_reset", "reopen"] as const).map((kind) => ({ requestId: "", kind })),
  "difference.adopted": (["full_name", "official_email", "office"] as const).map((field) => ({ field })),
  "difference.dismissed": (["full_name", "official_email", "office"] as const).map((field) => ({ field })),
  "campaign.changed": (["about", "whom", "phase", "letters", "schedule"] as const).map((part) => ({
    campaignId: "",
    part,
    before: null,
    after: null,
  })),
  "campaign_letters.started": (["invitation", "reminder"] as const).flatMap((kind) =>
    (["schedule", "officer"] as const).map((how) => ({ campaignId: "", runId: "", kind, how })),
  ),
  "leaver.proposed": (["missing", "ended"] as const).map((why) => ({ leaverId: "", why })),
  ...Object.fromEntries(
    (["role.requested", "role.granted", "role.declined", "role.ended"] as const).map((type) => [
      type,
      (Object.keys(messages.ms.activity.roles) as OfficerRole[]).map((role) => ({ grantId: "", role })),
    ]),
  ),
  ...Object.fromEntries(
    (["move_request.opened", "move_request.confirmed", "move_request.declined"] as const).map((type) => [
      type,
      moveRequestKinds.map((kind) => ({ requestId: "", campaignId: "", kind })),
    ]),
  ),
  "letter.handed_over": Object.keys(messages.ms.activity.letters).map((kind) => ({ letterId: "", kind })),
};

/** What the words of the others speak of. */
const example: { [T in AuditType]?: AuditEvents[T] } = {
  "sign_in.proved": { factor: "password" },
  "mailbox_change.handed_over": { changeId: "", which: "official" },
};

const lineOf = (type: AuditType, data: Record<string, unknown> = {}): Activity => ({
  id: 1,
  at: new Date(0),
  event: {
    type,
    accountId: "",
    ...(type.startsWith("letter.") && { letterId: "", kind: "activation" }),
    ...(/^(relying_party|access_request|consent|transaction_approval)/.test(type) && { system: "Cuti" }),
    ...(type.startsWith("hardware_token.") && { serial: "AB-12345" }),
    ...(/^(onsite|presence)/.test(type) && { place: "Bilik Latihan" }),
    ...data,
  } as AuditEvent,
  refused: false,
  who: "owner",
  place: null,
  letter: null,
});

describe.each(languages)("in %s", (language) => {
  const wordsOf = wordsOfEvents(language);

  test.each(Object.keys(topicOf) as AuditType[])("%s is a line of a person", (type) => {
    const { what } = wordsOf(lineOf(type, ways[type]?.[0] ?? example[type]));
    expect(what).toMatch(/^\p{Lu}[^{}_]+$/u);
    expect(what).not.toMatch(/\bactivity\.|\s$|\.$/);
  });

  test.each(Object.entries(ways))("%s reads differently for everything that it can tell", (type, all) => {
    const said = all.map((data) => wordsOf(lineOf(type as AuditType, data)).what);
    expect(new Set(said).size).toBe(said.length);
  });

  test("a suspension when the service ends names no officer: the portal may have done it by itself", () => {
    const said = (why: string) => wordsOf(lineOf("account.suspended", { actionId: null, why })).what;
    expect(said("officer")).toMatch(/pegawai|officer/);
    expect(said("left")).not.toMatch(/pegawai|officer/);
  });

  test("what somebody else wanted of this account is told as such", () => {
    const line = lineOf("mailbox_change.refused", { which: "official", reason: "taken" });
    expect(wordsOf({ ...line, who: "somebody" }).what).not.toBe(wordsOf(line).what);
  });

  test("every reason is a sentence", () => {
    for (const reason of Object.keys(messages[language].activity.reasons)) {
      const { why } = wordsOf(lineOf("sign_in.refused", { factor: "password", reason }));
      expect(why).toMatch(/^\p{Lu}[^{}_]+\.$/u);
    }
  });

  test("a notice is called by what it told of, and where it went is said", () => {
    const line = lineOf("letter.handed_over", { kind: "security_change" });
    const { what, why } = wordsOf({ ...line, letter: { to: "a@b.example.gov.my", change: "password_changed" } });
    expect(what).toContain(messages[language].mail.securityChange.what.password_changed);
    expect(why).toContain("a@b.example.gov.my");
  });

  test("where it was is said in plain words, with the address of another network alone", () => {
    const from = (browser: "here" | "known" | "other" | null, otherNetwork: string | null) =>
      wordsOf({
        ...lineOf("security_phrase.set", {}),
        place: { device: "Chrome pada Windows", browser, otherNetwork },
      }).from.join(" · ");
    const words = messages[language].activity;
    expect(from("here", null)).toContain(`${words.browser.here} · ${words.sameNetwork}`);
    expect(from("other", "203.0.113.9")).toContain(words.browser.other);
    expect(from(null, "203.0.113.9")).toContain("203.0.113.9");
  });
});

test.each(languages)("what the release after this one wrote is told of in plain words (%s)", (language) => {
  const event = { type: "robot.befriended", accountId: null, reason: "liked" } as unknown as AuditEvent;
  const line = { id: 1, at: new Date(0), event, refused: false, who: "owner", place: null, letter: null } as const;
  expect(wordsOfEvents(language)(line)).toMatchObject({
    what: messages[language].activity.ofAnotherRelease,
    why: null,
  });
});
