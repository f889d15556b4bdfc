import type { ReactElement } from "react";
import type { Tx } from "#db/client.ts";
import type { account } from "#db/schema/account.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import type { Duration } from "#lib/kernel/time.ts";
import type { Agency } from "../agency.ts";
import type { LetterKind, Letters } from "../letters.ts";

/** A letter that is owed, with the account it is about as it stands now. */
export type Owed<K extends LetterKind> = {
  letterId: string;
  /** The address it goes to: the official one, or the second one kept for notices. */
  to: string;
  about: Letters[K];
  account: typeof account.$inferSelect;
  agency: Agency;
  /** The account's language, or Bahasa Malaysia while it has chosen none. */
  language: Language;
};

export type Composed = {
  subject: string;
  letter: ReactElement;
  /** Of the plain text alone: what a program reads, such as a code bound to the portal's domain. */
  lastLine?: string;
};

/** What is particular to one kind of letter. */
export type Kind<K extends LetterKind> = {
  /** It shows whether letters arrive in its mailbox, so it goes to one that others came back from. */
  provesMailbox?: true;
  /** Older than this, a letter nobody would take is given up. */
  lifetime: Duration;
  /**
   * Puts the letter together, or says that it no longer makes sense. Must not depend on the hour: a retry is the same
   * letter.
   */
  compose(ctx: Context, owed: Owed<K>): Promise<Composed | "moot">;
  /** What else becomes true with the hand-over, in its transaction. */
  handedOver?(tx: Tx, ctx: Context, accountId: string, about: Letters[K]): Promise<void>;
};
