import { connect } from "#db/client.ts";
import { seedQuestionBank } from "#lib/authenticators/security-questions/bank.ts";

/** Puts the bank's questions into the database, as its owner. Those that are there stay as they are, retired ones too. */
export async function prepareQuestionBank(ownerUrl: string): Promise<void> {
  const db = connect(ownerUrl, { max: 1 });
  try {
    await seedQuestionBank(db);
  } finally {
    await db.$client.end();
  }
}
