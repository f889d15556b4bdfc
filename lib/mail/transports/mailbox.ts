import type { Db } from "#db/client.ts";
import { mailboxLetter } from "#db/schema/mail.ts";
import { type Transport, taken } from "./transport.ts";

/** The visible mailbox of the demonstration: letters are kept in a table that everybody at the machine can read. */
export function mailboxTransport(db: Db): Transport {
  return {
    name: "mailbox",
    async handOver({ id, mark: _, ...message }) {
      await db
        .insert(mailboxLetter)
        .values({ letterId: id, ...message })
        .onConflictDoNothing();
      return taken;
    },
    close: async () => {},
  };
}
