import { describe, expect, test } from "vitest";
import type { AuditType } from "#lib/audit/catalogue.ts";
import { kinds } from "#lib/mail/kinds/kinds.ts";
import { type LetterKind, type SecurityChange, securityChanges } from "#lib/mail/letters.ts";
import { scenes } from "#lib/testing/scenes/letter-scenes.ts";
import { NEW_MAILBOX, PERSONAL, SA_MAILBOX, setStage } from "#lib/testing/scenes/stage.ts";

type Scene = keyof typeof scenes;
/** A letter by its kind, or by the change it tells of. */
type Letter = LetterKind | SecurityChange;
/**
 * The letters an event sends, one for each way it may happen. `to`: every verified address of the account, where nothing
 * else is said; `scene`: where it is not called as the letter. `change`: where a kind of letter is called the same.
 */
type Sent = { letter: Letter; change?: true; scene?: Scene; to?: "official" | "new" | "former" | "every" | "sa" };
type Told = readonly [Sent, ...Sent[]] | { none: string };

const ofItsPerson = "told with what it belongs to";
const noAnswer = "a refusal: telling of each would let anybody fill a mailbox; it stands in the activity";
const ownDoing = "of no use to anybody else, and open to see in the settings and in the activity";
const mailItself = "it is the mail itself";

/** Every event there is: the letter it sends, or why it sends none. */
const told: Record<AuditType, Told> = {
  "account.pre_registered": [{ letter: "invitation", to: "official" }],
  "account.registered": [{ letter: "activation", scene: "registered", to: "official" }],
  "account.email_verified": { none: `${ofItsPerson}: the activation` },
  "account.activated": [{ letter: "account_activated", to: "official" }],
  "account.lapsed": { none: "nobody proved the mailbox, so nobody may be written to there" },
  "account.corrected_before_activation": { none: `${ofItsPerson}: the new activation link` },
  "registration.refused": [{ letter: "already_registered", to: "official" }],
  "activation_link.issued": [{ letter: "activation", to: "official" }],
  "activation_link.handed_over": { none: mailItself },
  "activation_link.refused": { none: noAnswer },
  "activation.refused": { none: noAnswer },
  "security_question.added": { none: `${ofItsPerson}: the activation` },
  "security_question.removed": { none: `${ofItsPerson}: the activation` },
  "sign_in.succeeded": [{ letter: "new_device" }],
  "sign_in.refused": [{ letter: "passkey_copied" }],
  "sign_in.proved": { none: "half a sign-in: the whole one is told where it is from a new browser" },
  "session.stepped_up": { none: `${ofItsPerson}: the change it was for` },
  "passkey.added": [{ letter: "passkey_added" }],
  "passkey.renamed": { none: ownDoing },
  "passkey.removed": [{ letter: "passkey_removed" }],
  "totp.enrolled": [{ letter: "totp_enrolled" }, { letter: "totp_replaced" }],
  "totp.removed": [{ letter: "totp_removed" }],
  "totp.refused": { none: noAnswer },
  "email_code.switched": [{ letter: "email_code_on" }, { letter: "email_code_off" }],
  "email_code.issued": [{ letter: "email_code", to: "official" }],
  "email_code.handed_over": { none: mailItself },
  "email_code.refused": { none: noAnswer },
  "recovery_codes.made": [{ letter: "recovery_codes_made" }],
  "recovery_code.used": [{ letter: "recovery_code_used" }],
  "security_phrase.set": [{ letter: "security_phrase_set" }],
  "security_phrase.removed": [{ letter: "security_phrase_removed" }],
  "two_factors.switched": [{ letter: "two_factors_on" }, { letter: "two_factors_off" }],
  "google.linked": [{ letter: "google_linked" }],
  "google.unlinked": [{ letter: "google_unlinked" }],
  "google.refused": { none: noAnswer },
  "password.changed": [{ letter: "password_changed" }],
  "password.disabled": [{ letter: "signed_out_everywhere", scene: "disowned" }, { letter: "password_disabled" }],
  "password.reset": [{ letter: "password_reset", change: true }],
  "security_questions.replaced": [{ letter: "security_questions_replaced" }],
  "device.disowned": [{ letter: "signed_out_everywhere", scene: "disowned" }],
  "authenticator.disowned": { none: `${ofItsPerson}: the sign-in that was disowned` },
  "device.forgotten": { none: ownDoing },
  "enrolment_offer.put_off": { none: ownDoing },
  "session.ended": [{ letter: "signed_out_everywhere" }],
  "letter.handed_over": { none: mailItself },
  "letter.refused": { none: mailItself },
  "letter.moot": { none: mailItself },
  "mailbox_change.issued": [{ letter: "mailbox_proof", to: "new" }],
  "mailbox_change.handed_over": { none: mailItself },
  "mailbox_change.refused": [{ letter: "mailbox_taken", to: "official" }],
  "mailbox_change.withdrawn": { none: ownDoing },
  "mailbox.changed": [
    { letter: "official_email_changed", to: "new" },
    { letter: "mailbox_changed", to: "former" },
    { letter: "personal_email_set" },
  ],
  "mailbox.removed": [{ letter: "personal_email_removed" }],
  "mailbox.restored": [{ letter: "official_email_restored" }],
  "profile.changed": [{ letter: "mobile_changed" }],
  "case.opened": [{ letter: "correction_requested" }],
  "case.withdrawn": { none: ownDoing },
  "data_export.requested": [{ letter: "data_exported" }],
  "data_export.taken": { none: `${ofItsPerson}: the copy, which was asked for minutes before` },
  "password_reset.issued": [{ letter: "password_reset", to: "official" }],
  "password_reset.handed_over": { none: mailItself },
  "password_reset.refused": [{ letter: "recovery_not_possible", to: "official" }],
  "recovery.issued": [{ letter: "lost_factor", to: "official" }],
  "recovery.handed_over": { none: mailItself },
  "recovery.refused": [{ letter: "lost_factor_refused", to: "official" }],
  "recovery.started": [{ letter: "recovery_started" }],
  "recovery.cancelled": [{ letter: "recovery_cancelled" }],
  "recovery.ready": [{ letter: "enrolment", to: "official" }],
  "recovery.completed": [{ letter: "second_factor_recovered" }],
  "enrolment_ticket.issued": [{ letter: "enrolment", to: "official" }],
  "enrolment_ticket.used": [{ letter: "second_factor_recovered" }],
  "enrolment_ticket.refused": { none: noAnswer },
  "account.locked": [{ letter: "account_locked" }],
  "account.unlocked": [{ letter: "account_unlocked" }],
  "account.suspended": [{ letter: "account_suspended" }],
  "account.reinstated": [{ letter: "account_reinstated" }],
  "account.closed": [{ letter: "account_closed" }],
  "account.reopened": [{ letter: "account_reopened" }],
  "account.unlocked_by_officer": [{ letter: "unlocked_by_officer" }],
  "registration.voided": [{ letter: "registration_voided" }],
  "staff.confirmed": [{ letter: "staff_confirmed" }],
  "mailbox.corrected": [{ letter: "mailbox_corrected" }],
  "mailbox.cleared": { none: "nothing of theirs has changed: letters may be sent again" },
  "identity.unmasked": [{ letter: "identity_seen" }],
  "sessions.ended_by_officer": [{ letter: "sessions_ended_by_officer" }],
  "throttle.cleared": [{ letter: "unlocked_by_officer", scene: "pauses_cleared" }],
  "identity.corrected": { none: `${ofItsPerson}: the case that was approved` },
  "name.corrected": { none: `${ofItsPerson}: the case that was approved` },
  "office.corrected": { none: `${ofItsPerson}: the case that was approved` },
  "case.approved": [{ letter: "correction_approved" }],
  "case.refused": [{ letter: "correction_refused" }],
  "case.closed": { none: "the answer stands with the report, in the activity" },
  "caller_check.started": { none: "the caller is on the line" },
  "caller_check.answered": [{ letter: "caller_check", to: "official" }],
  "caller_check.passed": { none: "the caller is on the line; what is done then is told" },
  "caller_check.refused": { none: noAnswer },
  "officer_request.opened": [{ letter: "factor_reset" }],
  "officer_request.approved": [{ letter: "factor_reset", scene: "factor_reset_approved" }],
  "officer_request.declined": [{ letter: "factor_reset_refused" }],
  "officer_request.withdrawn": { none: "nothing came of it, and nothing has changed" },
  "officer_request.expired": { none: "nothing came of it, and nothing has changed" },
  "officer_request.stopped": { none: "the owner's own doing, just now" },
  "officer_request.refused": { none: noAnswer },
  "role.requested": { none: "nothing is granted until a second person agrees" },
  "role.granted": [{ letter: "role_granted" }],
  "role.declined": { none: "nothing was granted" },
  "role.ended": [{ letter: "role_ended" }],
  "access.refused": { none: "nothing was seen or changed; it stands in the activity" },
  "accounts.exported": { none: "it is on nobody's account" },
  "campaign_letters.started": [
    { letter: "campaign_invitation", to: "official" },
    { letter: "campaign_reminder", to: "official" },
  ],
  "campaign_letters.paused": { none: "it is on nobody's account" },
  "campaign_letters.resumed": { none: "it is on nobody's account" },
  "campaign_letters.stopped": { none: "it is on nobody's account" },
  "campaign_people.exported": { none: "it is on nobody's account" },
  "audit.exported": { none: "it is on nobody's account" },
  "letter.delivered": { none: mailItself },
  "letter.bounced": { none: mailItself },
  "letter.complained": { none: mailItself },
  "register.uploaded": { none: "it is on nobody's account" },
  "register.approved": { none: "it is on nobody's account" },
  "register.applied": { none: "it is on nobody's account" },
  "register.discarded": { none: "it is on nobody's account" },
  "staff.listed": { none: "the agency's doing, of no use to a stranger" },
  "staff.delisted": { none: "the office looks into it first; a suspension is told" },
  "leaver.proposed": { none: "the office looks into it first; a suspension is told" },
  "difference.adopted": [{ letter: "office_updated" }],
  "difference.dismissed": { none: "nothing changed; it stands in the activity" },
  "invitations.stopped": { none: "of the agency's letters, not of anybody" },
  "leaver.kept": { none: "nothing has changed" },
  "invitations.started": { none: "it is on nobody's account" },
  "invitations.paused": { none: "it is on nobody's account" },
  "invitations.resumed": { none: "it is on nobody's account" },
  "relying_party.added": { none: "about a system, and nobody’s account" },
  "relying_party.changed": { none: "about a system, and nobody’s account" },
  "relying_party.disabled": { none: "about a system, and nobody’s account" },
  "relying_party.enabled": { none: "about a system, and nobody’s account" },
  "relying_party.secret_made": { none: "about a system, and nobody’s account" },
  "relying_party.secret_ended": { none: "about a system, and nobody’s account" },
  "signing_key.made": { none: "about the portal, and nobody’s account" },
  "signing_key.retired": { none: "about the portal, and nobody’s account" },
  "backup.taken": { none: "about the portal, and nobody’s account" },
  "backup.restored": { none: "about the portal, and nobody’s account" },
  "relying_party.signed_in": { none: ownDoing },
  "relying_party.refused": { none: noAnswer },
  "relying_party.signed_out": { none: ownDoing },
  "relying_party.logout_failed": { none: ownDoing },
  "relying_party.code_reused": { none: "nothing the owner could do; the sign-in it was for has ended" },
  "relying_party.token_reused": { none: "nothing the owner could do; the sign-in it was for has ended" },
  "relying_party_role.granted": [{ letter: "system_role_granted" }],
  "relying_party_role.ended": [{ letter: "system_role_ended" }],
  "access_request.opened": { none: ownDoing },
  "access_request.granted": { none: `${ofItsPerson}: the role that was given` },
  "access_request.declined": [{ letter: "access_refused" }],
  "access_request.withdrawn": { none: ownDoing },
  "move.completed": [{ letter: "roaming_ready", to: "official" }],
  "consent.given": { none: ownDoing },
  "consent.withdrawn": { none: ownDoing },
  "transaction_approval.requested": { none: "about a system, and nobody’s account yet" },
  "transaction_approval.shown": { none: ownDoing },
  "transaction_approval.approved": { none: ownDoing },
  "transaction_approval.declined": { none: ownDoing },
  "onsite_session.created": { none: "it is on nobody's account" },
  "onsite_session.changed": { none: "it is on nobody's account; whoever was to come is told each by themselves" },
  "onsite_session.cancelled": { none: "it is on nobody's account; whoever was to come is told each by themselves" },
  "onsite_place.invited": [{ letter: "onsite_place", scene: "onsite_invited", to: "official" }],
  "onsite_place.booked": [{ letter: "onsite_place", to: "official" }],
  "onsite_place.waiting": [{ letter: "onsite_place", scene: "onsite_waiting", to: "official" }],
  "onsite_place.moved_up": [{ letter: "onsite_place", scene: "onsite_moved_up", to: "official" }],
  "onsite_place.given_up": [{ letter: "onsite_place", scene: "onsite_released", to: "official" }],
  "onsite_place.attended": { none: "the person stands at the counter" },
  "presence.verified": [{ letter: "onsite_place", scene: "onsite_opened", to: "official" }],
  "move_request.opened": { none: "nothing happens until a second person agrees; it stands in the activity" },
  "move_request.confirmed": [{ letter: "move_confirmed" }],
  "move_request.declined": [{ letter: "requests_refused", to: "official" }],
  "move_request.withdrawn": { none: "nothing came of it, and nothing has changed" },
  "move_request.overtaken": { none: "nothing came of it, and nothing has changed" },
  "move_request.refused": { none: noAnswer },
  "move_request.deciders_told": [{ letter: "requests_wait", to: "official" }],
  "setting.changed": { none: "it is on nobody's account" },
  "campaign.created": { none: "it is on nobody's account" },
  "campaign.changed": { none: "it is on nobody's account" },
  "campaign.announced": { none: "it is on nobody's account" },
  "campaign.withdrawn": { none: "it is on nobody's account" },
  "campaign.started": { none: "it is on nobody's account" },
  "campaign.closed": { none: "it is on nobody's account" },
  "campaign.discarded": { none: "it is on nobody's account" },
  "hardware_token.issued": { none: "the agency's own list, written down long after the token was handed over" },
  "hardware_token.lost": [{ letter: "token_lost" }, { letter: "token_report", scene: "token_reported", to: "sa" }],
  "hardware_token.misused": [{ letter: "token_misused" }],
  "hardware_token.revoked": [{ letter: "token_revoked" }],
  "hardware_token.retired": { none: `${ofItsPerson}: the move that is complete` },
  "hardware_token.returned": [{ letter: "token_returned" }],
  "hardware_token_import.uploaded": { none: "it is on nobody's account" },
  "hardware_token_import.applied": { none: "it is on nobody's account" },
  "hardware_token_import.discarded": { none: "it is on nobody's account" },
};

/** Whose account a scene was about, where it says so (null: nobody's), and who reads of it, where it is not its owner. */
type Whose = { id: string | null; reader?: { id: string } };
async function someoneElse(playing: Promise<unknown>): Promise<Whose | null> {
  const whose = await playing;
  return typeof whose === "object" && whose !== null && "id" in whose ? (whose as Whose) : null;
}

const rows = Object.entries(told).flatMap(([event, row]) =>
  "none" in row ? [] : row.map((sent) => ({ event: event as AuditType, ...sent })),
);

describe.each(rows)("$event", ({ event, letter, change = false, scene = letter as Scene, to = "every" }) => {
  test(`sends "${letter}" to ${to === "every" ? "every verified address" : `the ${to} mailbox`}`, async () => {
    const stage = await setStage();
    const { world, owner } = stage;
    const whose = (await someoneElse(scenes[scene](stage))) ?? owner;
    expect((await world.events(event)).map(({ accountId }) => accountId)).toContain(whose.id);

    const account = await world.reload("reader" in whose && whose.reader ? whose.reader : { id: whose.id ?? "" });
    const addresses = {
      every: [account.officialEmail, ...(account.personalEmail ? [account.personalEmail] : [])],
      official: [account.officialEmail],
      new: [NEW_MAILBOX],
      former: [owner.officialEmail],
      sa: [SA_MAILBOX],
    }[to];
    const owed = (await world.mails()).filter(
      ({ kind, about }) =>
        (kind === letter && !change) ||
        ((change || !(letter in kinds)) && (about as { change?: string }).change === letter),
    );
    const reached = new Set(owed.map((one) => one.to));
    for (const address of addresses) expect([...reached]).toContain(address);
    if (to === "official" && !change) expect([...reached], "the second address opens nothing").not.toContain(PERSONAL);
  });
});

test("every letter there is tells of an event, and every reason for none is given in words", () => {
  const letters = new Set(rows.map(({ letter, change }) => (change ? `${letter} (change)` : letter)));
  const all = [
    ...(Object.keys(kinds) as LetterKind[]).filter((kind) => kind !== "security_change"),
    ...securityChanges.map((change) => (change in kinds ? `${change} (change)` : change)),
  ];
  expect([...letters].toSorted()).toEqual(all.toSorted());
  for (const [event, row] of Object.entries(told))
    if ("none" in row) expect(row.none.length, event).toBeGreaterThan(10);
});
