import { minutes } from "#lib/kernel/time.ts";
import type { CodeFactor } from "#lib/sign-in/prove-code.ts";
import { limits } from "#lib/throttle/limits.ts";

/** The codes that are typed, as the page's address has them. */
const codeMethods = ["totp", "email", "recovery"] as const;
export type CodeMethod = (typeof codeMethods)[number];

/** The one that is meant; the authenticator app's where nothing is said. */
export const codeMethodIn = (said: unknown): CodeMethod => codeMethods.find((method) => method === said) ?? "totp";

export const factorOf = {
  totp: "totp",
  email: "email_code",
  recovery: "recovery_code",
} as const satisfies Record<CodeMethod, CodeFactor>;

const allowances = {
  totp: limits.codeTriesPerAccount,
  email: limits.codeTriesPerAccount,
  recovery: limits.recoveryCodeTries,
} as const;

/** After how many wrong ones none is taken for how long, for the words. */
export const codeFacts = (method: CodeMethod): { tries: number; minutes: number } => ({
  tries: allowances[method].points,
  minutes: allowances[method].window / minutes(1),
});
