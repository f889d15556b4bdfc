import { connect } from "#db/client.ts";
import { seedIctRoles } from "#lib/account/profile/ict-role-bank.ts";
import { seedQuestionBank } from "#lib/authenticators/security-questions/bank.ts";

/**
 * Puts what people choose from into the database, as its owner: security questions and ICT roles. Those that are there
 * stay as they are, retired ones too.
 */
export async function prepareBanks(ownerUrl: string): Promise<void> {
  const db = connect(ownerUrl, { max: 1 });
  try {
    await seedQuestionBank(db);
    await seedIctRoles(db);
  } finally {
    await db.$client.end();
  }
}
