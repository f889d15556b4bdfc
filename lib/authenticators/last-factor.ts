import type { Enrolled } from "#lib/assurance/enrolled.ts";
import type { Policy } from "#lib/kernel/context.ts";

/** Whether a passkey or the authenticator app may not go: the agency asks everybody for two factors, and this is the only second one. */
export const isLastFactor = (
  { passkeys, totp }: Pick<Enrolled, "passkeys" | "totp">,
  { twoFactors }: Pick<Policy, "twoFactors">,
): boolean => twoFactors === "always" && passkeys + Number(totp) === 1;

/** Whether without the authenticator app nothing opens the account any more. Recovery codes alone open nothing. */
export const isOnlyWay = ({ password, passkeys, emailCode, google }: Enrolled): boolean =>
  !password && passkeys === 0 && !emailCode && !google;
