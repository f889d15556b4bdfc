import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";

/** How a status looks beside its word; also in lists. */
export const statusLook = {
  pre_registered: { tone: "warn", icon: "clock" },
  registered: { tone: "warn", icon: "clock" },
  email_verified: { tone: "warn", icon: "clock" },
  presence_verified: { tone: "warn", icon: "clock" },
  activated: { tone: "ok", icon: "check" },
  locked: { tone: "bad", icon: "lock" },
  suspended: { tone: "bad", icon: "cross" },
  closed: { tone: undefined, icon: "cross" },
} as const satisfies Record<AccountFacts["status"], { tone: Tone | undefined; icon: IconName }>;
