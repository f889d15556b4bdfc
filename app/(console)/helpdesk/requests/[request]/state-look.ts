import type { IconName } from "#components/ui/icon.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { RequestView } from "#lib/helpdesk/two-officers/view-request.ts";

type Shown = RequestView["state"] | "stopped";

/** How each state of a request looks; one that its owner stopped is called so, whatever it was. */
export const stateLook = {
  open: { tone: "warn", icon: "clock" },
  approved: { tone: "ok", icon: "check" },
  refused: { tone: "bad", icon: "cross" },
  expired: { tone: undefined, icon: "clock" },
  withdrawn: { tone: undefined, icon: "cross" },
  stopped: { tone: "bad", icon: "warn" },
} as const satisfies Record<Shown, { tone: Tone | undefined; icon: IconName }>;

export const shownState = ({ state, stoppedAt }: Pick<RequestView, "state" | "stoppedAt">): Shown =>
  stoppedAt ? "stopped" : state;
