import type { Mail } from "./mail.ts";

/** Link secret and typed code of a letter that proves a new mailbox. */
export function proofIn(mail: Mail | undefined): { token: string; code: string } {
  const token = /\/verify\/([\w-]+)/.exec(mail?.text ?? "")?.[1];
  const code = /\b(\d{4}) (\d{4})\b/.exec(mail?.text ?? "");
  if (!token || !code) throw new Error(`Nothing is proven by: ${mail?.text}`);
  return { token, code: `${code[1]}${code[2]}` };
}
