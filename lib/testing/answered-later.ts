import type { Db } from "#db/client.ts";

/** For tests of two looks at once: a database that has `read` what it was asked, and says so when `answer` is called. */
export function answeredLater(db: Db) {
  const read = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const query = db.$client.query.bind(db.$client);
  const slow = {
    $client: {
      query: async (...asked: Parameters<typeof query>) => {
        const found = await query(...asked);
        read.resolve();
        await answered.promise;
        return found;
      },
    },
  } as unknown as Db;
  return { slow, read: read.promise, answer: answered.resolve };
}
