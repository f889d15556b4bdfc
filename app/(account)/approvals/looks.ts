import type { Tone } from "#components/ui/tone.ts";
import type { Approval } from "#lib/relying-party/approval/list-approvals.ts";

export const looks: Record<Approval["state"], Tone | undefined> = {
  open: "warn",
  expired: undefined,
  approved: "ok",
  refused: "bad",
};
