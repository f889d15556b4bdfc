import type { Tone } from "#components/ui/tone.ts";
import type { MoveRequestState } from "#lib/campaign/requests/request-state.ts";

export const stateLook: Record<MoveRequestState, Tone | undefined> = {
  open: "warn",
  confirmed: "ok",
  refused: "bad",
  withdrawn: undefined,
  moot: undefined,
};
