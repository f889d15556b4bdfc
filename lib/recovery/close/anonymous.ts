import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

const INDEX = "anonymous:";

/** What stands in an account in place of its person; different for each, since closed ones are found by it no more. */
export const nobody = (accountId: string) => ({
  fullName: "—",
  identityIndex: INDEX + accountId,
  /** RFC 6761 §6.4: a domain that never exists. */
  mailbox: `${accountId}@anonymous.invalid`,
});

export const isAnonymous = ({ identityIndex }: { identityIndex: PgColumn }): SQL =>
  sql`starts_with(${identityIndex}, ${INDEX})`;

/** The same of a row at hand. */
export const wasAnonymised = ({ identityIndex }: { identityIndex: string }): boolean => identityIndex.startsWith(INDEX);
