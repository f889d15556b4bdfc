/** Invitations a minute, where nothing else is configured: half of what Resend takes of a new customer. */
export const DEFAULT_MAIL_PER_MINUTE = 60;
