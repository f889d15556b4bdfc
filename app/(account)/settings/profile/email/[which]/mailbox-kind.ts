import type { MailboxKind } from "#lib/audit/catalogue.ts";

const kinds: readonly MailboxKind[] = ["official", "personal"];

/** Which of the two mailboxes a path or form means; null where neither. */
export const mailboxKind = (value: unknown): MailboxKind | null => kinds.find((each) => each === value) ?? null;

export const pathOf = (which: MailboxKind) => `/settings/profile/email/${which}` as const;

/** What the address is called in its form. */
export const fieldOf = { official: "officialEmail", personal: "personalEmail" } as const satisfies Record<
  MailboxKind,
  string
>;
export type MailboxField = (typeof fieldOf)[MailboxKind];
