import { days } from "#lib/kernel/time.ts";

/** Somebody who has not signed in for as long has often forgotten how. */
export const IDLE = days(90);
