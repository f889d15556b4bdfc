import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { newTotpSecret } from "#lib/authenticators/totp/codes.ts";
import { TOTP_PURPOSE } from "#lib/authenticators/totp/find-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import { seal } from "#lib/kernel/sealed.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * What an authenticator app shows at this moment, `steps` steps of 30 seconds later: RFC 4226 §5.3 by hand, without the
 * portal's library.
 */
export function totpCode(secret: string, at: Date, steps = 0): string {
  let bits = "";
  for (const letter of secret) bits += BASE32.indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Another code than these, as somebody would guess. */
export function anotherCode(...codes: string[]): string {
  for (let n = 0; ; n++) {
    const code = String(n).padStart(6, "0");
    if (!codes.includes(code)) return code;
  }
}

/** Gives an account an authenticator app, as a confirmed enrolment leaves it; no code of it is spent yet. */
export async function addTotp(
  ctx: Pick<Context, "db" | "now" | "random" | "keys">,
  accountId: string,
  asksTwoFactors = true,
): Promise<{ id: string; secret: string }> {
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  const secret = newTotpSecret(ctx.random);
  const secretSealed = seal(ctx.keys.sealing, ctx.random, secret, TOTP_PURPOSE, id);
  await ctx.db.insert(totpCredential).values({ accountId, id, secretSealed, lastStep: 0, setAt: now });
  if (asksTwoFactors) await ctx.db.update(account).set({ asksTwoFactors }).where(eq(account.id, accountId));
  return { id, secret };
}
