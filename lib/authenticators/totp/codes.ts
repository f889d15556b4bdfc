import { Secret, TOTP } from "otpauth";
import { minutes, seconds } from "#lib/kernel/time.ts";

/**
 * RFC 6238 with what every authenticator app understands: HMAC-SHA-1 (RFC 4226 §5.3), six digits, a step of 30 seconds.
 */
const SHAPE = { algorithm: "SHA1", digits: 6, period: 30 } as const;
export const STEP = seconds(SHAPE.period);

/** RFC 4226 §4 R6 recommends 160 bits. */
const SECRET_BYTES = 20;

/**
 * Steps before and after the present one that open: one each, for what the network and slow fingers take (RFC 6238
 * §5.2).
 */
const DRIFT = 1;

/** How far the phone's clock may be off for the code to say so. It opens nothing, it only tells what is wrong. */
const SKEW = minutes(10) / STEP;

/** 20 random bytes in base32: 32 letters and digits, without padding. */
export const newTotpSecret = (random: (bytes: number) => Buffer): string =>
  new Secret({ buffer: Uint8Array.from(random(SECRET_BYTES)).buffer }).base32;

/** What the QR code holds (Key Uri Format). A colon would end the issuer's name within the label. */
export const otpauthUri = (secret: string, issuer: string, label: string): string =>
  new TOTP({ ...SHAPE, secret, issuer: issuer.replaceAll(":", " "), label }).toString();

/** For typing: `JBSW Y3DP …`. */
export const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, "$1 ");

const TYPED = new RegExp(`^\\d{${SHAPE.digits}}$`);

/** Six digits, however they were typed: full-width ones, with spaces or dashes between them. Null for anything else. */
export function readTotpCode(typed: string): string | null {
  const code = typed.normalize("NFKC").replace(/[\s-]/g, "");
  return TYPED.test(code) ? code : null;
}

/** How far a clock is off. "behind": it shows a time that is past. At least one minute. */
export type Skew = { minutes: number; direction: "behind" | "ahead" };

/**
 * The step whose code this is, or how far off the clock is that made it; null where no step near the present one has
 * it.
 */
export type Fit = { step: number } | { skew: Skew } | null;

/** Looks for a code among those of the present step and its neighbours, the nearest first. */
export function fitTotp(secret: string, code: string, now: Date): Fit {
  const timestamp = now.getTime();
  const off = TOTP.validate({ ...SHAPE, token: code, secret: Secret.fromBase32(secret), timestamp, window: SKEW });
  if (off === null) return null;
  if (Math.abs(off) <= DRIFT) return { step: TOTP.counter({ period: SHAPE.period, timestamp }) + off };
  const away = Math.max(1, Math.round((Math.abs(off) * STEP) / minutes(1)));
  return { skew: { minutes: away, direction: off < 0 ? "behind" : "ahead" } };
}
