import type { Profile } from "#lib/account/profile/find-profile.ts";
import type { Language } from "#lib/kernel/context.ts";

/** What every card of the profile shows from, and in which language. */
export type Seen = { profile: Profile; language: Language };
