import type { AccountStatus } from "#db/schema/account.ts";
import type { Role } from "#db/schema/roles.ts";
import type { CaseKind, Factor, OfficerRequestKind, RelyingPartyReason } from "#lib/audit/catalogue.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import type { LetterKind } from "#lib/mail/letters.ts";

/** Why a system does not open to somebody whom their office has confirmed. */
export type SystemBarred = Extract<RelyingPartyReason, "no_role" | "disabled" | "level_out_of_reach">;

/** Why letters do not reach a mailbox, in one word. */
export type MailTrouble = "mailbox_full" | "no_such_mailbox" | "no_such_domain" | "blocked" | "complained" | "other";

export type LetterState = "queued" | "handed_over" | "delivered" | "bounced" | "complained" | "refused" | "moot";

/** A letter to somebody. `change`: what a notice told of. `reason`: a code, without words of the other side. */
export type LetterFact = {
  id: string;
  kind: LetterKind;
  to: string;
  change: string | null;
  state: LetterState;
  reason: string | null;
  createdAt: Date;
  handedOverAt: Date | null;
  deliveredAt: Date | null;
  bouncedAt: Date | null;
};

/** What somebody tried since they were last let in, and how it was answered: equal ones together. */
export type Tries = {
  type: string;
  factor: Factor | null;
  reason: string | null;
  times: number;
  lastAt: Date;
};

/** The newest activation link. `opened`: its button was pressed; looking at it leaves no trace. */
export type LinkFact = {
  id: string;
  mailbox: string;
  createdAt: Date;
  handedOverAt: Date | null;
  supersededAt: Date | null;
  consumedAt: Date | null;
  identityTries: number;
  opened: boolean;
};

/** Wrong passwords in a row from one browser; `device` is null of all that are not known together. */
export type PauseFact = { device: string | null; failures: number; pausedUntil: Date | null; lastTriedAt: Date };

export type RecoveryFact = {
  createdAt: Date;
  startedAt: Date | null;
  readyAt: Date | null;
  cancelledAt: Date | null;
  completedAt: Date | null;
};

/** Everything that is known of an account which says where it stands. Ids, dates and codes; nothing secret. */
export type AccountFacts = {
  id: string;
  status: AccountStatus;
  suspendedFrom: AccountStatus | null;
  identityType: IdentityNumber["type"];
  fullName: string;
  officialEmail: string;
  officialEmailVerifiedAt: Date | null;
  personalEmail: string | null;
  personalEmailVerifiedAt: Date | null;
  /** `emailDomains`: those of its own; null where the agency's hold. */
  office: { id: string; code: string; name: string; emailDomains: readonly string[] | null };
  opensAt: Date | null;
  staffConfirmedAt: Date | null;
  createdAt: Date;
  selfRegisteredAt: Date | null;
  activatedAt: Date | null;
  closedAt: Date | null;
  lastSignInAt: Date | null;
  listedAt: Date | null;
  delistedAt: Date | null;
  asksTwoFactors: boolean;
  emailCodeOn: boolean;
  /** What brought a suspended, locked or closed account there. */
  standing: { type: string; at: Date; how: string | null } | null;
  /** Newest first, as many as a page shows. */
  letters: readonly LetterFact[];
  /** Letters to the official mailbox came back, or were complained of. */
  mailTrouble: { why: MailTrouble; isFinal: boolean; since: Date } | null;
  link: LinkFact | null;
  password: { setAt: Date; disabledAt: Date | null; disabledWhy: string | null } | null;
  /** The newest link to a new password that was mailed and still works. */
  reset: { handedOverAt: Date; expiresAt: Date } | null;
  pauses: readonly PauseFact[];
  /** Typed codes are not looked at before; null where they are. */
  codesPausedUntil: Date | null;
  passkeys: readonly { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
  totp: { setAt: Date; lastUsedAt: Date | null } | null;
  recoveryCodesLeft: number;
  questions: number;
  google: { linkedAt: Date; lastUsedAt: Date | null } | null;
  sessions: readonly { id: string; device: string; createdAt: Date; lastSeenAt: Date }[];
  /** The newest one. */
  recovery: RecoveryFact | null;
  /** A second factor may be enrolled with it. */
  ticket: { why: "recovery" | "officers"; createdAt: Date; expiresAt: Date } | null;
  grants: readonly {
    id: string;
    role: Role;
    state: "requested" | "active";
    office: { code: string; name: string } | null;
    fromAt: Date;
    untilAt: Date | null;
  }[];
  /** In force or to come, in systems in use. */
  systemRoles: readonly {
    id: string;
    system: string;
    nameMs: string;
    nameEn: string;
    fromAt: Date;
    untilAt: Date | null;
  }[];
  /** Asked for, and not decided. */
  accessRequests: readonly { id: string; system: string; requestedAt: Date }[];
  /** The newest system that did not open, of the last days, and would not open now; null where it opened since. */
  systemRefused: { system: string; reason: SystemBarred; at: Date } | null;
  cases: readonly { id: string; reference: string; kind: CaseKind; openedAt: Date }[];
  requests: readonly { id: string; kind: OfficerRequestKind; requestedAt: Date; expiresAt: Date; by: string }[];
  /** When the officer who looks last made sure of the caller. */
  callerVerifiedAt: Date | null;
  tries: readonly Tries[];
};
