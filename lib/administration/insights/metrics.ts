/** How far people have come, of those registered on a day; each step is reached by those of the next one too. */
export const funnelSteps = ["registered", "verified", "activated", "enrolled"] as const;
export type FunnelStep = (typeof funnelSteps)[number];

/** What opened sessions, by all that was proven: one of these each. */
export const signInMethods = [
  "passkey",
  "password_app",
  "password_recovery_code",
  "password",
  "app",
  "email_code",
  "google",
] as const;
export type SignInMethod = (typeof signInMethods)[number];

/** Where the letters of a day are by now. `returned`: bounced, or refused at the door. */
export const mailStates = ["delivered", "handed_over", "queued", "returned", "complained"] as const;
export type MailState = (typeof mailStates)[number];

/**
 * `owner`: locked by its owner. `paused`: people whose sign-in was paused after wrong tries. `password`: passwords disabled.
 * `suspended`: by an officer.
 */
export const lockKinds = ["owner", "paused", "password", "suspended"] as const;
export type LockKind = (typeof lockKinds)[number];

/** What is counted a day and office. */
export type Metric =
  | `funnel.${FunnelStep}`
  | "activations"
  | `sign_in.${SignInMethod}`
  | `mail.${MailState}`
  | `lock.${LockKind}`;
