import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { addSecurityAnswers } from "#lib/testing/security-answers.ts";

/** Gives somebody of the running portal three security questions with the fixtures' answers. */
export async function giveAnswers(dataDir: string, accountId: string): Promise<void> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    await addSecurityAnswers({ db, now: () => new Date() }, accountId);
  } finally {
    await db.$client.end();
  }
}
