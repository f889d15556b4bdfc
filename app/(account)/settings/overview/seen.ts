import type { SecuritySurvey } from "#lib/authenticators/survey-security.ts";
import type { Language } from "#lib/kernel/context.ts";

/** What every card of the overview is made of. */
export type Seen = { survey: SecuritySurvey; now: Date; language: Language };
