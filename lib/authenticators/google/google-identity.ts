/**
 * A Google account whose holder has just signed in to Google. `subject` (the `sub` of its tokens) names it for good;
 * the address may change, and Google has verified it.
 */
export type GoogleIdentity = { subject: string; email: string };

/** Under which the address is sealed, with the link's id. */
export const EMAIL_PURPOSE = "google_link.email";
