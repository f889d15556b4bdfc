import { randomBytes } from "node:crypto";
import { connect } from "#db/client.ts";
import { joinEmbedded } from "#db/embedded.ts";
import { recoveryCode, recoveryCodeSet } from "#db/schema/second-factors.ts";
import { hashUnder } from "#lib/authenticators/hashing.ts";
import { newRecoveryCode, printed } from "#lib/authenticators/recovery-codes/codes.ts";
import { addTotp, totpCode } from "#lib/testing/totp.ts";
import { keysOf } from "./people.ts";

type Wanted = {
  /** Whether two factors are asked for at every sign-in; yes where nothing is said. */
  asksTwoFactors?: boolean;
  /** How many recovery codes go with it. */
  recoveryCodes?: number;
};

export type SecondFactor = {
  /** What the app shows at this moment, `steps` of 30 seconds later. */
  codeNow: (steps?: number) => string;
  /** As they are printed. */
  recoveryCodes: string[];
};

/** Gives somebody of the running portal an authenticator app, and recovery codes, as if they had set them up. */
export async function giveAuthenticatorApp(
  dataDir: string,
  accountId: string,
  { asksTwoFactors = true, recoveryCodes = 0 }: Wanted = {},
): Promise<SecondFactor> {
  const db = connect((await joinEmbedded(dataDir)).ownerUrl, { max: 1 });
  try {
    const ctx = { db, keys: keysOf(dataDir), now: () => new Date(), random: randomBytes };
    const { secret } = await addTotp(ctx, accountId, asksTwoFactors);
    const codes = Array.from({ length: recoveryCodes }, () => newRecoveryCode(randomBytes));
    if (codes.length > 0) {
      const salt = randomBytes(16);
      await db.insert(recoveryCodeSet).values({ accountId, salt: salt.toString("base64url"), madeAt: new Date() });
      for (const [at, code] of codes.entries()) {
        const hashed = await hashUnder(salt, code);
        if (!hashed.ok) throw new Error(hashed.error);
        await db.insert(recoveryCode).values({ accountId, position: at + 1, hash: hashed.value });
      }
    }
    return { codeNow: (steps = 0) => totpCode(secret, new Date(), steps), recoveryCodes: codes.map(printed) };
  } finally {
    await db.$client.end();
  }
}
